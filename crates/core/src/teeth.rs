//! Teeth and their surfaces: ISO 3950 (FDI) codes, what kind of tooth each is, and its other notations.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::wire_enum::wire_enum;

/// What is wrong with a tooth code or a run of surface letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TeethError {
    #[error("this is not a tooth code of ISO 3950")]
    UnknownTooth,
    #[error("{0:?} is not a surface letter")]
    UnknownSurface(char),
    #[error("tooth {tooth} has no surface {letter:?}")]
    SurfaceNotOnTooth { tooth: Tooth, letter: char },
    #[error("surface {0} is named twice")]
    SurfaceRepeated(Surface),
}

impl TeethError {
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownTooth => "charting.unknown_tooth",
            Self::UnknownSurface(_) => "charting.unknown_surface",
            Self::SurfaceNotOnTooth { .. } => "charting.surface_not_on_tooth",
            Self::SurfaceRepeated(_) => "charting.surface_repeated",
        }
    }
}

wire_enum! {
    pub enum Arch {
        Upper = "upper",
        Lower = "lower",
    }
}

wire_enum! {
    /// The patient's side, never the viewer's.
    pub enum Side {
        Right = "right",
        Left = "left",
    }
}

wire_enum! {
    pub enum ToothClass {
        Incisor = "incisor",
        Canine = "canine",
        Premolar = "premolar",
        Molar = "molar",
    }
}

/// A tooth by its two-digit FDI code; on the wire the string `"16"`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(value_type = String, pattern = "^([1-4][1-8]|[5-8][1-5])$", example = "16")
)]
#[serde(try_from = "String", into = "String")]
pub struct Tooth(u8);

impl Tooth {
    /// The tooth with this FDI number, such as 16.
    pub fn new(fdi: u8) -> Result<Self, TeethError> {
        let last = match fdi / 10 {
            1..=4 => 8,
            5..=8 => 5,
            _ => return Err(TeethError::UnknownTooth),
        };
        if (1..=last).contains(&(fdi % 10)) { Ok(Self(fdi)) } else { Err(TeethError::UnknownTooth) }
    }

    /// All 52 teeth in the order of their FDI numbers.
    pub fn all() -> impl Iterator<Item = Self> {
        (11..=85).filter_map(|fdi| Self::new(fdi).ok())
    }

    pub fn permanent() -> impl Iterator<Item = Self> {
        Self::all().filter(|tooth| !tooth.is_primary())
    }

    pub fn primary() -> impl Iterator<Item = Self> {
        Self::all().filter(|tooth| tooth.is_primary())
    }

    pub fn fdi(self) -> u8 {
        self.0
    }

    /// The first digit: 1–4 for permanent teeth, 5–8 for primary ones.
    pub fn quadrant(self) -> u8 {
        self.0 / 10
    }

    /// The second digit, counted from the midline.
    pub fn position(self) -> u8 {
        self.0 % 10
    }

    pub fn is_primary(self) -> bool {
        self.quadrant() > 4
    }

    pub fn arch(self) -> Arch {
        if matches!(self.quadrant(), 1 | 2 | 5 | 6) { Arch::Upper } else { Arch::Lower }
    }

    pub fn side(self) -> Side {
        if matches!(self.quadrant(), 1 | 4 | 5 | 8) { Side::Right } else { Side::Left }
    }

    pub fn class(self) -> ToothClass {
        match (self.position(), self.is_primary()) {
            (1 | 2, _) => ToothClass::Incisor,
            (3, _) => ToothClass::Canine,
            (4 | 5, false) => ToothClass::Premolar,
            _ => ToothClass::Molar,
        }
    }

    /// Incisors and canines: an incisal edge instead of an occlusal face, a facial instead of a buccal one.
    pub fn is_front(self) -> bool {
        matches!(self.class(), ToothClass::Incisor | ToothClass::Canine)
    }

    /// Whether its roots part: molars of both dentitions and upper first premolars.
    pub fn is_furcated(self) -> bool {
        self.class() == ToothClass::Molar || matches!(self.fdi(), 14 | 24)
    }

    /// The permanent tooth that follows a primary one (55 → 15); none for a permanent tooth.
    pub fn successor(self) -> Option<Self> {
        self.is_primary().then_some(Self(self.0.wrapping_sub(40)))
    }

    /// The primary tooth that a permanent one follows (15 → 55); permanent molars follow none.
    pub fn predecessor(self) -> Option<Self> {
        (!self.is_primary() && self.position() <= 5).then_some(Self(self.0.wrapping_add(40)))
    }

