//! All SQL of the appointment book.

mod events;
mod load;
mod places;
mod read;
mod visit_link;
mod write;

pub use events::{Event, events, insert_event};
pub use load::{attendance, doctor_weeks, loads};
pub use places::{Circumstances, Obstacle, circumstances, hold_places, obstacle, share_places, weekly_hours};
pub use read::{AppointmentRow, Choice, count_by_status, list, list_of_patient, one, patient_known};
pub use visit_link::{AppointmentOfVisit, hold_for_visit};
pub use write::{Held, booked_again, follow_ups_done, hold, insert, peek, update};
