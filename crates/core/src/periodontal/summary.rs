//! What an exam says as a whole: how much was measured, how much of it bleeds, how deep it is.

use serde::Serialize;

use super::reading::{Mouth, Presence, Site, SiteReading};

/// A pocket begins where the probe goes deeper than 3 mm, and is deep from 6 mm on (Tonetti, Greenwell, Kornman,
/// J Periodontol 2018;89 Suppl 1:S159, where 4 mm and 6 mm divide the stages).
pub const POCKET: u8 = 4;
pub const DEEP_POCKET: u8 = 6;

/// The numbers below an exam. Missing teeth count nowhere; implants count like teeth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PerioSummary))]
pub struct Summary {
    /// Teeth in the mouth, without implants.
    pub teeth: u32,
    pub implants: u32,
    /// Six for each tooth and implant.
    pub sites_expected: u32,
    /// Sites with a probing depth: percentages are of these.
    pub sites_measured: u32,
    pub bleeding_sites: u32,
    /// Bleeding on probing, with one decimal; null while nothing was measured.
    pub bleeding_percent: Option<f64>,
    pub plaque_sites: u32,
    /// Plaque, with one decimal; null while nothing was measured.
    pub plaque_percent: Option<f64>,
    pub suppuration_sites: u32,
    pub calculus_sites: u32,
    /// The deepest site in millimetres.
    pub max_depth: Option<u8>,
    /// Millimetres, with one decimal.
    pub mean_depth: Option<f64>,
    /// The greatest clinical attachment level in millimetres.
    pub max_attachment: Option<i8>,
    /// Millimetres, with one decimal, of the sites whose margin is known.
    pub mean_attachment: Option<f64>,
    /// Sites whose attachment level is known.
    pub attachment_sites: u32,
    /// Sites of 4 mm and more.
    pub pocket_sites: u32,
    /// Sites of 6 mm and more.
    pub deep_sites: u32,
}

/// Counts an exam.
pub fn summary(mouth: &Mouth) -> Summary {
    let standing = || mouth.values().filter(|tooth| tooth.presence != Presence::Missing);
    let measured: Vec<SiteReading> = standing()
        .flat_map(|tooth| Site::ALL.iter().map(|site| tooth.site(*site)))
        .filter(|reading| reading.depth.is_some())
        .collect();
    let sites = |counts: &dyn Fn(&SiteReading) -> bool| count(measured.iter().filter(|site| counts(site)));
    let depths: Vec<i32> = measured.iter().filter_map(|site| site.depth).map(i32::from).collect();
    let levels: Vec<i32> = measured.iter().filter_map(|site| site.attachment()).map(i32::from).collect();
    let sites_measured = count(measured.iter());
    let (bleeding_sites, plaque_sites) = (sites(&|site| site.bleeding), sites(&|site| site.plaque));
    let implants = count(standing().filter(|tooth| tooth.presence == Presence::Implant));
    Summary {
        teeth: count(standing()) - implants,
        implants,
        sites_expected: count(standing()) * 6,
        sites_measured,
        bleeding_sites,
        bleeding_percent: percent(bleeding_sites, sites_measured),
        plaque_sites,
        plaque_percent: percent(plaque_sites, sites_measured),
        suppuration_sites: sites(&|site| site.suppuration),
        calculus_sites: sites(&|site| site.calculus),
        max_depth: measured.iter().filter_map(|site| site.depth).max(),
        mean_depth: mean(&depths),
        max_attachment: measured.iter().filter_map(|site| site.attachment()).max(),
        mean_attachment: mean(&levels),
        attachment_sites: count(levels.iter()),
        pocket_sites: sites(&|site| site.depth >= Some(POCKET)),
        deep_sites: sites(&|site| site.depth >= Some(DEEP_POCKET)),
    }
}

/// A part of a whole in percent, rounded to one decimal; none of nothing.
pub fn percent(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| one_decimal(f64::from(part) * 100.0 / f64::from(whole)))
}

/// The mean, rounded to one decimal; none of nothing.
pub fn mean(values: &[i32]) -> Option<f64> {
    let sum: i32 = values.iter().sum();
    let many = count(values.iter());
    (many > 0).then(|| one_decimal(f64::from(sum) / f64::from(many)))
}

