//! Rows on their way into the database: PostgreSQL's text format, copied table by table.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use sqlx::PgConnection;
use uuid::Uuid;

use std::fmt::{Display, Write as _};

/// Bytes sent in one message.
const CHUNK: usize = 1 << 20;

macro_rules! tables {
    ($($table:ident $name:literal $columns:literal;)*) => {
        /// The tables that are filled, in an order in which every row finds the rows it names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Table { $($table,)* }

        impl Table {
            pub const ALL: &'static [Table] = &[$(Table::$table,)*];

            pub const fn name(self) -> &'static str {
                match self { $(Self::$table => $name,)* }
            }

            const fn columns(self) -> &'static str {
                match self { $(Self::$table => $columns,)* }
            }

            const fn copy(self) -> &'static str {
                match self { $(Self::$table => concat!("copy ", $name, " (", $columns, ") from stdin"),)* }
            }
        }
    };
}

tables! {
    Clinic "clinic" "clinic_id, name_ar, name_en, country, currency, currency_exponent, time_zone, tax_number, phone, email, address_ar, address_en, weekend, default_tax_percent, demo, created_at";
    Branch "branch" "clinic_id, id, name_ar, name_en, number_prefix, phone, address_ar, address_en, position, created_at";
    Chair "chair" "clinic_id, id, branch_id, name_ar, name_en, position, features, created_at";
    Procedure "procedure_item" "clinic_id, id, code, name_ar, name_en, category, scope, price, minutes, tax_code, chart_code, chart_material, created_at";
    AppointmentType "appointment_type" "clinic_id, id, name_ar, name_en, colour, minutes, pattern, chair_feature, position, created_at";
    TypeProcedure "appointment_type_procedure" "clinic_id, type_id, procedure_id";
    Drug "drug" "clinic_id, id, code, name_ar, name_en, drug_class, forms, strengths, notes_ar, notes_en, created_at";
    Account "account" "id, email, name_ar, name_en, password_hash, password_changed_at, created_at";
    Staff "staff" "clinic_id, id, account_id, name_ar, name_en, colour, phone, specialty_ar, specialty_en, created_at";
    Role "role" "clinic_id, id, code, name_ar, name_en, created_at";
    RolePermission "role_permission" "clinic_id, role_id, permission, scope";
    StaffRole "staff_role" "clinic_id, staff_id, role_id";
    WorkingHours "working_hours" "clinic_id, id, branch_id, staff_id, weekday, starts, ends";
    ReminderRule "reminder_rule" "clinic_id, id, lead_minutes, channels, created_at";
    Provider "message_provider" "clinic_id, id, channel, name, url, method, headers, body, active, created_at";
    DatedHours "dated_hours" "clinic_id, id, branch_id, staff_id, kind, name_ar, name_en, starts_on, ends_on, created_at, created_by";
    DatedStretch "dated_hours_stretch" "clinic_id, id, dated_id, weekday, starts, ends";
    Block "time_block" "clinic_id, id, branch_id, chair_id, doctor_id, kind, type_id, title, starts_at, ends_at, local_date, series_id, created_at, created_by";
    RecallType "recall_type" "clinic_id, id, name_ar, name_en, interval_months, minutes, appointment_type_id, created_at";
    RecallTrigger "recall_trigger" "clinic_id, recall_type_id, procedure_id";
    Patient "patient" "clinic_id, id, file_number, name_ar, name_en, birth_date, sex, phones, email, national_id, address, notes, preferred_language, reminder_channel, reminders_off, guardian_id, guarantor_id, smoking, pregnancy, pregnancy_due, no_allergies, no_conditions, no_medications, search, created_at";
    Contact "patient_contact" "clinic_id, id, patient_id, name, relationship, phone, recorded_at, recorded_by";
    Allergy "patient_allergy" "clinic_id, id, patient_id, substance, drug_class, severity, reaction, recorded_at, recorded_by";
    Condition "patient_condition" "clinic_id, id, patient_id, code, name, since, alert, recorded_at, recorded_by";
    Medication "patient_medication" "clinic_id, id, patient_id, name, drug_id, drug_class, dose, since, recorded_at, recorded_by";
    Appointment "appointment" "clinic_id, id, patient_id, doctor_id, chair_id, branch_id, starts_at, ends_at, local_date, local_start, time_zone, status, confirmation, reason, procedure_id, arrived_at, in_chair_at, completed_at, created_at, created_by, version, type_id, pattern, walk_in, token, called_at, called_to, asap, late_cancelled, follow_up, cancelled_at, overbook_reason";
    AppointmentEvent "appointment_event" "clinic_id, id, appointment_id, patient_id, kind, from_value, to_value, reason, at, by, source";
    PatientRecall "patient_recall" "clinic_id, patient_id, recall_type_id, last_trigger_on, calculated_due_on, interval_months, set_due_on, stopped_reason, note, updated_at, version";
    WaitlistEntry "waitlist_entry" "clinic_id, id, patient_id, doctor_id, type_id, minutes, weekdays, after_time, before_time, note, created_at, created_by";
    ContactAttempt "contact_attempt" "clinic_id, id, patient_id, list, appointment_id, channel, outcome, note, again_on, at, by";
    Delivery "reminder_delivery" "clinic_id, id, appointment_id, patient_id, purpose, rule_id, moves, state, channel, language, recipient, attempts, reason, last_error, next_attempt_at, created_at, sent_at";
    Visit "visit" "clinic_id, id, patient_id, appointment_id, doctor_id, branch_id, status, opened_at, opened_by, local_date, subjective, objective, assessment, plan, signed_at, signed_by, hash, version";
    Diagnosis "visit_diagnosis" "clinic_id, id, visit_id, patient_id, code, text, tooth, surfaces, recorded_at, recorded_by";
    ChartEvent "chart_event" "clinic_id, id, patient_id, visit_id, on_date, layer, code, teeth, surfaces, material, existing_elsewhere, recorded_at, recorded_by";
    TreatmentPlan "treatment_plan" "clinic_id, id, patient_id, option_group, name, doctor_id, status, status_at, status_by, created_at, created_by";
    PlanItem "plan_item" "clinic_id, id, plan_id, patient_id, phase, position, procedure_id, tooth, surfaces, unit_price, minutes, chart_event_id, status, created_at, created_by";
    PerioExam "perio_exam" "clinic_id, id, patient_id, kind, status, on_date, condition, stage, grade, extent, diagnosed_at, diagnosed_by, started_at, started_by, closed_at, closed_by, version";
    PerioTooth "perio_tooth" "clinic_id, exam_id, patient_id, tooth, presence, mobility, furcation_b";
    PerioSite "perio_site" "clinic_id, exam_id, patient_id, tooth, site, depth, margin, bleeding, suppuration, plaque, calculus";
    PerioSextant "perio_sextant" "clinic_id, exam_id, patient_id, sextant, code";
    VisitProcedure "visit_procedure" "clinic_id, id, visit_id, patient_id, procedure_id, doctor_id, tooth, surfaces, unit_price, chart_event_id, recorded_at, recorded_by";
    Invoice "invoice" "clinic_id, id, patient_id, branch_id, doctor_id, visit_id, status, number, issued_at, issued_on, issued_by, currency, subtotal, discount, tax, total, paid, created_at, created_by, version";
    InvoiceLine "invoice_line" "clinic_id, id, invoice_id, position, procedure_id, visit_procedure_id, description_ar, description_en, tooth, surfaces, quantity, unit_price, discount, tax_code, tax_percent, subtotal, tax, total";
    Payment "payment" "clinic_id, id, patient_id, branch_id, number, method, amount, currency, reference, received_at, received_on, received_by";
    Allocation "payment_allocation" "clinic_id, id, payment_id, invoice_id, amount, at, by";
    Ledger "ledger_entry" "clinic_id, patient_id, kind, amount, source_id, on_date, at";
    Series "number_series" "clinic_id, branch_id, series, year, last_value";
}

