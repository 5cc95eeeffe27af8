//! The demo: a believable clinic in Cairo, the same one each time, laid around today's date. Its rows are
//! copied straight into the ordinary tables in one transaction; loading them is one entry of the audit log.

mod blocks;
mod book;
mod catalogue;
mod check;
mod clinic;
mod clinical;
mod contacts;
mod copy;
mod desk;
mod diary;
mod entry;
mod history;
mod hours;
mod messages;
mod money;
mod mouth;
mod people;
mod perio;
mod plans;
mod recalls;
mod seed;
mod tables;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::kernel::actor::SYSTEM_ACCOUNT;
use crate::kernel::clock::Clock;
use book::Book;
use catalogue::Catalogue;
use clinic::Clinic;
use copy::{Rows, Table};

/// The password of every account of the demo.
pub const PASSWORD: &str = "dentpro-demo-2026";
const TIME_ZONE: &str = "Africa/Cairo";
/// Bytes of rows that are copied at once.
const BATCH: usize = 8 << 20;

/// A log-in that the demo tells everybody.
#[derive(Clone, Copy, Debug)]
pub struct DemoAccount {
    /// Code of a built-in role.
    pub role: &'static str,
    pub email: &'static str,
}

/// One account for each role.
pub const ACCOUNTS: [DemoAccount; 4] = [
    DemoAccount { role: "admin", email: "admin@dentpro.demo" },
    DemoAccount { role: "doctor", email: "doctor@dentpro.demo" },
    DemoAccount { role: "assistant", email: "assistant@dentpro.demo" },
    DemoAccount { role: "receptionist", email: "reception@dentpro.demo" },
];

/// How much data there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Scale {
    /// 600 patients and half a year.
    Small,
    /// 50,000 patients and 200,000 appointments of five years.
    Large,
}

/// What loading the demo came to.
#[derive(Debug)]
pub enum DemoOutcome {
    Loaded(DemoReport),
    /// There is a clinic already: nothing was touched.
    AlreadyLoaded,
}

/// How many rows of each table were written.
#[derive(Debug)]
pub struct DemoReport {
    pub clinic: Uuid,
    counts: Vec<(Table, u64)>,
}

impl DemoReport {
    /// Rows of a table by its name.
    pub fn rows(&self, table: &str) -> u64 {
        self.counts.iter().filter(|(known, _)| known.name() == table).map(|(_, count)| count).sum()
    }
}

impl fmt::Display for DemoReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} patients, {} appointments, {} visits, {} invoices and {} payments",
            self.rows("patient"),
            self.rows("appointment"),
            self.rows("visit"),
            self.rows("invoice"),
            self.rows("payment")
        )
    }
}

