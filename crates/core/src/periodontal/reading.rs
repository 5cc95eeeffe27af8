//! What is read around one tooth: probing depths, the gum's margin, signs by site, mobility and furcations.

use std::collections::BTreeMap;

use crate::teeth::{Arch, Tooth, ToothClass};
use crate::wire_enum::wire_enum;

/// Millimetres a probe reads at most.
pub const MAX_DEPTH: u8 = 15;
/// Millimetres the gum's margin lies from the cemento-enamel junction at most, to either side.
pub const MAX_MARGIN: i8 = 15;
/// The highest degree of mobility and of a furcation.
pub const MAX_GRADE: u8 = 3;

/// What cannot be written into a periodontal exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PerioError {
    #[error("a probing depth lies between 0 and 15 mm")]
    DepthOutOfRange,
    #[error("the gingival margin lies between -15 and 15 mm")]
    MarginOutOfRange,
    #[error("mobility is 0 to 3")]
    MobilityOutOfRange,
    #[error("a furcation is 0 to 3")]
    FurcationOutOfRange,
    #[error("this tooth has no furcation there")]
    NoFurcationHere,
    #[error("only permanent teeth are charted")]
    NotPermanent,
    #[error("the tooth is missing")]
    ToothMissing,
    #[error("something was read at the tooth")]
    ToothHasReadings,
    #[error("this is not a screening code")]
    UnknownScreeningCode,
    #[error("the parts of the diagnosis do not fit together")]
    DiagnosisIncomplete,
    #[error("the exam lies in the future")]
    OnInFuture,
    #[error("the exam lies before the patient's birth")]
    BeforeBirth,
}

impl PerioError {
    /// The stable code of the refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::DepthOutOfRange => "periodontal.depth_out_of_range",
            Self::MarginOutOfRange => "periodontal.margin_out_of_range",
            Self::MobilityOutOfRange => "periodontal.mobility_out_of_range",
            Self::FurcationOutOfRange => "periodontal.furcation_out_of_range",
            Self::NoFurcationHere => "periodontal.no_furcation_here",
            Self::NotPermanent => "periodontal.not_permanent",
            Self::ToothMissing => "periodontal.tooth_missing",
            Self::ToothHasReadings => "periodontal.tooth_has_readings",
            Self::UnknownScreeningCode => "periodontal.unknown_screening_code",
            Self::DiagnosisIncomplete => "periodontal.diagnosis_incomplete",
            Self::OnInFuture => "periodontal.on_in_future",
            Self::BeforeBirth => "periodontal.before_birth",
        }
    }
}

wire_enum! {
    /// One of the six places around a tooth where the probe is set.
    #[cfg_attr(feature = "openapi", schema(as = PerioSiteName))]
    pub enum Site {
        DistoBuccal = "DB",
        Buccal = "B",
        MesioBuccal = "MB",
        DistoLingual = "DL",
        Lingual = "L",
        MesioLingual = "ML",
    }
}

impl Site {
    /// Between two teeth, where the loss of attachment counts for a diagnosis.
    pub fn is_interdental(self) -> bool {
        !matches!(self, Self::Buccal | Self::Lingual)
    }
}

wire_enum! {
    /// Where a probe enters between the roots.
    #[cfg_attr(feature = "openapi", schema(as = FurcationEntrance))]
    pub enum Entrance {
        Buccal = "B",
        Lingual = "L",
        Mesial = "M",
        Distal = "D",
    }
}

/// The entrances of a tooth: upper molars from the cheek and from both neighbours, lower molars from the cheek and
/// the tongue, the upper first premolar from both neighbours. Other teeth have none.
pub fn entrances(tooth: Tooth) -> &'static [Entrance] {
    match (tooth.arch(), tooth.class(), tooth.position()) {
        _ if tooth.is_primary() => &[],
        (Arch::Upper, ToothClass::Molar, _) => &[Entrance::Buccal, Entrance::Mesial, Entrance::Distal],
        (Arch::Lower, ToothClass::Molar, _) => &[Entrance::Buccal, Entrance::Lingual],
        (Arch::Upper, ToothClass::Premolar, 4) => &[Entrance::Mesial, Entrance::Distal],
        _ => &[],
    }
}

wire_enum! {
    /// What stands at a tooth's place on the day of the exam.
    #[cfg_attr(feature = "openapi", schema(as = PerioPresence))]
    pub enum Presence {
        Tooth = "tooth",
        Implant = "implant",
        Missing = "missing",
    }
}

