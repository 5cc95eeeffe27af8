//! What a visit asks of its appointment: held while the visit is opened or signed, and moved on with it.

use dentpro_core::ids::{AppointmentId, BranchId, ChairId, PatientId, StaffId};
use dentpro_core::scheduling::{AppointmentStatus, transition};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::kernel::error::ApiResult;
use crate::kernel::live::{Announcement, Change};

/// An appointment as its visit sees it, locked until the transaction ends.
#[derive(Clone, Debug)]
pub struct AppointmentOfVisit {
    pub id: AppointmentId,
    pub patient_id: PatientId,
    pub doctor_id: StaffId,
    pub branch_id: BranchId,
    pub chair_id: Option<ChairId>,
    pub status: AppointmentStatus,
    pub local_date: Date,
}

/// The appointment, held for the visit that is opened or signed.
pub async fn hold_for_visit(tx: &mut Tx, id: AppointmentId) -> sqlx::Result<Option<AppointmentOfVisit>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select patient_id, doctor_id, branch_id, chair_id, status, local_date
        from appointment
        where clinic_id = $1 and id = $2
        for update",
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|r| {
        Ok(AppointmentOfVisit {
            id,
            patient_id: r.patient_id.into(),
            doctor_id: r.doctor_id.into(),
            branch_id: r.branch_id.into(),
            chair_id: r.chair_id.map(Into::into),
            status: r.status.parse().map_err(|e| sqlx::Error::Decode(Box::new(e)))?,
            local_date: r.local_date.to_jiff(),
        })
    })
    .transpose()
}

impl AppointmentOfVisit {
    /// Moves the appointment forward with its visit; one that cannot make the step stays where it is.
    pub async fn advance(
        &self,
        tx: &mut Tx,
        to: AppointmentStatus,
        event: Uuid,
        now: Timestamp,
    ) -> ApiResult<()> {
        if transition(self.status, to, self.chair_id.is_some(), None).is_err() {
            return Ok(());
        }
        let (clinic, staff) = (tx.clinic(), tx.staff());
        sqlx::query!(
            "update appointment
            set status = $3,
                in_chair_at = case when $3 = 'in_chair' then coalesce(in_chair_at, $4) else in_chair_at end,
                completed_at = case when $3 = 'completed' then $4 else completed_at end,
                version = version + 1
            where clinic_id = $1 and id = $2",
            clinic,
            self.id.uuid(),
            to.as_str(),
            now.to_sqlx() as _
        )
        .execute(&mut **tx)
        .await?;
        sqlx::query!(
            "insert into appointment_event (clinic_id, id, appointment_id, patient_id, kind, from_value, to_value, at, by)
            values ($1, $2, $3, $4, 'status', $5, $6, $7, $8)",
            clinic,
            event,
            self.id.uuid(),
            self.patient_id.uuid(),
            self.status.as_str(),
            to.as_str(),
            now.to_sqlx() as _,
            staff
        )
        .execute(&mut **tx)
        .await?;
        let what = Announcement {
            entity: Some(self.id.uuid()),
            patient: Some(self.patient_id.uuid()),
            staff: Some(self.doctor_id.uuid()),
            date: Some(self.local_date),
        };
        Ok(tx.announce(Change::Appointment, what).await?)
    }
}
