//! Readings into a draft. Each write touches only what it names, so that two people lose nothing to each other.

use std::collections::BTreeMap;

use dentpro_core::ids::PerioExamId;
use dentpro_core::periodontal::reading::{charted, depth, furcation, margin, mobility};
use dentpro_core::periodontal::{
    Entrance, PerioError, Presence, ScreeningCode, Sextant, Site, SiteReading, ToothReading, summary,
};
use dentpro_core::permissions::need;
use dentpro_core::teeth::Tooth;

use super::super::api::{
    PerioExamItem, PerioSextantChange, PerioSiteChange, PerioToothChange, RecordedPerioTooth,
};
use super::super::exams::{announce_held, read, refused};
use super::super::store::{exams, readings};
use super::super::view;
use crate::kernel::actor::Can;
use crate::kernel::db::Db;
use crate::kernel::dental;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::patch::Patch;
use crate::kernel::reply::Reply;

/// Record what was read at a tooth. Only what is named changes: a site, or one field of it, leaves the others alone.
#[utoipa::path(put, path = "/perio-exams/{id}/teeth/{tooth}", tag = "periodontal",
    request_body = PerioToothChange, params(("id" = PerioExamId, Path), ("tooth" = String, Path)),
    responses((status = 200, body = RecordedPerioTooth)),
    extensions(("x-permission" = json!("periodontal.write"))))]
pub async fn record_perio_tooth(
    actor: Can<need::PeriodontalWrite>,
    db: Db,
    Path((id, tooth)): Path<(PerioExamId, String)>,
    Body { value: change, .. }: Body<PerioToothChange>,
) -> ApiResult<Reply<RecordedPerioTooth>> {
    let tooth = charted(dental::tooth(&tooth, "tooth")?).map_err(refused("tooth"))?;
    let mut tx = db.begin(&actor).await?;
    let held = exams::share(&mut tx, id).await?;
    held.require_draft()?;
    let before = readings::lock_tooth(&mut tx, id, tooth).await?;
    let before = before.ok_or_else(|| ApiError::conflict("periodontal.not_a_full_exam"))?;
    let after = changed(tooth, &before, change)?;
    let sites: BTreeMap<Site, SiteReading> = after
        .sites
        .iter()
        .filter(|(site, reading)| before.sites.get(site) != Some(reading))
        .map(|(site, reading)| (*site, *reading))
        .collect();
    // A gap has no readings, so what fills it comes first, and what leaves it empty comes last.
    if before.presence == Presence::Missing {
        readings::update_tooth(&mut tx, id, tooth, &after).await?;
        readings::write_sites(&mut tx, id, held.patient, tooth, &sites).await?;
    } else {
        readings::write_sites(&mut tx, id, held.patient, tooth, &sites).await?;
        readings::update_tooth(&mut tx, id, tooth, &after).await?;
    }
    announce_held(&mut tx, &held).await?;
    let mouth = readings::mouths(&mut tx, &[id.uuid()]).await?.remove(&id.uuid()).unwrap_or_default();
    tx.commit().await?;
    let reading = view::tooth(tooth, &after);
    Ok(Reply::ok(RecordedPerioTooth { tooth, reading, summary: summary(&mouth) }))
}

/// Record the code of a sextant in a screening.
#[utoipa::path(put, path = "/perio-exams/{id}/sextants/{sextant}", tag = "periodontal",
    request_body = PerioSextantChange, params(("id" = PerioExamId, Path), ("sextant" = Sextant, Path)),
    responses((status = 200, body = PerioExamItem)),
    extensions(("x-permission" = json!("periodontal.write"))))]
pub async fn record_perio_sextant(
    actor: Can<need::PeriodontalWrite>,
    db: Db,
    Path((id, sextant)): Path<(PerioExamId, Sextant)>,
    Body { value: change, .. }: Body<PerioSextantChange>,
) -> ApiResult<Reply<PerioExamItem>> {
    let code = change.code.map(|text| text.parse::<ScreeningCode>()).transpose().map_err(refused("/code"))?;
    let code = code.map(|code| code.to_string());
    let mut tx = db.begin(&actor).await?;
    let held = exams::share(&mut tx, id).await?;
    held.require_draft()?;
    held.require_screening()?;
    readings::write_sextant(&mut tx, id, held.patient, sextant, code.as_deref()).await?;
    announce_held(&mut tx, &held).await?;
    let (written, _) = read(&mut tx, &actor, id).await?;
    tx.commit().await?;
    let version = written.exam.version;
    Ok(Reply::ok(written.exam).version(version))
}

/// The tooth as it will be; refused where something named cannot be.
fn changed(tooth: Tooth, before: &ToothReading, change: PerioToothChange) -> ApiResult<ToothReading> {
    let mut after = before.clone();
    if let Some(presence) = change.presence {
        after.presence = presence;
    }
    match change.mobility {
        Patch::Absent => {}
        Patch::Null => after.mobility = None,
        Patch::Value(degree) => after.mobility = Some(mobility(degree).map_err(refused("/mobility"))?),
    }
    for (name, degree) in change.furcation {
        let pointer = format!("/furcation/{name}");
        let none_here = || refused(pointer.clone())(PerioError::NoFurcationHere);
        let entrance: Entrance = name.parse().map_err(|_| none_here())?;
        match degree {
            Some(_) if after.presence == Presence::Implant => return Err(none_here()),
            Some(degree) => {
                let degree = furcation(tooth, entrance, degree).map_err(refused(pointer.as_str()))?;
                after.furcation.insert(entrance, degree);
            }
            None => {
                after.furcation.remove(&entrance);
            }
        }
    }
    for (name, site) in change.sites {
        let pointer = format!("/sites/{name}");
        let name: Site = name.parse().map_err(|_| ApiError::invalid(&pointer, "periodontal.unknown_site"))?;
        let reading = changed_site(before.site(name), &site, &pointer)?;
        after.sites.insert(name, reading);
    }
    if after.presence == Presence::Missing && !after.is_empty() {
        return Err(match (before.presence, before.is_empty()) {
            (Presence::Missing, _) | (_, true) => refused("tooth")(PerioError::ToothMissing),
            _ => refused("/presence")(PerioError::ToothHasReadings),
        });
    }
    if after.presence == Presence::Implant && !after.furcation.is_empty() {
        return Err(refused("/furcation")(PerioError::NoFurcationHere));
    }
    Ok(after)
}

fn changed_site(before: SiteReading, change: &PerioSiteChange, pointer: &str) -> ApiResult<SiteReading> {
    let mut after = before;
    match change.depth {
        Patch::Absent => {}
        Patch::Null => after.depth = None,
        Patch::Value(mm) => after.depth = Some(depth(mm).map_err(refused(format!("{pointer}/depth")))?),
    }
    match change.margin {
        Patch::Absent => {}
        Patch::Null => after.margin = None,
        Patch::Value(mm) => after.margin = Some(margin(mm).map_err(refused(format!("{pointer}/margin")))?),
    }
    after.bleeding = change.bleeding.unwrap_or(before.bleeding);
    after.suppuration = change.suppuration.unwrap_or(before.suppuration);
    after.plaque = change.plaque.unwrap_or(before.plaque);
    after.calculus = change.calculus.unwrap_or(before.calculus);
    Ok(after)
}
