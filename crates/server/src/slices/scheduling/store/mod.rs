//! All SQL of the appointment book.

mod approached;
mod blocks;
mod events;
mod holds;
mod load;
mod openings;
mod overbooked;
mod places;
mod read;
mod reception;
mod together;
mod types;
mod visit_link;
mod write;

pub use approached::{Approached, approach};
pub use blocks::{
    BlockChoice, BlockFacts, BlockRow, HeldBlock, block_circumstances, blocks_of, hold_block, in_the_way,
    insert_blocks, list_blocks, places_of_branch, remove_blocks, update_block,
};
pub use events::{Event, events, insert_event};
pub use holds::{
    HoldRow, NewHold, consume_hold, forget_expired, holds, insert_hold, release_hold, sweep_holds,
};
pub use load::{attendance, doctors_at, loads};
pub use openings::{Asked, Candidates, Taken, candidates, taken};
pub use overbooked::overbooked;
pub use places::{
    Circumstances, Grounds, Obstacle, Slot, Wish, circumstances, hold_places, obstacle, share_places,
};
pub use read::{AppointmentRow, Choice, by_ids, count_by_status, list, list_of_patient, one, patient_known};
pub use reception::{
    clinic_of_screen, count_waiting, insert_screen, insert_walk_in, last_calls, next_token, revoke_screen,
    room, screen_of, take_next,
};
pub use together::later_siblings;
pub use types::{
    NewType, hold_type, insert_type, list_types, order_types, set_procedures, set_procedures_by_code,
    update_type,
};
pub use visit_link::{AppointmentOfVisit, hold_for_visit};
pub use write::{Held, booked_again, follow_ups_done, hold, insert, insert_plan_items, peek, update};
