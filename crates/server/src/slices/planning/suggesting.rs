//! What could be planned for what was found.

use dentpro_core::charting::vocabulary::term;
use dentpro_core::charting::{Chart, Layer, State};
use dentpro_core::ids::PatientId;
use dentpro_core::money::Money;
use dentpro_core::planning::suggested;
use dentpro_core::teeth::Tooth;

use super::api::{PlanSuggestion, SuggestedProcedure};
use super::shipped::SUGGESTIONS;
use super::store::catalogue::{self, ProcedureRow};
use super::store::items;
use crate::kernel::actor::Actor;
use crate::kernel::db::Tx;
use crate::kernel::error::ApiResult;

/// Procedures told for one finding at most.
const MOST: usize = 6;

/// The findings of today that nothing is planned for, each with what would treat it.
pub async fn suggestions(
    tx: &mut Tx,
    actor: &Actor,
    patient: PatientId,
    chart: &Chart,
) -> ApiResult<Vec<PlanSuggestion>> {
    let prices = actor.prices()?;
    let procedures = catalogue::procedures(tx).await?;
    let planned = items::planned_findings(tx, patient).await?;
    let found =
        chart.teeth.iter().flat_map(|(tooth, of)| of.states.iter().map(move |state| (Some(*tooth), state)));
    let found = found.chain(chart.mouth.iter().map(|state| (None, state)));
    let suggestion = |(tooth, state): (Option<Tooth>, &State)| {
        let term = term(&state.code)?;
        let codes = suggested(&SUGGESTIONS, &state.code, state.severity, tooth, state.surfaces.len());
        let offered = |code: &&str| procedures.iter().find(|procedure| procedure.code == **code);
        let procedures: Vec<SuggestedProcedure> = codes
            .iter()
            .filter_map(offered)
            .take(MOST)
            .map(|row: &ProcedureRow| SuggestedProcedure {
                procedure_id: row.id.into(),
                code: row.code.clone(),
                name_ar: row.name_ar.clone(),
                name_en: row.name_en.clone(),
                minutes: row.minutes,
                fee: prices.map(|currency| Money::new(row.price, currency)),
            })
            .collect();
        (!procedures.is_empty()).then(|| PlanSuggestion {
            finding_event_id: state.event_id.into(),
            finding: state.code.clone(),
            finding_ar: term.name_ar.to_owned(),
            finding_en: term.name_en.to_owned(),
            tooth: tooth.map(|tooth| tooth.to_string()),
            surfaces: state.surfaces.iter().map(ToString::to_string).collect(),
            severity: state.severity,
            procedures,
        })
    };
    let planned_here = |tooth: &Option<Tooth>, state: &State| {
        planned.contains(&(state.event_id, tooth.map(|tooth| tooth.to_string())))
    };
    Ok(found
        .filter(|(tooth, state)| state.layer == Layer::Finding && !planned_here(tooth, state))
        .filter_map(suggestion)
        .collect())
}
