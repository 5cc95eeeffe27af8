//! Invoices and payments that agree with each other and with the ledger, numbered in the order they were issued.

use std::collections::BTreeMap;

use dentpro_core::billing::{LineInput, TaxKind, Totals, invoice_totals, line_totals, status_after};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::catalogue::Catalogue;
use super::clinic::{Branch, CURRENCY, Clinic, TAX_PERCENT};
use super::clinical::Work;
use super::copy::{Array, Rows, Table};
use super::seed::Chance;
use super::{DemoError, Plan};

/// A finished visit that is to be paid for.
#[derive(Debug)]
pub struct Bill {
    pub patient: Uuid,
    pub doctor: Uuid,
    pub branch: usize,
    pub work: Vec<Work>,
    pub at: Timestamp,
}

/// Money that is handed over.
#[derive(Debug)]
struct Handed {
    at: Timestamp,
    patient: Uuid,
    branch: usize,
    invoice: Uuid,
    amount: i64,
    /// What of it goes to the invoice; the rest is the patient's credit.
    allocated: i64,
}

/// What is paid of an invoice: at once, and on a later day.
struct Terms {
    now: i64,
    later: Option<(i64, i64)>,
    extra: i64,
}

#[derive(Debug)]
pub struct Money<'a> {
    plan: &'a Plan,
    lists: &'a Catalogue,
    clinic: &'a Clinic,
    chance: Chance,
    series: BTreeMap<(usize, &'static str, i16), i64>,
    bills: Vec<Bill>,
    /// What is paid on days to come.
    promised: BTreeMap<i64, Vec<Handed>>,
}

impl<'a> Money<'a> {
    pub fn new(plan: &'a Plan, lists: &'a Catalogue, clinic: &'a Clinic) -> Self {
        Self {
            plan,
            lists,
            clinic,
            chance: Chance::of(7),
            series: BTreeMap::new(),
            bills: Vec::new(),
            promised: BTreeMap::new(),
        }
    }

    pub fn bill(&mut self, bill: Bill) {
        self.bills.push(bill);
    }

    /// Issues the day's invoices and takes the day's payments.
    ///
    /// # Errors
    /// Amounts that do not add up.
    pub fn close_day(&mut self, day: i64, rows: &mut Rows) -> Result<(), DemoError> {
        let mut bills = std::mem::take(&mut self.bills);
        bills.sort_by_key(|bill| bill.at);
        let mut handed = self.promised.remove(&day).unwrap_or_default();
        for bill in bills {
            self.invoice(day, &bill, &mut handed, rows)?;
        }
        handed.sort_by_key(|payment| payment.at);
        for payment in handed {
            self.payment(day, &payment, rows);
        }
        Ok(())
    }

    /// The last number of each series; the patients' files are numbered for the whole clinic.
    pub fn write_series(&self, rows: &mut Rows) {
        let files = i64::try_from(self.plan.patients).unwrap_or(0);
        rows.push(Table::Series, &[&self.clinic.id, &self.clinic.id, &"patient", &0, &files]);
        for ((branch, series, year), last) in &self.series {
            let branch = self.clinic.branches[*branch].id;
            rows.push(Table::Series, &[&self.clinic.id, &branch, series, &i32::from(*year), last]);
        }
    }

    fn number(&mut self, branch: usize, series: &'static str, letters: &str, on: Date) -> String {
        let last = self.series.entry((branch, series, on.year())).or_default();
        *last += 1;
        let prefix = self.clinic.branches[branch].prefix;
        let dash = if prefix.is_empty() { "" } else { "-" };
        format!("{letters}-{prefix}{dash}{}-{last:06}", on.year())
    }

    fn invoice(
        &mut self,
        day: i64,
        bill: &Bill,
        handed: &mut Vec<Handed>,
        rows: &mut Rows,
    ) -> Result<(), DemoError> {
        // The last bills of today still wait at the front desk.
        let issued = bill.at <= self.plan.now;
        let Branch { id: branch, receptionist, .. } = self.clinic.branches[bill.branch];
        let lines = self.lines(bill)?;
        let sum =
            invoice_totals(lines.iter().map(|(_, _, totals)| totals)).map_err(|_| DemoError::Amounts)?;
        let terms = self.terms(day, sum.total);
        let created = if issued { bill.at - 1.minutes() } else { self.plan.now - 1.minutes() };
        let id = self.chance.id(created);
        let on = self.plan.day(day);
        let paid_later = terms.later.map_or(0, |(_, amount)| amount);
        let pays = issued && bill.at + 2.minutes() <= self.plan.now;
        let paid = if pays { terms.now + paid_later } else { 0 };
        let status = if issued { status_after(sum.total, paid).as_str() } else { "draft" };
        let number = issued.then(|| self.number(bill.branch, "invoice", "INV", on));
        let version =
            1 + i32::from(issued) + i32::from(pays && terms.now > 0) + i32::from(pays && paid_later > 0);
        rows.push(
            Table::Invoice,
            &[
                &self.clinic.id,
                &id,
                &bill.patient,
                &branch,
                &bill.doctor,
                &bill.work.first().map(|w| w.visit),
                &status,
                &number,
                &issued.then_some(bill.at),
                &issued.then_some(on),
                &issued.then_some(receptionist),
                &CURRENCY,
                &sum.subtotal,
                &sum.discount,
                &sum.tax,
                &sum.total,
                &paid,
                &created,
                &receptionist,
                &version,
            ],
        );
        for (position, (work, price, totals)) in (1_i32..).zip(&lines) {
            self.line(id, position, work, *price, totals, rows);
        }
        if issued {
            rows.push(
                Table::Ledger,
                &[&self.clinic.id, &bill.patient, &"invoice", &sum.total, &id, &on, &bill.at],
            );
        }
        if pays {
            let hand = |at, amount, allocated| Handed {
                at,
                patient: bill.patient,
                branch: bill.branch,
                invoice: id,
                amount,
                allocated,
            };
            if terms.now > 0 {
                handed.push(hand(bill.at + 2.minutes(), terms.now + terms.extra, terms.now));
            }
            if let Some((later, amount)) = terms.later {
                let at = self.plan.at(later, self.chance.between(630, 1200));
                self.promised.entry(later).or_default().push(hand(at, amount, amount));
            }
        }
        Ok(())
    }

