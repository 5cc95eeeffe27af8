//! The diagnosis that an exam suggests, after the 2017 World Workshop on the Classification of Periodontal and
//! Peri-Implant Diseases. It is a suggestion with its reasons: a doctor knows the pictures, the history and the other
//! causes of lost attachment, and decides.
//!
//! Sources: Tonetti, Greenwell, Kornman, J Periodontol 2018;89 Suppl 1:S159–S172 (stage, grade, extent); Papapanou
//! et al., S173–S182 (when it is periodontitis); Chapple et al., S74–S84 (gingivitis: bleeding at 10 % of sites).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::reading::{Mouth, PerioError, Presence, Site, ToothReading};
use super::summary::{POCKET, count, percent, summary};
use crate::teeth::{Tooth, ToothClass};
use crate::wire_enum::wire_enum;

wire_enum! {
    #[cfg_attr(feature = "openapi", schema(as = PerioCondition))]
    pub enum Condition {
        Health = "health",
        Gingivitis = "gingivitis",
        Periodontitis = "periodontitis",
    }
}

wire_enum! {
    /// How severe and how complex.
    #[cfg_attr(feature = "openapi", schema(as = PerioStage))]
    pub enum Stage {
        One = "I",
        Two = "II",
        Three = "III",
        Four = "IV",
    }
}

wire_enum! {
    /// How fast.
    #[cfg_attr(feature = "openapi", schema(as = PerioGrade))]
    pub enum Grade {
        A = "A",
        B = "B",
        C = "C",
    }
}

wire_enum! {
    /// How much of the mouth.
    #[cfg_attr(feature = "openapi", schema(as = PerioExtent))]
    pub enum Extent {
        Localized = "localized",
        Generalized = "generalized",
        MolarIncisor = "molar_incisor",
    }
}

wire_enum! {
    pub enum Smoking {
        None = "none",
        /// Fewer than ten cigarettes a day.
        UnderTen = "under_ten",
        TenOrMore = "ten_or_more",
    }
}

wire_enum! {
    pub enum Diabetes {
        None = "none",
        /// HbA1c below 7 %.
        Controlled = "controlled",
        /// HbA1c of 7 % and more.
        Uncontrolled = "uncontrolled",
    }
}

/// What the probe does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RiskFacts {
    /// Completed years.
    pub age: Option<u8>,
    /// Bone lost at the worst tooth in the pictures, in percent of its root.
    pub bone_loss_percent: Option<u8>,
    /// Teeth that were lost to periodontitis.
    pub teeth_lost: Option<u8>,
    pub smoking: Option<Smoking>,
    pub diabetes: Option<Diabetes>,
}

/// What a doctor confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PerioDiagnosis))]
#[serde(deny_unknown_fields)]
pub struct Diagnosis {
    pub condition: Condition,
    pub stage: Option<Stage>,
    pub grade: Option<Grade>,
    pub extent: Option<Extent>,
}

impl Diagnosis {
    /// Periodontitis has a stage, a grade and an extent; gingivitis may have an extent; health has none of them.
    pub fn check(self) -> Result<Self, PerioError> {
        let graded = (self.stage.is_some(), self.grade.is_some());
        let fits = match self.condition {
            Condition::Periodontitis => graded == (true, true) && self.extent.is_some(),
            Condition::Gingivitis => graded == (false, false) && self.extent != Some(Extent::MolarIncisor),
            Condition::Health => graded == (false, false) && self.extent.is_none(),
        };
        if fits { Ok(self) } else { Err(PerioError::DiagnosisIncomplete) }
    }
}