impl Table {
    /// Whether the table is behind the clinic's policy; accounts are everybody's.
    pub fn of_clinic(self) -> bool {
        self != Self::Account
    }
}

/// A value as COPY's text format writes it.
pub trait Cell {
    fn write(&self, out: &mut String);
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ => out.push(c),
        }
    }
}

fn push_displayed(out: &mut String, value: impl Display) {
    write!(out, "{value}").expect("a String takes everything");
}

impl Cell for &str {
    fn write(&self, out: &mut String) {
        push_escaped(out, self);
    }
}

impl Cell for String {
    fn write(&self, out: &mut String) {
        push_escaped(out, self);
    }
}

macro_rules! plain_cells {
    ($($kind:ty),*) => {$(
        impl Cell for $kind {
            fn write(&self, out: &mut String) {
                push_displayed(out, self);
            }
        }
    )*};
}
plain_cells!(i32, i64, bool, Uuid, Timestamp, Date, Time);

impl<T: Cell> Cell for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("\\N"),
        }
    }
}

/// A `text[]`.
#[derive(Debug)]
pub struct Array<'a, T>(pub &'a [T]);

impl<T: AsRef<str>> Cell for Array<'_, T> {
    fn write(&self, out: &mut String) {
        let quoted: Vec<String> = self
            .0
            .iter()
            .map(|item| format!("\"{}\"", item.as_ref().replace('\\', "\\\\").replace('"', "\\\"")))
            .collect();
        push_escaped(out, &format!("{{{}}}", quoted.join(",")));
    }
}

