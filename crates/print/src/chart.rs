//! A dental chart as its template reads it: rows of teeth as seen from the front, the patient's right at the left in
//! every language, and the same in words.

use std::collections::BTreeSet;

use dentpro_core::charting::vocabulary::{Effect, term};
use dentpro_core::charting::{
    Chart, Layer, Material, Occupant, State, ToothState, displayed_teeth, state_words,
};
use dentpro_core::teeth::{Arch, Side, Surface, Tooth};
use jiff::civil::Date;
use serde::Serialize;

use crate::dates::{WrittenDate, write_date};
use crate::letterhead::{LetterheadWords, PatientWords, letterhead_words, patient_words};
use crate::text::{Words, clean};
use crate::typesetter::Settings;
use crate::{Bilingual, Clinic, Digits, DocumentLanguage, Patient};

/// The chart of a day to print.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartDocument {
    pub clinic: Clinic,
    pub branch: Option<Bilingual>,
    pub digits: Digits,
    pub patient: Patient,
    pub on: Date,
    pub chart: Chart,
}

#[derive(Debug, Serialize)]
pub(crate) struct ChartSheet {
    settings: Settings,
    letterhead: LetterheadWords,
    patient: PatientWords,
    on: WrittenDate,
    dentition: &'static str,
    rows: Vec<Row>,
    signs: Vec<Sign>,
    list: Vec<Told>,
}

/// The teeth of one arch and dentition, from the viewer's left to the right.
#[derive(Debug, Serialize)]
struct Row {
    arch: &'static str,
    primary: bool,
    teeth: Vec<Cell>,
}

#[derive(Debug, Serialize)]
struct Cell {
    number: String,
    /// Gone, with nothing in its place.
    missing: bool,
    extract: bool,
    /// The look of a crown or a bridge around the tooth.
    crown: Option<&'static str>,
    /// Top, right, bottom, left, middle.
    surfaces: [Face; 5],
    marks: Vec<Mark>,
}

#[derive(Debug, Default, Clone, Serialize)]
struct Face {
    /// `existing`, `sick` or `done`.
    look: Option<&'static str>,
    planned: bool,
    letter: &'static str,
}

/// A sign under the tooth.
#[derive(Debug, Serialize)]
struct Mark {
    sign: String,
    look: &'static str,
}

#[derive(Debug, Serialize)]
struct Sign {
    sign: &'static str,
    name: Words,
}

/// What is recorded of a tooth, or of the mouth where there is no number.
#[derive(Debug, Serialize)]
struct Told {
    number: Option<String>,
    finding: Vec<Line>,
    plan: Vec<Line>,
    done: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    words: Words,
    on: WrittenDate,
    note: Option<String>,
}

/// The sign of a term under a tooth, the same in every language; the sheet says what each one means.
const SIGNS: &[(&str, &str)] = &[
    ("sound", "So"),
    ("caries", "Ca"),
    ("secondary_caries", "Cs"),
    ("root_caries", "Cr"),
    ("filling", "Fi"),
    ("filling_defect", "Fd"),
    ("sealant", "Se"),
    ("inlay", "In"),
    ("onlay", "On"),
    ("veneer", "Ve"),
    ("crown", "K"),
    ("bridge", "Br"),
    ("denture", "De"),
    ("full_denture", "Df"),
    ("implant", "Im"),
    ("implant_crown", "Ik"),
    ("post_and_core", "Po"),
    ("root_canal", "Rc"),
    ("root_canal_needed", "Rn"),
    ("root_canal_short", "Rs"),
    ("root_canal_over", "Ro"),
    ("apicectomy", "Ap"),
    ("resorption", "Re"),
    ("periapical_lesion", "Pa"),
    ("missing", "Mi"),
    ("congenitally_missing", "Mc"),
    ("extracted", "Ex"),
    ("to_extract", "Tx"),
    ("root_remnant", "Rr"),
    ("unerupted", "Un"),
    ("impacted", "Ip"),
    ("fracture", "Fx"),
    ("abrasion", "Ab"),
    ("erosion", "Er"),
    ("attrition", "At"),
    ("discolouration", "Dc"),
    ("hypomineralisation", "Hm"),
    ("fluorosis", "Fl"),
    ("rotated", "Rt"),
    ("tipped", "Ti"),
    ("drifted", "Dr"),
    ("over_erupted", "Oe"),
    ("diastema", "Di"),
    ("bracket", "Bk"),
    ("band", "Ba"),
    ("retainer", "Rn+"),
    ("splint", "Sp"),
    ("appliance_removed", "Ar"),
    ("furcation", "Fu"),
    ("mobility", "Mo"),
    ("calculus", "Cl"),
    ("supernumerary", "Sn"),
    ("supernumerary_extracted", "Sx"),
    ("watch", "Wa"),
    ("note", "N"),
];

