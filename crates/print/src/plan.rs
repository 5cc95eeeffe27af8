//! A treatment plan as its template reads it: phases of lines, what each costs and who pays, and the signature.

use jiff::civil::Date;
use serde::Serialize;

use crate::currency::{AmountFormat, CurrencyWords, currency_words};
use crate::dates::{WrittenDate, write_date};
use crate::letterhead::{LetterheadWords, PatientWords, letterhead_words, patient_words};
use crate::numbers::digits_of;
use crate::text::{Words, clean, words};
use crate::typesetter::Settings;
use crate::{Bilingual, Clinic, Digits, DocumentLanguage, Patient};

/// A treatment plan to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDocument {
    pub clinic: Clinic,
    pub branch: Option<Bilingual>,
    pub digits: Digits,
    /// ISO 4217, e.g. `EGP`.
    pub currency_code: String,
    /// How many decimals the currency has: 2 for EGP and SAR, 3 for KWD.
    pub currency_exponent: u8,
    pub patient: Patient,
    /// Typed by a person, in one language.
    pub title: String,
    pub doctor: Option<Bilingual>,
    /// `None` prints the plan as a draft.
    pub presented_on: Option<Date>,
    pub valid_until: Option<Date>,
    /// Changed after it was presented: every page says so.
    pub no_longer_valid: bool,
    pub declined: bool,
    pub phases: Vec<PlanPhase>,
    pub totals: PlanTotals,
    pub note: Option<String>,
    /// The fingerprint of what was presented, in hex digits.
    pub hash: Option<String>,
    pub signature: Option<PlanSignature>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPhase {
    pub number: u8,
    pub name: Option<String>,
    pub lines: Vec<PlanLine>,
    pub totals: PlanTotals,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    pub procedure: Bilingual,
    /// What it means, in a plain sentence for the patient.
    pub plain: Option<Bilingual>,
    /// `upper right first molar (16), surfaces M O`.
    pub place: Option<Bilingual>,
    pub quantity: i32,
    pub sessions: i32,
    pub note: Option<String>,
    pub unit_price: i64,
    pub totals: PlanTotals,
    pub standing: PlanLineStanding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanLineStanding {
    #[default]
    Proposed,
    Accepted,
    Declined,
    Completed,
}

/// In the currency's minor unit. The discount is positive and taken away; insurer and patient share the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlanTotals {
    pub subtotal: i64,
    pub discount: i64,
    pub tax: i64,
    pub total: i64,
    pub insurer: i64,
    pub patient: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSignature {
    pub name: String,
    /// `Patient`, `Parent or guardian`.
    pub relation: Bilingual,
    pub signed_on: Date,
    /// Signed through a link and not at the clinic.
    pub by_link: bool,
    pub hash: String,
    pub items_accepted: i32,
    pub items: i32,
    /// Strokes of the pen in a box of 1000 × 300; none when the plan was accepted by word.
    pub strokes: Vec<Vec<[u16; 2]>>,
}

const PEN_BOX: [u16; 2] = [1000, 300];
const HASH_GROUP: usize = 4;
/// A line with more text than this may break over pages rather than run off the sheet.
const LONG_LINE: usize = 1500;

#[derive(Debug, Serialize)]
pub(crate) struct PlanSheet {
    settings: Settings,
    letterhead: LetterheadWords,
    patient: PatientWords,
    title: String,
    doctor: Option<Words>,
    presented_on: Option<WrittenDate>,
    valid_until: Option<WrittenDate>,
    no_longer_valid: bool,
    declined: bool,
    currency: CurrencyWords,
    columns: Columns,
    phases: Vec<PhaseWords>,
    totals: Vec<TotalWords>,
    notes: Option<String>,
    hash: Option<String>,
    signature: Option<SignatureWords>,
}

/// Columns that would be empty are left out.
#[derive(Debug, Serialize)]
struct Columns {
    discount: bool,
    tax: bool,
    insurer: bool,
}

#[derive(Debug, Serialize)]
struct PhaseWords {
    number: u8,
    name: Option<String>,
    lines: Vec<LineWords>,
    amounts: Amounts,
}

#[derive(Debug, Serialize)]
struct LineWords {
    position: String,
    procedure: Words,
    plain: Option<Words>,
    place: Option<Words>,
    note: Option<String>,
    /// So much text that the line may break over pages.
    long: bool,
    quantity: String,
    /// Only where it takes more than one.
    sessions: Option<String>,
    unit_price: String,
    amounts: Amounts,
    /// The label of what became of the line; nothing is said of one that is proposed.
    standing: Option<&'static str>,
}

/// What stands in the columns of a line or of a phase's sum; an empty one is a dash.
#[derive(Debug, Serialize)]
struct Amounts {
    discount: Option<String>,
    tax: Option<String>,
    total: String,
    insurer: Option<String>,
    patient: String,
}

#[derive(Debug, Serialize)]
struct TotalWords {
    label: &'static str,
    amount: String,
    emphasis: &'static str,
}

#[derive(Debug, Serialize)]
struct SignatureWords {
    name: String,
    relation: Option<Words>,
    signed_on: WrittenDate,
    by_link: bool,
    hash: Option<String>,
    items_accepted: u32,
    items: u32,
    strokes: Vec<Vec<[u16; 2]>>,
}

pub(crate) fn sheet(plan: &PlanDocument, language: DocumentLanguage) -> PlanSheet {
    let digits = plan.digits.on(language);
    let amounts = AmountFormat { exponent: plan.currency_exponent, digits };
    let mut positions = 1..;
    PlanSheet {
        settings: Settings::new(language, digits),
        letterhead: letterhead_words(&plan.clinic, plan.branch.as_ref()),
        patient: patient_words(&plan.patient),
        title: clean(&plan.title),
        doctor: words(plan.doctor.as_ref()),
        presented_on: plan.presented_on.map(|date| write_date(date, digits)),
        valid_until: plan.valid_until.map(|date| write_date(date, digits)),
        no_longer_valid: plan.no_longer_valid,
        declined: plan.declined,
        currency: currency_words(&plan.currency_code),
        columns: columns(plan),
        phases: plan
            .phases
            .iter()
            .map(|phase| PhaseWords {
                number: phase.number,
                name: typed(phase.name.as_deref()),
                // Lines are counted through the plan, so that one can be named by its number.
                lines: positions
                    .by_ref()
                    .zip(&phase.lines)
                    .map(|(position, line)| line_words(position, line, amounts))
                    .collect(),
                amounts: columns_of(&phase.totals, amounts),
            })
            .collect(),
        totals: totals(&plan.totals, amounts),
        notes: typed(plan.note.as_deref()),
        hash: plan.hash.as_deref().and_then(grouped),
        signature: plan.signature.as_ref().map(|signature| signature_words(signature, digits)),
    }
}

fn columns(plan: &PlanDocument) -> Columns {
    let any = |amount: fn(&PlanTotals) -> i64| {
        plan.phases
            .iter()
            .flat_map(|phase| phase.lines.iter().map(|line| &line.totals).chain([&phase.totals]))
            .chain([&plan.totals])
            .any(|totals| amount(totals) != 0)
    };
    Columns {
        discount: any(|totals| totals.discount),
        tax: any(|totals| totals.tax),
        insurer: any(|totals| totals.insurer),
    }
}

fn line_words(position: usize, line: &PlanLine, amounts: AmountFormat) -> LineWords {
    let count = |count: i32| digits_of(&count.to_string(), amounts.digits);
    let length = |text: &Bilingual| text.ar.len() + text.en.len();
    let texts = [Some(&line.procedure), line.plain.as_ref(), line.place.as_ref()];
    LineWords {
        position: digits_of(&position.to_string(), amounts.digits),
        procedure: Words::from(&line.procedure),
        plain: words(line.plain.as_ref()),
        place: words(line.place.as_ref()),
        note: typed(line.note.as_deref()),
        long: texts.into_iter().flatten().map(length).sum::<usize>()
            + line.note.as_ref().map_or(0, String::len)
            > LONG_LINE,
        quantity: count(line.quantity),
        sessions: (line.sessions > 1).then(|| count(line.sessions)),
        unit_price: amounts.write(line.unit_price),
        amounts: columns_of(&line.totals, amounts),
        standing: match line.standing {
            PlanLineStanding::Proposed => None,
            PlanLineStanding::Accepted => Some("plan-accepted"),
            PlanLineStanding::Declined => Some("plan-declined"),
            PlanLineStanding::Completed => Some("plan-completed"),
        },
    }
}

fn columns_of(totals: &PlanTotals, amounts: AmountFormat) -> Amounts {
    let unless_zero = |minor: i64| (minor != 0).then(|| amounts.write(minor));
    Amounts {
        discount: amounts.write_deduction(totals.discount),
        tax: unless_zero(totals.tax),
        total: amounts.write(totals.total),
        insurer: unless_zero(totals.insurer),
        patient: amounts.write(totals.patient),
    }
}

fn totals(totals: &PlanTotals, amounts: AmountFormat) -> Vec<TotalWords> {
    let row = |label, minor, emphasis| TotalWords { label, amount: amounts.write(minor), emphasis };
    let mut rows = Vec::new();
    if totals.discount != 0 || totals.tax != 0 {
        rows.push(row("subtotal", totals.subtotal, "plain"));
    }
    if let Some(amount) = amounts.write_deduction(totals.discount) {
        rows.push(TotalWords { label: "discount", amount, emphasis: "plain" });
    }
    if totals.tax != 0 {
        rows.push(row("tax", totals.tax, "plain"));
    }
    if totals.insurer == 0 {
        rows.push(row("total", totals.total, "due"));
    } else {
        rows.push(row("total", totals.total, "strong"));
        rows.push(row("plan-insurer-pays", totals.insurer, "plain"));
        rows.push(row("plan-patient-pays", totals.patient, "due"));
    }
    rows
}

fn signature_words(signature: &PlanSignature, digits: Digits) -> SignatureWords {
    let count = |count: i32| u32::try_from(count).unwrap_or_default();
    SignatureWords {
        name: clean(&signature.name),
        relation: words(Some(&signature.relation)),
        signed_on: write_date(signature.signed_on, digits),
        by_link: signature.by_link,
        hash: grouped(&signature.hash),
        items_accepted: count(signature.items_accepted),
        items: count(signature.items),
        strokes: strokes(&signature.strokes),
    }
}

/// What was drawn outside the box is brought to its edge.
fn strokes(strokes: &[Vec<[u16; 2]>]) -> Vec<Vec<[u16; 2]>> {
    let within = |[x, y]: &[u16; 2]| [(*x).min(PEN_BOX[0]), (*y).min(PEN_BOX[1])];
    strokes
        .iter()
        .filter(|stroke| !stroke.is_empty())
        .map(|stroke| stroke.iter().map(within).collect())
        .collect()
}

fn typed(text: Option<&str>) -> Option<String> {
    text.map(clean).filter(|text| !text.is_empty())
}

/// Hex digits in groups, so that two fingerprints can be compared by eye.
fn grouped(hash: &str) -> Option<String> {
    let digits: Vec<char> = hash.chars().filter(char::is_ascii_alphanumeric).collect();
    let groups: Vec<String> = digits.chunks(HASH_GROUP).map(|group| group.iter().collect()).collect();
    (!groups.is_empty()).then(|| groups.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_printed_in_groups_of_four() {
        assert_eq!(grouped("0a1b2c3d4e").as_deref(), Some("0a1b 2c3d 4e"));
        assert_eq!(grouped(" \u{202e} "), None);
    }

    #[test]
    fn strokes_stay_within_their_box() {
        let drawn = [vec![[5, 9], [u16::MAX, 301]], vec![]];
        assert_eq!(strokes(&drawn), [vec![[5, 9], [1000, 300]]]);
    }

    #[test]
    fn sums_name_the_insurer_only_where_it_pays() {
        let amounts = AmountFormat { exponent: 3, digits: Digits::Latin };
        let labels = |value: &PlanTotals| -> Vec<_> {
            totals(value, amounts).iter().map(|row| (row.label, row.amount.clone())).collect()
        };
        let plain = PlanTotals { subtotal: 1500, total: 1500, patient: 1500, ..PlanTotals::default() };
        assert_eq!(labels(&plain), [("total", "1.500".to_owned())]);
        let shared = PlanTotals { discount: 500, total: 1000, insurer: 600, patient: 400, ..plain };
        assert_eq!(
            labels(&shared),
            [
                ("subtotal", "1.500".to_owned()),
                ("discount", "−0.500".to_owned()),
                ("total", "1.000".to_owned()),
                ("plan-insurer-pays", "0.600".to_owned()),
                ("plan-patient-pays", "0.400".to_owned()),
            ]
        );
    }
}
