mod front_desk;

use std::collections::BTreeSet;

use dentpro_core::charting::{ChartEvent, Layer, Material, replay, validate, validate_against};
use dentpro_core::national_id;
use dentpro_core::phone::Phone;
use dentpro_core::teeth::{Surface, Tooth};
use sqlx::PgConnection;

use super::*;
use crate::kernel::audit_heads::HeadsFile;
use crate::kernel::audit_seal;
use crate::kernel::db::Db;
use crate::testing::TestDatabase;

/// A Monday, 14:30 in Cairo, while the clinic is at work.
const NOW: &str = "2026-11-23T12:30:00Z";

fn clock(at: &str) -> Clock {
    Clock::fixed(at.parse().unwrap())
}

async fn loaded(at: &str) -> (TestDatabase, DemoReport) {
    let database = TestDatabase::create().await;
    match load(&database.options(), &clock(at), Scale::Small).await.unwrap() {
        DemoOutcome::Loaded(report) => (database, report),
        DemoOutcome::AlreadyLoaded => panic!("the database was empty"),
    }
}

async fn count(connection: &mut PgConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(connection).await.unwrap()
}

#[tokio::test]
async fn the_small_clinic_is_what_was_promised() {
    let (database, report) = loaded(NOW).await;
    let mut owner = database.owner().await;
    assert_eq!(report.rows("patient"), 600);
    for (table, rows) in [("branch", 2), ("chair", 5), ("staff", 10), ("account", 10), ("role", 4)] {
        assert_eq!(report.rows(table), rows, "{table}");
    }
    for (what, least, sql) in [
        ("past visits", 2_500, "select count(*) from visit where status = 'signed' and hash is not null"),
        ("unsigned notes", 3, "select count(*) from visit where status = 'draft'"),
        (
            "days ahead",
            8,
            "select count(distinct local_date) from appointment where local_date > '2026-11-23'",
        ),
        (
            "children",
            60,
            "select count(*) from patient where guardian_id is not null and guarantor_id is not null",
        ),
        (
            "treatment plans whose work the chart shows",
            10,
            "select count(*) from treatment_plan t where exists (
                select from plan_item i join open_plan o on o.id = i.chart_event_id where i.plan_id = t.id)",
        ),
        ("periodontal exams", 8, "select count(*) from perio_exam"),
        (
            "patients whose exams can be compared",
            2,
            "select count(*) from (select 1 from perio_exam where kind = 'full' group by patient_id having count(*) > 1) c",
        ),
        ("alerts", 40, "select count(*) from patient_condition"),
        ("allergies", 30, "select count(*) from patient_allergy"),
        ("medicines", 40, "select count(*) from patient_medication"),
        ("asked, none known", 200, "select count(*) from patient where no_allergies"),
        ("never asked", 30, "select count(*) from patient where smoking = 'unknown'"),
        (
            "pregnant",
            2,
            "select count(*) from patient where pregnancy = 'yes' and pregnancy_due > '2026-11-23'",
        ),
        ("unpaid", 30, "select count(*) from invoice where status in ('issued', 'part_paid')"),
        ("no-shows", 100, "select count(*) from appointment where status = 'no_show'"),
        ("cancelled", 50, "select count(*) from appointment where status = 'cancelled'"),
    ] {
        let found = count(&mut owner, sql).await;
        assert!(found >= least, "{what}: {found}");
    }
    for status in ["completed", "in_chair", "arrived", "confirmed", "scheduled"] {
        let found: i64 = sqlx::query_scalar(
            "select count(*) from appointment where local_date = '2026-11-23' and status = $1",
        )
        .bind(status)
        .fetch_one(&mut owner)
        .await
        .unwrap();
        assert!(found > 0, "nobody is {status} today");
    }
}

#[tokio::test]
async fn what_happened_happened_before_now_and_what_lies_ahead_has_not_begun() {
    let (database, _) = loaded(NOW).await;
    let mut owner = database.owner().await;
    for sql in [
        "select count(*) from appointment where greatest(arrived_at, in_chair_at, completed_at, created_at) > '2026-11-23T12:30:00Z'",
        "select count(*) from appointment where starts_at > '2026-11-23T14:00:00Z' and status not in ('scheduled', 'confirmed', 'cancelled')",
        "select count(*) from appointment where ends_at < '2026-11-23T11:00:00Z' and status in ('scheduled', 'confirmed', 'arrived')",
        "select count(*) from appointment where arrived_at > in_chair_at or in_chair_at > completed_at or created_at > starts_at",
        "select count(*) from appointment a join patient p on p.id = a.patient_id where p.created_at > a.created_at",
        "select count(*) from appointment_event where at > '2026-11-23T12:30:00Z'",
        "select count(*) from visit where greatest(opened_at, signed_at) > '2026-11-23T12:30:00Z'",
        "select count(*) from visit_procedure where recorded_at > '2026-11-23T12:30:00Z'",
        "select count(*) from chart_event where recorded_at > '2026-11-23T12:30:00Z'",
        "select count(*) from invoice where greatest(created_at, issued_at) > '2026-11-23T12:30:00Z'",
        "select count(*) from payment where received_at > '2026-11-23T12:30:00Z'",
        "select count(*) - count(distinct doctor_id) from appointment where status = 'in_chair'",
    ] {
        assert_eq!(count(&mut owner, sql).await, 0, "{sql}");
    }
}