    fn lines<'b>(&mut self, bill: &'b Bill) -> Result<Vec<(&'b Work, i64, Totals)>, DemoError> {
        let reduced = self.chance.happens(0.05);
        let mut lines = Vec::new();
        for (index, work) in bill.work.iter().enumerate() {
            let procedure = &self.lists.procedures[work.procedure];
            let price = procedure.price();
            // A tenth off the main treatment, in whole fives of pounds.
            let discount = if reduced && index == 0 { price / 10 / 500 * 500 } else { 0 };
            let tax_kind = procedure.tax.parse::<TaxKind>().map_err(|_| DemoError::Amounts)?;
            let tax_rate =
                if tax_kind == TaxKind::Standard { Decimal::from(TAX_PERCENT) } else { Decimal::ZERO };
            let input = LineInput { unit_price: price, quantity: 1, discount, tax_rate, tax_kind };
            lines.push((work, price, line_totals(&input).map_err(|_| DemoError::Amounts)?));
        }
        Ok(lines)
    }

    fn line(
        &mut self,
        invoice: Uuid,
        position: i32,
        work: &Work,
        price: i64,
        totals: &Totals,
        rows: &mut Rows,
    ) {
        let procedure = &self.lists.procedures[work.procedure];
        let percent = if procedure.tax == "standard" { TAX_PERCENT } else { 0 };
        let id = self.chance.id(self.plan.now);
        rows.push(
            Table::InvoiceLine,
            &[
                &self.clinic.id,
                &id,
                &invoice,
                &position,
                &self.clinic.procedures[work.procedure],
                &work.id,
                &procedure.name_ar,
                &procedure.name_en,
                &work.tooth,
                &Array(&work.surfaces),
                &1,
                &price,
                &totals.discount,
                &procedure.tax,
                &percent,
                &totals.subtotal,
                &totals.tax,
                &totals.total,
            ],
        );
    }

    /// Most pay at once; some pay half and the rest weeks later, some owe.
    fn terms(&mut self, day: i64, total: i64) -> Terms {
        let kind = self.chance.roll();
        let later = day + self.chance.between(7, 35);
        // The clinic is closed on Friday, and what has not come yet is not paid.
        let later = if self.plan.is_friday(later) { later + 1 } else { later };
        let comes = self.chance.happens(0.75) && later < 0;
        let half = total / 2 / 5_000 * 5_000;
        match kind {
            _ if total == 0 => Terms { now: 0, later: None, extra: 0 },
            ..0.80 => Terms { now: total, later: None, extra: 0 },
            ..0.815 => Terms { now: total, later: None, extra: (50_000 - total % 50_000) % 50_000 },
            ..0.92 => Terms { now: half, later: comes.then_some((later, total - half)), extra: 0 },
            _ => Terms { now: 0, later: comes.then_some((later, total)), extra: 0 },
        }
    }

    fn payment(&mut self, day: i64, payment: &Handed, rows: &mut Rows) {
        let on = self.plan.day(day);
        let Branch { id: branch, receptionist, .. } = self.clinic.branches[payment.branch];
        let number = self.number(payment.branch, "receipt", "RCT", on);
        let id = self.chance.id(payment.at);
        let (method, reference) = match self.chance.index(20) {
            0..=10 => ("cash", None),
            11..=15 => ("card", Some(format!("{:06}", self.chance.between(100_000, 999_999)))),
            _ => ("transfer", Some(format!("InstaPay {}", self.chance.between(10_000_000, 99_999_999)))),
        };
        rows.push(
            Table::Payment,
            &[
                &self.clinic.id,
                &id,
                &payment.patient,
                &branch,
                &number,
                &method,
                &payment.amount,
                &CURRENCY,
                &reference,
                &payment.at,
                &on,
                &receptionist,
            ],
        );
        let allocation = self.chance.id(payment.at);
        rows.push(
            Table::Allocation,
            &[
                &self.clinic.id,
                &allocation,
                &id,
                &payment.invoice,
                &payment.allocated,
                &payment.at,
                &receptionist,
            ],
        );
        rows.push(
            Table::Ledger,
            &[&self.clinic.id, &payment.patient, &"payment", &-payment.amount, &id, &on, &payment.at],
        );
    }
}
