//! Planned work in words, for lists that are read by who does not see the chart.

use serde::Deserialize;

use super::vocabulary::{Scope, term};
use crate::teeth::Tooth;

/// What one event of the plan's layer says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PlannedWork {
    pub code: String,
    pub teeth: Vec<Tooth>,
}

/// What is planned in Arabic and in English: the same work of several teeth once, with its teeth in FDI order, but each
/// unit of several teeth (a bridge) by itself. Each part begins with a word of its language, so that the numbers after
/// it stand right whatever is around.
pub fn planned_words(work: &[PlannedWork]) -> (String, String) {
    let mut parts: Vec<PlannedWork> = Vec::new();
    for one in work {
        let unit = term(&one.code).is_some_and(|term| term.scope == Scope::SeveralTeeth);
        match parts.iter_mut().find(|part| part.code == one.code && !unit) {
            Some(part) => part.teeth.extend(&one.teeth),
            None => parts.push(one.clone()),
        }
    }
    for part in &mut parts {
        part.teeth.sort_unstable();
        part.teeth.dedup();
    }
    parts.dedup();
    let told = |comma: &str, semicolon: &str, name: fn(&PlannedWork) -> &str| {
        let words = parts.iter().map(|part| {
            let teeth: Vec<String> = part.teeth.iter().map(Tooth::to_string).collect();
            let teeth = teeth.join(comma);
            if teeth.is_empty() { name(part).to_owned() } else { format!("{} {teeth}", name(part)) }
        });
        words.collect::<Vec<_>>().join(semicolon)
    };
    (
        told("، ", "؛ ", |part| term(&part.code).map_or(&part.code, |term| term.name_ar)),
        told(", ", "; ", |part| term(&part.code).map_or(&part.code, |term| term.name_en)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(code: &str, teeth: &[u8]) -> PlannedWork {
        let teeth = teeth.iter().map(|fdi| Tooth::new(*fdi).unwrap()).collect();
        PlannedWork { code: code.to_owned(), teeth }
    }

    #[test]
    fn the_same_work_is_said_once_with_its_teeth_in_order() {
        let planned =
            [work("crown", &[47]), work("filling", &[16]), work("crown", &[24, 11]), work("crown", &[47])];
        let (ar, en) = planned_words(&planned);
        assert_eq!(en, "Crown 11, 24, 47; Filling 16");
        assert_eq!(ar, "تاج 11، 24، 47؛ حشوة 16");
    }

    #[test]
    fn each_bridge_stands_by_itself_and_what_is_of_the_mouth_has_no_tooth() {
        let planned = [work("bridge", &[16, 15, 14]), work("bridge", &[34, 35, 36]), work("bruxism", &[])];
        let (ar, en) = planned_words(&planned);
        assert_eq!(en, "Bridge 14, 15, 16; Bridge 34, 35, 36; Bruxism");
        assert_eq!(ar, "جسر 14، 15، 16؛ جسر 34، 35، 36؛ صرير الأسنان");
        assert_eq!(planned_words(&[]), (String::new(), String::new()));
    }
}
