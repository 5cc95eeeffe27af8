//! What the operations of the dental chart take and answer.

use dentpro_core::charting::vocabulary::{Scope, Severity, Sites, Term};
use dentpro_core::charting::{Chart, ChartEvent as Event, Layer, Material, Part, UnitTooth};
use dentpro_core::ids::{ChartEventId, PatientId, VisitId};
use dentpro_core::teeth::{Surface, Tooth};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::kernel::dental;
use crate::kernel::error::ApiResult;
use crate::kernel::press::PrintLanguage;
use crate::kernel::text;

/// Letters a note has at most.
const NOTE: usize = 500;

/// Which day's chart.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChartDay {
    /// `YYYY-MM-DD`; everything recorded when it is left out.
    pub as_of: Option<String>,
}

/// The chart of a day: the replay of the events up to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PatientChart {
    pub patient_id: PatientId,
    pub as_of: Option<String>,
    #[serde(flatten)]
    pub chart: Chart,
}

/// The chart of a day on paper.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChartSheet {
    /// Both languages when it is not given.
    #[serde(default)]
    #[param(inline)]
    pub lang: PrintLanguage,
    /// `YYYY-MM-DD`; today when it is left out.
    pub as_of: Option<String>,
}

/// Who recorded an event.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Recorder {
    pub name_ar: String,
    pub name_en: String,
}

/// An entry of the chart. It never changes; `corrected_by` names the event that takes it back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChartEvent {
    pub id: ChartEventId,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// `finding`, `plan`, `done`, or `correction`.
    pub layer: String,
    pub code: String,
    pub teeth: Vec<String>,
    pub surfaces: Vec<String>,
    pub severity: Option<u8>,
    pub material: Option<String>,
    /// The parts of a bridge.
    pub unit: Option<Vec<UnitTooth>>,
    pub existing_elsewhere: bool,
    pub note: Option<String>,
    pub visit_id: Option<VisitId>,
    /// Shared by entries that were recorded as one act.
    pub act_id: Option<Uuid>,
    /// Whether who asks may take it back as their own entry of a session that still goes on.
    pub undoable: bool,
    pub recorded_at: String,
    pub recorded_by: Recorder,
    pub corrects: Option<ChartEventId>,
    pub corrected_by: Option<ChartEventId>,
    /// Why an event was taken back.
    pub reason: Option<String>,
}

/// A part of a unit to record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUnitTooth {
    /// FDI code.
    pub tooth: String,
    pub part: Part,
}

/// An entry to record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChartEvent {
    /// Offered by the client, so that repeating is safe.
    pub id: Option<ChartEventId>,
    pub layer: Layer,
    /// A code of the vocabulary.
    pub code: String,
    /// FDI codes.
    pub teeth: Option<Vec<String>>,
    /// Letters out of M, O, D, B, L, V, R.
    pub surfaces: Option<Vec<String>>,
    pub severity: Option<u8>,
    pub material: Option<Material>,
    /// The parts of a bridge, recorded as one.
    pub unit: Option<Vec<NewUnitTooth>>,
    pub existing_elsewhere: Option<bool>,
    /// At most 500 letters. An entry with the code `note` says nothing but this.
    pub note: Option<String>,
    /// The draft visit it belongs to.
    pub visit_id: Option<VisitId>,
    /// The day it was found, planned or done; today when it is left out.
    pub on: Option<String>,
}

impl NewChartEvent {
    /// The event in the words of the rules; `below` is where it stands in the body.
    pub fn event(&self, id: Uuid, today: Date, below: &str) -> ApiResult<Event> {
        let at = |field: &str| format!("{below}/{field}");
        let mut unit = Vec::new();
        for (index, member) in self.unit.iter().flatten().enumerate() {
            let tooth = dental::tooth(&member.tooth, &at(&format!("unit/{index}/tooth")))?;
            unit.push(UnitTooth { tooth, part: member.part });
        }
        Ok(Event {
            id,
            seq: i64::MAX,
            on: self.on.as_deref().map_or(Ok(today), |text| dental::day(text, &at("on")))?,
            layer: self.layer,
            code: self.code.clone(),
            teeth: dental::teeth(self.teeth.as_deref().unwrap_or_default(), &at("teeth"))?,
            surfaces: dental::surfaces(self.surfaces.as_deref().unwrap_or_default(), &at("surfaces"))?,
            severity: self.severity,
            material: self.material,
            unit,
            existing_elsewhere: self.existing_elsewhere.unwrap_or_default(),
            note: text::optional_paragraphs(self.note.clone(), &at("note"), NOTE)?,
            corrects: None,
        })
    }
}

/// Entries to record as one act: all of them, or none.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChartAct {
    /// 1 to 64 entries.
    pub events: Vec<NewChartEvent>,
}

/// Takes back one's own latest act.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoChartAct {
    /// The visit whose chart is open; an entry of another one is refused.
    pub visit_id: Option<VisitId>,
}

/// Takes an entry back, with what should stand instead, if anything.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCorrection {
    pub reason: String,
    pub replacement: Option<NewChartEvent>,
}

/// A correction, and what stands instead.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Correction {
    #[serde(flatten)]
    pub correction: ChartEvent,
    pub replacement: Option<ChartEvent>,
}

/// What may be written in a chart.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChartTerm {
    pub code: &'static str,
    pub name_ar: &'static str,
    pub name_en: &'static str,
    pub scope: Scope,
    pub layers: &'static [Layer],
    pub materials: &'static [Material],
    /// The grades there are; none for most terms.
    pub severities: Vec<u8>,
    pub severity_required: bool,
    /// Where on the tooth it may be.
    pub surfaces: &'static [Surface],
    pub surfaces_required: bool,
    pub permanent_only: bool,
    /// Only of teeth whose roots part.
    pub furcated_only: bool,
    pub note_required: bool,
    /// The key of the picture's overlay.
    pub drawing: &'static str,
}

impl From<&'static Term> for ChartTerm {
    fn from(term: &'static Term) -> Self {
        let (surfaces, surfaces_required) = match term.sites {
            Sites::None => (&[] as &[Surface], false),
            Sites::Optional(sites) => (sites, false),
            Sites::Required(sites) => (sites, true),
        };
        Self {
            code: term.code,
            name_ar: term.name_ar,
            name_en: term.name_en,
            scope: term.scope,
            layers: term.layers,
            materials: term.materials,
            severities: term.severity.range().map(|range| range.collect()).unwrap_or_default(),
            severity_required: matches!(term.severity, Severity::Required(..)),
            surfaces,
            surfaces_required,
            permanent_only: term.permanent_only,
            furcated_only: term.furcated_only,
            note_required: term.note_required,
            drawing: term.drawing,
        }
    }
}

/// The FDI codes of teeth, as they are stored.
pub fn codes(teeth: impl IntoIterator<Item = Tooth>) -> Vec<String> {
    teeth.into_iter().map(|tooth| tooth.to_string()).collect()
}
