//! The appointment types that every clinic begins with.

use serde::Deserialize;
use uuid::Uuid;

use super::store::{self, NewType};
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};

const TYPES: &str = include_str!("../../../data/appointment_types.csv");

#[derive(Debug, Deserialize)]
struct Line {
    name_ar: String,
    name_en: String,
    colour: String,
    minutes: i32,
    pattern: String,
    chair_feature: Option<String>,
    /// Codes of the catalogue, separated by `;`.
    procedures: String,
}

fn lines() -> Result<Vec<Line>, csv::Error> {
    csv::Reader::from_reader(TYPES.as_bytes()).deserialize().collect()
}

/// Adds them to a clinic that was just set up, with those of their procedures that its catalogue has.
pub async fn import_shipped_types(tx: &mut Tx, clock: &Clock) -> ApiResult<()> {
    let lines = lines().map_err(|e| ApiError::internal(e.into()))?;
    for (position, line) in (0..).zip(lines) {
        let new = NewType {
            id: clock.new_id::<Uuid>(),
            name_ar: line.name_ar,
            name_en: line.name_en,
            colour: line.colour,
            minutes: line.minutes,
            pattern: line.pattern,
            chair_feature: line.chair_feature.filter(|feature| !feature.is_empty()),
            position: Some(position),
            active: true,
        };
        store::insert_type(tx, &new, clock.now()).await?;
        let codes: Vec<String> = line.procedures.split(';').map(str::to_owned).collect();
        store::set_procedures_by_code(tx, new.id, &codes).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use dentpro_core::scheduling::validate_pattern;

    use super::*;

    /// Relative luminance, as WCAG counts it.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_shipped_type_has_both_names_a_pattern_that_fits_and_a_colour_that_can_be_told_on_both_themes() {
        let lines = lines().unwrap();
        assert!(lines.len() >= 12);
        for line in &lines {
            assert!(!line.name_ar.is_empty() && !line.name_en.is_empty());
            assert_eq!(validate_pattern(&line.pattern, line.minutes.into()), Ok(()), "{}", line.name_en);
            assert!(contrast(&line.colour, "#ffffff") >= 4.5, "{} carries white text", line.name_en);
            assert!(contrast(&line.colour, "#151e26") >= 3.0, "{} on a dark page", line.name_en);
        }
        let mut colours: Vec<&str> = lines.iter().map(|l| l.colour.as_str()).collect();
        colours.sort_unstable();
        colours.dedup();
        assert_eq!(colours.len(), lines.len());
    }
}