/// What was read at one site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SiteReading {
    /// Probing depth in millimetres, from the gum's margin to the bottom of the pocket.
    pub depth: Option<u8>,
    /// The gum's margin in millimetres from the cemento-enamel junction: negative where the gum has receded
    /// below it, positive where it covers the crown.
    pub margin: Option<i8>,
    pub bleeding: bool,
    pub suppuration: bool,
    pub plaque: bool,
    pub calculus: bool,
}

impl SiteReading {
    /// How far the gum has receded, in millimetres; 0 where it has not.
    pub fn recession(self) -> Option<u8> {
        self.margin.map(|margin| if margin < 0 { margin.unsigned_abs() } else { 0 })
    }

    /// The clinical attachment level in millimetres: depth − margin. Unknown while one of the two is.
    pub fn attachment(self) -> Option<i8> {
        let depth = i8::try_from(self.depth?).ok()?;
        Some(depth - self.margin?)
    }

    /// Attachment that was lost, in millimetres: a level above the cemento-enamel junction is no loss.
    pub fn attachment_loss(self) -> Option<u8> {
        self.attachment().map(|level| level.max(0).unsigned_abs())
    }

    /// Whether anything was written here.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// What was read at one tooth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToothReading {
    pub presence: Presence,
    /// Miller's degrees 0–3.
    pub mobility: Option<u8>,
    /// Hamp's degrees 0–3 by entrance.
    pub furcation: BTreeMap<Entrance, u8>,
    pub sites: BTreeMap<Site, SiteReading>,
}

impl Default for ToothReading {
    fn default() -> Self {
        Self { presence: Presence::Tooth, mobility: None, furcation: BTreeMap::new(), sites: BTreeMap::new() }
    }
}

impl ToothReading {
    /// A tooth of which nothing was read yet.
    pub fn of(presence: Presence) -> Self {
        Self { presence, ..Self::default() }
    }

    /// The reading at a site; an empty one where nothing was written.
    pub fn site(&self, site: Site) -> SiteReading {
        self.sites.get(&site).copied().unwrap_or_default()
    }

    /// Whether anything was written at this tooth.
    pub fn is_empty(&self) -> bool {
        self.mobility.is_none()
            && self.furcation.is_empty()
            && self.sites.values().all(|site| site.is_empty())
    }

    /// The deepest site, in millimetres.
    pub fn max_depth(&self) -> Option<u8> {
        self.sites.values().filter_map(|site| site.depth).max()
    }

    /// The greatest loss of attachment between this tooth and its neighbours, in millimetres.
    pub fn interdental_loss(&self) -> Option<u8> {
        let interdental = self.sites.iter().filter(|(site, _)| site.is_interdental());
        interdental.filter_map(|(_, reading)| reading.attachment_loss()).max()
    }
}

/// An exam's readings by tooth. A place that is not in it was not looked at.
pub type Mouth = BTreeMap<Tooth, ToothReading>;

/// A permanent tooth, or the refusal.
pub fn charted(tooth: Tooth) -> Result<Tooth, PerioError> {
    if tooth.is_primary() { Err(PerioError::NotPermanent) } else { Ok(tooth) }
}

/// A probing depth as it was sent.
pub fn depth(millimetres: i32) -> Result<u8, PerioError> {
    in_range(millimetres, MAX_DEPTH).ok_or(PerioError::DepthOutOfRange)
}

/// A gingival margin as it was sent.
pub fn margin(millimetres: i32) -> Result<i8, PerioError> {
    let margin = i8::try_from(millimetres).map_err(|_| PerioError::MarginOutOfRange)?;
    if (-MAX_MARGIN..=MAX_MARGIN).contains(&margin) { Ok(margin) } else { Err(PerioError::MarginOutOfRange) }
}

/// A degree of mobility as it was sent.
pub fn mobility(degree: i32) -> Result<u8, PerioError> {
    in_range(degree, MAX_GRADE).ok_or(PerioError::MobilityOutOfRange)
}

/// A furcation's degree as it was sent, where the tooth has that entrance.
pub fn furcation(tooth: Tooth, entrance: Entrance, degree: i32) -> Result<u8, PerioError> {
    if !entrances(tooth).contains(&entrance) {
        return Err(PerioError::NoFurcationHere);
    }
    in_range(degree, MAX_GRADE).ok_or(PerioError::FurcationOutOfRange)
}

