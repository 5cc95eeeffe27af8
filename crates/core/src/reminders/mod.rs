//! Messages to patients: when which reminder is due, and in which words.

mod due;
mod template;

pub use due::{Occasion, QuietHours, Rule, back_off, closest_due, moment_of, still_wanted};
pub use template::{Field, Template, TemplateError, Values, short_name};

use crate::wire_enum::wire_enum;

wire_enum! {
    /// The way a message takes.
    pub enum Channel {
        Mail = "mail",
        Sms = "sms",
        Whatsapp = "whatsapp",
    }
}

wire_enum! {
    /// What a message is for.
    pub enum Purpose {
        /// The appointment is near.
        Reminder = "reminder",
        /// It was booked or moved.
        Booking = "booking",
        /// The patient did not come.
        Missed = "missed",
    }
}

wire_enum! {
    /// What a patient answers over the link in a message.
    pub enum LinkAnswer {
        Confirmed = "confirmed",
        Declined = "declined",
        CallMe = "call_me",
    }
}
