//! An exam's way: started, read, written tooth by tooth.

use std::collections::BTreeMap;

use dentpro_core::ids::{PatientId, PerioExamId};
use dentpro_core::periodontal::screening::{Screening, advice};
use dentpro_core::periodontal::{ExamKind, Mouth, PerioError, Presence, RiskFacts, suggest, summary};
use dentpro_core::teeth::Tooth;
use dentpro_core::time::age_on;
use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

use super::api::{NewPerioExam, PerioExam, PerioExamItem};
use super::store::exams::{self, HeldExam, NewRow, Wanted};
use super::store::readings;
use super::view;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::dental;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::live::{Announcement, Change};

/// A refusal of the rules at a place of the body.
pub fn refused(pointer: impl Into<String>) -> impl FnOnce(PerioError) -> ApiError {
    let pointer = pointer.into();
    move |e| ApiError::invalid(pointer, e.code())
}

/// The day of an exam: neither in the future nor before the patient was born.
pub fn day(text: &str, pointer: &str, today: Date, birth_date: Option<Date>) -> ApiResult<Date> {
    let on = dental::day(text, pointer)?;
    if on > today {
        return Err(refused(pointer)(PerioError::OnInFuture));
    }
    if birth_date.is_some_and(|birth| on < birth) {
        return Err(refused(pointer)(PerioError::BeforeBirth));
    }
    Ok(on)
}

/// The day that a new exam is of; 404 when the patient is not there.
pub async fn day_of_new(tx: &mut Tx, patient: PatientId, new: &NewPerioExam, today: Date) -> ApiResult<Date> {
    let birth_date = exams::patient(tx, patient).await?.ok_or_else(ApiError::not_found)?.birth_date;
    new.on.as_deref().map_or(Ok(today), |text| day(text, "/on", today, birth_date))
}

/// Starts a draft of a day. `standing` is what the dental chart knows of it; a tooth it knows nothing about that was
/// missing in the last exam is still missing.
pub async fn open(
    tx: &mut Tx,
    clock: &Clock,
    patient: PatientId,
    new: &NewPerioExam,
    on: Date,
    mut standing: BTreeMap<Tooth, Presence>,
) -> ApiResult<PerioExamId> {
    let taken =
        |draft: Option<Uuid>| ApiError::conflict("periodontal.draft_exists").with("exam_id", json!(draft));
    if let Some(draft) = exams::draft_of(tx, patient).await? {
        return Err(taken(Some(draft)));
    }
    let kind = new.kind.unwrap_or(ExamKind::Full);
    let row = NewRow { id: new.id.unwrap_or_else(|| clock.new_id()), patient, kind, on, at: clock.now() };
    exams::insert(tx, &row).await.on_constraint("perio_exam_one_draft", || taken(None))?;
    if kind == ExamKind::Full {
        let last = readings::last_presence(tx, patient).await?;
        for (tooth, presence) in &mut standing {
            if *presence == Presence::Tooth && last.get(tooth) == Some(&Presence::Missing) {
                *presence = Presence::Missing;
            }
        }
        readings::insert_teeth(tx, row.id, patient, &standing).await?;
    }
    announce(tx, row.id, patient).await?;
    Ok(row.id)
}

/// Exams with their numbers, newest first, and what was read in each.
pub async fn list(tx: &mut Tx, actor: &Actor, wanted: &Wanted) -> ApiResult<Vec<(PerioExamItem, Mouth)>> {
    let items = exams::list(tx, wanted, &actor.facts.time_zone).await?;
    let ids: Vec<Uuid> = items.iter().map(|item| item.id.uuid()).collect();
    let mut mouths = readings::mouths(tx, &ids).await?;
    let mut sextants = readings::sextants(tx, &ids).await?;
    items
        .into_iter()
        .map(|mut item| {
            let mouth = mouths.remove(&item.id.uuid()).unwrap_or_default();
            item.summary = summary(&mouth);
            item.sextants = sextants.remove(&item.id.uuid()).unwrap_or_default();
            item.advice = advice(&screening(&item)?);
            Ok((item, mouth))
        })
        .collect()
}

fn screening(item: &PerioExamItem) -> ApiResult<Screening> {
    let codes = item.sextants.iter().map(|(sextant, code)| Ok((*sextant, code.parse()?)));
    codes.collect::<Result<_, PerioError>>().map_err(|e| ApiError::internal(e.into()))
}

/// One exam with what was read and what that suggests; 404 when there is none.
pub async fn read(tx: &mut Tx, actor: &Actor, id: PerioExamId) -> ApiResult<(PerioExam, Mouth)> {
    let wanted = Wanted { exams: Some(vec![id.uuid()]), limit: 1, ..Wanted::default() };
    let (exam, mouth) = list(tx, actor, &wanted).await?.pop().ok_or_else(ApiError::not_found)?;
    let birth_date = exams::patient(tx, exam.patient_id).await?.and_then(|patient| patient.birth_date);
    let facts = RiskFacts {
        age: birth_date.and_then(|birth| u8::try_from(age_on(birth, exam.on).years).ok()),
        bone_loss_percent: exam.risk.bone_loss_percent,
        teeth_lost: exam.risk.teeth_lost,
        smoking: exam.risk.smoking,
        diabetes: exam.risk.diabetes,
    };
    let teeth = mouth.iter().map(|(tooth, reading)| (*tooth, view::tooth(*tooth, reading))).collect();
    Ok((PerioExam { teeth, suggestion: suggest(&mouth, facts), exam }, mouth))
}

/// Tells who looks at the exam that it changed.
pub async fn announce(tx: &mut Tx, exam: PerioExamId, patient: PatientId) -> ApiResult<()> {
    let what =
        Announcement { entity: Some(exam.uuid()), patient: Some(patient.uuid()), ..Announcement::default() };
    Ok(tx.announce(Change::Perio, what).await?)
}

/// Announces a change of an exam that is held.
pub async fn announce_held(tx: &mut Tx, held: &HeldExam) -> ApiResult<()> {
    announce(tx, held.id, held.patient).await
}
