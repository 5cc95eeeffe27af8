//! Exams of one mouth side by side, and what changed from each to the next.

use std::collections::BTreeMap;

use serde::Serialize;

use super::reading::{Mouth, Presence, Site, SiteReading};
use super::summary::{count, mean};
use crate::teeth::Tooth;

/// How many exams stand side by side.
pub const FEWEST: usize = 2;
pub const MOST: usize = 6;

/// Probing is repeated to the millimetre: only a change of two and more is told from the hand's.
const REAL_CHANGE: i8 = 2;

/// One site in one of the exams, in millimetres; a change is against the exam before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedSite {
    pub depth: Option<u8>,
    pub margin: Option<i8>,
    pub cal: Option<i8>,
    pub bleeding: bool,
    /// Positive where the pocket grew deeper.
    pub depth_change: Option<i8>,
    /// Positive where attachment was lost.
    pub cal_change: Option<i8>,
}

/// What changed from one exam to the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PerioChange))]
pub struct Change {
    /// Sites that were measured in both.
    pub sites_compared: u32,
    /// At least 2 mm shallower.
    pub shallower_sites: u32,
    /// At least 2 mm deeper.
    pub deeper_sites: u32,
    /// Millimetres, with one decimal; negative where pockets closed.
    pub mean_depth_change: Option<f64>,
    /// Millimetres, with one decimal; positive where attachment was lost.
    pub mean_cal_change: Option<f64>,
}

/// By tooth and site a value for each exam, in the order of the exams.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PerioDifferences))]
pub struct Comparison {
    pub teeth: BTreeMap<Tooth, BTreeMap<Site, Vec<ComparedSite>>>,
    /// One fewer than there are exams.
    pub changes: Vec<Change>,
}

/// Lays exams side by side, oldest first. A tooth that is missing in an exam has no values there.
pub fn compare(exams: &[Mouth]) -> Comparison {
    let mut teeth: BTreeMap<Tooth, BTreeMap<Site, Vec<ComparedSite>>> = BTreeMap::new();
    let standing = exams
        .iter()
        .flat_map(|mouth| mouth.iter())
        .filter(|(_, reading)| reading.presence != Presence::Missing)
        .map(|(tooth, _)| *tooth);
    for tooth in standing {
        teeth
            .entry(tooth)
            .or_insert_with(|| Site::ALL.iter().map(|site| (*site, along(exams, tooth, *site))).collect());
    }
    let changes = (1..exams.len()).map(|later| change(&teeth, later)).collect();
    Comparison { teeth, changes }
}

fn read(mouth: &Mouth, tooth: Tooth, site: Site) -> SiteReading {
    let standing = mouth.get(&tooth).filter(|reading| reading.presence != Presence::Missing);
    standing.map(|reading| reading.site(site)).unwrap_or_default()
}

fn along(exams: &[Mouth], tooth: Tooth, site: Site) -> Vec<ComparedSite> {
    let mut before: Option<SiteReading> = None;
    exams
        .iter()
        .map(|mouth| {
            let now = read(mouth, tooth, site);
            let compared = ComparedSite {
                depth: now.depth,
                margin: now.margin,
                cal: now.attachment(),
                bleeding: now.bleeding,
                depth_change: difference(signed(now), before.and_then(signed)),
                cal_change: difference(now.attachment(), before.and_then(SiteReading::attachment)),
            };
            before = Some(now);
            compared
        })
        .collect()
}

fn signed(reading: SiteReading) -> Option<i8> {
    reading.depth.and_then(|depth| i8::try_from(depth).ok())
}

fn difference(now: Option<i8>, before: Option<i8>) -> Option<i8> {
    Some(now? - before?)
}

fn change(teeth: &BTreeMap<Tooth, BTreeMap<Site, Vec<ComparedSite>>>, later: usize) -> Change {
    let sites = || teeth.values().flat_map(|sites| sites.values()).filter_map(|along| along.get(later));
    let depths: Vec<i8> = sites().filter_map(|site| site.depth_change).collect();
    let levels: Vec<i32> = sites().filter_map(|site| site.cal_change).map(i32::from).collect();
    Change {
        sites_compared: count(depths.iter()),
        shallower_sites: count(depths.iter().filter(|by| **by <= -REAL_CHANGE)),
        deeper_sites: count(depths.iter().filter(|by| **by >= REAL_CHANGE)),
        mean_depth_change: mean(&depths.iter().copied().map(i32::from).collect::<Vec<_>>()),
        mean_cal_change: mean(&levels),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixtures::{even_mouth, even_tooth, tooth};
    use super::super::reading::ToothReading;
    use super::*;

    #[test]
    fn changes_are_against_the_exam_before() {
        let exams = [even_mouth(6, -1), even_mouth(4, -2), even_mouth(5, -2)];
        let told = compare(&exams);
        let site = &told.teeth[&tooth("16")][&Site::Buccal];
        assert_eq!(site.iter().map(|s| s.depth_change).collect::<Vec<_>>(), [None, Some(-2), Some(1)]);
        assert_eq!(site.iter().map(|s| s.cal_change).collect::<Vec<_>>(), [None, Some(-1), Some(1)]);
        let [first, second] = told.changes[..] else { panic!("two changes between three exams") };
        assert_eq!((first.sites_compared, first.shallower_sites, first.deeper_sites), (192, 192, 0));
        assert_eq!((first.mean_depth_change, second.mean_depth_change), (Some(-2.0), Some(1.0)));
        assert_eq!((second.shallower_sites, second.deeper_sites), (0, 0));
    }

    #[test]
    fn a_tooth_that_was_lost_is_not_compared() {
        let before = Mouth::from([(tooth("16"), even_tooth(8, 0)), (tooth("17"), even_tooth(3, 0))]);
        let mut after = before.clone();
        after.insert(tooth("16"), ToothReading::of(Presence::Missing));
        let told = compare(&[before, after]);
        assert_eq!(told.teeth[&tooth("16")][&Site::Buccal][1], ComparedSite::default());
        assert_eq!(told.changes[0].sites_compared, 6);
    }

    proptest! {
        #[test]
        fn a_mouth_does_not_differ_from_itself(depth in 0u8..=15, margin in -15i8..=15) {
            let mouth = even_mouth(depth, margin);
            let told = compare(&[mouth.clone(), mouth]);
            prop_assert_eq!(told.changes[0].mean_depth_change, Some(0.0));
            prop_assert_eq!(told.changes[0].mean_cal_change, Some(0.0));
            prop_assert_eq!(told.changes[0].deeper_sites + told.changes[0].shallower_sites, 0);
        }

        #[test]
        fn the_way_back_is_the_way_there_reversed(a in 0u8..=15, b in 0u8..=15) {
            let there = compare(&[even_mouth(a, 0), even_mouth(b, 0)]).changes[0];
            let back = compare(&[even_mouth(b, 0), even_mouth(a, 0)]).changes[0];
            prop_assert_eq!(there.deeper_sites, back.shallower_sites);
            prop_assert_eq!(there.mean_depth_change.map(|by| 0.0 - by), back.mean_depth_change);
        }
    }
}
