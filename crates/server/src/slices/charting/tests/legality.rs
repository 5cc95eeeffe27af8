//! What the vocabulary allows, in the database: the table says what core says, and an entry written by SQL is taken or
//! refused as the rules take or refuse it.

use dentpro_core::charting::vocabulary::{Effect, Severity, Sites, Term};
use dentpro_core::charting::{
    ChartError, ChartEvent, Layer, Material, Part, UnitTooth, VOCABULARY, validate,
};
use dentpro_core::teeth::{Surface, Tooth};
use sqlx::types::Json;
use sqlx::{Connection, PgConnection, Row};
use uuid::Uuid;

use crate::testing::TestApp;

const DAY: jiff::civil::Date = jiff::civil::date(2026, 11, 1);

fn words<T: Copy>(values: &[T], word: impl Fn(T) -> String) -> Vec<String> {
    values.iter().map(|value| word(*value)).collect()
}

/// A term as its row in the database has it.
#[derive(Debug, PartialEq)]
struct TermRow {
    code: String,
    scope: String,
    layers: Vec<String>,
    surfaces: Vec<String>,
    surfaces_required: bool,
    materials: Vec<String>,
    severity: Option<(i16, i16)>,
    severity_required: bool,
    permanent_only: bool,
    furcated_only: bool,
    has_parts: bool,
}

impl From<&Term> for TermRow {
    fn from(term: &Term) -> Self {
        let (sites, surfaces_required) = sites(term);
        Self {
            code: term.code.to_owned(),
            scope: term.scope.as_str().to_owned(),
            layers: words(term.layers, |layer| layer.as_str().to_owned()),
            surfaces: words(sites, |surface| surface.to_string()),
            surfaces_required,
            materials: words(term.materials, |material| material.as_str().to_owned()),
            severity: term.severity.range().map(|range| (i16::from(*range.start()), i16::from(*range.end()))),
            severity_required: matches!(term.severity, Severity::Required(..)),
            permanent_only: term.permanent_only,
            furcated_only: term.furcated_only,
            has_parts: term.effect == Effect::Bridge,
        }
    }
}

fn sites(term: &Term) -> (&'static [Surface], bool) {
    match term.sites {
        Sites::None => (&[], false),
        Sites::Optional(sites) => (sites, false),
        Sites::Required(sites) => (sites, true),
    }
}

#[tokio::test]
async fn the_table_of_terms_is_the_vocabulary() {
    let app = TestApp::new().await;
    let mut owner = app.database.owner().await;
    let rows = sqlx::query(
        "select code, scope, layers, surfaces, surfaces_required, materials, severity_least, severity_most,
            severity_required, permanent_only, furcated_only, has_parts
        from chart_term order by code",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let stored: Vec<TermRow> = rows
        .iter()
        .map(|r| TermRow {
            code: r.get(0),
            scope: r.get(1),
            layers: r.get(2),
            surfaces: r.get(3),
            surfaces_required: r.get(4),
            materials: r.get(5),
            severity: r.get::<Option<i16>, _>(6).zip(r.get::<Option<i16>, _>(7)),
            severity_required: r.get(8),
            permanent_only: r.get(9),
            furcated_only: r.get(10),
            has_parts: r.get(11),
        })
        .collect();
    let mut known: Vec<TermRow> = VOCABULARY.iter().map(TermRow::from).collect();
    known.sort_by(|a, b| a.code.cmp(&b.code));
    assert_eq!(stored, known, "a term of core needs a migration");

    let mut app_role = app.state.db.connection().await.unwrap();
    let refused = sqlx::query("delete from chart_term").execute(&mut *app_role).await.unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().code().unwrap(), "42501");
    owner.close().await.unwrap();
}

fn event(code: &str) -> ChartEvent {
    ChartEvent {
        id: Uuid::now_v7(),
        seq: 0,
        on: DAY,
        layer: Layer::Finding,
        code: code.to_owned(),
        teeth: Vec::new(),
        surfaces: Vec::new(),
        severity: None,
        material: None,
        unit: Vec::new(),
        existing_elsewhere: false,
        note: None,
        corrects: None,
    }
}

fn teeth(codes: &[u8]) -> Vec<Tooth> {
    codes.iter().map(|fdi| Tooth::new(*fdi).unwrap()).collect()
}

/// Parts written as `14a 15p 16c`.
fn unit(parts: &str) -> Vec<UnitTooth> {
    let part = |letter: &str| match letter {
        "a" => Part::Abutment,
        "p" => Part::Pontic,
        _ => Part::Cantilever,
    };
    parts
        .split_whitespace()
        .map(|text| UnitTooth { tooth: text[..2].parse().unwrap(), part: part(&text[2..]) })
        .collect()
}

/// A legal entry of the term.
fn sample(term: &Term) -> ChartEvent {
    let (sites, required) = sites(term);
    let bridge = term.effect == Effect::Bridge;
    ChartEvent {
        layer: term.layers[0],
        teeth: match term.scope {
            dentpro_core::charting::vocabulary::Scope::Mouth => Vec::new(),
            _ if bridge => Vec::new(),
            _ => teeth(&[16]),
        },
        unit: if bridge { unit("14a 15p 16a") } else { Vec::new() },
        surfaces: if required { sites[..1].to_vec() } else { Vec::new() },
        severity: match term.severity {
            Severity::Required(least, _) => Some(least),
            _ => None,
        },
        note: term.note_required.then(|| "Sensitive".to_owned()),
        ..event(term.code)
    }
}