    /// The place in the arch from the patient's right (0) to the left (15). A primary tooth has the place of
    /// its successor, so neighbours differ by one in either dentition.
    pub fn arch_order(self) -> u8 {
        match self.side() {
            Side::Right => 8 - self.position(),
            Side::Left => 7 + self.position(),
        }
    }

    /// Universal notation: 1–32 for permanent teeth, A–T for primary ones.
    pub fn universal(self) -> String {
        // Both run along the upper arch from the right and back along the lower arch from the left.
        if self.is_primary() {
            let along = self.arch_order() - 3;
            let index = if self.arch() == Arch::Upper { along } else { 19 - along };
            char::from(b'A' + index).to_string()
        } else {
            let along = self.arch_order() + 1;
            let number = if self.arch() == Arch::Upper { along } else { 33 - along };
            number.to_string()
        }
    }

    /// Palmer notation: the position (a letter for primary teeth) inside the corner of its quadrant.
    pub fn palmer(self) -> String {
        let mark = if self.is_primary() {
            char::from(b'A' + self.position() - 1)
        } else {
            char::from(b'0' + self.position())
        };
        match (self.arch(), self.side()) {
            (Arch::Upper, Side::Right) => format!("{mark}┘"),
            (Arch::Upper, Side::Left) => format!("└{mark}"),
            (Arch::Lower, Side::Right) => format!("{mark}┐"),
            (Arch::Lower, Side::Left) => format!("┌{mark}"),
        }
    }
}

impl FromStr for Tooth {
    type Err = TeethError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.as_bytes() {
            [tens @ b'1'..=b'8', ones @ b'1'..=b'8'] => Self::new((tens - b'0') * 10 + (ones - b'0')),
            _ => Err(TeethError::UnknownTooth),
        }
    }
}

impl fmt::Display for Tooth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for Tooth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tooth({})", self.0)
    }
}

impl TryFrom<String> for Tooth {
    type Error = TeethError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Tooth> for String {
    fn from(tooth: Tooth) -> Self {
        tooth.to_string()
    }
}

/// A place on a tooth as it is stored: five surfaces, and two sites for what lies at the neck or below it.
/// Front teeth store their incisal edge as `O`. The order is the one in which letters are written (MOD).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Surface {
    #[serde(rename = "M")]
    Mesial,
    #[serde(rename = "O")]
    Occlusal,
    #[serde(rename = "D")]
    Distal,
    #[serde(rename = "B")]
    Buccal,
    #[serde(rename = "L")]
    Lingual,
    /// The cervical third, class V.
    #[serde(rename = "V")]
    Cervical,
    #[serde(rename = "R")]
    Root,
}

impl Surface {
    /// The five surfaces of a crown.
    pub const CROWN: [Self; 5] = [Self::Mesial, Self::Occlusal, Self::Distal, Self::Buccal, Self::Lingual];
    pub const ALL: [Self; 7] =
        [Self::Mesial, Self::Occlusal, Self::Distal, Self::Buccal, Self::Lingual, Self::Cervical, Self::Root];

    /// The letter that is stored and sent.
    pub fn letter(self) -> char {
        match self {
            Self::Mesial => 'M',
            Self::Occlusal => 'O',
            Self::Distal => 'D',
            Self::Buccal => 'B',
            Self::Lingual => 'L',
            Self::Cervical => 'V',
            Self::Root => 'R',
        }
    }

    /// The letter that a dentist writes on this tooth: I and F in front, P on the inside of upper teeth.
    pub fn display_letter(self, tooth: Tooth) -> char {
        match self {
            Self::Occlusal if tooth.is_front() => 'I',
            Self::Buccal if tooth.is_front() => 'F',
            Self::Lingual if tooth.arch() == Arch::Upper => 'P',
            other => other.letter(),
        }
    }
}

impl TryFrom<char> for Surface {
    type Error = TeethError;