wire_enum! {
    /// Why something is suggested; `value` of the reason is what its name says.
    #[cfg_attr(feature = "openapi", schema(as = PerioReasonCode))]
    pub enum ReasonCode {
        /// Millimetres of interdental attachment lost at the worst tooth.
        InterdentalLoss = "interdental_loss",
        /// Teeth with 3 mm lost on the cheek's or tongue's side below a pocket.
        BuccalOrOralLoss = "buccal_or_oral_loss",
        /// Percent of the sites that bleed.
        Bleeding = "bleeding",
        /// Millimetres of the deepest pocket.
        MaxDepth = "max_depth",
        /// The worst furcation's degree.
        Furcation = "furcation",
        /// The worst tooth's mobility.
        Mobility = "mobility",
        /// Percent of bone lost in the pictures.
        BoneLoss = "bone_loss",
        /// Teeth lost to periodontitis.
        TeethLost = "teeth_lost",
        /// Teeth that are left.
        TeethLeft = "teeth_left",
        /// Percent of bone lost for each year of age.
        BoneLossByAge = "bone_loss_by_age",
        /// Without pictures the middle grade is assumed.
        GradeAssumed = "grade_assumed",
        Smoking = "smoking",
        Diabetes = "diabetes",
        /// Percent of the teeth that are affected.
        TeethAffected = "teeth_affected",
        /// First molars and incisors alone are affected.
        MolarsAndIncisors = "molars_and_incisors",
        /// Sites whose attachment level is not known.
        AttachmentUnknown = "attachment_unknown",
    }
}

/// One reason, with its number where it has one and the teeth it is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PerioReason))]
pub struct Reason {
    pub code: ReasonCode,
    pub value: Option<f64>,
    pub teeth: Vec<Tooth>,
}

/// What the readings suggest, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PerioSuggestion))]
pub struct Suggestion {
    pub condition: Condition,
    pub stage: Option<Stage>,
    pub grade: Option<Grade>,
    pub extent: Option<Extent>,
    pub reasons: Vec<Reason>,
}

/// Percent of bleeding sites from which gums count as inflamed.
const GINGIVITIS_FROM: f64 = 10.0;
/// Percent of bleeding sites, or of affected teeth, from which it is generalized.
const GENERALIZED_FROM: f64 = 30.0;
/// Teeth with which ten pairs still meet.
const FEWEST_TEETH: u32 = 20;

/// The teeth as the rules need them. Implants lose bone for reasons of their own and are left out.
struct Findings<'a> {
    teeth: BTreeMap<Tooth, &'a ToothReading>,
    /// Millimetres of interdental attachment lost, where any was.
    loss: BTreeMap<Tooth, u8>,
    /// The same on the cheek's or tongue's side, of 3 mm and more with a pocket of more than 3 mm there.
    side_loss: BTreeMap<Tooth, u8>,
}

impl<'a> Findings<'a> {
    fn of(mouth: &'a Mouth) -> Self {
        let teeth: BTreeMap<Tooth, &ToothReading> = mouth
            .iter()
            .filter(|(_, reading)| reading.presence == Presence::Tooth)
            .map(|(tooth, reading)| (*tooth, reading))
            .collect();
        let lost = |of: &dyn Fn(&ToothReading) -> Option<u8>, least: u8| {
            let each = teeth.iter().filter_map(|(tooth, reading)| Some((*tooth, of(reading)?)));
            each.filter(|(_, loss)| *loss >= least).collect::<BTreeMap<_, _>>()
        };
        let loss = lost(&ToothReading::interdental_loss, 1);
        let side_loss = lost(&side_loss, 3);
        Self { teeth, loss, side_loss }
    }

    /// Interdental loss at two teeth that are no neighbours, or 3 mm on a side with a pocket at two teeth.
    fn is_periodontitis(&self) -> bool {
        let apart =
            |a: &Tooth, b: &Tooth| a.arch() != b.arch() || a.arch_order().abs_diff(b.arch_order()) > 1;
        let two_apart = self.loss.keys().any(|a| self.loss.keys().any(|b| apart(a, b)));
        two_apart || self.side_loss.len() >= 2
    }

    fn worst(&self, of: impl Fn(&ToothReading) -> Option<u8>) -> Option<(u8, Vec<Tooth>)> {
        let values: Vec<(Tooth, u8)> =
            self.teeth.iter().filter_map(|(tooth, reading)| Some((*tooth, of(reading)?))).collect();
        let most = values.iter().map(|(_, value)| *value).max()?;
        Some((most, values.iter().filter(|(_, value)| *value == most).map(|(tooth, _)| *tooth).collect()))
    }
}

