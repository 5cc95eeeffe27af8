//! What the header of a patient's page needs.

use dentpro_core::ids::PatientId;
use dentpro_core::records::{AlertTone, AllergySeverity};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use crate::kernel::db::Tx;

/// What the alerts are made of, beside the lists.
#[derive(Clone, Copy, Debug)]
pub struct Answers {
    pub pregnant: bool,
    pub pregnancy_due: Option<Date>,
    pub no_allergies: bool,
}

/// The answers of a patient that alert.
pub async fn answers(tx: &mut Tx, id: PatientId) -> sqlx::Result<Option<Answers>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select pregnancy = 'yes' as "pregnant!", pregnancy_due, no_allergies
        from patient
        where clinic_id = $1 and id = $2"#,
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| Answers {
        pregnant: r.pregnant,
        pregnancy_due: r.pregnancy_due.map(|d| d.to_jiff()),
        no_allergies: r.no_allergies,
    }))
}

/// An active entry of the history that warns.
#[derive(Debug)]
pub enum Warning {
    Allergy { substance: String, severity: AllergySeverity },
    Condition { code: Option<String>, name: String, tone: AlertTone },
    Medication { name: String, drug_class: Option<String>, listed: Option<(String, String)> },
}

/// Every active entry that warns, in one statement.
pub async fn warnings(tx: &mut Tx, id: PatientId) -> sqlx::Result<Vec<Warning>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select 'allergy' as "kind!", substance as "name!", severity as tone, null as code, null as drug_class,
            null as name_ar, null as name_en
        from patient_allergy
        where clinic_id = $1 and patient_id = $2 and status = 'active'
        union all
        select 'condition', name, alert, code, null, null, null
        from patient_condition
        where clinic_id = $1 and patient_id = $2 and status = 'active' and alert <> 'none'
        union all
        select 'medication', m.name, null, null, coalesce(m.drug_class, d.drug_class), d.name_ar, d.name_en
        from patient_medication m
        left join drug d on d.clinic_id = m.clinic_id and d.id = m.drug_id
        where m.clinic_id = $1 and m.patient_id = $2 and m.status = 'active'
        limit 300"#,
        clinic,
        id.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            let tone = r.tone.unwrap_or_default();
            match r.kind.as_str() {
                "allergy" => Warning::Allergy {
                    substance: r.name,
                    severity: tone.parse().unwrap_or(AllergySeverity::Severe),
                },
                "condition" => Warning::Condition {
                    code: r.code,
                    name: r.name,
                    tone: tone.parse().unwrap_or(AlertTone::Amber),
                },
                _ => Warning::Medication {
                    name: r.name,
                    drug_class: r.drug_class,
                    listed: r.name_ar.zip(r.name_en),
                },
            }
        })
        .collect())
}

/// When the patient was here, comes again, and what he owes.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub last_visit_at: Option<Timestamp>,
    pub next_appointment_at: Option<Timestamp>,
    pub balance: i64,
}

/// The patient's standing at an instant.
pub async fn standing(tx: &mut Tx, id: PatientId, now: Timestamp) -> sqlx::Result<Standing> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            (
                select max(opened_at) from visit
                where clinic_id = $1 and patient_id = $2 and status <> 'entered_in_error'
            ) as last_visit_at,
            (
                select min(starts_at) from appointment
                where clinic_id = $1 and patient_id = $2 and starts_at > $3 and status in ('scheduled', 'confirmed')
            ) as next_appointment_at,
            (
                select coalesce(sum(amount), 0)::bigint from ledger_entry where clinic_id = $1 and patient_id = $2
            ) as "balance!""#,
        clinic,
        id.uuid(),
        now.to_sqlx() as _
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Standing {
        last_visit_at: row.last_visit_at.map(|t| t.to_jiff()),
        next_appointment_at: row.next_appointment_at.map(|t| t.to_jiff()),
        balance: row.balance,
    })
}
