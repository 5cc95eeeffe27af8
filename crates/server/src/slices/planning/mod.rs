//! Treatment plans: phases and items at quoted prices, alternatives, what the patient was shown, and his signature under
//! it. What is done of a plan is done in a visit; the chart shows what is open of it.
//!
//! Owns: treatment_plan, plan_phase, plan_item, plan_session, plan_presentation, plan_signature, plan_link

mod api;
mod items;
mod plans;
mod presenting;
mod printing;
mod shipped;
mod snapshot;
mod store;
mod suggesting;
#[cfg(test)]
mod tests;
mod view;

pub use api::{
    AcceptPlan, AnswerPlanLink, DeclinePlan, DonePlanItem, NewPlan, NewPlanItem, NewPresentation,
    OpenPlanLink, PlanItemPatch, PlanLink, PlanLinkSeen, PlanPatch, PlanShown, PlanSuggestion, Presentation,
    Snapshot, Strokes, TreatmentPlan, WithdrawPlan,
};
pub use items::{
    ITEMS, PlannedPlace, add_session, change as change_item, complete, copy_items, insert as insert_item,
    require_open, requote,
};
pub use plans::{announce, change, list, lock, lock_item, open, patient_of, read};
pub use presenting::{Given, answer, kept, last_shown, link, present, presentation, withdraw};
pub use printing::{document, print};
pub use store::answers::last_answers;
pub use store::items::{
    ItemRow, of_plans as items_of, reopen, set_chart_event, set_status as set_item_status,
};
pub use store::links::{LinkRow, clinic_of_link, count_guess, find as find_link, opened as link_opened};
pub use store::plans::{HeldPlan, Place, Wanted, lock_group};
pub use suggesting::suggestions;
