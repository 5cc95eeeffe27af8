//! Whether an event may be recorded: by itself, and against what the chart says on its day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::replay::{Chart, Occupant};
use super::vocabulary::{Effect, Needs, Scope, Severity, Sites, Term, term};
use super::{ChartEvent, Layer, Material, Part};
use crate::teeth::{Surface, Tooth};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    #[error("the chart has no term with this code")]
    UnknownCode,
    #[error("this cannot be recorded as {}", .0.as_str())]
    LayerNotAllowed(Layer),
    #[error("the day lies in the future")]
    OnInFuture,
    #[error("the day lies before the patient's birth")]
    BeforeBirth,
    #[error("no tooth is named")]
    ToothRequired,
    #[error("this concerns the mouth, not single teeth")]
    ToothNotAllowed,
    #[error("tooth {0} is named twice")]
    ToothRepeated(Tooth),
    #[error("primary tooth {0} cannot carry this")]
    NotOnPrimaryTooth(Tooth),
    #[error("the roots of tooth {0} do not part")]
    NotFurcated(Tooth),
    #[error("at least one surface is needed")]
    SurfaceRequired,
    #[error("this concerns the whole tooth, not its surfaces")]
    SurfaceNotAllowed,
    #[error("this is not recorded on surface {surface} of tooth {tooth}")]
    SurfaceNotOnTooth { tooth: Tooth, surface: Surface },
    #[error("surface {0} is named twice")]
    SurfaceRepeated(Surface),
    #[error("a severity is needed")]
    SeverityRequired,
    #[error("severity {0} does not exist here")]
    SeverityNotAllowed(u8),
    #[error("{} is not a material for this", .0.as_str())]
    MaterialNotAllowed(Material),
    #[error("a plan cannot be something that exists elsewhere")]
    ElsewhereNotPlanned,
    #[error("the note is empty")]
    NoteRequired,
    #[error("the parts of the unit are missing")]
    UnitRequired,
    #[error("only a bridge has parts")]
    UnitNotAllowed,
    #[error("the teeth named are not those of the unit")]
    UnitTeethDiffer,
    #[error("a unit has at least two teeth")]
    UnitTooSmall,
    #[error("the teeth are not in one arch")]
    UnitNotSameArch,
    #[error("the teeth are not next to each other")]
    UnitNotContiguous,
    #[error("a bridge ends on an abutment or a cantilever")]
    UnitAbutmentMissingAtEnd,
    #[error("a cantilever stands at the end of a bridge, beside an abutment")]
    UnitCantileverNotAtEnd,
    #[error("a bridge needs an abutment")]
    UnitAbutmentMissing,
    #[error("a bridge replaces at least one tooth")]
    UnitPonticMissing,
    #[error("tooth {0} is missing")]
    ToothMissing(Tooth),
    #[error("there is no implant at {0}")]
    ImplantMissing(Tooth),
    #[error("there is no supernumerary tooth on that side of {0}")]
    SupernumeraryMissing(Tooth),
}

