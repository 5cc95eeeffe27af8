//! A periodontal exam as its template reads it: rows of teeth as the examiner sees them, the patient's right at the
//! left, in every language.

use std::collections::BTreeMap;

use dentpro_core::periodontal::reading::entrances;
use dentpro_core::periodontal::summary::POCKET;
use dentpro_core::periodontal::{
    Condition, Diagnosis, Extent, Mouth, Presence, Sextant, Site, SiteReading, Summary, ToothReading,
};
use dentpro_core::teeth::{Arch, Side, Tooth};
use jiff::civil::Date;
use serde::Serialize;

use crate::dates::{WrittenDate, write_date};
use crate::letterhead::{LetterheadWords, PatientWords, letterhead_words, patient_words};
use crate::numbers::digits_of;
use crate::text::{Words, clean, words};
use crate::typesetter::Settings;
use crate::{Bilingual, Clinic, Digits, DocumentLanguage, Patient};

/// An exam to print. Millimetres are whole numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct PerioDocument {
    pub clinic: Clinic,
    pub branch: Option<Bilingual>,
    pub digits: Digits,
    pub patient: Patient,
    pub on: Date,
    /// Not closed yet: the sheet says so.
    pub draft: bool,
    /// Entered in error: the sheet says so.
    pub struck: bool,
    pub examiner: Bilingual,
    pub confirmed_by: Option<Bilingual>,
    /// What a doctor confirmed; a mere suggestion is not printed.
    pub diagnosis: Option<Diagnosis>,
    /// Empty in a screening.
    pub mouth: Mouth,
    pub summary: Summary,
    /// Codes by sextant; empty in a full exam.
    pub sextants: BTreeMap<Sextant, String>,
    pub note: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct PerioSheet {
    settings: Settings,
    letterhead: LetterheadWords,
    patient: PatientWords,
    on: WrittenDate,
    draft: bool,
    struck: bool,
    examiner: Option<Words>,
    confirmed_by: Option<Words>,
    diagnosis: Option<Words>,
    arches: Vec<ArchRows>,
    numbers: Option<Numbers>,
    sextants: Vec<Vec<String>>,
    notes: Option<String>,
}

#[derive(Debug, Serialize)]
struct ArchRows {
    /// `upper` or `lower`.
    arch: &'static str,
    teeth: Vec<Column>,
}

/// One tooth's column; each side's triplets run from the viewer's left to the right.
#[derive(Debug, Serialize)]
struct Column {
    number: String,
    presence: &'static str,
    mobility: String,
    furcation: String,
    outer: Vec<SiteWords>,
    inner: Vec<SiteWords>,
}

#[derive(Debug, Serialize)]
struct SiteWords {
    depth: String,
    margin: String,
    cal: String,
    deep: bool,
    bleeding: bool,
    suppuration: bool,
    plaque: bool,
    calculus: bool,
}

#[derive(Debug, Serialize)]
struct Numbers {
    measured: String,
    expected: String,
    bleeding: String,
    plaque: String,
    max_depth: String,
    mean_depth: String,
    pockets: String,
    deep: String,
    max_cal: String,
}

const OUTER: [Site; 3] = [Site::DistoBuccal, Site::Buccal, Site::MesioBuccal];
const INNER: [Site; 3] = [Site::DistoLingual, Site::Lingual, Site::MesioLingual];

pub(crate) fn sheet(exam: &PerioDocument, language: DocumentLanguage) -> PerioSheet {
    let digits = exam.digits.on(language);
    let full = !exam.mouth.is_empty();
    PerioSheet {
        settings: Settings::new(language, digits),
        letterhead: letterhead_words(&exam.clinic, exam.branch.as_ref()),
        patient: patient_words(&exam.patient),
        on: write_date(exam.on, digits),
        draft: exam.draft,
        struck: exam.struck,
        examiner: words(Some(&exam.examiner)),
        confirmed_by: words(exam.confirmed_by.as_ref()),
        diagnosis: exam.diagnosis.map(|diagnosis| Words::from(&diagnosis_words(diagnosis))),
        arches: if full {
            [Arch::Upper, Arch::Lower].map(|arch| rows(&exam.mouth, arch)).into()
        } else {
            Vec::new()
        },
        numbers: full.then(|| numbers(&exam.summary, digits)),
        sextants: sextants(&exam.sextants),
        notes: exam.note.as_deref().map(clean).filter(|note| !note.is_empty()),
    }
}

