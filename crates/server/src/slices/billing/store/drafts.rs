//! What a draft is made from.

use std::collections::HashMap;

use dentpro_core::billing::TaxKind;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::slices::billing::drafting::{Basis, Place, PlaceVisit, Work};

pub(super) fn tax_kind(word: &str) -> ApiResult<TaxKind> {
    word.parse().map_err(|e: dentpro_core::wire_enum::UnknownWord| ApiError::internal(Box::new(e)))
}

/// Where a draft is made: the clinic's tax, the patient, the visit and the branches.
pub async fn place(
    tx: &mut Tx,
    patient: Uuid,
    branch: Option<Uuid>,
    visit: Option<Uuid>,
) -> ApiResult<Place> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            trim_scale(c.default_tax_percent)::text as "tax_percent!",
            exists (select from patient p where p.clinic_id = $1 and p.id = $2) as "patient_known!",
            v.patient_id as "visit_patient_id?",
            v.branch_id as "visit_branch_id?",
            v.doctor_id as "visit_doctor_id?",
            v.status as "visit_status?",
            (select b.id from branch b where b.clinic_id = $1 and b.id = $3) as named_branch,
            (select b.id from branch b where b.clinic_id = $1
                order by b.active desc, b.position, b.created_at, b.id limit 1) as first_branch
        from clinic c
        left join visit v on v.clinic_id = c.clinic_id and v.id = $4
        where c.clinic_id = $1"#,
        clinic,
        patient,
        branch,
        visit
    )
    .fetch_one(&mut **tx)
    .await?;
    let visit = match (row.visit_patient_id, row.visit_branch_id, row.visit_doctor_id) {
        (Some(patient), Some(branch), Some(doctor)) => {
            let in_error = row.visit_status.as_deref() == Some("entered_in_error");
            Some(PlaceVisit { patient, branch, doctor, in_error })
        }
        _ => None,
    };
    Ok(Place {
        tax_percent: row.tax_percent,
        patient_known: row.patient_known,
        visit,
        named_branch: row.named_branch,
        first_branch: row.first_branch,
    })
}

struct WorkRow {
    id: Uuid,
    visit_id: Uuid,
    patient_id: Uuid,
    procedure_id: Uuid,
    doctor_id: Uuid,
    tooth: Option<String>,
    surfaces: Vec<String>,
    quantity: i32,
    unit_price: i64,
    discount: i64,
    name_ar: String,
    name_en: String,
    tax_code: String,
    visit_status: String,
    invoice_id: Option<Uuid>,
}

impl WorkRow {
    fn basis(self) -> ApiResult<Basis> {
        Ok(Basis {
            line_id: None,
            procedure_id: Some(self.procedure_id),
            description_ar: self.name_ar,
            description_en: self.name_en,
            tooth: self.tooth,
            surfaces: self.surfaces,
            quantity: self.quantity,
            unit_price: self.unit_price,
            discount: self.discount,
            tax_code: tax_kind(&self.tax_code)?,
            active: true,
            visit_procedure_id: Some(self.id),
            work: Some(Work {
                patient: self.patient_id,
                visit: self.visit_id,
                doctor: self.doctor_id,
                in_error: self.visit_status == "entered_in_error",
                billed_on: self.invoice_id,
            }),
        })
    }
}

/// Work done, by its ids.
pub async fn work(tx: &mut Tx, ids: &[Uuid]) -> ApiResult<Vec<Basis>> {
    work_where(tx, ids, None).await
}

/// The work by which items of treatment plans were done; `None` for an item that is not done yet.
pub async fn work_of_plan_items(tx: &mut Tx, items: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Option<Uuid>>> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select id, visit_procedure_id from plan_item where clinic_id = $1 and id = any($2)",
        clinic,
        items
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|r| (r.id, r.visit_procedure_id)).collect())
}

/// All work done in a visit, in the order it was recorded.
pub async fn work_of_visit(tx: &mut Tx, visit: Uuid) -> ApiResult<Vec<Basis>> {
    work_where(tx, &[], Some(visit)).await
}

async fn work_where(tx: &mut Tx, ids: &[Uuid], visit: Option<Uuid>) -> ApiResult<Vec<Basis>> {
    if ids.is_empty() && visit.is_none() {
        return Ok(Vec::new());
    }
    let clinic = tx.clinic();
    let rows = sqlx::query_as!(
        WorkRow,
        r#"select
            w.id,
            w.visit_id,
            w.patient_id,
            w.procedure_id,
            w.doctor_id,
            w.tooth,
            w.surfaces,
            w.quantity,
            w.unit_price,
            coalesce(n.discount, 0) as "discount!",
            p.name_ar,
            p.name_en,
            p.tax_code,
            v.status as visit_status,
            l.invoice_id as "invoice_id?"
        from visit_procedure w
        join visit v on v.clinic_id = w.clinic_id and v.id = w.visit_id
        join procedure_item p on p.clinic_id = w.clinic_id and p.id = w.procedure_id
        left join plan_item n on n.clinic_id = w.clinic_id and n.visit_procedure_id = w.id
        left join invoice_line l on l.clinic_id = w.clinic_id and l.visit_procedure_id = w.id
        where w.clinic_id = $1 and (w.id = any($2) or w.visit_id = $3)
        order by w.recorded_at, w.id"#,
        clinic,
        ids,
        visit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(WorkRow::basis).collect()
}

/// Entries of the catalogue, by their ids.
pub async fn catalogue(tx: &mut Tx, ids: &[Uuid]) -> ApiResult<Vec<Basis>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select id, name_ar, name_en, price, tax_code, active
        from procedure_item
        where clinic_id = $1 and id = any($2)",
        clinic,
        ids
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(Basis {
                line_id: None,
                procedure_id: Some(r.id),
                description_ar: r.name_ar,
                description_en: r.name_en,
                tooth: None,
                surfaces: Vec::new(),
                quantity: 1,
                unit_price: r.price,
                discount: 0,
                tax_code: tax_kind(&r.tax_code)?,
                active: r.active,
                visit_procedure_id: None,
                work: None,
            })
        })
        .collect()
}

/// The lines that a draft has.
pub async fn invoice_lines_as_basis(tx: &mut Tx, invoice: Uuid) -> ApiResult<Vec<Basis>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select id, procedure_id, visit_procedure_id, description_ar, description_en, tooth, surfaces, quantity,
            unit_price, discount, tax_code
        from invoice_line
        where clinic_id = $1 and invoice_id = $2
        order by position",
        clinic,
        invoice
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(Basis {
                line_id: Some(r.id),
                procedure_id: r.procedure_id,
                description_ar: r.description_ar,
                description_en: r.description_en,
                tooth: r.tooth,
                surfaces: r.surfaces,
                quantity: r.quantity,
                unit_price: r.unit_price,
                discount: r.discount,
                tax_code: tax_kind(&r.tax_code)?,
                active: true,
                visit_procedure_id: r.visit_procedure_id,
                work: None,
            })
        })
        .collect()
}