#[tokio::test]
async fn nobody_is_in_two_places_and_everybody_works_in_his_hours() {
    let (database, _) = loaded(NOW).await;
    let mut owner = database.owner().await;
    for sql in [
        "select count(*) from appointment a join appointment b on a.id < b.id
            and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
            and (a.patient_id = b.patient_id
                or (coalesce(a.overbook_reason, b.overbook_reason) is null
                    and (a.chair_id = b.chair_id or a.doctor_id = b.doctor_id and not a.walk_in and not b.walk_in)))",
        "select count(*) - 1 from appointment where overbook_reason is not null",
        "select count(*) from appointment a where not exists (
            select from working_hours h where h.staff_id = a.doctor_id and h.weekday = extract(dow from a.local_date)
                and a.local_start >= h.starts
                and a.local_start + (a.ends_at - a.starts_at) <= h.ends)",
        "select count(*) from appointment
            where starts_at at time zone 'Africa/Cairo' <> local_date + local_start",
    ] {
        assert_eq!(count(&mut owner, sql).await, 0, "{sql}");
    }
}

#[tokio::test]
async fn the_money_adds_up_and_the_numbers_have_no_gaps() {
    let (database, report) = loaded(NOW).await;
    let mut owner = database.owner().await;
    assert!(report.rows("invoice") > 2_000 && report.rows("payment") > 2_000, "{report}");
    for sql in [
        "select count(*) from (select invoice_id, sum(total) as total from invoice_line group by 1) l
            join invoice i on i.id = l.invoice_id where i.total <> l.total",
        "select (select sum(amount) from ledger_entry)::bigint
            - (select sum(total) from invoice where status <> 'draft')::bigint + (select sum(amount) from payment)::bigint",
        "select count(*) from (
            select row_number() over (partition by branch_id, extract(year from issued_on) order by issued_at, number) as nth, number
            from invoice where number is not null) i
            where right(number, 6)::int <> nth",
        "select count(*) from (
            select row_number() over (partition by branch_id, extract(year from received_on) order by received_at, number) as nth, number
            from payment) p
            where right(number, 6)::int <> nth",
        "select count(*) from invoice_line l join visit_procedure p on p.id = l.visit_procedure_id
            where l.unit_price <> p.unit_price or l.procedure_id <> p.procedure_id",
        "select count(*) from pg_class where relname in ('invoice', 'visit', 'patient') and not relforcerowsecurity",
        "select count(*) from pg_trigger where tgenabled <> 'O'",
    ] {
        assert_eq!(count(&mut owner, sql).await, 0, "{sql}");
    }
}

#[tokio::test]
async fn loading_it_is_one_entry_of_an_audit_log_whose_chain_holds() {
    let (database, report) = loaded(NOW).await;
    let mut owner = database.owner().await;
    assert_eq!(count(&mut owner, "select count(*) from audit_entry").await, 1);
    let (action, patients): (String, i64) =
        sqlx::query_as("select action, (after #>> '{rows,patient}')::bigint from audit_entry")
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!((action.as_str(), patients), ("import", 600));
    let db = Db::connect(database.options()).await.unwrap();
    assert_eq!(audit_seal::seal_all(&db).await.unwrap(), 1);
    let none_kept = HeadsFile::in_directory(std::path::Path::new("/nonexistent"));
    assert_eq!(audit_seal::verify(&db, &none_kept, report.clinic).await.unwrap(), None);
}

/// Everything that keeps wrong rows out, as PostgreSQL describes it.
async fn locks(connection: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws(' ', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)) from pg_constraint
            where connamespace = 'public'::regnamespace
        union all select indexdef from pg_indexes where schemaname = 'public'
        union all select concat_ws(' ', oid::regclass, relrowsecurity, relforcerowsecurity) from pg_class
            where relkind = 'r' and relnamespace = 'public'::regnamespace
        order by 1",
    )
    .fetch_all(connection)
    .await
    .unwrap()
}

#[tokio::test]
async fn loading_it_leaves_every_lock_of_the_database_as_it_was() {
    let database = TestDatabase::create().await;
    let mut owner = database.owner().await;
    let before = locks(&mut owner).await;
    assert!(before.iter().any(|lock| lock.contains("FOREIGN KEY")));
    load(&database.options(), &clock(NOW), Scale::Small).await.unwrap();
    assert_eq!(locks(&mut owner).await, before);
}

#[tokio::test]
async fn a_database_with_a_clinic_is_left_alone() {
    let (database, _) = loaded(NOW).await;
    let again = load(&database.options(), &clock("2026-11-25T09:00:00Z"), Scale::Small).await.unwrap();
    assert!(matches!(again, DemoOutcome::AlreadyLoaded));
    let mut owner = database.owner().await;
    assert_eq!(count(&mut owner, "select count(*) from patient").await, 600);
    assert_eq!(count(&mut owner, "select count(*) from audit_entry").await, 1);
}

