//! What can be written in a chart, as data: one row a term. A new term is a new row; a code never changes its
//! meaning once it has been used.

use std::ops::RangeInclusive;

use super::Layer::{self, Done, Finding, Plan};
use super::Material::{
    self, Acrylic, Amalgam, Ceramic, Composite, GlassIonomer, Gold, Metal, MetalCeramic, Temporary, Zirconia,
};
use crate::teeth::Surface::{self, Buccal, Cervical, Distal, Lingual, Mesial, Occlusal, Root};
use crate::wire_enum::wire_enum;

wire_enum! {
    /// How much of the mouth a term is said of. The document knows a permission's scope too.
    #[cfg_attr(feature = "openapi", schema(as = TermScope))]
    pub enum Scope {
        /// Each tooth named is meant as a whole.
        Tooth = "tooth",
        /// Surfaces of each tooth named.
        Surface = "surface",
        /// The teeth belong together and change as one.
        SeveralTeeth = "several_teeth",
        /// No tooth is named.
        Mouth = "mouth",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sites {
    None,
    Optional(&'static [Surface]),
    Required(&'static [Surface]),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    None,
    Optional(u8, u8),
    Required(u8, u8),
}

impl Severity {
    pub fn range(self) -> Option<RangeInclusive<u8>> {
        match self {
            Self::None => None,
            Self::Optional(least, most) | Self::Required(least, most) => Some(least..=most),
        }
    }
}

/// What must stand at the place for a finding or work to make sense there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// The patient's own tooth.
    Tooth,
    /// A tooth or an implant.
    ToothOrImplant,
    Implant,
    /// A supernumerary tooth beside it, on the side that is named.
    Supernumerary,
    /// Anything, or a gap.
    Nothing,
}

/// How a term acts on the picture of a tooth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Something wrong with the surfaces of the crown: treatment that covers them hides it.
    Decay,
    /// The same on the root: a crown does not reach it.
    RootDecay,
    /// Lies on the crown without replacing what is under it.
    Coating,
    /// Replaces what was on the same surfaces.
    Restoration,
    /// Replaces everything on the crown.
    FullCoverage,
    /// The tooth is found healthy: earlier findings end.
    Healthy,
    /// The tooth is not there any more: its states end.
    Absent,
    /// Only the root is left: what was on the crown ends.
    RootOnly,
    /// An implant stands where a tooth was.
    Implant,
    /// A crown on an implant.
    ImplantCrown,
    /// A bridge: covers its abutments, and its pontics stand for missing teeth.
    Bridge,
    /// The tooth has not come through: ends with the first thing seen or done on its crown.
    NotErupted,
    /// What is amiss with the canals: ends when they are treated here.
    CanalFault,
    /// The canals are filled.
    CanalFilling,
    /// Bonded to the tooth for a time: ends when it is taken off.
    Appliance,
    /// Takes appliances off; nothing of it stays to be seen.
    ApplianceRemoval,
    /// A tooth too many beside this one: what happens to either leaves the other as it is.
    Supernumerary,
    /// Takes the tooth too many out.
    SupernumeraryRemoval,
    /// Words about the tooth: nothing that is found or done ends them.
    Remark,
    /// Stands beside everything else.
    Beside,
}

impl Effect {
    /// Said at a tooth, but not of it.
    pub fn is_apart(self) -> bool {
        matches!(self, Self::Supernumerary | Self::SupernumeraryRemoval | Self::Remark)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub code: &'static str,
    pub name_en: &'static str,
    pub name_ar: &'static str,
    pub scope: Scope,
    pub layers: &'static [Layer],
    pub sites: Sites,
    /// A material is never asked for, since a plan may leave it open; one that is given must be listed here.
    pub materials: &'static [Material],
    pub severity: Severity,
    pub needs: Needs,
    pub effect: Effect,
    pub permanent_only: bool,
    /// Said only of teeth whose roots part: molars and upper first premolars.
    pub furcated_only: bool,
    /// Says nothing without its note.
    pub note_required: bool,
    /// The key of the picture's overlay.
    pub drawing: &'static str,
}

const CROWN: &[Surface] = &[Mesial, Occlusal, Distal, Buccal, Lingual, Cervical];
const CROWN_AND_ROOT: &[Surface] = &[Mesial, Occlusal, Distal, Buccal, Lingual, Cervical, Root];
const NECK_AND_ROOT: &[Surface] = &[Mesial, Distal, Buccal, Lingual, Cervical, Root];
const CUSPS: &[Surface] = &[Mesial, Occlusal, Distal, Buccal, Lingual];
const SIDES: &[Surface] = &[Mesial, Distal, Buccal, Lingual];
const PITS: &[Surface] = &[Occlusal, Buccal, Lingual];

const FILLINGS: &[Material] = &[Amalgam, Composite, GlassIonomer, Temporary];
const SEALANTS: &[Material] = &[Composite, GlassIonomer];
const INLAYS: &[Material] = &[Ceramic, Composite, Gold, Metal, Zirconia];
const VENEERS: &[Material] = &[Ceramic, Composite, Zirconia];
const CROWNS: &[Material] = &[Ceramic, Zirconia, Metal, MetalCeramic, Gold, Acrylic, Temporary];
const BRIDGES: &[Material] = &[Ceramic, Zirconia, Metal, MetalCeramic, Gold, Acrylic, Composite, Temporary];
const DENTURES: &[Material] = &[Acrylic, Metal];

const BRACKETS: &[Material] = &[Metal, Ceramic];
const SPLINTS: &[Material] = &[Metal, Composite];

const FOUND: &[Layer] = &[Finding];
const PLANNED_OR_DONE: &[Layer] = &[Plan, Done];
const FOUND_OR_PLANNED: &[Layer] = &[Finding, Plan];
const ANY_LAYER: &[Layer] = &[Finding, Plan, Done];

/// A finding on a whole tooth: the row that most terms change in one or two fields.
const fn tooth_finding(code: &'static str, name_en: &'static str, name_ar: &'static str) -> Term {
    Term {
        code,
        name_en,
        name_ar,
        scope: Scope::Tooth,
        layers: FOUND,
        sites: Sites::None,
        materials: &[],
        severity: Severity::None,
        needs: Needs::Tooth,
        effect: Effect::Beside,
        permanent_only: false,
        furcated_only: false,
        note_required: false,
        drawing: code,
    }
}

/// Treatment of a whole tooth: found, planned or done.
const fn tooth_work(code: &'static str, name_en: &'static str, name_ar: &'static str) -> Term {
    Term { layers: ANY_LAYER, ..tooth_finding(code, name_en, name_ar) }
}

/// Something about the enamel of the crown, as a whole or by surface.
const fn enamel_finding(code: &'static str, name_en: &'static str, name_ar: &'static str) -> Term {
    Term { sites: Sites::Optional(CROWN), ..tooth_finding(code, name_en, name_ar) }
}

/// Bonded to a tooth, or to several as one.
const fn appliance(code: &'static str, name_en: &'static str, name_ar: &'static str) -> Term {
    Term { effect: Effect::Appliance, ..tooth_work(code, name_en, name_ar) }
}

pub static VOCABULARY: &[Term] = &[
    Term {
        sites: Sites::Optional(CROWN_AND_ROOT),
        effect: Effect::Healthy,
        ..tooth_finding("sound", "Sound", "سليم")
    },
    // Severity is the ICDAS code.
    Term {
        scope: Scope::Surface,
        sites: Sites::Required(CROWN),
        severity: Severity::Optional(0, 6),
        effect: Effect::Decay,
        ..tooth_finding("caries", "Caries", "تسوس")
    },
    Term {
        scope: Scope::Surface,
        sites: Sites::Required(CROWN),
        severity: Severity::Optional(0, 6),
        effect: Effect::Decay,
        drawing: "caries",
        ..tooth_finding("secondary_caries", "Secondary caries", "تسوس ثانوي")
    },
    Term {
        scope: Scope::Surface,
        sites: Sites::Required(NECK_AND_ROOT),
        severity: Severity::Optional(0, 2),
        effect: Effect::RootDecay,
        drawing: "caries",
        ..tooth_finding("root_caries", "Root caries", "تسوس الجذر")
    },
    Term {
        scope: Scope::Surface,
        sites: Sites::Required(CROWN_AND_ROOT),
        materials: FILLINGS,
        effect: Effect::Restoration,
        ..tooth_work("filling", "Filling", "حشوة")
    },
    // Open margin, breakage or loss of a filling that stays until it is replaced.
    Term {
        scope: Scope::Surface,
        sites: Sites::Required(CROWN),
        effect: Effect::Decay,
        ..tooth_finding("filling_defect", "Defective filling", "حشوة معيبة")
    },
    Term {
        scope: Scope::Surface,
        sites: Sites::Required(PITS),
        materials: SEALANTS,
        effect: Effect::Coating,
        ..tooth_work("sealant", "Fissure sealant", "سد الشقوق")
    },
    Term {
        scope: Scope::Surface,
        sites: Sites::Required(CUSPS),
        materials: INLAYS,
        effect: Effect::Restoration,
        ..tooth_work("inlay", "Inlay", "حشوة داخلية (إنلاي)")
    },
    Term {
        scope: Scope::Surface,
        sites: Sites::Required(CUSPS),
        materials: INLAYS,
        effect: Effect::Restoration,
        ..tooth_work("onlay", "Onlay", "حشوة مغطية (أونلاي)")
    },
    Term {
        sites: Sites::Optional(CROWN),
        effect: Effect::Coating,
        materials: VENEERS,
        ..tooth_work("veneer", "Veneer", "قشرة تجميلية (فينير)")
    },
    Term { materials: CROWNS, effect: Effect::FullCoverage, ..tooth_work("crown", "Crown", "تاج") },
    Term {
        scope: Scope::SeveralTeeth,
        materials: BRIDGES,
        needs: Needs::Nothing,
        effect: Effect::Bridge,
        permanent_only: true,
        ..tooth_work("bridge", "Bridge", "جسر")
    },
    Term {
        scope: Scope::SeveralTeeth,
        materials: DENTURES,
        needs: Needs::Nothing,
        ..tooth_work("denture", "Denture", "طقم أسنان متحرك")
    },
    Term {
        scope: Scope::SeveralTeeth,
        materials: DENTURES,
        needs: Needs::Nothing,
        permanent_only: true,
        ..tooth_work("full_denture", "Full denture", "طقم كامل")
    },
    Term {
        needs: Needs::Nothing,
        effect: Effect::Implant,
        permanent_only: true,
        ..tooth_work("implant", "Implant", "زرعة")
    },
    Term {
        materials: CROWNS,
        needs: Needs::Implant,
        effect: Effect::ImplantCrown,
        permanent_only: true,
        ..tooth_work("implant_crown", "Crown on implant", "تاج على زرعة")
    },
    tooth_work("post_and_core", "Post and core", "وتد ولب"),
    Term {
        effect: Effect::CanalFilling, ..tooth_work("root_canal", "Root canal treatment", "علاج عصب")
    },
    Term {
        effect: Effect::CanalFault,
        ..tooth_finding("root_canal_needed", "Root canal treatment needed", "يحتاج علاج عصب")
    },
    Term {
        effect: Effect::CanalFault,
        ..tooth_finding("root_canal_short", "Root filling too short", "حشو عصب ناقص")
    },
    Term {
        effect: Effect::CanalFault,
        ..tooth_finding("root_canal_over", "Root filling beyond the apex", "حشو عصب متجاوز الذروة")
    },
    tooth_work("apicectomy", "Apicectomy", "قطع ذروة الجذر"),
    tooth_finding("resorption", "Root resorption", "امتصاص الجذر"),
    tooth_finding("periapical_lesion", "Periapical lesion", "آفة حول الذروة"),
    Term {
        needs: Needs::Nothing, effect: Effect::Absent, ..tooth_finding("missing", "Missing", "مفقود")
    },
    Term {
        needs: Needs::Nothing,
        effect: Effect::Absent,
        ..tooth_finding("congenitally_missing", "Congenitally missing", "غياب خلقي")
    },
    Term {
        needs: Needs::ToothOrImplant,
        effect: Effect::Absent,
        ..tooth_work("extracted", "Extracted", "مخلوع")
    },
    Term {
        layers: FOUND_OR_PLANNED,
        needs: Needs::ToothOrImplant,
        ..tooth_finding("to_extract", "To be extracted", "مقرر خلعه")
    },
    Term { effect: Effect::RootOnly, ..tooth_finding("root_remnant", "Root remnant", "بقايا جذر") },
    Term { effect: Effect::NotErupted, ..tooth_finding("unerupted", "Unerupted", "غير بازغ") },
    tooth_finding("impacted", "Impacted", "منطمر"),
    Term {
        sites: Sites::Optional(CROWN_AND_ROOT),
        needs: Needs::ToothOrImplant,
        effect: Effect::Decay,
        ..tooth_finding("fracture", "Fracture", "كسر")
    },
    Term {
        sites: Sites::Optional(CROWN_AND_ROOT),
        effect: Effect::Decay,
        drawing: "wear",
        ..tooth_finding("abrasion", "Abrasion", "سحل")
    },
    Term {
        sites: Sites::Optional(CROWN_AND_ROOT),
        effect: Effect::Decay,
        drawing: "wear",
        ..tooth_finding("erosion", "Erosion", "تآكل حمضي")
    },
    Term {
        sites: Sites::Optional(CROWN_AND_ROOT),
        effect: Effect::Decay,
        drawing: "wear",
        ..tooth_finding("attrition", "Attrition", "انسحال")
    },
    enamel_finding("discolouration", "Discolouration", "تغير لون السن"),
    // Demarcated opacities: mild, moderate, severe.
    Term {
        severity: Severity::Optional(1, 3),
        ..enamel_finding("hypomineralisation", "Hypomineralisation", "نقص تمعدن المينا")
    },
    // Dean's index from very mild (1) to severe (4).
    Term {
        severity: Severity::Optional(1, 4), ..enamel_finding("fluorosis", "Fluorosis", "تبقع فلوري")
    },
    tooth_finding("rotated", "Rotated", "سن ملتف"),
    tooth_finding("tipped", "Tipped", "سن مائل"),
    tooth_finding("drifted", "Drifted", "سن منزاح"),
    tooth_finding("over_erupted", "Over-erupted", "بزوغ زائد"),
    Term {
        scope: Scope::SeveralTeeth, ..tooth_finding("diastema", "Diastema", "فراغ بين الأسنان")
    },
    Term { materials: BRACKETS, ..appliance("bracket", "Bracket", "حاصرة تقويم") },
    appliance("band", "Orthodontic band", "طوق تقويم"),
    Term {
        scope: Scope::SeveralTeeth,
        materials: SPLINTS,
        ..appliance("retainer", "Retainer", "مثبت تقويم")
    },
    Term {
        scope: Scope::SeveralTeeth, materials: SPLINTS, ..appliance("splint", "Splint", "جبيرة أسنان")
    },
    Term {
        effect: Effect::ApplianceRemoval,
        ..tooth_work("appliance_removed", "Appliance removed", "إزالة التقويم أو الجبيرة")
    },
    // Grades I to III of Hamp.
    Term {
        severity: Severity::Required(1, 3),
        furcated_only: true,
        ..tooth_finding("furcation", "Furcation involvement", "إصابة مفترق الجذور")
    },
    // Degrees I to III.
    Term {
        severity: Severity::Required(1, 3),
        needs: Needs::ToothOrImplant,
        ..tooth_finding("mobility", "Mobility", "حركة السن")
    },
    Term {
        sites: Sites::Optional(NECK_AND_ROOT),
        severity: Severity::Optional(1, 3),
        needs: Needs::ToothOrImplant,
        ..tooth_finding("calculus", "Calculus", "جير")
    },
    // It has no number of its own: it is named by its neighbour and the side of it on which it stands.
    Term {
        scope: Scope::Surface,
        sites: Sites::Required(SIDES),
        needs: Needs::Nothing,
        effect: Effect::Supernumerary,
        ..tooth_finding("supernumerary", "Supernumerary tooth", "سن زائدة")
    },
    Term {
        scope: Scope::Surface,
        layers: PLANNED_OR_DONE,
        sites: Sites::Required(SIDES),
        needs: Needs::Supernumerary,
        effect: Effect::SupernumeraryRemoval,
        ..tooth_finding("supernumerary_extracted", "Extraction of supernumerary tooth", "خلع سن زائدة")
    },
    Term {
        sites: Sites::Optional(CROWN_AND_ROOT),
        layers: FOUND_OR_PLANNED,
        needs: Needs::Nothing,
        ..tooth_finding("watch", "Watch", "تحت المراقبة")
    },
    Term {
        needs: Needs::Nothing,
        effect: Effect::Remark,
        note_required: true,
        ..tooth_finding("note", "Note", "ملاحظة مكتوبة")
    },
    Term {
        scope: Scope::Mouth, needs: Needs::Nothing, ..tooth_finding("bruxism", "Bruxism", "صرير الأسنان")
    },
];

/// The term with this code.
pub fn term(code: &str) -> Option<&'static Term> {
    VOCABULARY.iter().find(|term| term.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_promised_codes_are_there() {
        for code in [
            "sound",
            "caries",
            "filling",
            "sealant",
            "inlay",
            "onlay",
            "veneer",
            "crown",
            "bridge",
            "denture",
            "implant",
            "implant_crown",
            "post_and_core",
            "root_canal",
            "periapical_lesion",
            "missing",
            "extracted",
            "to_extract",
            "root_remnant",
            "unerupted",
            "impacted",
            "fracture",
            "abrasion",
            "erosion",
            "attrition",
            "mobility",
            "calculus",
            "watch",
            "filling_defect",
            "full_denture",
            "root_canal_needed",
            "root_canal_short",
            "root_canal_over",
            "apicectomy",
            "resorption",
            "congenitally_missing",
            "discolouration",
            "hypomineralisation",
            "fluorosis",
            "rotated",
            "tipped",
            "drifted",
            "over_erupted",
            "diastema",
            "bracket",
            "band",
            "retainer",
            "splint",
            "furcation",
            "supernumerary",
            "supernumerary_extracted",
            "note",
        ] {
            assert!(term(code).is_some(), "{code}");
        }
        assert!(term("Caries").is_none());
        assert!(term("").is_none());
    }

    #[test]
    fn codes_are_unique_snake_case_and_named_in_both_languages() {
        let codes: BTreeSet<_> = VOCABULARY.iter().map(|term| term.code).collect();
        assert_eq!(codes.len(), VOCABULARY.len());
        for term in VOCABULARY {
            assert!(term.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{}", term.code);
            assert!(!term.name_en.is_empty() && !term.drawing.is_empty());
            assert!(term.name_ar.chars().any(|c| ('\u{0621}'..='\u{064A}').contains(&c)), "{}", term.code);
            assert!(!term.layers.is_empty(), "{}", term.code);
        }
    }

    #[test]
    fn materials_and_severities_are_those_of_the_field() {
        assert_eq!(term("filling").unwrap().materials, [Amalgam, Composite, GlassIonomer, Temporary]);
        for material in [Ceramic, Zirconia, Metal, MetalCeramic, Gold, Acrylic] {
            assert!(term("crown").unwrap().materials.contains(&material));
        }
        assert_eq!(term("caries").unwrap().severity.range(), Some(0..=6));
        assert_eq!(term("mobility").unwrap().severity, Severity::Required(1, 3));
        assert_eq!(term("filling").unwrap().severity.range(), None);
    }

    #[test]
    fn what_is_wrong_cannot_be_done() {
        for code in ["caries", "missing", "unerupted", "impacted", "fracture", "mobility", "sound"] {
            assert!(!term(code).unwrap().layers.contains(&Done), "{code}");
        }
        for code in ["filling", "crown", "root_canal", "implant", "bridge", "extracted"] {
            assert_eq!(term(code).unwrap().layers, [Finding, Plan, Done], "{code}");
        }
        assert!(term("to_extract").unwrap().layers.contains(&Plan));
    }
}