impl ChartError {
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownCode => "charting.unknown_code",
            Self::LayerNotAllowed(_) => "charting.layer_not_allowed",
            Self::OnInFuture => "charting.on_in_future",
            Self::BeforeBirth => "charting.before_birth",
            Self::ToothRequired => "charting.tooth_required",
            Self::ToothNotAllowed => "charting.tooth_not_allowed",
            Self::ToothRepeated(_) => "charting.tooth_repeated",
            Self::NotOnPrimaryTooth(_) => "charting.not_on_primary_tooth",
            Self::NotFurcated(_) => "charting.not_furcated",
            Self::SurfaceRequired => "charting.surface_required",
            Self::SurfaceNotAllowed => "charting.surface_not_allowed",
            Self::SurfaceNotOnTooth { .. } => "charting.surface_not_on_tooth",
            Self::SurfaceRepeated(_) => "charting.surface_repeated",
            Self::SeverityRequired => "charting.severity_required",
            Self::SeverityNotAllowed(_) => "charting.severity_not_allowed",
            Self::MaterialNotAllowed(_) => "charting.material_not_allowed",
            Self::ElsewhereNotPlanned => "charting.elsewhere_not_planned",
            Self::NoteRequired => "charting.note_required",
            Self::UnitRequired => "charting.unit_required",
            Self::UnitNotAllowed => "charting.unit_not_allowed",
            Self::UnitTeethDiffer => "charting.unit_teeth_differ",
            Self::UnitTooSmall => "charting.unit_too_small",
            Self::UnitNotSameArch => "charting.unit_not_same_arch",
            Self::UnitNotContiguous => "charting.unit_not_contiguous",
            Self::UnitAbutmentMissingAtEnd => "charting.unit_abutment_missing_at_end",
            Self::UnitCantileverNotAtEnd => "charting.unit_cantilever_not_at_end",
            Self::UnitAbutmentMissing => "charting.unit_abutment_missing",
            Self::UnitPonticMissing => "charting.unit_pontic_missing",
            Self::ToothMissing(_) => "charting.tooth_missing",
            Self::ImplantMissing(_) => "charting.implant_missing",
            Self::SupernumeraryMissing(_) => "charting.supernumerary_missing",
        }
    }

    /// The field of the event that is at fault, as a JSON pointer.
    pub fn pointer(&self) -> &'static str {
        match self {
            Self::UnknownCode => "/code",
            Self::LayerNotAllowed(_) => "/layer",
            Self::OnInFuture | Self::BeforeBirth => "/on",
            Self::ToothRequired
            | Self::ToothNotAllowed
            | Self::ToothRepeated(_)
            | Self::NotOnPrimaryTooth(_)
            | Self::NotFurcated(_)
            | Self::ToothMissing(_)
            | Self::ImplantMissing(_) => "/teeth",
            Self::SurfaceRequired
            | Self::SurfaceNotAllowed
            | Self::SurfaceNotOnTooth { .. }
            | Self::SurfaceRepeated(_)
            | Self::SupernumeraryMissing(_) => "/surfaces",
            Self::SeverityRequired | Self::SeverityNotAllowed(_) => "/severity",
            Self::MaterialNotAllowed(_) => "/material",
            Self::ElsewhereNotPlanned => "/existing_elsewhere",
            Self::NoteRequired => "/note",
            Self::UnitRequired
            | Self::UnitNotAllowed
            | Self::UnitTeethDiffer
            | Self::UnitTooSmall
            | Self::UnitNotSameArch
            | Self::UnitNotContiguous
            | Self::UnitAbutmentMissingAtEnd
            | Self::UnitCantileverNotAtEnd
            | Self::UnitAbutmentMissing
            | Self::UnitPonticMissing => "/unit",
        }
    }
}

/// Whether the event makes sense by itself. An event that corrects another one is not judged here: it says
/// nothing about teeth.
pub fn validate(event: &ChartEvent, birth_date: Option<Date>, today: Date) -> Result<(), ChartError> {
    let term = term(&event.code).ok_or(ChartError::UnknownCode)?;
    if !term.layers.contains(&event.layer) {
        return Err(ChartError::LayerNotAllowed(event.layer));
    }
    if event.on > today {
        return Err(ChartError::OnInFuture);
    }
    if birth_date.is_some_and(|birth| event.on < birth) {
        return Err(ChartError::BeforeBirth);
    }
    if event.layer == Layer::Plan && event.existing_elsewhere {
        return Err(ChartError::ElsewhereNotPlanned);
    }
    check_teeth(event, term)?;
    check_surfaces(event, term)?;
    check_severity(event.severity, term.severity)?;
    if let Some(material) = event.material.filter(|material| !term.materials.contains(material)) {
        return Err(ChartError::MaterialNotAllowed(material));
    }
    if term.note_required && event.note.is_none() {
        return Err(ChartError::NoteRequired);
    }
    Ok(())
}

fn check_teeth(event: &ChartEvent, term: &Term) -> Result<(), ChartError> {
    if let Some(tooth) = repeated(&event.teeth) {
        return Err(ChartError::ToothRepeated(tooth));
    }
    if term.effect == Effect::Bridge {
        check_bridge(event)?;
    } else if !event.unit.is_empty() {
        return Err(ChartError::UnitNotAllowed);
    } else if term.scope == Scope::Mouth {
        if !event.teeth.is_empty() {
            return Err(ChartError::ToothNotAllowed);
        }
    } else if event.teeth.is_empty() {
        return Err(ChartError::ToothRequired);
    } else if term.scope == Scope::SeveralTeeth && !in_one_arch(&event.teeth) {
        return Err(ChartError::UnitNotSameArch);
    }
    for tooth in event.all_teeth() {
        if term.permanent_only && tooth.is_primary() {
            return Err(ChartError::NotOnPrimaryTooth(tooth));
        }
        if term.furcated_only && !tooth.is_furcated() {
            return Err(ChartError::NotFurcated(tooth));
        }
    }
    Ok(())
}