#[tokio::test]
async fn phones_and_national_ids_are_valid_and_belong_to_the_person() {
    let (database, _) = loaded(NOW).await;
    let mut owner = database.owner().await;
    let people: Vec<(Option<String>, Option<String>, Option<jiff_sqlx::Date>, String, bool)> = sqlx::query_as(
        "select phones -> 0 ->> 'number', national_id, birth_date, sex, guardian_id is not null from patient",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let mut phones = BTreeSet::new();
    for (phone, id, birth, sex, child) in people {
        match phone {
            Some(phone) => {
                assert_eq!(Phone::from_e164(&phone).unwrap().country().as_deref(), Some("EG"), "{phone}");
                assert!(phones.insert(phone));
            }
            None => assert!(child),
        }
        if let Some(id) = id {
            let checked = national_id::check("EG", &id).unwrap();
            assert_eq!(checked.birth_date, birth.map(|b| b.to_jiff()), "{id}");
            assert_eq!(checked.sex.unwrap() == national_id::RegisteredSex::Male, sex == "male", "{id}");
        }
    }
}

#[derive(sqlx::FromRow)]
struct EventRow {
    patient_id: Uuid,
    id: Uuid,
    seq: i64,
    on_date: jiff_sqlx::Date,
    layer: String,
    code: String,
    teeth: Vec<String>,
    surfaces: Vec<String>,
    material: Option<String>,
    existing_elsewhere: bool,
    birth_date: Option<jiff_sqlx::Date>,
}

#[tokio::test]
async fn every_chart_is_one_that_the_rules_would_let_through() {
    let (database, _) = loaded(NOW).await;
    let mut owner = database.owner().await;
    let rows: Vec<EventRow> = sqlx::query_as(
        "select e.patient_id, e.id, e.seq, e.on_date, e.layer, e.code, e.teeth, e.surfaces, e.material,
            e.existing_elsewhere, p.birth_date
        from chart_event e join patient p on p.id = e.patient_id order by e.patient_id, e.on_date, e.seq",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    assert!(rows.len() > 2_000);
    let mut patient = Uuid::nil();
    let mut earlier: Vec<ChartEvent> = Vec::new();
    for row in rows {
        if row.patient_id != patient {
            (patient, earlier) = (row.patient_id, Vec::new());
        }
        let event = ChartEvent {
            id: row.id,
            seq: row.seq,
            on: row.on_date.to_jiff(),
            layer: row.layer.parse::<Layer>().unwrap(),
            code: row.code,
            teeth: row.teeth.iter().map(|t| t.parse::<Tooth>().unwrap()).collect(),
            surfaces: row
                .surfaces
                .iter()
                .map(|s| Surface::try_from(s.chars().next().unwrap()).unwrap())
                .collect(),
            severity: None,
            material: row.material.map(|m| m.parse::<Material>().unwrap()),
            unit: Vec::new(),
            existing_elsewhere: row.existing_elsewhere,
            note: None,
            corrects: None,
        };
        let today = "2026-11-23".parse().unwrap();
        let birth = row.birth_date.map(|d| d.to_jiff());
        let before = replay(&earlier, Some(event.on), birth, today);
        for outcome in [validate(&event, birth, today), validate_against(&event, &before)] {
            outcome.unwrap_or_else(|e| panic!("{e}: {event:?} after {earlier:?}"));
        }
        earlier.push(event);
    }
}

#[test]
fn the_people_are_the_same_on_every_day() {
    let lists = Catalogue::read().unwrap();
    let names = |at: &str| {
        let plan = Plan::new(&clock(at), Scale::Small).unwrap();
        let people = people::patients(&plan, &lists);
        people
            .into_iter()
            .map(|p| (p.name_ar, p.name_en, p.phone, p.birth, p.national_id))
            .collect::<Vec<_>>()
    };
    let monday = names(NOW);
    assert_eq!(monday, names(NOW));
    assert_eq!(monday, names("2026-11-27T20:00:00Z"));
    assert!(monday.iter().all(|(ar, en, ..)| !ar.is_empty() && !en.is_empty()));
}

#[tokio::test]
async fn the_book_of_a_night_and_of_a_friday_is_sound_too() {
    for at in ["2026-11-22T23:10:00Z", "2026-04-24T15:00:00Z", "2027-01-01T12:00:00Z"] {
        let (database, _) = loaded(at).await;
        let mut owner = database.owner().await;
        assert!(count(&mut owner, "select count(*) from appointment").await > 3_500, "{at}");
    }
}

/// Run by hand with `--ignored` for the time it takes.
#[tokio::test]
#[ignore = "takes minutes"]
async fn the_large_clinic_loads() {
    let database = TestDatabase::create().await;
    let began = std::time::Instant::now();
    let DemoOutcome::Loaded(report) = load(&database.options(), &clock(NOW), Scale::Large).await.unwrap()
    else {
        panic!("the database was empty")
    };
    println!("{report} in {:?}", began.elapsed());
    assert_eq!(report.rows("patient"), 50_000);
    assert!(report.rows("appointment") >= 199_000, "{report}");
}