/// The diagnosis as a clinician says it, in both languages.
fn diagnosis_words(diagnosis: Diagnosis) -> Bilingual {
    let (ar, en) = match diagnosis.condition {
        Condition::Health => ("لثة سليمة", "Periodontal health"),
        Condition::Gingivitis => ("التهاب اللثة", "Gingivitis"),
        Condition::Periodontitis => ("التهاب دواعم الأسنان", "Periodontitis"),
    };
    let (mut ar, mut en) = (ar.to_owned(), en.to_owned());
    if let Some(stage) = diagnosis.stage {
        ar.push_str(&format!("، المرحلة {stage}"));
        en.push_str(&format!(", stage {stage}"));
    }
    if let Some(grade) = diagnosis.grade {
        ar.push_str(&format!("، الدرجة {grade}"));
        en.push_str(&format!(", grade {grade}"));
    }
    match diagnosis.extent {
        Some(Extent::Localized) => (ar.push_str("، موضعي"), en.push_str(", localized")),
        Some(Extent::Generalized) => (ar.push_str("، معمم"), en.push_str(", generalized")),
        Some(Extent::MolarIncisor) => {
            (ar.push_str("، نمط الأرحاء والقواطع"), en.push_str(", molar–incisor pattern"))
        }
        None => ((), ()),
    };
    Bilingual::new(ar, en)
}

fn rows(mouth: &Mouth, arch: Arch) -> ArchRows {
    let mut teeth: Vec<Tooth> = Tooth::permanent().filter(|tooth| tooth.arch() == arch).collect();
    teeth.sort_by_key(|tooth| tooth.arch_order());
    let missing = ToothReading::of(Presence::Missing);
    ArchRows {
        arch: arch.as_str(),
        teeth: teeth.into_iter().map(|tooth| column(tooth, mouth.get(&tooth).unwrap_or(&missing))).collect(),
    }
}

fn column(tooth: Tooth, reading: &ToothReading) -> Column {
    let standing = reading.presence != Presence::Missing;
    let side = |sites: [Site; 3]| {
        let mut along: Vec<SiteWords> = sites
            .iter()
            .map(|site| site_words(if standing { reading.site(*site) } else { SiteReading::default() }))
            .collect();
        // On the patient's left the mesial site is the one nearer to the viewer's left.
        if tooth.side() == Side::Left {
            along.reverse();
        }
        along
    };
    let furcation = entrances(tooth)
        .iter()
        .filter_map(|entrance| {
            let degree = reading.furcation.get(entrance).filter(|degree| **degree > 0)?;
            Some(format!("{entrance}{}", roman(*degree)))
        })
        .collect::<Vec<_>>()
        .join(" ");
    Column {
        number: tooth.to_string(),
        presence: reading.presence.as_str(),
        mobility: reading.mobility.map(roman).unwrap_or_default().to_owned(),
        furcation,
        outer: side(OUTER),
        inner: side(INNER),
    }
}

fn roman(degree: u8) -> &'static str {
    match degree {
        0 => "0",
        1 => "I",
        2 => "II",
        _ => "III",
    }
}

fn site_words(reading: SiteReading) -> SiteWords {
    let signed =
        |value: Option<i8>| value.map(|value| value.to_string().replace('-', "\u{2212}")).unwrap_or_default();
    SiteWords {
        depth: reading.depth.map(|depth| depth.to_string()).unwrap_or_default(),
        margin: signed(reading.margin),
        cal: signed(reading.attachment()),
        deep: reading.depth >= Some(POCKET),
        bleeding: reading.bleeding,
        suppuration: reading.suppuration,
        plaque: reading.plaque,
        calculus: reading.calculus,
    }
}

fn numbers(summary: &Summary, digits: Digits) -> Numbers {
    let count = |value: u32| digits_of(&value.to_string(), digits);
    let share =
        |value: Option<f64>| value.map_or("–".to_owned(), |v| digits_of(&format!("{v:.1}%"), digits));
    let whole = |value: Option<i32>| value.map_or("–".to_owned(), |v| digits_of(&v.to_string(), digits));
    Numbers {
        measured: count(summary.sites_measured),
        expected: count(summary.sites_expected),
        bleeding: share(summary.bleeding_percent),
        plaque: share(summary.plaque_percent),
        max_depth: whole(summary.max_depth.map(i32::from)),
        mean_depth: summary.mean_depth.map_or("–".to_owned(), |v| digits_of(&format!("{v:.1}"), digits)),
        pockets: count(summary.pocket_sites),
        deep: count(summary.deep_sites),
        max_cal: whole(summary.max_attachment.map(i32::from)),
    }
}

/// Two rows of three, the patient's right at the left.
fn sextants(codes: &BTreeMap<Sextant, String>) -> Vec<Vec<String>> {
    if codes.is_empty() {
        return Vec::new();
    }
    let row = |row: [Sextant; 3]| {
        row.iter().map(|sextant| codes.get(sextant).cloned().unwrap_or_else(|| "–".to_owned())).collect()
    };
    vec![
        row([Sextant::UpperRight, Sextant::UpperFront, Sextant::UpperLeft]),
        row([Sextant::LowerRight, Sextant::LowerFront, Sextant::LowerLeft]),
    ]
}