fn side_loss(reading: &ToothReading) -> Option<u8> {
    [Site::Buccal, Site::Lingual]
        .iter()
        .map(|site| reading.site(*site))
        .filter(|site| site.depth > Some(3))
        .filter_map(|site| site.attachment_loss())
        .max()
}

/// Suggests a diagnosis; none while nothing was measured.
pub fn suggest(mouth: &Mouth, facts: RiskFacts) -> Option<Suggestion> {
    let told = summary(mouth);
    let bleeding = told.bleeding_percent?;
    let findings = Findings::of(mouth);
    let mut reasons = Vec::new();
    let mut suggestion = if findings.is_periodontitis() {
        let stage = stage(&findings, facts, &mut reasons);
        let grade = grade(facts, &mut reasons);
        let extent = extent(&findings, stage, &mut reasons);
        Suggestion {
            condition: Condition::Periodontitis,
            stage: Some(stage),
            grade: Some(grade),
            extent: Some(extent),
            reasons: Vec::new(),
        }
    } else if told.attachment_sites < told.sites_measured && told.max_depth >= Some(POCKET) {
        // Deep pockets whose attachment nobody measured are neither health nor gingivitis.
        return None;
    } else {
        reasons.push(reason(ReasonCode::Bleeding, bleeding, Vec::new()));
        let extent = match bleeding {
            GENERALIZED_FROM.. => Some(Extent::Generalized),
            GINGIVITIS_FROM.. => Some(Extent::Localized),
            _ => None,
        };
        let condition = if extent.is_some() { Condition::Gingivitis } else { Condition::Health };
        Suggestion { condition, stage: None, grade: None, extent, reasons: Vec::new() }
    };
    let unknown = told.sites_measured - told.attachment_sites;
    if unknown > 0 {
        reasons.push(reason(ReasonCode::AttachmentUnknown, f64::from(unknown), Vec::new()));
    }
    suggestion.reasons = reasons;
    Some(suggestion)
}

fn reason(code: ReasonCode, value: f64, teeth: Vec<Tooth>) -> Reason {
    Reason { code, value: Some(value), teeth }
}

/// The highest stage that any one finding asks for. Stage IV needs stage III and a bite that fails, or five teeth
/// lost to the disease.
fn stage(findings: &Findings, facts: RiskFacts, reasons: &mut Vec<Reason>) -> Stage {
    let mut stage = Stage::One;
    let mut asks = |found: Option<Stage>, code, value: u8, teeth: Vec<Tooth>| {
        if let Some(found) = found {
            reasons.push(reason(code, f64::from(value), teeth));
            stage = stage.max(found);
        }
    };
    let by_loss = |loss: u8| match loss {
        ..=2 => Stage::One,
        3..=4 => Stage::Two,
        _ => Stage::Three,
    };
    if let Some((loss, teeth)) = findings.worst(|tooth| tooth.interdental_loss().filter(|loss| *loss > 0)) {
        asks(Some(by_loss(loss)), ReasonCode::InterdentalLoss, loss, teeth);
    }
    if findings.side_loss.len() >= 2 {
        let loss = findings.side_loss.values().copied().max().unwrap_or_default();
        let teeth = findings.side_loss.keys().copied().collect();
        asks(Some(by_loss(loss)), ReasonCode::BuccalOrOralLoss, loss, teeth);
    }
    if let Some((depth, teeth)) = findings.worst(ToothReading::max_depth) {
        let by_depth = match depth {
            ..=4 => None,
            5 => Some(Stage::Two),
            _ => Some(Stage::Three),
        };
        asks(by_depth, ReasonCode::MaxDepth, depth, teeth);
    }
    if let Some((degree, teeth)) = findings.worst(|tooth| tooth.furcation.values().copied().max()) {
        asks((degree >= 2).then_some(Stage::Three), ReasonCode::Furcation, degree, teeth);
    }
    if let Some(bone) = facts.bone_loss_percent {
        let by_bone = match bone {
            ..=14 => Stage::One,
            15..=33 => Stage::Two,
            _ => Stage::Three,
        };
        asks(Some(by_bone), ReasonCode::BoneLoss, bone, Vec::new());
    }
    if let Some(lost @ 1..) = facts.teeth_lost {
        asks(
            Some(if lost >= 5 { Stage::Four } else { Stage::Three }),
            ReasonCode::TeethLost,
            lost,
            Vec::new(),
        );
    }
    if stage >= Stage::Three {
        let loose = findings.worst(|tooth| tooth.mobility).filter(|(degree, _)| *degree >= 2);
        if let Some((degree, teeth)) = loose {
            reasons.push(reason(ReasonCode::Mobility, f64::from(degree), teeth));
            stage = Stage::Four;
        }
        let left = count(findings.teeth.keys());
        if left < FEWEST_TEETH {
            reasons.push(reason(ReasonCode::TeethLeft, f64::from(left), Vec::new()));
            stage = Stage::Four;
        }
    }
    stage
}