    fn try_from(letter: char) -> Result<Self, Self::Error> {
        let found = Self::ALL.into_iter().find(|surface| surface.letter() == letter);
        found.ok_or(TeethError::UnknownSurface(letter))
    }
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

/// The places that can be named on a tooth, each with its letter there. Every tooth has all of them; front
/// teeth and upper teeth letter some of them in their own way.
pub fn surfaces_of(tooth: Tooth) -> [(Surface, char); 7] {
    Surface::ALL.map(|surface| (surface, surface.display_letter(tooth)))
}

/// Reads surfaces as a dentist types them for this tooth: `MOD`, `mif` on a front tooth, `MOP` on an upper one.
/// The stored letters always work; a letter that this tooth does not have (`I` on a molar) is refused.
pub fn parse_surfaces(tooth: Tooth, text: &str) -> Result<Vec<Surface>, TeethError> {
    let mut surfaces = Vec::new();
    for typed in text.chars().filter(|letter| !letter.is_whitespace()) {
        let letter = typed.to_ascii_uppercase();
        let surface = match letter {
            'I' | 'F' | 'P' => surfaces_of(tooth)
                .into_iter()
                .find_map(|(surface, shown)| (shown == letter).then_some(surface))
                .ok_or(TeethError::SurfaceNotOnTooth { tooth, letter })?,
            _ => Surface::try_from(letter).map_err(|_| TeethError::UnknownSurface(typed))?,
        };
        if surfaces.contains(&surface) {
            return Err(TeethError::SurfaceRepeated(surface));
        }
        surfaces.push(surface);
    }
    surfaces.sort_unstable();
    Ok(surfaces)
}

/// Writes surfaces as a dentist does on this tooth: `MOD`, `DO`, `MIF`.
pub fn format_surfaces(tooth: Tooth, surfaces: &[Surface]) -> String {
    let mut sorted = surfaces.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    // Without a mesial part the distal one is named first: DO, not OD.
    if sorted.starts_with(&[Surface::Occlusal, Surface::Distal]) {
        sorted.swap(0, 1);
    }
    sorted.iter().map(|surface| surface.display_letter(tooth)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    fn tooth(code: &str) -> Tooth {
        code.parse().unwrap()
    }

    fn any_tooth() -> impl Strategy<Value = Tooth> {
        proptest::sample::select(Tooth::all().collect::<Vec<_>>())
    }

    #[test]
    fn there_are_32_permanent_and_20_primary_teeth() {
        assert_eq!(Tooth::permanent().count(), 32);
        assert_eq!(Tooth::primary().count(), 20);
        assert_eq!(Tooth::all().count(), 52);
    }

    #[test]
    fn what_is_not_an_fdi_code_is_refused() {
        for text in [
            "", "1", "10", "19", "09", "49", "50", "56", "66", "86", "91", "161", " 16", "1６", "١٦", "+16",
            "-1",
        ] {
            assert_eq!(text.parse::<Tooth>(), Err(TeethError::UnknownTooth), "{text:?}");
        }
        assert_eq!(TeethError::UnknownTooth.code(), "charting.unknown_tooth");
    }

    #[test]
    fn a_tooth_tells_where_and_what_it_is() {
        use {Arch::*, Side::*, ToothClass::*};
        for (code, arch, side, class, primary) in [
            ("11", Upper, Right, Incisor, false),
            ("23", Upper, Left, Canine, false),
            ("35", Lower, Left, Premolar, false),
            ("48", Lower, Right, Molar, false),
            ("54", Upper, Right, Molar, true),
            ("62", Upper, Left, Incisor, true),
            ("75", Lower, Left, Molar, true),
            ("83", Lower, Right, Canine, true),
        ] {
            let tooth = tooth(code);
            assert_eq!(
                (tooth.arch(), tooth.side(), tooth.class(), tooth.is_primary()),
                (arch, side, class, primary),
                "{code}"
            );
        }
    }

    #[test]
    fn other_notations() {
        for (fdi, universal, palmer) in [
            ("18", "1", "8┘"),
            ("11", "8", "1┘"),
            ("21", "9", "└1"),
            ("28", "16", "└8"),
            ("38", "17", "┌8"),
            ("31", "24", "┌1"),
            ("41", "25", "1┐"),
            ("48", "32", "8┐"),
            ("55", "A", "E┘"),
            ("51", "E", "A┘"),
            ("61", "F", "└A"),
            ("65", "J", "└E"),
            ("75", "K", "┌E"),
            ("71", "O", "┌A"),
            ("81", "P", "A┐"),
            ("85", "T", "E┐"),
        ] {
            assert_eq!(tooth(fdi).universal(), universal, "{fdi}");
            assert_eq!(tooth(fdi).palmer(), palmer, "{fdi}");
        }
        for notation in [Tooth::universal, Tooth::palmer] {
            assert_eq!(Tooth::all().map(notation).collect::<BTreeSet<_>>().len(), 52, "each is unique");
        }
    }

    #[test]
    fn primary_molars_are_followed_by_premolars() {
        for (primary, permanent) in [("55", "15"), ("54", "14"), ("61", "21"), ("73", "33"), ("85", "45")] {
            assert_eq!(tooth(primary).successor(), Some(tooth(permanent)));
            assert_eq!(tooth(permanent).predecessor(), Some(tooth(primary)));
        }
        assert_eq!(tooth("16").predecessor(), None);
        assert_eq!(tooth("16").successor(), None);
        assert_eq!(tooth("55").predecessor(), None);
    }

    #[test]
    fn the_arch_runs_from_the_patients_right_to_the_left() {
        let upper =
            ["18", "17", "16", "15", "14", "13", "12", "11", "21", "22", "23", "24", "25", "26", "27", "28"];
        let lower =
            ["48", "47", "46", "45", "44", "43", "42", "41", "31", "32", "33", "34", "35", "36", "37", "38"];
        for row in [upper, lower] {
            for (order, code) in row.iter().enumerate() {
                assert_eq!(usize::from(tooth(code).arch_order()), order, "{code}");
            }
        }
    }

    #[test]
    fn on_the_wire_teeth_are_strings_and_keys() {
        let map = BTreeMap::from([(tooth("16"), vec![Surface::Mesial, Surface::Cervical])]);
        let json = serde_json::to_string(&map).unwrap();
        assert_eq!(json, r#"{"16":["M","V"]}"#);
        assert_eq!(serde_json::from_str::<BTreeMap<Tooth, Vec<Surface>>>(&json).unwrap(), map);
        for bad in [r#""19""#, "16", r#""16 ""#, "null"] {
            assert!(serde_json::from_str::<Tooth>(bad).is_err(), "{bad}");
        }
        assert!(serde_json::from_str::<Surface>(r#""I""#).is_err(), "only stored letters travel");
    }

    #[test]
    fn surfaces_are_lettered_by_position() {
        for (code, letters) in
            [("16", "MODBPVR"), ("46", "MODBLVR"), ("11", "MIDFPVR"), ("43", "MIDFLVR"), ("64", "MODBPVR")]
        {
            let written: String = surfaces_of(tooth(code)).into_iter().map(|(_, letter)| letter).collect();
            assert_eq!(written, letters, "{code}");
        }
    }

    #[test]
    fn surfaces_are_read_as_typed() {
        for (code, typed, written) in [
            ("16", "mod", "MOD"),
            ("16", "DO", "DO"),
            ("16", "o d m", "MOD"),
            ("16", "MOP", "MOP"),
            ("16", "MOL", "MOP"),
            ("11", "mif", "MIF"),
            ("11", "MOB", "MIF"),
            ("46", "V", "V"),
            ("46", "", ""),
        ] {
            let surfaces = parse_surfaces(tooth(code), typed).unwrap();
            assert_eq!(format_surfaces(tooth(code), &surfaces), written, "{code} {typed}");
        }
        for (code, typed, error) in [
            ("16", "MI", "charting.surface_not_on_tooth"),
            ("16", "F", "charting.surface_not_on_tooth"),
            ("46", "P", "charting.surface_not_on_tooth"),
            ("46", "MOX", "charting.unknown_surface"),
            ("46", "مـ", "charting.unknown_surface"),
            ("46", "MOM", "charting.surface_repeated"),
            ("11", "OI", "charting.surface_repeated"),
        ] {
            assert_eq!(parse_surfaces(tooth(code), typed).unwrap_err().code(), error, "{code} {typed}");
        }
    }

    proptest! {
        #[test]
        fn every_code_reads_back(fdi in any::<u8>()) {
            if let Ok(tooth) = Tooth::new(fdi) {
                prop_assert_eq!(tooth.to_string().parse::<Tooth>(), Ok(tooth));
                prop_assert!(tooth.arch_order() < 16);
            }
        }

        #[test]
        fn any_text_is_a_tooth_or_refused(text in ".{0,4}") {
            if let Ok(tooth) = text.parse::<Tooth>() {
                prop_assert_eq!(tooth.to_string(), text);
            }
        }

        #[test]
        fn succession_goes_both_ways(tooth in any_tooth()) {
            if let Some(next) = tooth.successor() {
                prop_assert_eq!(next.predecessor(), Some(tooth));
                prop_assert_eq!((next.arch(), next.side(), next.arch_order()), (tooth.arch(), tooth.side(), tooth.arch_order()));
            }
        }

        #[test]
        fn what_is_written_reads_back(tooth in any_tooth(), picked in proptest::sample::subsequence(Surface::ALL.to_vec(), 0..=7)) {
            prop_assert_eq!(parse_surfaces(tooth, &format_surfaces(tooth, &picked)), Ok(picked));
        }
    }
}
