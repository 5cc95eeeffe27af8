//! Worklists: who has to be contacted, why, and what came of it.

use crate::wire_enum::wire_enum;

wire_enum! {
    /// Why somebody has to be contacted.
    pub enum Worklist {
        /// Cancelled in time, and not booked again.
        Unscheduled = "unscheduled",
        /// Missed, or cancelled late, and not booked again.
        Broken = "broken",
        /// Would come earlier.
        Asap = "asap",
        /// Work that is planned and not booked.
        Planned = "planned",
        /// Due again.
        RecallDue = "recall_due",
        /// Booked for tomorrow, not confirmed.
        Unconfirmed = "unconfirmed",
    }
}

wire_enum! {
    /// How somebody was contacted.
    pub enum ContactChannel {
        Call = "call",
        Whatsapp = "whatsapp",
        Sms = "sms",
        Mail = "mail",
    }
}

wire_enum! {
    /// What came of it.
    pub enum Outcome {
        Reached = "reached",
        NoAnswer = "no_answer",
        LeftMessage = "left_message",
        WrongNumber = "wrong_number",
        Declined = "declined",
        Booked = "booked",
    }
}

wire_enum! {
    /// What a patient said to an earlier slot.
    pub enum OfferAnswer {
        Pending = "pending",
        Accepted = "accepted",
        Declined = "declined",
        NoAnswer = "no_answer",
    }
}