/// Bone lost by age decides, and without pictures the middle grade is assumed; smoking and diabetes only raise it.
fn grade(facts: RiskFacts, reasons: &mut Vec<Reason>) -> Grade {
    let by_age = facts.bone_loss_percent.zip(facts.age.filter(|age| *age > 0));
    let mut grade = match by_age {
        Some((bone, age)) => {
            let a_year = f64::from(bone) / f64::from(age);
            reasons.push(reason(ReasonCode::BoneLossByAge, (a_year * 100.0).round() / 100.0, Vec::new()));
            match a_year {
                ..0.25 => Grade::A,
                ..=1.0 => Grade::B,
                _ => Grade::C,
            }
        }
        None => {
            reasons.push(Reason { code: ReasonCode::GradeAssumed, value: None, teeth: Vec::new() });
            Grade::B
        }
    };
    let mut raised = |to: Option<Grade>, code| {
        if let Some(to) = to {
            reasons.push(Reason { code, value: None, teeth: Vec::new() });
            grade = grade.max(to);
        }
    };
    raised(
        facts.smoking.and_then(|smoking| match smoking {
            Smoking::None => None,
            Smoking::UnderTen => Some(Grade::B),
            Smoking::TenOrMore => Some(Grade::C),
        }),
        ReasonCode::Smoking,
    );
    raised(
        facts.diabetes.and_then(|diabetes| match diabetes {
            Diabetes::None => None,
            Diabetes::Controlled => Some(Grade::B),
            Diabetes::Uncontrolled => Some(Grade::C),
        }),
        ReasonCode::Diabetes,
    );
    grade
}

/// The share of the teeth that are as bad as the stage says; the worst ones where none is.
fn extent(findings: &Findings, stage: Stage, reasons: &mut Vec<Reason>) -> Extent {
    let mut loss = findings.loss.clone();
    for (tooth, lost) in &findings.side_loss {
        let most = loss.entry(*tooth).or_default();
        *most = (*most).max(*lost);
    }
    let worst = loss.values().copied().max().unwrap_or_default();
    let threshold = match stage {
        Stage::One => 1,
        Stage::Two => 3,
        Stage::Three | Stage::Four => 5,
    };
    let counts = |lost: &u8| *lost >= threshold.min(worst);
    let affected: Vec<Tooth> =
        loss.iter().filter(|(_, lost)| counts(lost)).map(|(tooth, _)| *tooth).collect();
    let first_molar = |tooth: &Tooth| tooth.position() == 6;
    let incisor = |tooth: &Tooth| tooth.class() == ToothClass::Incisor;
    let pattern = affected.iter().all(|tooth| first_molar(tooth) || incisor(tooth))
        && affected.iter().any(first_molar)
        && affected.iter().any(incisor);
    if pattern {
        reasons.push(Reason { code: ReasonCode::MolarsAndIncisors, value: None, teeth: affected });
        return Extent::MolarIncisor;
    }
    let share = percent(count(affected.iter()), count(findings.teeth.keys())).unwrap_or_default();
    reasons.push(reason(ReasonCode::TeethAffected, share, affected));
    if share >= GENERALIZED_FROM { Extent::Generalized } else { Extent::Localized }
}

#[cfg(test)]
mod tests;
