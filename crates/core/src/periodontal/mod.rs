//! The periodontal chart: what is read around a tooth (`reading`), what a whole exam says (`summary`), how exams of
//! one mouth differ (`comparison`), the quick screening by sextant (`screening`), and the diagnosis that the
//! readings suggest (`staging`).

pub mod comparison;
pub mod reading;
pub mod screening;
pub mod staging;
pub mod summary;

pub use comparison::{Change, ComparedSite, Comparison, compare};
pub use reading::{Entrance, Mouth, PerioError, Presence, Site, SiteReading, ToothReading};
pub use screening::{Advice, Screening, ScreeningCode, Sextant};
pub use staging::{
    Condition, Diabetes, Diagnosis, Extent, Grade, RiskFacts, Smoking, Stage, Suggestion, suggest,
};
pub use summary::{Summary, summary};

use crate::wire_enum::wire_enum;

wire_enum! {
    /// What an exam consists of.
    #[cfg_attr(feature = "openapi", schema(as = PerioExamKind))]
    pub enum ExamKind {
        /// Six sites around every tooth.
        Full = "full",
        /// One code for each sextant.
        Screening = "screening",
    }
}

#[cfg(test)]
pub(crate) mod fixtures {
    //! Short ways to write mouths in the tests of this module.

    use super::*;
    use crate::teeth::Tooth;

    pub fn tooth(code: &str) -> Tooth {
        code.parse().unwrap()
    }

    pub fn reading(depth: u8, margin: i8) -> SiteReading {
        SiteReading { depth: Some(depth), margin: Some(margin), ..SiteReading::default() }
    }

    /// All 32 permanent teeth with the same reading at every site.
    pub fn even_mouth(depth: u8, margin: i8) -> Mouth {
        Tooth::permanent().map(|tooth| (tooth, even_tooth(depth, margin))).collect()
    }

    pub fn even_tooth(depth: u8, margin: i8) -> ToothReading {
        let sites = Site::ALL.iter().map(|site| (*site, reading(depth, margin))).collect();
        ToothReading { sites, ..ToothReading::default() }
    }
}
