//! A periodontal exam is started with the teeth that the dental chart knows to be there on its day.

use std::collections::BTreeMap;

use dentpro_core::charting::Occupant;
use dentpro_core::charting::vocabulary::{Effect, term};
use dentpro_core::ids::PatientId;
use dentpro_core::periodontal::Presence;
use dentpro_core::permissions::need;
use dentpro_core::teeth::Tooth;
use jiff::civil::Date;

use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::slices::charting::chart_on;
use crate::slices::periodontal::{self, NewPerioExam, PerioExam};

/// Start a periodontal exam: six sites around each tooth, or a screening by sextant. A patient has one draft; the
/// answer to a second names the first.
#[utoipa::path(post, path = "/patients/{id}/perio-exams", tag = "periodontal",
    request_body = Option<NewPerioExam>, params(("id" = PatientId, Path)),
    responses((status = 201, body = PerioExam)), extensions(("x-permission" = json!("periodontal.write"))))]
pub async fn create_perio_exam(
    actor: Can<need::PeriodontalWrite>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
    once: Option<Once>,
    body: Option<Body<NewPerioExam>>,
) -> ApiResult<Reply<PerioExam>> {
    let (new, hash) = body.map(|body| (body.value, body.hash)).unwrap_or_default();
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let today = clock.today(&actor.facts.time_zone);
        let on = periodontal::day_of_new(tx, patient, &new, today).await?;
        let standing = teeth_on(tx, patient, on).await?;
        let id = periodontal::open(tx, &clock, patient, &new, on, standing).await?;
        let (exam, _) = periodontal::read(tx, &actor, id).await?;
        let version = exam.exam.version;
        Ok(Reply::created(exam, format!("/perio-exams/{id}")).version(version))
    })
    .await
}

async fn teeth_on(tx: &mut Tx, patient: PatientId, on: Date) -> ApiResult<BTreeMap<Tooth, Presence>> {
    let chart = chart_on(tx, patient, on).await?;
    // A tooth under the gum has no pocket to probe.
    let hidden = |tooth| {
        let states = chart.teeth.get(&tooth).map(|of_tooth| of_tooth.states.as_slice()).unwrap_or_default();
        states.iter().any(|state| term(&state.code).is_some_and(|term| term.effect == Effect::NotErupted))
    };
    let presence = |tooth| match chart.occupant(tooth) {
        Occupant::Tooth if hidden(tooth) => Presence::Missing,
        Occupant::Tooth => Presence::Tooth,
        Occupant::Implant => Presence::Implant,
        Occupant::Nothing => Presence::Missing,
    };
    Ok(Tooth::permanent().map(|tooth| (tooth, presence(tooth))).collect())
}
