//! Tables of cases, and what must hold for any mouth.

use proptest::prelude::*;

use super::super::fixtures::{even_mouth, even_tooth, reading, tooth};
use super::super::reading::Entrance;
use super::*;

/// A healthy mouth in which these teeth have this depth and margin all around.
fn with(teeth: &[&str], depth: u8, margin: i8) -> Mouth {
    let mut mouth = even_mouth(2, 2);
    for code in teeth {
        mouth.insert(tooth(code), even_tooth(depth, margin));
    }
    mouth
}

fn told(mouth: &Mouth, facts: RiskFacts) -> Suggestion {
    suggest(mouth, facts).unwrap()
}

fn stage_of(mouth: &Mouth) -> Option<Stage> {
    told(mouth, RiskFacts::default()).stage
}

#[test]
fn nothing_measured_suggests_nothing() {
    assert_eq!(suggest(&Mouth::new(), RiskFacts::default()), None);
}

#[test]
fn deep_pockets_whose_attachment_nobody_measured_are_not_called_health() {
    let mut mouth = even_mouth(2, 2);
    let deep = mouth.values_mut().flat_map(|tooth| tooth.sites.values_mut()).take(25);
    deep.for_each(|site| (site.depth, site.margin) = (Some(6), None));
    assert_eq!(suggest(&mouth, RiskFacts::default()), None);
    let shallow = mouth.values_mut().flat_map(|tooth| tooth.sites.values_mut());
    shallow.for_each(|site| (site.depth, site.margin) = (Some(3), None));
    assert_eq!(told(&mouth, RiskFacts::default()).condition, Condition::Health);
}

#[test]
fn bleeding_parts_health_from_gingivitis() {
    for (bleeding, condition, extent) in [
        (19, Condition::Health, None),
        (20, Condition::Gingivitis, Some(Extent::Localized)),
        (57, Condition::Gingivitis, Some(Extent::Localized)),
        (58, Condition::Gingivitis, Some(Extent::Generalized)),
    ] {
        let mut mouth = even_mouth(2, 2);
        let sites = mouth.values_mut().flat_map(|tooth| tooth.sites.values_mut());
        sites.take(bleeding).for_each(|site| site.bleeding = true);
        let told = told(&mouth, RiskFacts::default());
        assert_eq!((told.condition, told.extent, told.stage), (condition, extent, None), "{bleeding}");
    }
}

#[test]
fn attachment_lost_at_two_teeth_apart_is_periodontitis() {
    for (teeth, is) in [
        (&["16"][..], false),
        (&["16", "17"], false),
        (&["11", "21"], false),
        (&["16", "14"], true),
        (&["16", "26"], true),
        (&["11", "41"], true),
    ] {
        assert_eq!(stage_of(&with(teeth, 3, 1)).is_some(), is, "{teeth:?}");
    }
}

#[test]
fn three_millimetres_on_a_side_count_only_with_a_pocket() {
    let on_the_side = |depth, margin| {
        let mut mouth = even_mouth(2, 2);
        for code in ["13", "14"] {
            mouth.get_mut(&tooth(code)).unwrap().sites.insert(Site::Buccal, reading(depth, margin));
        }
        told(&mouth, RiskFacts::default()).condition
    };
    assert_eq!(on_the_side(4, 0), Condition::Periodontitis);
    assert_eq!(on_the_side(3, -2), Condition::Health, "a brushed-away gum without a pocket");
    assert_eq!(on_the_side(4, 2), Condition::Health);
}

#[test]
fn the_worst_finding_makes_the_stage() {
    for (depth, margin, stage) in [
        (3, 1, Stage::One),
        (4, 2, Stage::One),
        (3, 0, Stage::Two),
        (4, 0, Stage::Two),
        (5, 3, Stage::Two),
        (3, -2, Stage::Three),
        (6, 3, Stage::Three),
    ] {
        assert_eq!(stage_of(&with(&["16", "24", "36"], depth, margin)), Some(stage), "{depth} {margin}");
    }
}

