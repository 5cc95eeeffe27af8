//! Writing into a chart: one writer at a time for each patient, so that what is judged against the chart is
//! still true when it is written.

use dentpro_core::charting::{Chart, ChartError, ChartEvent, replay, validate, validate_against};
use dentpro_core::ids::{ChartEventId, PatientId, VisitId};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::store;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::live::{Announcement, Change};

/// A patient's chart, held for writing until the transaction ends.
#[derive(Debug)]
pub struct OpenChart {
    patient: PatientId,
    birth_date: Option<Date>,
    today: Date,
    now: Timestamp,
    events: Vec<ChartEvent>,
}

/// The picture of a patient's mouth on a day, for what is examined on it; 404 when the patient is not there.
pub async fn chart_on(tx: &mut Tx, patient: PatientId, day: Date) -> ApiResult<Chart> {
    let birth_date = store::patient(tx, patient).await?.ok_or_else(ApiError::not_found)?.birth_date;
    Ok(replay(&store::events_for_replay(tx, patient).await?, Some(day), birth_date, day))
}

/// Tells whoever has the chart open of an event, or of the correction of one.
pub async fn announce(tx: &mut Tx, patient: PatientId, event: ChartEventId) -> ApiResult<()> {
    let what =
        Announcement { entity: Some(event.uuid()), patient: Some(patient.uuid()), ..Announcement::default() };
    Ok(tx.announce(Change::Chart, what).await?)
}

/// Where an event comes from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reference<'a> {
    pub visit: Option<VisitId>,
    /// Shared with the other entries of one act.
    pub act: Option<Uuid>,
    /// Where the event stands in the body, for what is wrong with it.
    pub below: &'a str,
}

impl OpenChart {
    /// Takes the chart for writing; 404 when the patient is not there.
    pub async fn open(tx: &mut Tx, patient: PatientId, today: Date, now: Timestamp) -> ApiResult<Self> {
        let birth_date = store::patient(tx, patient).await?.ok_or_else(ApiError::not_found)?.birth_date;
        store::hold_chart(tx, patient).await?;
        let events = store::events_for_replay(tx, patient).await?;
        Ok(Self { patient, birth_date, today, now, events })
    }

    /// An event of this patient, whether it still stands or not.
    pub fn find(&self, id: ChartEventId) -> Option<&ChartEvent> {
        self.events.iter().find(|event| event.id == id.uuid())
    }

    /// Whether an event was taken back.
    pub fn is_corrected(&self, id: ChartEventId) -> bool {
        self.events.iter().any(|event| event.corrects == Some(id.uuid()))
    }

    /// Whether an event could be recorded; what is wrong with it is said at its place.
    pub fn check(&self, event: &ChartEvent, below: &str) -> ApiResult<()> {
        let wrong = |e: ChartError| ApiError::invalid(format!("{below}{}", e.pointer()), e.code());
        validate(event, self.birth_date, self.today).map_err(wrong)?;
        let that_day = replay(&self.events, Some(event.on), self.birth_date, self.today);
        validate_against(event, &that_day).map_err(wrong)
    }

    /// The picture of today.
    pub fn picture(&self) -> Chart {
        replay(&self.events, None, self.birth_date, self.today)
    }

    /// Records an event that makes sense by itself and with what stands in the mouth on its day.
    pub async fn record(
        &mut self,
        tx: &mut Tx,
        event: ChartEvent,
        from: Reference<'_>,
    ) -> ApiResult<ChartEventId> {
        self.check(&event, from.below)?;
        let row = store::NewRow {
            patient: self.patient,
            visit: from.visit,
            act: from.act,
            event: &event,
            at: self.now,
        };
        let seq = store::insert_event(tx, &row).await?;
        let id = event.id.into();
        self.events.push(ChartEvent { seq, ..event });
        Ok(id)
    }

    /// Takes an event back with an event of its own.
    pub async fn correct(
        &mut self,
        tx: &mut Tx,
        id: Uuid,
        corrects: ChartEventId,
        reason: &str,
    ) -> ApiResult<()> {
        let already = || ApiError::conflict("charting.already_corrected");
        let wrong = self.find(corrects).ok_or_else(ApiError::not_found)?;
        if wrong.corrects.is_some() {
            return Err(ApiError::conflict("charting.is_correction"));
        }
        if self.is_corrected(corrects) {
            return Err(already());
        }
        let code = wrong.code.clone();
        let correction = ChartEvent::correction(id, i64::MAX, self.today, corrects.uuid());
        let seq = store::insert_correction(tx, self.patient, &correction, &code, reason, self.now)
            .await
            .on_constraint("chart_event_corrected_once", already)?;
        self.events.push(ChartEvent { seq, ..correction });
        Ok(())
    }
}
