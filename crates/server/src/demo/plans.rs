//! Treatment plans that wait for their appointment: a cleaning first, then what the chart shows as planned.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::catalogue::Catalogue;
use super::clinic::Clinic;
use super::copy::{Array, Rows, Table};
use super::seed::Chance;

/// Plans a demo has at most.
const MOST: usize = 40;

/// Work that the chart of a patient shows as planned.
#[derive(Clone, Debug)]
pub struct PlannedTooth {
    pub event: Uuid,
    pub code: String,
    pub tooth: String,
    pub doctor: Uuid,
    /// Whether the doctor writes in Arabic.
    pub arabic: bool,
    pub at: Timestamp,
}

/// Writes a plan for each of these patients.
pub fn write(
    lists: &Catalogue,
    clinic: &Clinic,
    planned: &BTreeMap<Uuid, PlannedTooth>,
    ids: &mut Chance,
    rows: &mut Rows,
) {
    for (patient, work) in planned.iter().take(MOST) {
        let at = work.at + 5.minutes();
        let plan = ids.id(at);
        let name = if work.arabic { "استكمال العلاج" } else { "To complete the treatment" };
        rows.push(
            Table::TreatmentPlan,
            &[
                &clinic.id,
                &plan,
                patient,
                &plan,
                &name,
                &work.doctor,
                &"draft",
                &at,
                &work.doctor,
                &at,
                &work.doctor,
            ],
        );
        let steps = [("PV-001", None, None), (procedure_of(&work.code), Some(&work.tooth), Some(work.event))];
        for (phase, (code, tooth, event)) in (1_i64..).zip(steps) {
            let index = lists.procedure(code);
            let procedure = &lists.procedures[index];
            let item = ids.id(at);
            rows.push(
                Table::PlanItem,
                &[
                    &clinic.id,
                    &item,
                    &plan,
                    patient,
                    &phase,
                    &1_i64,
                    &clinic.procedures[index],
                    &tooth.cloned(),
                    &Array::<String>(&[]),
                    &procedure.price(),
                    &i64::from(procedure.minutes),
                    &event,
                    &"proposed",
                    &at,
                    &work.doctor,
                ],
            );
        }
    }
}

fn procedure_of(chart_code: &str) -> &'static str {
    if chart_code == "implant" { "IMP-001" } else { "FX-001" }
}
