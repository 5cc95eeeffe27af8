//! The dental chart as dated events: what may be recorded (`vocabulary`, `validation`) and the picture that
//! a replay of the events gives for a day (`replay`, `dentition`), and how work gets there (`placed_work`).

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::teeth::{Surface, Tooth};
use crate::wire_enum::wire_enum;

pub mod dentition;
pub mod placed_work;
pub mod replay;
pub mod validation;
pub mod vocabulary;
pub mod wording;

pub use dentition::{Dentition, displayed_teeth};
pub use placed_work::PlacedWork;
pub use replay::{Chart, Occupant, State, ToothState, replay};
pub use validation::{ChartError, validate, validate_against};
pub use vocabulary::{Term, VOCABULARY, term};
pub use wording::{PlannedWork, planned_words, state_words};

wire_enum! {
    /// What is in the mouth, what is proposed, what was done here.
    pub enum Layer {
        Finding = "finding",
        Plan = "plan",
        Done = "done",
    }
}

wire_enum! {
    pub enum Material {
        Amalgam = "amalgam",
        Composite = "composite",
        GlassIonomer = "glass_ionomer",
        Temporary = "temporary",
        Ceramic = "ceramic",
        Zirconia = "zirconia",
        Metal = "metal",
        MetalCeramic = "metal_ceramic",
        Gold = "gold",
        Acrylic = "acrylic",
    }
}

wire_enum! {
    /// What a tooth is in a unit of several teeth.
    pub enum Part {
        /// Carries the unit.
        Abutment = "abutment",
        /// Replaces a missing tooth between abutments.
        Pontic = "pontic",
        /// Replaces a missing tooth at the end, carried from one side only.
        Cantilever = "cantilever",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitTooth {
    pub tooth: Tooth,
    pub part: Part,
}

/// One entry of the chart. It never changes: a correction is another event that names this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartEvent {
    pub id: Uuid,
    /// The order in which events were recorded; breaks the tie between events of one day.
    pub seq: i64,
    /// The day it was found, planned or done.
    pub on: Date,
    pub layer: Layer,
    /// A code of the vocabulary.
    pub code: String,
    pub teeth: Vec<Tooth>,
    pub surfaces: Vec<Surface>,
    pub severity: Option<u8>,
    pub material: Option<Material>,
    /// The parts of a bridge; empty for everything else.
    pub unit: Vec<UnitTooth>,
    /// Was there before the patient came here.
    pub existing_elsewhere: bool,
    /// What was written beside it.
    pub note: Option<String>,
    /// The event that this one takes back. Such an event has no effect of its own: what should stand instead
    /// is one more event.
    pub corrects: Option<Uuid>,
}

impl ChartEvent {
    /// The event that takes back `corrects`. It says nothing about teeth.
    pub fn correction(id: Uuid, seq: i64, on: Date, corrects: Uuid) -> Self {
        Self {
            id,
            seq,
            on,
            layer: Layer::Finding,
            code: String::new(),
            teeth: Vec::new(),
            surfaces: Vec::new(),
            severity: None,
            material: None,
            unit: Vec::new(),
            existing_elsewhere: false,
            note: None,
            corrects: Some(corrects),
        }
    }

    /// The teeth it touches, whether named one by one or as parts of a unit.
    pub fn all_teeth(&self) -> BTreeSet<Tooth> {
        self.teeth.iter().copied().chain(self.unit.iter().map(|member| member.tooth)).collect()
    }

    pub fn part_of(&self, tooth: Tooth) -> Option<Part> {
        self.unit.iter().find(|member| member.tooth == tooth).map(|member| member.part)
    }
}

#[cfg(test)]
pub(crate) mod fixtures {
    //! Short ways to write events in the tests of this module.

    use super::*;

    /// Day `n` after 1 January 2026.
    pub fn day(n: i64) -> Date {
        jiff::civil::date(2026, 1, 1).saturating_add(jiff::Span::new().days(n))
    }

    pub fn event(seq: i64, on: Date, layer: Layer, code: &str, teeth: &[&str], surfaces: &str) -> ChartEvent {
        ChartEvent {
            id: Uuid::from_u128(u128::try_from(seq).unwrap() + 1),
            seq,
            on,
            layer,
            code: code.to_owned(),
            teeth: teeth.iter().map(|tooth| tooth.parse().unwrap()).collect(),
            surfaces: surfaces.chars().map(|letter| Surface::try_from(letter).unwrap()).collect(),
            severity: None,
            material: None,
            unit: Vec::new(),
            existing_elsewhere: false,
            note: None,
            corrects: None,
        }
    }

    /// Parts written as `14a 15p 16a`: abutment, pontic, cantilever.
    pub fn unit(parts: &str) -> Vec<UnitTooth> {
        let part = |letter| match letter {
            "a" => Part::Abutment,
            "p" => Part::Pontic,
            "c" => Part::Cantilever,
            other => panic!("no part {other}"),
        };
        parts
            .split_whitespace()
            .map(|text| UnitTooth { tooth: text[..2].parse().unwrap(), part: part(&text[2..]) })
            .collect()
    }

    pub fn bridge(seq: i64, on: Date, layer: Layer, parts: &str) -> ChartEvent {
        ChartEvent { unit: unit(parts), ..event(seq, on, layer, "bridge", &[], "") }
    }
}