/// The legal entry, and everything one change makes of it.
fn variants(term: &Term) -> Vec<ChartEvent> {
    let base = sample(term);
    let with = |change: &dyn Fn(&mut ChartEvent)| {
        let mut event = ChartEvent { id: Uuid::now_v7(), ..base.clone() };
        change(&mut event);
        event
    };
    let mut all = vec![base.clone()];
    for layer in [Layer::Finding, Layer::Plan, Layer::Done] {
        for elsewhere in [false, true] {
            all.push(with(&|e| (e.layer, e.existing_elsewhere) = (layer, elsewhere)));
        }
    }
    for named in [
        &[][..],
        &[11],
        &[24],
        &[34],
        &[48],
        &[55],
        &[64],
        &[83],
        &[16, 17],
        &[16, 26],
        &[16, 46],
        &[16, 55],
        &[38, 75],
        &[16, 17, 16],
        &[11, 54],
    ] {
        all.push(with(&|e| e.teeth = teeth(named)));
    }
    for surface in Surface::ALL {
        all.push(with(&|e| e.surfaces = vec![surface]));
    }
    for surfaces in [
        vec![],
        vec![Surface::Mesial, Surface::Distal],
        vec![Surface::Buccal, Surface::Lingual, Surface::Buccal],
        Surface::ALL.to_vec(),
    ] {
        all.push(with(&|e| e.surfaces = surfaces.clone()));
    }
    for severity in [None, Some(0), Some(1), Some(2), Some(3), Some(4), Some(6), Some(7), Some(10), Some(255)]
    {
        all.push(with(&|e| e.severity = severity));
    }
    all.push(with(&|e| e.note = None));
    for material in Material::ALL {
        all.push(with(&|e| e.material = Some(*material)));
    }
    for parts in [
        "",
        "14a 15p 16a",
        "16a 15p 14a",
        "14c 15a 16a",
        "12c 13a",
        "13a 12c",
        "11a 21p 22a",
        "33a 32p 31p 41p 42p 43a",
        "14a",
        "14p 15a",
        "14a 15a",
        "14a 15p",
        "14c 15p 16a",
        "14a 15c 16a",
        "14c 15c",
        "14a 16p 17a",
        "14a 15p 46a",
        "54a 55p 16a",
        "14a 54p 15a",
        "14c 15a 16c",
        "14a 15p 16a 17c",
        "14c 15c 16a",
    ] {
        all.push(with(&|e| e.unit = unit(parts)));
    }
    all
}

struct Writer {
    owner: PgConnection,
    clinic: Uuid,
    patient: Uuid,
    staff: Uuid,
}

impl Writer {
    async fn new(app: &TestApp) -> Self {
        let patient = app.patient(app.clinic.id).await;
        let mut owner = app.database.owner().await;
        let staff = sqlx::query_scalar("select id from staff where clinic_id = $1 limit 1")
            .bind(app.clinic.id)
            .fetch_one(&mut owner)
            .await
            .unwrap();
        sqlx::query("select set_config('dentpro.actor', $1::text, false)")
            .bind(staff)
            .execute(&mut owner)
            .await
            .unwrap();
        Self { owner, clinic: app.clinic.id, patient, staff }
    }

    /// The constraint that refuses the entry, if one does.
    async fn write(&mut self, event: &ChartEvent) -> Option<String> {
        let mut teeth: Vec<String> = event.teeth.iter().map(Tooth::to_string).collect();
        for member in &event.unit {
            if !event.teeth.contains(&member.tooth) {
                teeth.push(member.tooth.to_string());
            }
        }
        let written = sqlx::query(
            "insert into chart_event (clinic_id, id, patient_id, on_date, layer, code, teeth, surfaces, severity, material,
                unit, existing_elsewhere, recorded_at, recorded_by, note)
            values ($1, $2, $3, '2026-11-01', $4, $5, $6, $7, $8, $9, $10, $11, now(), $12, $13)",
        )
        .bind(self.clinic)
        .bind(event.id)
        .bind(self.patient)
        .bind(event.layer.as_str())
        .bind(&event.code)
        .bind(teeth)
        .bind(words(&event.surfaces, |surface| surface.to_string()))
        .bind(event.severity.map(|severity| severity.to_string()))
        .bind(event.material.map(|material| material.as_str()))
        .bind((!event.unit.is_empty()).then(|| Json(event.unit.clone())))
        .bind(event.existing_elsewhere)
        .bind(self.staff)
        .bind(&event.note)
        .execute(&mut self.owner)
        .await;
        written.err().map(|e| e.as_database_error().unwrap().constraint().unwrap_or_default().to_owned())
    }
}

#[tokio::test]
async fn sql_is_refused_what_the_rules_refuse_and_nothing_else() {
    let app = TestApp::new().await;
    let mut writer = Writer::new(&app).await;
    let (mut taken, mut refused) = (0, 0);
    for term in VOCABULARY {
        for event in variants(term) {
            let by_rules = validate(&event, None, DAY);
            let by_database = writer.write(&event).await;
            match &by_rules {
                Ok(()) => assert_eq!(by_database, None, "{event:?}"),
                Err(e) => {
                    let named = if *e == ChartError::NoteRequired {
                        "chart_event_note_said"
                    } else {
                        "chart_event_legal"
                    };
                    assert_eq!(by_database.as_deref(), Some(named), "{e}: {event:?}");
                }
            }
            if by_rules.is_ok() { taken += 1 } else { refused += 1 }
        }
    }
    assert!(taken > 600 && refused > 2_000, "{taken} taken, {refused} refused");
    assert_eq!(
        writer.write(&ChartEvent { teeth: teeth(&[16]), ..event("cavity") }).await.as_deref(),
        Some("chart_event_legal")
    );
    writer.owner.close().await.unwrap();
}