/// What a finding of these says is wrong; the picture shows it apart from what is merely there.
fn is_sick(state: &State) -> bool {
    let Some(term) = term(&state.code) else { return false };
    matches!(term.effect, Effect::Decay | Effect::RootDecay | Effect::CanalFault)
        || ["periapical_lesion", "resorption", "mobility", "furcation", "calculus", "root_remnant"]
            .contains(&term.code)
        || ["discolouration", "hypomineralisation", "fluorosis"].contains(&term.code)
}

fn look(state: &State) -> &'static str {
    match state.layer {
        Layer::Plan => "plan",
        Layer::Done => "done",
        Layer::Finding if is_sick(state) => "sick",
        Layer::Finding => "existing",
    }
}

/// The letter of a material on a surface, as on the screen.
fn letter(state: &State) -> &'static str {
    if state.code == "sealant" {
        return "S";
    }
    match state.material {
        None => "",
        Some(Material::Amalgam) => "A",
        Some(Material::Composite) => "C",
        Some(Material::GlassIonomer) => "G",
        Some(Material::Temporary) => "T",
        Some(Material::Ceramic) => "K",
        Some(Material::Zirconia) => "Z",
        Some(Material::Metal) => "M",
        Some(Material::MetalCeramic) => "MK",
        Some(Material::Gold) => "Au",
        Some(Material::Acrylic) => "R",
    }
}

pub(crate) fn sheet(document: &ChartDocument, language: DocumentLanguage) -> ChartSheet {
    let digits = document.digits.on(language);
    let chart = &document.chart;
    let teeth = displayed_teeth(chart);
    ChartSheet {
        settings: Settings::new(language, digits),
        letterhead: letterhead_words(&document.clinic, document.branch.as_ref()),
        patient: patient_words(&document.patient),
        on: write_date(document.on, digits),
        dentition: chart.dentition.as_str(),
        rows: rows(chart, &teeth),
        signs: signs(chart),
        list: list(chart, digits),
    }
}

/// Permanent teeth outside, primary ones between, as the arches lie in the mouth. A row is drawn whole.
fn rows(chart: &Chart, shown: &BTreeSet<Tooth>) -> Vec<Row> {
    [(Arch::Upper, false), (Arch::Upper, true), (Arch::Lower, true), (Arch::Lower, false)]
        .into_iter()
        .filter(|(_, primary)| shown.iter().any(|tooth| tooth.is_primary() == *primary))
        .map(|(arch, primary)| {
            let mut teeth: Vec<Tooth> =
                Tooth::all().filter(|t| t.arch() == arch && t.is_primary() == primary).collect();
            teeth.sort_by_key(|tooth| tooth.arch_order());
            let untold = ToothState::default();
            let cell = |tooth: Tooth| cell(tooth, chart.teeth.get(&tooth).unwrap_or(&untold));
            Row { arch: arch.as_str(), primary, teeth: teeth.into_iter().map(cell).collect() }
        })
        .collect()
}

fn cell(tooth: Tooth, entry: &ToothState) -> Cell {
    let mut cell = Cell {
        number: tooth.to_string(),
        missing: entry.occupant == Occupant::Nothing,
        extract: false,
        crown: None,
        surfaces: Default::default(),
        marks: Vec::new(),
    };
    for state in &entry.states {
        let effect = term(&state.code).map_or(Effect::Beside, |term| term.effect);
        match effect {
            Effect::FullCoverage | Effect::Bridge | Effect::ImplantCrown => cell.crown = Some(look(state)),
            Effect::Absent if state.layer != Layer::Plan => (),
            _ if state.code == "to_extract" || effect == Effect::Absent => cell.extract = true,
            _ if !effect.is_apart() && effect != Effect::Healthy => draw(&mut cell, tooth, state),
            _ => (),
        }
        if let Some(sign) = sign(&state.code) {
            let mut shown = sign.to_owned();
            if let Some(severity) = state.severity {
                shown.push_str(&severity.to_string());
            }
            // Only what the five surfaces cannot show is lettered.
            let sides = |s: &&Surface| effect.is_apart() || matches!(s, Surface::Cervical | Surface::Root);
            let letters: String =
                state.surfaces.iter().filter(sides).map(|s| s.display_letter(tooth)).collect();
            if !letters.is_empty() {
                shown.push_str(&format!("-{letters}"));
            }
            cell.marks.push(Mark { sign: shown, look: look(state) });
        }
    }
    cell
}