fn check_bridge(event: &ChartEvent) -> Result<(), ChartError> {
    let teeth: Vec<Tooth> = event.unit.iter().map(|member| member.tooth).collect();
    if teeth.is_empty() {
        return Err(ChartError::UnitRequired);
    }
    if let Some(tooth) = repeated(&teeth) {
        return Err(ChartError::ToothRepeated(tooth));
    }
    let same_teeth = event.teeth.len() == teeth.len() && event.all_teeth().len() == teeth.len();
    if !event.teeth.is_empty() && !same_teeth {
        return Err(ChartError::UnitTeethDiffer);
    }
    if teeth.len() < 2 {
        return Err(ChartError::UnitTooSmall);
    }
    if !in_one_arch(&teeth) {
        return Err(ChartError::UnitNotSameArch);
    }
    let along: BTreeMap<u8, Part> =
        event.unit.iter().map(|member| (member.tooth.arch_order(), member.part)).collect();
    let places: Vec<u8> = along.keys().copied().collect();
    // A primary tooth and its successor share a place, hence the comparison of lengths.
    if along.len() != teeth.len() || places.windows(2).any(|pair| pair[1] - pair[0] != 1) {
        return Err(ChartError::UnitNotContiguous);
    }
    check_parts(&along.into_values().collect::<Vec<_>>())
}

/// The parts along the arch: what ends a bridge and what carries it.
fn check_parts(parts: &[Part]) -> Result<(), ChartError> {
    let last = parts.len().saturating_sub(1);
    let is = |index: usize, part: Part| parts.get(index) == Some(&part);
    if is(0, Part::Pontic) || is(last, Part::Pontic) {
        return Err(ChartError::UnitAbutmentMissingAtEnd);
    }
    if !parts.contains(&Part::Abutment) {
        return Err(ChartError::UnitAbutmentMissing);
    }
    let carried_at_end = |index: usize| {
        (index == 0 && is(1, Part::Abutment))
            || (index == last && is(index.saturating_sub(1), Part::Abutment))
    };
    if (0..parts.len()).any(|index| is(index, Part::Cantilever) && !carried_at_end(index)) {
        return Err(ChartError::UnitCantileverNotAtEnd);
    }
    if parts.iter().all(|part| *part == Part::Abutment) {
        return Err(ChartError::UnitPonticMissing);
    }
    Ok(())
}

fn check_surfaces(event: &ChartEvent, term: &Term) -> Result<(), ChartError> {
    let sites = match term.sites {
        Sites::None if event.surfaces.is_empty() => return Ok(()),
        Sites::None => return Err(ChartError::SurfaceNotAllowed),
        Sites::Required(_) if event.surfaces.is_empty() => return Err(ChartError::SurfaceRequired),
        Sites::Required(sites) | Sites::Optional(sites) => sites,
    };
    if let Some(surface) = repeated(&event.surfaces) {
        return Err(ChartError::SurfaceRepeated(surface));
    }
    match event.surfaces.iter().find(|surface| !sites.contains(surface)) {
        Some(surface) => match event.teeth.first() {
            Some(tooth) => Err(ChartError::SurfaceNotOnTooth { tooth: *tooth, surface: *surface }),
            None => Err(ChartError::SurfaceNotAllowed),
        },
        None => Ok(()),
    }
}

fn check_severity(given: Option<u8>, allowed: Severity) -> Result<(), ChartError> {
    match (given, allowed.range()) {
        (Some(value), Some(range)) if range.contains(&value) => Ok(()),
        (Some(value), _) => Err(ChartError::SeverityNotAllowed(value)),
        (None, _) if matches!(allowed, Severity::Required(..)) => Err(ChartError::SeverityRequired),
        (None, _) => Ok(()),
    }
}

/// Whether the event is possible with what stands in the mouth: `chart` is the replay of the other events on
/// the event's day.
pub fn validate_against(event: &ChartEvent, chart: &Chart) -> Result<(), ChartError> {
    let term = term(&event.code).ok_or(ChartError::UnknownCode)?;
    for tooth in event.all_teeth() {
        let occupant = chart.occupant(tooth);
        let needs = match event.part_of(tooth) {
            // A planned bridge may rest on an implant that is still to come.
            Some(Part::Abutment) if event.layer != Layer::Plan => Needs::ToothOrImplant,
            Some(_) => Needs::Nothing,
            // A crown on an implant that is found proves the implant.
            None if term.needs == Needs::Implant && event.layer != Layer::Done => Needs::Nothing,
            None => term.needs,
        };
        match needs {
            Needs::Tooth if occupant != Occupant::Tooth => return Err(ChartError::ToothMissing(tooth)),
            Needs::ToothOrImplant if occupant == Occupant::Nothing => {
                return Err(ChartError::ToothMissing(tooth));
            }
            Needs::Implant if occupant != Occupant::Implant => return Err(ChartError::ImplantMissing(tooth)),
            Needs::Supernumerary
                if !event.surfaces.iter().all(|side| chart.has_supernumerary(tooth, *side)) =>
            {
                return Err(ChartError::SupernumeraryMissing(tooth));
            }
            _ => {}
        }
    }
    Ok(())
}