fn one_decimal(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// How many there are: an exam has at most some hundred of anything.
pub fn count<T>(many: impl Iterator<Item = T>) -> u32 {
    many.fold(0, |sum, _| sum + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixtures::{even_mouth, even_tooth, tooth};
    use super::super::reading::ToothReading;
    use super::*;

    #[test]
    fn nothing_measured_has_no_percentage() {
        let empty = summary(&Mouth::new());
        assert_eq!((empty.sites_measured, empty.bleeding_percent, empty.max_depth), (0, None, None));
        let unread = Mouth::from([(tooth("16"), ToothReading::default())]);
        assert_eq!((summary(&unread).sites_expected, summary(&unread).plaque_percent), (6, None));
    }

    #[test]
    fn missing_teeth_count_nowhere_and_implants_count() {
        let mut mouth = even_mouth(3, 0);
        mouth.insert(tooth("18"), ToothReading { presence: Presence::Missing, ..even_tooth(9, 0) });
        mouth.insert(tooth("36"), ToothReading { presence: Presence::Implant, ..even_tooth(5, 0) });
        let told = summary(&mouth);
        assert_eq!((told.teeth, told.implants, told.sites_expected, told.sites_measured), (30, 1, 186, 186));
        assert_eq!((told.max_depth, told.pocket_sites, told.deep_sites), (Some(5), 6, 0));
    }

    #[test]
    fn percentages_are_of_measured_sites() {
        let mut one = even_tooth(3, 0);
        for site in [Site::Buccal, Site::Lingual] {
            one.sites.get_mut(&site).unwrap().bleeding = true;
        }
        one.sites.get_mut(&Site::Buccal).unwrap().plaque = true;
        // A sign without a depth is kept, and counts once the site is measured.
        let unmeasured = SiteReading { bleeding: true, plaque: true, ..SiteReading::default() };
        one.sites.insert(Site::DistoBuccal, unmeasured);
        let told = summary(&Mouth::from([(tooth("11"), one)]));
        assert_eq!((told.sites_measured, told.bleeding_sites), (5, 2));
        assert_eq!((told.bleeding_percent, told.plaque_percent), (Some(40.0), Some(20.0)));
        assert_eq!(percent(1, 3), Some(33.3));
        assert_eq!(percent(2, 3), Some(66.7));
    }

    fn any_reading() -> impl Strategy<Value = SiteReading> {
        let signs = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
        (proptest::option::of(0u8..=15), proptest::option::of(-15i8..=15), signs).prop_map(
            |(depth, margin, (bleeding, suppuration, plaque, calculus))| SiteReading {
                depth,
                margin,
                bleeding,
                suppuration,
                plaque,
                calculus,
            },
        )
    }

    fn any_tooth() -> impl Strategy<Value = ToothReading> {
        let presence = proptest::sample::select(Presence::ALL);
        (presence, proptest::collection::vec(any_reading(), 6)).prop_map(|(presence, readings)| {
            ToothReading {
                presence,
                sites: Site::ALL.iter().copied().zip(readings).collect(),
                ..ToothReading::default()
            }
        })
    }

    fn any_mouth() -> impl Strategy<Value = Mouth> {
        let teeth = crate::teeth::Tooth::permanent().collect::<Vec<_>>();
        proptest::collection::btree_map(proptest::sample::select(teeth), any_tooth(), 0..32)
    }

    proptest! {
        #[test]
        fn the_numbers_of_any_exam_hold_together(mouth in any_mouth()) {
            let told = summary(&mouth);
            prop_assert_eq!(told.sites_expected, 6 * (told.teeth + told.implants));
            prop_assert!(told.sites_measured <= told.sites_expected);
            prop_assert!(told.bleeding_sites <= told.sites_measured);
            prop_assert!(told.deep_sites <= told.pocket_sites);
            for share in [told.bleeding_percent, told.plaque_percent].into_iter().flatten() {
                prop_assert!((0.0..=100.0).contains(&share));
            }
            prop_assert_eq!(told.bleeding_percent.is_some(), told.sites_measured > 0);
        }

        #[test]
        fn taking_a_missing_tooth_out_changes_nothing(mouth in any_mouth()) {
            let standing: Mouth =
                mouth.clone().into_iter().filter(|(_, tooth)| tooth.presence != Presence::Missing).collect();
            prop_assert_eq!(summary(&standing), summary(&mouth));
        }
    }
}