/// Fills the surfaces that a state is on.
fn draw(cell: &mut Cell, tooth: Tooth, state: &State) {
    for surface in &state.surfaces {
        let Some(face) = place(tooth, *surface).map(|at| &mut cell.surfaces[at]) else { continue };
        if state.layer == Layer::Plan {
            face.planned = true;
        } else {
            face.look = Some(look(state));
            face.letter = letter(state);
        }
    }
}

/// Where a surface lies on the sheet: top, right, bottom, left, middle. Cheeks are outside, the tongue between the
/// arches, and mesial is towards the midline.
fn place(tooth: Tooth, surface: Surface) -> Option<usize> {
    let upper = tooth.arch() == Arch::Upper;
    let right_side = tooth.side() == Side::Right;
    Some(match surface {
        Surface::Buccal => {
            if upper {
                0
            } else {
                2
            }
        }
        Surface::Lingual => {
            if upper {
                2
            } else {
                0
            }
        }
        Surface::Mesial => {
            if right_side {
                1
            } else {
                3
            }
        }
        Surface::Distal => {
            if right_side {
                3
            } else {
                1
            }
        }
        Surface::Occlusal => 4,
        Surface::Cervical | Surface::Root => return None,
    })
}

fn sign(code: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(of, _)| *of == code).map(|(_, sign)| *sign)
}

/// The signs on this sheet and what they mean, in the order of the vocabulary.
fn signs(chart: &Chart) -> Vec<Sign> {
    let used: BTreeSet<&str> =
        chart.teeth.values().flat_map(|entry| &entry.states).map(|state| state.code.as_str()).collect();
    SIGNS
        .iter()
        .filter(|(code, _)| used.contains(code))
        .filter_map(|(code, sign)| {
            let term = term(code)?;
            Some(Sign { sign, name: Words { ar: term.name_ar.to_owned(), en: term.name_en.to_owned() } })
        })
        .collect()
}

fn list(chart: &Chart, digits: Digits) -> Vec<Told> {
    let told = |number: Option<Tooth>, states: &[State]| {
        let of = |layer: Layer| {
            states
                .iter()
                .filter(|state| state.layer == layer)
                .map(|state| line(state, number, digits))
                .collect()
        };
        Told {
            number: number.map(|tooth| tooth.to_string()),
            finding: of(Layer::Finding),
            plan: of(Layer::Plan),
            done: of(Layer::Done),
        }
    };
    let teeth = chart.teeth.iter().filter(|(_, entry)| !entry.states.is_empty());
    let mouth = (!chart.mouth.is_empty()).then(|| told(None, &chart.mouth));
    mouth.into_iter().chain(teeth.map(|(tooth, entry)| told(Some(*tooth), &entry.states))).collect()
}

fn line(state: &State, tooth: Option<Tooth>, digits: Digits) -> Line {
    let (ar, en) = state_words(state, tooth);
    Line {
        words: Words { ar, en },
        on: write_date(state.on, digits),
        note: state.note.as_deref().map(clean).filter(|note| !note.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use dentpro_core::charting::VOCABULARY;
    use dentpro_core::charting::vocabulary::Scope;

    use super::*;

    #[test]
    fn every_term_of_a_tooth_has_a_sign_of_its_own() {
        for term in VOCABULARY.iter().filter(|term| term.scope != Scope::Mouth) {
            assert!(sign(term.code).is_some(), "{}", term.code);
        }
        let signs: BTreeSet<_> = SIGNS.iter().map(|(_, sign)| sign).collect();
        assert_eq!(signs.len(), SIGNS.len());
        assert!(SIGNS.iter().all(|(code, _)| term(code).is_some()));
    }

    #[test]
    fn mesial_is_towards_the_midline_and_the_tongue_between_the_arches() {
        let at = |tooth: &str, surface| place(tooth.parse().unwrap(), surface);
        assert_eq!((at("16", Surface::Mesial), at("26", Surface::Mesial)), (Some(1), Some(3)));
        assert_eq!((at("16", Surface::Buccal), at("46", Surface::Buccal)), (Some(0), Some(2)));
        assert_eq!((at("26", Surface::Lingual), at("36", Surface::Lingual)), (Some(2), Some(0)));
        assert_eq!((at("16", Surface::Occlusal), at("16", Surface::Root)), (Some(4), None));
    }
}
