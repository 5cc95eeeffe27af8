//! Readings as they are answered.

use std::collections::BTreeMap;

use dentpro_core::periodontal::reading::entrances;
use dentpro_core::periodontal::{Presence, Site, SiteReading, ToothReading};
use dentpro_core::teeth::Tooth;

use super::api::{PerioSite, PerioTooth};

/// A site with what is derived from it.
pub fn site(reading: SiteReading) -> PerioSite {
    PerioSite {
        depth: reading.depth,
        margin: reading.margin,
        recession: reading.recession(),
        cal: reading.attachment(),
        bleeding: reading.bleeding,
        suppuration: reading.suppuration,
        plaque: reading.plaque,
        calculus: reading.calculus,
    }
}

/// A tooth with all its sites and all the entrances it has. An implant has no furcation.
pub fn tooth(tooth: Tooth, reading: &ToothReading) -> PerioTooth {
    let of_tooth = if reading.presence == Presence::Tooth { entrances(tooth) } else { &[] };
    PerioTooth {
        presence: reading.presence,
        mobility: reading.mobility,
        furcation: of_tooth.iter().map(|e| (*e, reading.furcation.get(e).copied())).collect(),
        sites: Site::ALL.iter().map(|name| (*name, site(reading.site(*name)))).collect::<BTreeMap<_, _>>(),
    }
}