#[test]
fn stage_four_needs_a_bite_that_fails() {
    let severe = with(&["16", "24", "36"], 7, -1);
    let mut loose = severe.clone();
    loose.get_mut(&tooth("16")).unwrap().mobility = Some(2);
    assert_eq!(stage_of(&loose), Some(Stage::Four));
    let mut few = severe.clone();
    for tooth in few.clone().keys().filter(|tooth| tooth.position() > 6 || tooth.position() == 5) {
        few.insert(*tooth, ToothReading::of(Presence::Missing));
    }
    assert_eq!(few.values().filter(|t| t.presence == Presence::Tooth).count(), 20);
    assert_eq!(stage_of(&few), Some(Stage::Three));
    few.insert(tooth("11"), ToothReading::of(Presence::Missing));
    assert_eq!(stage_of(&few), Some(Stage::Four));
    let mut slight = with(&["16", "24"], 3, 1);
    slight.get_mut(&tooth("16")).unwrap().mobility = Some(3);
    assert_eq!(stage_of(&slight), Some(Stage::One), "a loose tooth alone is no stage IV");
    for (lost, stage) in [(0, Stage::One), (1, Stage::Three), (4, Stage::Three), (5, Stage::Four)] {
        let facts = RiskFacts { teeth_lost: Some(lost), ..RiskFacts::default() };
        assert_eq!(told(&with(&["16", "24"], 3, 1), facts).stage, Some(stage), "{lost}");
    }
}

#[test]
fn furcations_and_pictures_raise_the_stage() {
    let mut mouth = with(&["16", "24"], 3, 1);
    mouth.get_mut(&tooth("36")).unwrap().furcation.insert(Entrance::Buccal, 1);
    assert_eq!(stage_of(&mouth), Some(Stage::One));
    mouth.get_mut(&tooth("36")).unwrap().furcation.insert(Entrance::Buccal, 2);
    assert_eq!(stage_of(&mouth), Some(Stage::Three));
    for (bone, stage) in [(14, Stage::One), (15, Stage::Two), (33, Stage::Two), (34, Stage::Three)] {
        let facts = RiskFacts { bone_loss_percent: Some(bone), ..RiskFacts::default() };
        assert_eq!(told(&with(&["16", "24"], 3, 1), facts).stage, Some(stage), "{bone}");
    }
}

#[test]
fn the_grade_is_bone_by_age_and_raised_by_risks() {
    let grade = |bone, age, smoking, diabetes| {
        let facts = RiskFacts { age, bone_loss_percent: bone, teeth_lost: None, smoking, diabetes };
        told(&with(&["16", "24"], 4, 0), facts).grade.unwrap()
    };
    assert_eq!(grade(None, Some(40), None, None), Grade::B, "assumed");
    assert_eq!(grade(Some(9), Some(40), Some(Smoking::None), Some(Diabetes::None)), Grade::A);
    assert_eq!(grade(Some(10), Some(40), None, None), Grade::B);
    assert_eq!(grade(Some(40), Some(40), None, None), Grade::B);
    assert_eq!(grade(Some(41), Some(40), None, None), Grade::C);
    assert_eq!(grade(Some(9), Some(40), Some(Smoking::UnderTen), None), Grade::B);
    assert_eq!(grade(Some(9), Some(40), Some(Smoking::TenOrMore), None), Grade::C);
    assert_eq!(grade(None, None, None, Some(Diabetes::Controlled)), Grade::B);
    assert_eq!(grade(None, None, None, Some(Diabetes::Uncontrolled)), Grade::C);
}

#[test]
fn the_extent_is_the_share_of_the_teeth_that_are_as_bad() {
    let extent = |mouth: &Mouth| told(mouth, RiskFacts::default()).extent.unwrap();
    assert_eq!(extent(&with(&["16", "26", "11", "41"], 6, -1)), Extent::MolarIncisor);
    assert_eq!(extent(&with(&["16", "26", "36"], 6, -1)), Extent::Localized);
    assert_eq!(
        extent(&with(&["17", "16", "15", "14", "24", "25", "26", "27", "36"], 6, -1)),
        Extent::Localized
    );
    assert_eq!(extent(&even_mouth(5, 0)), Extent::Generalized);
    // Two bad teeth in a mouth that is slightly affected everywhere: the stage is theirs, and so is the extent.
    let mut mouth = even_mouth(2, 1);
    for code in ["15", "35"] {
        mouth.insert(tooth(code), even_tooth(7, -1));
    }
    assert_eq!((stage_of(&mouth), extent(&mouth)), (Some(Stage::Three), Extent::Localized));
}

#[test]
fn implants_are_left_out_of_the_diagnosis() {
    let mut mouth = even_mouth(2, 2);
    for code in ["16", "26", "36"] {
        mouth.insert(tooth(code), ToothReading { presence: Presence::Implant, ..even_tooth(9, -3) });
    }
    assert_eq!(told(&mouth, RiskFacts::default()).condition, Condition::Health);
}

