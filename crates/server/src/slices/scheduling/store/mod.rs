//! All SQL of the appointment book.

mod events;
mod places;
mod read;
mod visit_link;
mod write;

pub use events::{Event, events, insert_event};
pub use places::{Circumstances, Obstacle, circumstances, hold_places, obstacle, weekly_hours};
pub use read::{AppointmentRow, Choice, count_by_status, list, list_of_patient, one, patient_known};
pub use visit_link::{AppointmentOfVisit, hold_for_visit};
pub use write::{Held, hold, insert, peek, update};