fn in_one_arch(teeth: &[Tooth]) -> bool {
    teeth.windows(2).all(|pair| pair[0].arch() == pair[1].arch())
}

fn repeated<T: PartialEq + Copy>(values: &[T]) -> Option<T> {
    values.iter().enumerate().find(|(index, value)| values[..*index].contains(value)).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::fixtures::{bridge, day, event, unit};
    use super::super::replay;
    use super::*;
    use Layer::{Done, Finding, Plan};

    fn judge(event: &ChartEvent) -> Result<(), &'static str> {
        validate(event, Some(date(1991, 4, 2)), day(30)).map_err(|error| error.code())
    }

    fn judge_with(before: &[ChartEvent], event: &ChartEvent) -> Result<(), &'static str> {
        validate_against(event, &replay(before, Some(event.on), None, day(30))).map_err(|error| error.code())
    }

    fn plain(layer: Layer, code: &str, teeth: &[&str], surfaces: &str) -> ChartEvent {
        event(1, day(1), layer, code, teeth, surfaces)
    }

    #[test]
    fn what_a_dentist_records_every_day_is_accepted() {
        for good in [
            plain(Finding, "sound", &["11", "12", "13"], ""),
            ChartEvent { severity: Some(2), ..plain(Finding, "furcation", &["14"], "") },
            ChartEvent { severity: Some(3), ..plain(Finding, "furcation", &["46"], "") },
            plain(Done, "splint", &["33", "32", "31", "41", "42", "43"], ""),
            plain(Finding, "caries", &["16"], "MO"),
            ChartEvent { severity: Some(6), ..plain(Finding, "caries", &["11"], "V") },
            plain(Finding, "caries", &["55"], "O"),
            ChartEvent {
                material: Some(Material::Amalgam),
                existing_elsewhere: true,
                ..plain(Finding, "filling", &["16"], "MOD")
            },
            ChartEvent { material: Some(Material::GlassIonomer), ..plain(Done, "filling", &["75"], "O") },
            plain(Plan, "filling", &["16"], "O"),
            ChartEvent { material: Some(Material::Zirconia), ..plain(Done, "crown", &["16"], "") },
            plain(Plan, "to_extract", &["48"], ""),
            plain(Done, "extracted", &["48"], ""),
            plain(Finding, "bruxism", &[], ""),
            plain(Finding, "supernumerary", &["11"], "M"),
            plain(Plan, "supernumerary_extracted", &["11"], "L"),
            ChartEvent { note: Some("Came loose".to_owned()), ..plain(Finding, "note", &["11"], "") },
            plain(Done, "denture", &["36", "37", "45"], ""),
            ChartEvent { severity: Some(2), ..plain(Finding, "mobility", &["31"], "") },
            plain(Finding, "watch", &["31"], ""),
            bridge(1, day(1), Done, "14a 15p 16a"),
            bridge(1, day(1), Plan, "12a 11p 21p 22a"),
            bridge(1, day(1), Done, "14c 15a 16a"),
            bridge(1, day(1), Done, "12c 13a"),
            bridge(1, day(1), Done, "33a 32p 31p 41p 42p 43a"),
        ] {
            assert_eq!(judge(&good), Ok(()), "{good:?}");
        }
    }

    #[test]
    fn only_a_supernumerary_tooth_that_stands_is_taken_out() {
        let there = [plain(Finding, "supernumerary", &["11"], "M")];
        for layer in [Plan, Done] {
            let taken = event(2, day(2), layer, "supernumerary_extracted", &["11"], "M");
            assert_eq!(judge_with(&there, &taken), Ok(()));
            assert_eq!(judge_with(&[], &taken), Err("charting.supernumerary_missing"));
            let other_side = event(2, day(2), layer, "supernumerary_extracted", &["11"], "ML");
            assert_eq!(judge_with(&there, &other_side), Err("charting.supernumerary_missing"));
        }
        let gone = [there[0].clone(), event(2, day(2), Done, "supernumerary_extracted", &["11"], "M")];
        let again = event(3, day(3), Done, "supernumerary_extracted", &["11"], "M");
        assert_eq!(judge_with(&gone, &again), Err("charting.supernumerary_missing"));
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        let mobility = |severity| ChartEvent { severity, ..plain(Finding, "mobility", &["31"], "") };
        let furcation = |tooth| ChartEvent { severity: Some(2), ..plain(Finding, "furcation", &[tooth], "") };
        let filling =
            |material| ChartEvent { material: Some(material), ..plain(Done, "filling", &["16"], "O") };
        for (bad, code) in [
            (plain(Finding, "cavity", &["16"], "O"), "charting.unknown_code"),
            (plain(Done, "caries", &["16"], "O"), "charting.layer_not_allowed"),
            (plain(Plan, "missing", &["16"], ""), "charting.layer_not_allowed"),
            (event(1, day(31), Finding, "caries", &["16"], "O"), "charting.on_in_future"),
            (event(1, date(1991, 4, 1), Finding, "caries", &["16"], "O"), "charting.before_birth"),
            (plain(Finding, "caries", &[], "O"), "charting.tooth_required"),
            (plain(Finding, "bruxism", &["16"], ""), "charting.tooth_not_allowed"),
            (plain(Finding, "sound", &["16", "16"], ""), "charting.tooth_repeated"),
            (plain(Done, "implant", &["55"], ""), "charting.not_on_primary_tooth"),
            (plain(Finding, "caries", &["16"], ""), "charting.surface_required"),
            (plain(Done, "filling", &["16"], ""), "charting.surface_required"),
            (plain(Done, "crown", &["16"], "O"), "charting.surface_not_allowed"),
            (plain(Done, "sealant", &["16"], "M"), "charting.surface_not_on_tooth"),
            (plain(Finding, "caries", &["16"], "R"), "charting.surface_not_on_tooth"),
            (plain(Finding, "caries", &["16"], "MM"), "charting.surface_repeated"),
            (furcation("11"), "charting.not_furcated"),
            (furcation("34"), "charting.not_furcated"),
            (furcation("53"), "charting.not_furcated"),
            (plain(Done, "splint", &["43", "33", "13"], ""), "charting.unit_not_same_arch"),
            (mobility(None), "charting.severity_required"),
            (mobility(Some(4)), "charting.severity_not_allowed"),
            (
                ChartEvent { severity: Some(7), ..plain(Finding, "caries", &["16"], "O") },
                "charting.severity_not_allowed",
            ),
            (
                ChartEvent { severity: Some(1), ..plain(Done, "crown", &["16"], "") },
                "charting.severity_not_allowed",
            ),
            (filling(Material::Zirconia), "charting.material_not_allowed"),
            (
                ChartEvent { material: Some(Material::Gold), ..plain(Finding, "caries", &["16"], "O") },
                "charting.material_not_allowed",
            ),
            (
                ChartEvent { existing_elsewhere: true, ..plain(Plan, "crown", &["16"], "") },
                "charting.elsewhere_not_planned",
            ),
            (
                ChartEvent { unit: unit("16a 15p 14a"), ..plain(Done, "crown", &["16"], "") },
                "charting.unit_not_allowed",
            ),
            (plain(Done, "denture", &["36", "16"], ""), "charting.unit_not_same_arch"),
            (plain(Finding, "note", &["16"], ""), "charting.note_required"),
            (plain(Finding, "supernumerary", &["16"], ""), "charting.surface_required"),
            (plain(Finding, "supernumerary", &["16"], "O"), "charting.surface_not_on_tooth"),
            (plain(Finding, "supernumerary_extracted", &["16"], "M"), "charting.layer_not_allowed"),
        ] {
            assert_eq!(judge(&bad), Err(code), "{bad:?}");
        }
    }

    #[test]
    fn a_bridge_is_one_unit() {
        for (parts, code) in [
            ("", "charting.unit_required"),
            ("14a", "charting.unit_too_small"),
            ("14a 14p", "charting.tooth_repeated"),
            ("14a 45p 46a", "charting.unit_not_same_arch"),
            ("14a 16a", "charting.unit_not_contiguous"),
            ("11a 22p 23a", "charting.unit_not_contiguous"),
            ("14p 15p 16a", "charting.unit_abutment_missing_at_end"),
            ("14a 15p", "charting.unit_abutment_missing_at_end"),
            ("14c 15c", "charting.unit_abutment_missing"),
            ("14a 15c 16a", "charting.unit_cantilever_not_at_end"),
            ("13c 14p 15a", "charting.unit_cantilever_not_at_end"),
            ("14a 15a", "charting.unit_pontic_missing"),
            ("54a 55p 16a", "charting.not_on_primary_tooth"),
        ] {
            assert_eq!(judge(&bridge(1, day(1), Done, parts)), Err(code), "{parts}");
        }
        let named =
            |teeth: &[&str]| ChartEvent { unit: unit("14a 15p 16a"), ..plain(Done, "bridge", teeth, "") };
        assert_eq!(judge(&named(&["16", "15", "14"])), Ok(()));
        assert_eq!(judge(&named(&["15", "14"])), Err("charting.unit_teeth_differ"));
        assert_eq!(judge(&named(&["14", "15", "17"])), Err("charting.unit_teeth_differ"));
        assert_eq!(judge(&named(&["14", "15", "16", "17"])), Err("charting.unit_teeth_differ"));
        assert_eq!(judge(&plain(Done, "bridge", &["14", "15", "16"], "")), Err("charting.unit_required"));
    }

    #[test]
    fn a_missing_tooth_is_not_treated() {
        let gone = [event(1, day(1), Done, "extracted", &["16"], "")];
        let later = |layer, code, surfaces| event(2, day(2), layer, code, &["16"], surfaces);
        for bad in [
            later(Done, "filling", "O"),
            later(Plan, "filling", "O"),
            later(Finding, "caries", "O"),
            later(Finding, "sound", ""),
            later(Done, "root_canal", ""),
            later(Done, "extracted", ""),
            later(Plan, "to_extract", ""),
            bridge(2, day(2), Done, "15p 16a 17a"),
        ] {
            assert_eq!(judge_with(&gone, &bad), Err("charting.tooth_missing"), "{bad:?}");
        }
        for good in [
            later(Finding, "missing", ""),
            later(Done, "implant", ""),
            later(Plan, "implant", ""),
            later(Plan, "implant_crown", ""),
            later(Done, "denture", ""),
            bridge(2, day(2), Done, "15a 16p 17a"),
            bridge(2, day(2), Plan, "16a 17p 18a"),
        ] {
            assert_eq!(judge_with(&gone, &good), Ok(()), "{good:?}");
        }
        let before = event(2, day(0), Done, "filling", &["16"], "O");
        assert_eq!(judge_with(&gone, &before), Ok(()), "on that day the tooth was there");
    }

    #[test]
    fn a_crown_on_an_implant_needs_the_implant() {
        let crown = event(2, day(2), Done, "implant_crown", &["36"], "");
        assert_eq!(judge_with(&[], &crown), Err("charting.implant_missing"));
        assert_eq!(judge_with(&[event(1, day(1), Done, "implant", &["36"], "")], &crown), Ok(()));
        let filling = event(3, day(3), Done, "filling", &["36"], "O");
        assert_eq!(
            judge_with(&[event(1, day(1), Done, "implant", &["36"], ""), crown], &filling),
            Err("charting.tooth_missing")
        );
    }

    #[test]
    fn an_error_points_at_the_field() {
        assert_eq!(ChartError::OnInFuture.pointer(), "/on");
        assert_eq!(ChartError::UnitNotContiguous.pointer(), "/unit");
        assert_eq!(ChartError::SurfaceRequired.pointer(), "/surfaces");
    }

    proptest! {
        /// Any bridge that is accepted is a run of neighbours that something carries at both ends.
        #[test]
        fn accepted_bridges_hold(parts in proptest::collection::vec((11u8..=48, 0u8..3), 0..6)) {
            let parts: Vec<String> = parts
                .into_iter()
                .filter(|(fdi, _)| Tooth::new(*fdi).is_ok())
                .map(|(fdi, part)| format!("{fdi}{}", ["a", "p", "c"][usize::from(part)]))
                .collect();
            let event = bridge(1, day(1), Done, &parts.join(" "));
            if judge(&event).is_ok() {
                let mut along: Vec<_> = event.unit.iter().map(|m| (m.tooth.arch_order(), m.part)).collect();
                along.sort_by_key(|(order, _)| *order);
                prop_assert!(along.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1));
                prop_assert!(along[0].1 != Part::Pontic && along[along.len() - 1].1 != Part::Pontic);
                prop_assert!(along.iter().any(|(_, part)| *part == Part::Abutment));
            }
        }
    }
}