fn in_range(value: i32, most: u8) -> Option<u8> {
    u8::try_from(value).ok().filter(|value| *value <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixtures::{reading, tooth};
    use super::*;

    #[test]
    fn there_are_192_sites_around_32_teeth() {
        assert_eq!(Site::ALL.len() * Tooth::permanent().count(), 192);
        assert_eq!(Site::ALL.iter().filter(|site| site.is_interdental()).count(), 4);
    }

    #[test]
    fn attachment_is_depth_minus_margin() {
        for (depth, margin, attachment, recession) in
            [(3, 0, 3, 0), (3, -2, 5, 2), (5, 2, 3, 0), (2, 4, -2, 0), (0, 0, 0, 0), (15, -15, 30, 15)]
        {
            let site = reading(depth, margin);
            assert_eq!(site.attachment(), Some(attachment), "{depth} {margin}");
            assert_eq!(site.recession(), Some(recession), "{depth} {margin}");
        }
        let depth_alone = SiteReading { depth: Some(3), ..SiteReading::default() };
        assert_eq!((depth_alone.attachment(), depth_alone.recession()), (None, None));
        assert_eq!(SiteReading { margin: Some(-2), ..SiteReading::default() }.attachment(), None);
    }

    #[test]
    fn furcations_are_where_roots_divide() {
        for (code, expected) in [
            ("16", "BMD"),
            ("28", "BMD"),
            ("36", "BL"),
            ("47", "BL"),
            ("14", "MD"),
            ("24", "MD"),
            ("15", ""),
            ("34", ""),
            ("11", ""),
            ("43", ""),
            ("55", ""),
        ] {
            let found: String = entrances(tooth(code)).iter().map(|entrance| entrance.as_str()).collect();
            assert_eq!(found, expected, "{code}");
        }
        assert_eq!(furcation(tooth("11"), Entrance::Buccal, 1), Err(PerioError::NoFurcationHere));
        assert_eq!(furcation(tooth("36"), Entrance::Mesial, 1), Err(PerioError::NoFurcationHere));
        assert_eq!(furcation(tooth("36"), Entrance::Lingual, 4), Err(PerioError::FurcationOutOfRange));
        assert_eq!(furcation(tooth("36"), Entrance::Lingual, 3), Ok(3));
    }

    #[test]
    fn values_outside_their_range_are_refused() {
        assert_eq!((depth(0), depth(15)), (Ok(0), Ok(15)));
        assert_eq!(
            (depth(16), depth(-1)),
            (Err(PerioError::DepthOutOfRange), Err(PerioError::DepthOutOfRange))
        );
        assert_eq!((margin(-15), margin(15)), (Ok(-15), Ok(15)));
        assert_eq!(margin(-16), Err(PerioError::MarginOutOfRange));
        assert_eq!(margin(400), Err(PerioError::MarginOutOfRange));
        assert_eq!((mobility(3), mobility(4)), (Ok(3), Err(PerioError::MobilityOutOfRange)));
        assert_eq!(charted(tooth("55")), Err(PerioError::NotPermanent));
    }

    proptest! {
        #[test]
        fn what_is_accepted_adds_up(sent_depth in -5i32..25, sent_margin in -25i32..25) {
            if let (Ok(depth), Ok(margin)) = (depth(sent_depth), margin(sent_margin)) {
                let site = reading(depth, margin);
                prop_assert_eq!(i32::from(site.attachment().unwrap()), sent_depth - sent_margin);
                prop_assert_eq!(i32::from(site.recession().unwrap()), (-sent_margin).max(0));
                prop_assert!(site.attachment_loss().unwrap() <= 30);
            } else {
                prop_assert!(!(0..=15).contains(&sent_depth) || !(-15..=15).contains(&sent_margin));
            }
        }

        /// A deeper pocket or a lower margin never means less attachment lost.
        #[test]
        fn attachment_loss_grows_with_depth_and_recession(depth in 0u8..15, margin in -14i8..=15) {
            let loss = |depth, margin| reading(depth, margin).attachment_loss();
            prop_assert!(loss(depth + 1, margin) >= loss(depth, margin));
            prop_assert!(loss(depth, margin - 1) >= loss(depth, margin));
        }
    }
}