/// A `jsonb`.
#[derive(Debug)]
pub struct Json(pub serde_json::Value);

impl Cell for Json {
    fn write(&self, out: &mut String) {
        push_escaped(out, &self.0.to_string());
    }
}

/// A `bytea`.
#[derive(Debug)]
pub struct Bytes<'a>(pub &'a [u8]);

impl Cell for Bytes<'_> {
    fn write(&self, out: &mut String) {
        push_escaped(out, &format!("\\x{}", hex::encode(self.0)));
    }
}

/// Rows of every table that wait to be copied.
#[derive(Debug)]
pub struct Rows {
    buffers: Vec<String>,
    counts: Vec<u64>,
}

impl Rows {
    pub fn new() -> Self {
        let tables = Table::ALL.len();
        Self { buffers: vec![String::new(); tables], counts: vec![0; tables] }
    }

    /// Adds a row; the cells stand in the order of the table's columns.
    pub fn push(&mut self, table: Table, cells: &[&dyn Cell]) {
        debug_assert_eq!(cells.len(), table.columns().split(',').count(), "cells of {}", table.name());
        let out = &mut self.buffers[table as usize];
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                out.push('\t');
            }
            cell.write(out);
        }
        out.push('\n');
        self.counts[table as usize] += 1;
    }

    /// Adds the rows of another one after these.
    pub fn append(&mut self, other: Self) {
        for (table, (text, count)) in other.buffers.iter().zip(other.counts).enumerate() {
            self.buffers[table].push_str(text);
            self.counts[table] += count;
        }
    }

    /// Bytes that wait.
    pub fn size(&self) -> usize {
        self.buffers.iter().map(String::len).sum()
    }

    /// Rows of each table.
    pub fn counts(&self) -> impl Iterator<Item = (Table, u64)> {
        Table::ALL.iter().copied().zip(self.counts.iter().copied())
    }

    /// Copies the rows, every table after those its rows name.
    pub async fn copy_into(&self, connection: &mut PgConnection) -> sqlx::Result<()> {
        for table in Table::ALL {
            let text = self.buffers[*table as usize].as_bytes();
            if text.is_empty() {
                continue;
            }
            let mut copy = connection.copy_in_raw(table.copy()).await?;
            for chunk in text.chunks(CHUNK) {
                copy.send(chunk).await?;
            }
            copy.finish().await?;
        }
        Ok(())
    }
}
