//! Hours of certain dates: public holidays of Egypt, a doctor's leave, and Ramadan with the feast after it.

use dentpro_print::{Digits, write_date};
use jiff::ToSpan;
use jiff::civil::{Date, Time, date};
use uuid::Uuid;

use super::Plan;
use super::clinic::Clinic;
use super::copy::{Rows, Table};
use super::seed::Chance;

/// Public holidays that keep their date.
const HOLIDAYS: [(i8, i8, &str, &str); 7] = [
    (1, 7, "عيد الميلاد المجيد", "Coptic Christmas"),
    (1, 25, "عيد ثورة ٢٥ يناير وعيد الشرطة", "25 January Revolution and Police Day"),
    (4, 25, "عيد تحرير سيناء", "Sinai Liberation Day"),
    (5, 1, "عيد العمال", "Labour Day"),
    (6, 30, "ذكرى ثورة ٣٠ يونيو", "30 June Revolution Day"),
    (7, 23, "ذكرى ثورة ٢٣ يوليو", "23 July Revolution Day"),
    (10, 6, "عيد القوات المسلحة", "Armed Forces Day"),
];
/// The last day somebody is booked.
const BOOKED_UNTIL: i64 = 14;
/// Days of the leave; after those that are booked, and over before the book is empty for good.
const LEAVE: (i64, i64) = (BOOKED_UNTIL + 2, BOOKED_UNTIL + 8);
/// Noon to half past four, and after the breaking of the fast until midnight.
const RAMADAN: [(Time, Time); 2] =
    [(Time::constant(12, 0, 0, 0), Time::constant(16, 30, 0, 0)), (Time::constant(20, 0, 0, 0), Time::MIN)];

/// Days in place of the week.
struct Dated {
    branch: Option<Uuid>,
    staff: Option<Uuid>,
    kind: &'static str,
    names: (&'static str, &'static str),
    days: (Date, Date),
}

pub fn write(plan: &Plan, clinic: &Clinic, rows: &mut Rows) {
    let mut chance = Chance::of(11);
    let history_begins = plan.day(-plan.history_days);
    let last = holiday(|day| day < history_begins, plan.today.year(), true);
    let next = holiday(|day| day > plan.day(BOOKED_UNTIL), plan.today.year(), false);
    let fast = ramadan(plan.day(BOOKED_UNTIL + 1));
    let feast = fast.map(|(_, until)| (until.saturating_add(1.day()), until.saturating_add(3.days())));
    for branch in &clinic.branches {
        let mut of_branch = |kind, names, days, rows: &mut Rows| {
            let dated = Dated { branch: Some(branch.id), staff: None, kind, names, days };
            add(plan, clinic, &dated, &mut chance, rows)
        };
        for (day, names) in [last, next].into_iter().flatten() {
            of_branch("holiday", names, (day, day), rows);
        }
        if let Some(days) = fast {
            let id = of_branch("hours", ("مواعيد رمضان", "Ramadan hours"), days, rows);
            for (weekday, (from, until)) in
                (0_i32..7).filter(|day| *day != 5).flat_map(|day| RAMADAN.map(|span| (day, span)))
            {
                let stretch = chance.id(plan.founded);
                rows.push(Table::DatedStretch, &[&clinic.id, &stretch, &id, &weekday, &from, &until]);
            }
        }
    }
    if let Some(days) = feast {
        for branch in &clinic.branches {
            let names = ("عيد الفطر المبارك", "Eid al-Fitr");
            let dated = Dated { branch: Some(branch.id), staff: None, kind: "holiday", names, days };
            add(plan, clinic, &dated, &mut chance, rows);
        }
    }
    if let Some(doctor) = clinic.doctors.last() {
        let names = ("إجازة سنوية", "Annual leave");
        let days = (plan.day(LEAVE.0), plan.day(LEAVE.1));
        let dated = Dated { branch: None, staff: Some(doctor.id), kind: "leave", names, days };
        add(plan, clinic, &dated, &mut chance, rows);
    }
}

fn add(plan: &Plan, clinic: &Clinic, dated: &Dated, chance: &mut Chance, rows: &mut Rows) -> Uuid {
    let at = if dated.days.0 < plan.today { plan.founded } else { plan.at(-30, 660) };
    let id = chance.id(at);
    rows.push(
        Table::DatedHours,
        &[
            &clinic.id,
            &id,
            &dated.branch,
            &dated.staff,
            &dated.kind,
            &dated.names.0,
            &dated.names.1,
            &dated.days.0,
            &dated.days.1,
            &at,
            &clinic.admin,
        ],
    );
    id
}

/// The first public holiday that fits, or the last one.
fn holiday(
    fits: impl Fn(Date) -> bool,
    year: i16,
    last: bool,
) -> Option<(Date, (&'static str, &'static str))> {
    let mut all = (year - 6..=year + 1)
        .flat_map(|year| HOLIDAYS.map(|(month, day, ar, en)| (date(year, month, day), (ar, en))))
        .filter(|(day, _)| fits(*day));
    if last { all.next_back() } else { all.next() }
}

/// The first Ramadan that begins on this day or later, by the Umm al-Qura calendar: its first and its last day.
fn ramadan(from: Date) -> Option<(Date, Date)> {
    let fasting = |day: &Date| write_date(*day, Digits::Latin).hijri.en.contains("Ramadan");
    let days = |from: Date| (0_i64..400).map(move |n| from.saturating_add(n.days()));
    // One that has begun by then is let pass.
    let before = days(from).find(|day| !fasting(day) && !fasting(&day.saturating_sub(1.day())))?;
    let first = days(before).find(fasting)?;
    let after = days(first).find(|day| !fasting(day))?;
    Some((first, after.saturating_sub(1.day())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_ramadan_is_the_one_that_has_not_begun() {
        let found = |from: &str| ramadan(from.parse().unwrap()).unwrap();
        let (first, last) = found("2026-12-10");
        assert_eq!(first, date(2027, 2, 8));
        assert!((28..=29).contains(&(last - first).get_days()), "{last}");
        assert_eq!(found("2027-02-08").0, date(2028, 1, 28));
        assert_eq!(found("2027-02-20").0, date(2028, 1, 28));
    }

    #[test]
    fn holidays_are_the_last_before_and_the_next_after() {
        let today = date(2026, 11, 25);
        let last = holiday(|day| day < date(2026, 5, 27), today.year(), true).unwrap();
        assert_eq!(last.0, date(2026, 5, 1));
        assert_eq!(holiday(|day| day > date(2026, 12, 31), today.year(), false).unwrap().0, date(2027, 1, 7));
    }
}
