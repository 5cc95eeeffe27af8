//! The quick screening by sextant: the Basic Periodontal Examination (British Society of Periodontology), known as
//! PSR elsewhere. Each sextant takes the code of its worst tooth.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::reading::PerioError;
use crate::wire_enum::wire_enum;

wire_enum! {
    /// A sixth of the mouth, on the patient's side.
    pub enum Sextant {
        UpperRight = "upper_right",
        UpperFront = "upper_front",
        UpperLeft = "upper_left",
        LowerLeft = "lower_left",
        LowerFront = "lower_front",
        LowerRight = "lower_right",
    }
}

/// A sextant's code: `0` healthy, `1` bleeding, `2` calculus or an overhang, `3` the coloured band partly hidden
/// (4–5 mm), `4` hidden (6 mm and more); `*` after a number for a furcation; `X` where fewer than two teeth are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScreeningCode {
    /// `None` where there are too few teeth.
    pub band: Option<u8>,
    pub furcation: bool,
}

impl FromStr for ScreeningCode {
    type Err = PerioError;

    fn from_str(text: &str) -> Result<Self, PerioError> {
        let (code, furcation) = match text.strip_suffix('*') {
            Some(code) => (code, true),
            None => (text, false),
        };
        match code.as_bytes() {
            [b'X'] if !furcation => Ok(Self { band: None, furcation }),
            [digit @ b'0'..=b'4'] => Ok(Self { band: Some(digit - b'0'), furcation }),
            _ => Err(PerioError::UnknownScreeningCode),
        }
    }
}

impl fmt::Display for ScreeningCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.band {
            Some(band) => write!(f, "{band}{}", if self.furcation { "*" } else { "" }),
            None => f.write_str("X"),
        }
    }
}

/// The codes of a mouth; a sextant that is not in it was not looked at.
pub type Screening = BTreeMap<Sextant, ScreeningCode>;

wire_enum! {
    /// What a screening asks for next, from the least to the most.
    #[cfg_attr(feature = "openapi", schema(as = ScreeningAdvice))]
    pub enum Advice {
        /// Nothing but the usual recall.
        None = "none",
        /// Instruction in cleaning the teeth.
        Hygiene = "hygiene",
        /// The same, and what holds plaque removed.
        RemoveRetention = "remove_retention",
        /// The same, then six sites charted in the sextants with code 3.
        ChartSextants = "chart_sextants",
        /// Six sites charted in the whole mouth.
        ChartMouth = "chart_mouth",
    }
}

/// What the worst code asks for; none while nothing was looked at.
pub fn advice(screening: &Screening) -> Option<Advice> {
    screening
        .values()
        .map(|code| match code.band {
            _ if code.furcation => Advice::ChartMouth,
            None | Some(0) => Advice::None,
            Some(1) => Advice::Hygiene,
            Some(2) => Advice::RemoveRetention,
            Some(3) => Advice::ChartSextants,
            Some(_) => Advice::ChartMouth,
        })
        .max()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_read_back_as_they_are_written() {
        for text in ["0", "1", "2", "3", "4", "0*", "3*", "4*", "X"] {
            assert_eq!(text.parse::<ScreeningCode>().unwrap().to_string(), text);
        }
        for bad in ["", "5", "X*", "x", "*", "3**", "33", "-1", "٣"] {
            assert_eq!(bad.parse::<ScreeningCode>(), Err(PerioError::UnknownScreeningCode), "{bad}");
        }
    }

    #[test]
    fn the_worst_sextant_decides() {
        let screening = |codes: &[&str]| -> Screening {
            Sextant::ALL.iter().copied().zip(codes.iter().map(|code| code.parse().unwrap())).collect()
        };
        for (codes, expected) in [
            (&[][..], None),
            (&["0", "0", "X"], Some(Advice::None)),
            (&["0", "1"], Some(Advice::Hygiene)),
            (&["2", "1"], Some(Advice::RemoveRetention)),
            (&["2", "3"], Some(Advice::ChartSextants)),
            (&["4", "0"], Some(Advice::ChartMouth)),
            (&["0", "1*"], Some(Advice::ChartMouth)),
        ] {
            assert_eq!(advice(&screening(codes)), expected, "{codes:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_code_or_refused(text in ".{0,3}") {
            if let Ok(code) = text.parse::<ScreeningCode>() {
                prop_assert_eq!(code.to_string(), text);
            }
        }
    }
}