#[test]
fn a_diagnosis_is_whole_or_refused() {
    let periodontitis = Diagnosis {
        condition: Condition::Periodontitis,
        stage: Some(Stage::Two),
        grade: Some(Grade::B),
        extent: Some(Extent::Localized),
    };
    assert!(periodontitis.check().is_ok());
    assert!(Diagnosis { grade: None, ..periodontitis }.check().is_err());
    assert!(Diagnosis { extent: None, ..periodontitis }.check().is_err());
    assert!(Diagnosis { condition: Condition::Gingivitis, ..periodontitis }.check().is_err());
    let plain = |condition| Diagnosis { condition, stage: None, grade: None, extent: None };
    assert!(plain(Condition::Health).check().is_ok());
    assert!(plain(Condition::Gingivitis).check().is_ok());
    assert!(plain(Condition::Periodontitis).check().is_err());
}

/// Any mouth of 32 teeth, with what the probe reads at each site.
fn any_mouth() -> impl Strategy<Value = Mouth> {
    let site = (0u8..=12, -6i8..=4);
    let each = (proptest::collection::vec(site, 6), proptest::option::of(0u8..=3));
    proptest::collection::vec(each, 32).prop_map(|teeth| {
        Tooth::permanent()
            .zip(teeth)
            .map(|(tooth, (sites, mobility))| {
                let sites = Site::ALL.iter().copied().zip(sites.into_iter().map(|(d, m)| reading(d, m)));
                (tooth, ToothReading { mobility, sites: sites.collect(), ..ToothReading::default() })
            })
            .collect()
    })
}

/// A mouth in which most teeth are sound, so that every stage comes up.
fn any_mild_mouth() -> impl Strategy<Value = Mouth> {
    let teeth = Tooth::permanent().collect::<Vec<_>>();
    let bad = proptest::collection::vec((proptest::sample::select(teeth), 1u8..=8, -3i8..=3), 0..6);
    bad.prop_map(|bad| {
        let mut mouth = even_mouth(2, 2);
        for (tooth, depth, margin) in bad {
            mouth.insert(tooth, even_tooth(depth, margin));
        }
        mouth
    })
}

fn any_facts() -> impl Strategy<Value = RiskFacts> {
    use proptest::option::of;
    let smoking = of(proptest::sample::select(Smoking::ALL));
    let diabetes = of(proptest::sample::select(Diabetes::ALL));
    (of(0u8..=100), of(0u8..=100), of(0u8..=32), smoking, diabetes).prop_map(
        |(age, bone_loss_percent, teeth_lost, smoking, diabetes)| RiskFacts {
            age,
            bone_loss_percent,
            teeth_lost,
            smoking,
            diabetes,
        },
    )
}

proptest! {
    /// A deeper pocket, a lower margin, a looser tooth: never a milder stage.
    #[test]
    fn worse_readings_never_lower_the_stage(
        mouth in prop_oneof![any_mouth(), any_mild_mouth()],
        at in (0usize..32, proptest::sample::select(Site::ALL)),
        deeper in 0u8..=3,
        lower in 0i8..=3,
        looser in 0u8..=3,
    ) {
        let before = told(&mouth, RiskFacts::default());
        let mut worse = mouth.clone();
        let tooth = worse.values_mut().nth(at.0).unwrap();
        let site = tooth.sites.get_mut(&at.1).unwrap();
        site.depth = site.depth.map(|depth| depth + deeper);
        site.margin = site.margin.map(|margin| margin - lower);
        tooth.mobility = tooth.mobility.max(Some(looser));
        let after = told(&worse, RiskFacts::default());
        prop_assert!(after.stage >= before.stage, "{:?} became {:?}", before.stage, after.stage);
        prop_assert!(after.condition >= before.condition);
    }

    /// More bone or more teeth lost: never a milder stage or a slower grade.
    #[test]
    fn worse_facts_never_lower_stage_or_grade(mouth in any_mild_mouth(), facts in any_facts(), more in 0u8..=20) {
        let before = told(&mouth, facts);
        let worse = RiskFacts {
            bone_loss_percent: facts.bone_loss_percent.map(|bone| (bone + more).min(100)),
            teeth_lost: facts.teeth_lost.map(|lost| (lost + more).min(32)),
            ..facts
        };
        let after = told(&mouth, worse);
        prop_assert!(after.stage >= before.stage && after.grade >= before.grade);
    }

    /// Whatever is suggested can be confirmed as it is, and has its reasons.
    #[test]
    fn a_suggestion_is_a_whole_diagnosis(mouth in prop_oneof![any_mouth(), any_mild_mouth()], facts in any_facts()) {
        let Suggestion { condition, stage, grade, extent, reasons } = told(&mouth, facts);
        let diagnosis = Diagnosis { condition, stage, grade, extent };
        prop_assert!(diagnosis.check().is_ok());
        prop_assert!(!reasons.is_empty());
    }
}
