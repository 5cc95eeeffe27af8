//! All SQL of the appointment book.

mod approached;
mod events;
mod holds;
mod load;
mod openings;
mod overbooked;
mod places;
mod read;
mod together;
mod visit_link;
mod write;

pub use approached::{Approached, approach};
pub use events::{Event, events, insert_event};
pub use holds::{
    HoldRow, NewHold, consume_hold, forget_expired, holds, insert_hold, release_hold, sweep_holds,
};
pub use load::{attendance, doctor_weeks, loads};
pub use openings::{Asked, Candidates, Taken, candidates, taken};
pub use overbooked::overbooked;
pub use places::{
    Circumstances, Obstacle, Slot, circumstances, hold_places, obstacle, share_places, weekly_hours,
};
pub use read::{AppointmentRow, Choice, by_ids, count_by_status, list, list_of_patient, one, patient_known};
pub use together::later_siblings;
pub use visit_link::{AppointmentOfVisit, hold_for_visit};
pub use write::{Held, booked_again, follow_ups_done, hold, insert, peek, update};