/// Why the demo could not be loaded. Nothing of it stays then.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the database refused the demo's data: {0}")]
    Database(#[from] sqlx::Error),
    #[error("a list of the demo cannot be read: {0}")]
    List(#[from] csv::Error),
    #[error("the password cannot be hashed: {0}")]
    Password(#[from] argon2::password_hash::Error),
    #[error("the time zone of the demo is not known: {0}")]
    Zone(#[from] jiff::Error),
    #[error("an amount of the demo does not add up")]
    Amounts,
    #[error("{problem}: {found}")]
    Inconsistent { problem: &'static str, found: i64 },
    #[error("the demo's data could not be made to the end")]
    Interrupted,
}

/// The frame everything is laid in. Days are counted from today.
#[derive(Debug)]
struct Plan {
    today: Date,
    now: Timestamp,
    zone: TimeZone,
    founded: Timestamp,
    history_days: i64,
    patients: usize,
    appointments: usize,
    doctors: usize,
    chairs: usize,
    /// How many of the patients were known before the history begins.
    known_before: f64,
}

impl Plan {
    fn new(clock: &Clock, scale: Scale) -> Result<Self, jiff::Error> {
        let zone = TimeZone::get(TIME_ZONE)?;
        let now = Timestamp::from_second(clock.now().as_second())?;
        let today = now.to_zoned(zone.clone()).date();
        let small = Self {
            today,
            now,
            zone,
            founded: now,
            history_days: 182,
            patients: 600,
            appointments: 4_000,
            doctors: 4,
            chairs: 5,
            known_before: 0.6,
        };
        let plan = match scale {
            Scale::Small => small,
            Scale::Large => Self {
                history_days: 5 * 365,
                patients: 50_000,
                appointments: 200_000,
                doctors: 14,
                chairs: 15,
                known_before: 0.2,
                ..small
            },
        };
        let founded = plan.at(-plan.history_days - 1_000, 600);
        Ok(Self { founded, ..plan })
    }

    fn day(&self, day: i64) -> Date {
        self.today.saturating_add(day.days())
    }

    /// History, today and the two weeks ahead.
    fn days(&self) -> std::ops::RangeInclusive<i64> {
        -self.history_days..=14
    }

    /// A minute of a day by the clinic's clock.
    fn at(&self, day: i64, minute: i64) -> Timestamp {
        self.opening(day) + minute.minutes()
    }

    /// Midnight by the clock that holds while the clinic is open; summer time begins and ends before that.
    fn opening(&self, day: i64) -> Timestamp {
        let noon = self.day(day).at(12, 0, 0, 0);
        self.zone.to_ambiguous_timestamp(noon).compatible().unwrap_or(self.now) - 12.hours()
    }

    /// Minutes of today's clock, as [`Self::at`] counts them.
    fn minute_of_today(&self, at: Timestamp) -> i64 {
        (at.as_second() - self.opening(0).as_second()) / 60
    }

    fn is_friday(&self, day: i64) -> bool {
        self.day(day).weekday() == jiff::civil::Weekday::Friday
    }
}

/// Loads the demo clinic into a migrated database that has none.
///
/// # Errors
/// Nothing stays of a demo that could not be loaded whole.
pub async fn load(owner: &PgConnectOptions, clock: &Clock, scale: Scale) -> Result<DemoOutcome, DemoError> {
    let plan = Plan::new(clock, scale)?;
    // What takes a second here is no news.
    let owner = owner.clone().options([("timezone", "UTC")]).disable_statement_logging();
    let mut connection = owner.connect().await?;
    let mut tx = connection.begin().await?;
    // Two loaders at once: the second waits, and then finds the clinic.
    sqlx::query!("select pg_advisory_xact_lock(hashtext('dentpro.demo'))").execute(&mut *tx).await?;
    if sqlx::query_scalar!(r#"select exists (select from clinics_all()) as "known!""#)
        .fetch_one(&mut *tx)
        .await?
    {
        return Ok(DemoOutcome::AlreadyLoaded);
    }
    let today = plan.today;
    let references = tables::open(&mut tx).await?;
    let (batches, mut copied) = mpsc::channel(2);
    let maker = tokio::task::spawn_blocking(move || make(&plan, &batches));
    let mut report = DemoReport { clinic: Uuid::nil(), counts: Rows::new().counts().collect() };
    while let Some(rows) = copied.recv().await {
        let rows: Rows = rows;
        rows.copy_into(&mut tx).await?;
        for (sum, (_, count)) in report.counts.iter_mut().zip(rows.counts()) {
            sum.1 += count;
        }
    }
    report.clinic = maker.await.map_err(|_| DemoError::Interrupted)??;
    check::consistent(&mut tx).await?;
    tables::close(&mut tx, &references).await?;
    write_entry(&mut tx, &report, scale, today).await?;
    tx.commit().await?;
    connection.execute("analyze").await?;
    connection.close().await?;
    Ok(DemoOutcome::Loaded(report))
}

/// Makes all rows, batch after batch; the id of the clinic.
fn make(plan: &Plan, batches: &mpsc::Sender<Rows>) -> Result<Uuid, DemoError> {
    let lists = Catalogue::read()?;
    let mut rows = Rows::new();
    let clinic = Clinic::create(plan, &lists, &mut rows)?;
    let people = people::patients(plan, &lists);
    let mut interrupted = false;
    let mut send = |rows: &mut Rows, at_least: usize| {
        if rows.size() >= at_least {
            interrupted |= batches.blocking_send(std::mem::replace(rows, Rows::new())).is_err();
        }
    };
    hours::write(plan, &clinic, &mut rows);
    let reach = history::write(plan, &lists, &clinic, &people, &mut rows);
    send(&mut rows, 0);
    let mut book = Book::new(plan, &lists, &clinic, &people, &reach, &mut rows);
    for day in plan.days() {
        book.day(day, &mut rows)?;
        send(&mut rows, BATCH);
    }
    book.finish(&mut rows);
    send(&mut rows, 0);
    if interrupted { Err(DemoError::Interrupted) } else { Ok(clinic.id) }
}

/// The one entry of the audit log.
async fn write_entry(
    connection: &mut PgConnection,
    report: &DemoReport,
    scale: Scale,
    today: Date,
) -> sqlx::Result<()> {
    let counts: serde_json::Map<String, serde_json::Value> =
        report.counts.iter().map(|(table, count)| (table.name().to_owned(), (*count).into())).collect();
    let what = serde_json::json!({
        "scale": if scale == Scale::Small { "small" } else { "large" },
        "today": today.to_string(),
        "rows": counts,
    });
    sqlx::query!(
        "select set_config('dentpro.clinic', $1, true) as clinic, set_config('dentpro.actor', $2, true) as actor",
        report.clinic.to_string(),
        SYSTEM_ACCOUNT.to_string()
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!("select audit_write('import', 'demo', $1, null, $2, null)", report.clinic, what)
        .fetch_one(&mut *connection)
        .await?;
    Ok(())
}
