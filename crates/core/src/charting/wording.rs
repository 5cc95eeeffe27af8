//! The chart in words, for lists that are read by who does not see the picture.

use serde::Deserialize;

use super::replay::State;
use super::vocabulary::{Scope, term};
use super::{Material, Part};
use crate::teeth::{Arch, Surface, Tooth};

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

/// A state of a tooth in Arabic and in English: what it is, of what, where, how severe. The note is not among it.
pub fn state_words(state: &State, tooth: Option<Tooth>) -> (String, String) {
    let (ar, en) =
        term(&state.code).map_or((&*state.code, &*state.code), |term| (term.name_ar, term.name_en));
    let (mut ar, mut en) = (ar.to_owned(), en.to_owned());
    if let Some((part_ar, part_en)) = state.part.map(part_words) {
        ar.push_str(&format!(" ({part_ar})"));
        en.push_str(&format!(" ({part_en})"));
    }
    let mut more = Vec::new();
    if let Some((ar, en)) = state.material.map(material_words) {
        more.push((ar.to_owned(), en.to_owned()));
    }
    for surface in &state.surfaces {
        let (ar, en) = surface_words(*surface, tooth);
        more.push((ar.to_owned(), en.to_owned()));
    }
    if let Some(severity) = state.severity {
        let degrees = if state.code == "mobility" { "degree" } else { "grade" };
        more.push((format!("الدرجة {severity}"), format!("{degrees} {severity}")));
    }
    if state.existing_elsewhere {
        more.push(("أُنجز خارج العيادة".to_owned(), "done elsewhere".to_owned()));
    }
    for (more_ar, more_en) in more {
        ar.push_str(&format!("، {more_ar}"));
        en.push_str(&format!(", {more_en}"));
    }
    (ar, en)
}

fn part_words(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Abutment => ("دعامة", "abutment"),
        Part::Pontic => ("سن معوِّضة", "pontic"),
        Part::Cantilever => ("سن معلَّقة", "cantilever"),
    }
}

fn material_words(material: Material) -> (&'static str, &'static str) {
    match material {
        Material::Amalgam => ("أملغم", "amalgam"),
        Material::Composite => ("كومبوزيت", "composite"),
        Material::GlassIonomer => ("جلاس أيونومر", "glass ionomer"),
        Material::Temporary => ("مؤقت", "temporary"),
        Material::Ceramic => ("سيراميك", "ceramic"),
        Material::Zirconia => ("زركونيا", "zirconia"),
        Material::Metal => ("معدن", "metal"),
        Material::MetalCeramic => ("خزف على معدن", "metal-ceramic"),
        Material::Gold => ("ذهب", "gold"),
        Material::Acrylic => ("أكريليك", "acrylic"),
    }
}

fn surface_words(surface: Surface, tooth: Option<Tooth>) -> (&'static str, &'static str) {
    let front = tooth.is_some_and(Tooth::is_front);
    let upper = tooth.is_some_and(|tooth| tooth.arch() == Arch::Upper);
    match surface {
        Surface::Mesial => ("أنسي", "mesial"),
        Surface::Occlusal if front => ("قاطعي", "incisal"),
        Surface::Occlusal => ("إطباقي", "occlusal"),
        Surface::Distal => ("وحشي", "distal"),
        Surface::Buccal if front => ("شفوي", "facial"),
        Surface::Buccal => ("خدي", "buccal"),
        Surface::Lingual if upper => ("حنكي", "palatal"),
        Surface::Lingual => ("لساني", "lingual"),
        Surface::Cervical => ("عنقي", "cervical"),
        Surface::Root => ("جذري", "root"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(code: &str, teeth: &[u8]) -> PlannedWork {
        let teeth = teeth.iter().map(|fdi| Tooth::new(*fdi).unwrap()).collect();
        PlannedWork { code: code.to_owned(), teeth }
    }

    #[test]
    fn a_state_is_told_with_its_material_surfaces_and_grade() {
        use super::super::fixtures::{bridge, day, event};
        use super::super::{ChartEvent, Layer, replay};
        let told = |event: ChartEvent, tooth: &str| {
            let tooth = tooth.parse().unwrap();
            let chart = replay(&[event], None, None, day(1));
            state_words(&chart.teeth[&tooth].states[0], Some(tooth))
        };
        let filling = ChartEvent {
            material: Some(Material::Composite),
            existing_elsewhere: true,
            ..event(1, day(1), Layer::Finding, "filling", &["11"], "OLM")
        };
        let (ar, en) = told(filling, "11");
        assert_eq!(en, "Filling, composite, mesial, incisal, palatal, done elsewhere");
        assert_eq!(ar, "حشوة، كومبوزيت، أنسي، قاطعي، حنكي، أُنجز خارج العيادة");
        let mobility =
            ChartEvent { severity: Some(2), ..event(1, day(1), Layer::Finding, "mobility", &["31"], "") };
        assert_eq!(told(mobility, "31").1, "Mobility, degree 2");
        assert_eq!(told(bridge(1, day(1), Layer::Done, "14a 15p 16a"), "15").1, "Bridge (pontic)");
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
