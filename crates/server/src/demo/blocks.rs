//! Time that is not for patients, or for some only, where nobody is booked: lunch, the weekly meeting, a slot kept for
//! emergencies, a chair under maintenance.

use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::clinic::Span;
use super::copy::{Rows, Table};
use super::desk::Desk;
use super::entry::Entry;
use super::seed::Chance;

/// Days of the blocks: some that are over, and three weeks ahead.
const DAYS: std::ops::RangeInclusive<i64> = -14..=21;
/// Before the clinic opens: for a meeting that finds no other time.
const BEFORE_OPENING: i64 = 570;

/// Whose time.
#[derive(Clone, Copy)]
enum Whose {
    Chair(usize),
    Doctor(usize),
    Branch(usize),
}

struct Block {
    whose: Whose,
    kind: &'static str,
    title: (&'static str, &'static str),
    day: i64,
    span: Span,
    series: Option<Uuid>,
}

struct Writer<'a> {
    desk: &'a Desk<'a>,
    entries: &'a [Entry<'a>],
    chance: Chance,
    emergency: Option<usize>,
}

pub fn write(desk: &Desk, entries: &[Entry], rows: &mut Rows) {
    let emergency = desk.lists.types.iter().position(|t| t.name_en == "Pain and emergency");
    let mut writer = Writer { desk, entries, chance: Chance::of(18), emergency };
    writer.lunches(rows);
    writer.meetings(rows);
    writer.emergencies(rows);
    writer.maintenance(rows);
}

impl Writer<'_> {
    /// Between the two stretches of a doctor's day.
    fn lunches(&mut self, rows: &mut Rows) {
        for doctor in 0..self.desk.clinic.doctors.len() {
            let series = Some(self.chance.id(self.desk.plan.founded));
            for day in DAYS {
                if let [(_, from), _] = self.spans(doctor, day) {
                    let (span, title) = ((*from, from + 45), ("استراحة الغداء", "Lunch"));
                    let whose = Whose::Doctor(doctor);
                    self.add(&Block { whose, kind: "lunch", title, day, span, series }, rows);
                }
            }
        }
    }

    /// On one day of the week, at a time at which nobody of the branch is with a patient.
    fn meetings(&mut self, rows: &mut Rows) {
        let plan = self.desk.plan;
        let days =
            |weekday: i8| DAYS.filter(move |day| plan.day(*day).weekday().to_sunday_zero_offset() == weekday);
        let times = || (600..=1290).step_by(15).chain([BEFORE_OPENING]);
        let found = times()
            .flat_map(|at| [2_i8, 1, 3, 0, 4, 6].map(|weekday| (weekday, at)))
            .find(|(weekday, at)| days(*weekday).all(|day| self.free(Whose::Branch(0), day, (*at, at + 30))));
        let Some((weekday, at)) = found else { return };
        let days: Vec<i64> = days(weekday).collect();
        let series = Some(self.chance.id(self.desk.plan.founded));
        for day in days {
            let title = ("اجتماع الفريق الأسبوعي", "Weekly staff meeting");
            let span = (at, at + 30);
            self.add(&Block { whose: Whose::Branch(0), kind: "meeting", title, day, span, series }, rows);
        }
    }

    /// Half an hour a day of the first doctor of each branch, as long as there is one that nobody has.
    fn emergencies(&mut self, rows: &mut Rows) {
        for branch in 0..self.desk.clinic.branches.len() {
            let Some(doctor) = self.desk.clinic.doctors.iter().position(|d| d.branch == branch) else {
                continue;
            };
            for day in 1..=*DAYS.end() {
                let spans = self.spans(doctor, day);
                let mut starts = spans.iter().flat_map(|(from, until)| (*from..=until - 30).step_by(15));
                if let Some(at) = starts.find(|at| self.free(Whose::Doctor(doctor), day, (*at, at + 30))) {
                    let (span, title) = ((at, at + 30), ("محجوز لحالة طارئة", "Kept for an emergency"));
                    let whose = Whose::Doctor(doctor);
                    self.add(&Block { whose, kind: "emergency", title, day, span, series: None }, rows);
                }
            }
        }
    }

    fn maintenance(&mut self, rows: &mut Rows) {
        let chairs = &self.desk.clinic.chairs;
        let chair = Whose::Chair(chairs.iter().position(|chair| chair.shared).unwrap_or(chairs.len() - 1));
        let days = (2..=10).filter(|day| !self.desk.plan.is_friday(*day));
        let mut places = days.flat_map(|day| (600..=960).step_by(30).map(move |at| (day, (at, at + 120))));
        if let Some((day, span)) = places.find(|(day, span)| self.free(chair, *day, *span)) {
            let title = ("صيانة وحدة الكرسي", "Service of the chair's unit");
            self.add(&Block { whose: chair, kind: "maintenance", title, day, span, series: None }, rows);
        }
    }

    fn spans(&self, doctor: usize, day: i64) -> &[Span] {
        let weekday = self.desk.plan.day(day).weekday().to_sunday_zero_offset();
        &self.desk.clinic.doctors[doctor].week[usize::try_from(weekday).unwrap_or(0)]
    }

    fn instants(&self, day: i64, span: Span) -> (Timestamp, Timestamp) {
        let midnight = self.desk.plan.opening(day);
        (midnight + span.0.minutes(), midnight + span.1.minutes())
    }

    /// Whether nobody is booked there then.
    fn free(&self, whose: Whose, day: i64, span: Span) -> bool {
        let (from, until) = self.instants(day, span);
        let clinic = self.desk.clinic;
        self.entries.iter().all(|entry| {
            let there = match whose {
                Whose::Chair(chair) => entry.chair == Some(chair),
                Whose::Doctor(doctor) => entry.doctor == doctor,
                Whose::Branch(branch) => clinic.doctors[entry.doctor].branch == branch,
            };
            !there || !entry.stands() || entry.walk_in || entry.ends() <= from || until <= entry.starts
        })
    }

    fn add(&mut self, block: &Block, rows: &mut Rows) {
        if !self.free(block.whose, block.day, block.span) {
            return;
        }
        let clinic = self.desk.clinic;
        let (branch, chair, doctor) = match block.whose {
            Whose::Chair(chair) => (clinic.chairs[chair].branch, Some(clinic.chairs[chair].id), None),
            Whose::Doctor(doctor) => (clinic.doctors[doctor].branch, None, Some(clinic.doctors[doctor].id)),
            Whose::Branch(branch) => (branch, None, None),
        };
        let (from, until) = self.instants(block.day, block.span);
        let made = self.desk.plan.at(-20, 640);
        let id = self.chance.id(made);
        let kept_for = self.emergency.filter(|_| block.kind == "emergency");
        rows.push(
            Table::Block,
            &[
                &clinic.id,
                &id,
                &clinic.branches[branch].id,
                &chair,
                &doctor,
                &block.kind,
                &kept_for.map(|kind| clinic.types[kind]),
                &self.desk.told(branch, block.title),
                &from,
                &until,
                &self.desk.plan.day(block.day),
                &block.series,
                &made,
                &clinic.branches[branch].receptionist,
            ],
        );
    }
}
