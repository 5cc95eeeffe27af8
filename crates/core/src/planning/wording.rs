//! Where work is done, as a patient understands it.

use crate::teeth::{Arch, Side, Surface, Tooth, ToothClass, format_surfaces};

/// A place in two languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub ar: String,
    pub en: String,
}

/// A tooth in plain words with its number, and its surfaces if some are named.
pub fn place_words(tooth: Tooth, surfaces: &[Surface]) -> Place {
    let (kind_ar, kind_en) = kind(tooth);
    let (arch_ar, arch_en) = match tooth.arch() {
        Arch::Upper => ("العلوي", "upper"),
        Arch::Lower => ("السفلي", "lower"),
    };
    let (side_ar, side_en) = match tooth.side() {
        Side::Right => ("الأيمن", "right"),
        Side::Left => ("الأيسر", "left"),
    };
    let (primary_ar, primary_en) = if tooth.is_primary() { (" اللبني", "primary ") } else { ("", "") };
    let letters = format_surfaces(tooth, surfaces);
    let told = if letters.is_empty() { tooth.to_string() } else { format!("{tooth} {letters}") };
    Place {
        ar: format!("{kind_ar}{primary_ar} {arch_ar} {side_ar} ({told})"),
        en: format!("{arch_en} {side_en} {primary_en}{kind_en} ({told})"),
    }
}

fn kind(tooth: Tooth) -> (&'static str, &'static str) {
    match (tooth.class(), tooth.position()) {
        (ToothClass::Incisor, 1) => ("القاطع المركزي", "central incisor"),
        (ToothClass::Incisor, _) => ("القاطع الجانبي", "lateral incisor"),
        (ToothClass::Canine, _) => ("الناب", "canine"),
        (ToothClass::Premolar, 4) => ("الضاحك الأول", "first premolar"),
        (ToothClass::Premolar, _) => ("الضاحك الثاني", "second premolar"),
        (ToothClass::Molar, 4 | 6) => ("الضرس الأول", "first molar"),
        (ToothClass::Molar, 5 | 7) => ("الضرس الثاني", "second molar"),
        (ToothClass::Molar, _) => ("الضرس الثالث", "third molar"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(fdi: u8, surfaces: &[Surface]) -> Place {
        place_words(Tooth::new(fdi).unwrap(), surfaces)
    }

    #[test]
    fn a_tooth_is_told_by_what_it_is_where_it_stands_and_its_number() {
        let molar = told(16, &[Surface::Mesial, Surface::Occlusal]);
        assert_eq!(molar.en, "upper right first molar (16 MO)");
        assert_eq!(molar.ar, "الضرس الأول العلوي الأيمن (16 MO)");
        assert_eq!(told(85, &[]).en, "lower right primary second molar (85)");
        assert_eq!(told(85, &[]).ar, "الضرس الثاني اللبني السفلي الأيمن (85)");
        assert_eq!(told(21, &[]).en, "upper left central incisor (21)");
        assert_eq!(told(38, &[]).en, "lower left third molar (38)");
    }
}
