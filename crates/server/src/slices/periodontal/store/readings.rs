//! What was read: teeth, sites, sextants.

use std::collections::{BTreeMap, HashMap};

use dentpro_core::ids::{PatientId, PerioExamId};
use dentpro_core::periodontal::{Entrance, Mouth, Presence, Sextant, Site, SiteReading, ToothReading};
use dentpro_core::teeth::Tooth;
use uuid::Uuid;

use super::{small, unreadable};
use crate::kernel::db::Tx;

/// Adds the teeth of a new exam.
pub async fn insert_teeth(
    tx: &mut Tx,
    exam: PerioExamId,
    patient: PatientId,
    standing: &BTreeMap<Tooth, Presence>,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let teeth: Vec<String> = standing.keys().map(Tooth::to_string).collect();
    let presence: Vec<String> = standing.values().map(Presence::to_string).collect();
    sqlx::query!(
        "insert into perio_tooth (clinic_id, exam_id, patient_id, tooth, presence)
        select $1, $2, $3, t.tooth, t.presence
        from unnest($4::text[], $5::text[]) as t (tooth, presence)",
        clinic,
        exam.uuid(),
        patient.uuid(),
        &teeth,
        &presence
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What stood at each place in the last full exam of a patient that counts, for the next one.
pub async fn last_presence(tx: &mut Tx, patient: PatientId) -> sqlx::Result<BTreeMap<Tooth, Presence>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select t.tooth, t.presence
        from perio_tooth t
        where t.clinic_id = $1
            and t.exam_id = (
                select e.id
                from perio_exam e
                where e.clinic_id = $1 and e.patient_id = $2 and e.kind = 'full' and e.status = 'closed'
                order by e.on_date desc, e.id desc
                limit 1)
        limit 32",
        clinic,
        patient.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| Ok((r.tooth.parse().map_err(unreadable)?, r.presence.parse().map_err(unreadable)?)))
        .collect()
}

struct ToothRow {
    exam_id: Uuid,
    tooth: String,
    presence: String,
    mobility: Option<i16>,
    furcation_b: Option<i16>,
    furcation_l: Option<i16>,
    furcation_m: Option<i16>,
    furcation_d: Option<i16>,
}

impl ToothRow {
    fn reading(&self) -> sqlx::Result<(Tooth, ToothReading)> {
        let entrances = [
            (Entrance::Buccal, self.furcation_b),
            (Entrance::Lingual, self.furcation_l),
            (Entrance::Mesial, self.furcation_m),
            (Entrance::Distal, self.furcation_d),
        ];
        let mut furcation = BTreeMap::new();
        for (entrance, degree) in entrances {
            if let Some(degree) = small(degree)? {
                furcation.insert(entrance, degree);
            }
        }
        let reading = ToothReading {
            presence: self.presence.parse().map_err(unreadable)?,
            mobility: small(self.mobility)?,
            furcation,
            sites: BTreeMap::new(),
        };
        Ok((self.tooth.parse().map_err(unreadable)?, reading))
    }
}

/// What was read in each of these exams, in two statements however many there are.
pub async fn mouths(tx: &mut Tx, exams: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Mouth>> {
    let clinic = tx.clinic();
    let mut mouths: HashMap<Uuid, Mouth> = HashMap::new();
    let teeth = sqlx::query_as!(
        ToothRow,
        "select
            exam_id,
            tooth,
            presence,
            mobility,
            furcation_b,
            furcation_l,
            furcation_m,
            furcation_d
        from perio_tooth
        where clinic_id = $1 and exam_id = any($2)
        limit 4000",
        clinic,
        exams
    )
    .fetch_all(&mut **tx)
    .await?;
    for row in teeth {
        let (tooth, reading) = row.reading()?;
        mouths.entry(row.exam_id).or_default().insert(tooth, reading);
    }
    for (exam, tooth, site, reading) in sites(tx, exams, None).await? {
        if let Some(of_tooth) = mouths.get_mut(&exam).and_then(|mouth| mouth.get_mut(&tooth)) {
            of_tooth.sites.insert(site, reading);
        }
    }
    Ok(mouths)
}

async fn sites(
    tx: &mut Tx,
    exams: &[Uuid],
    tooth: Option<Tooth>,
) -> sqlx::Result<Vec<(Uuid, Tooth, Site, SiteReading)>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select
            exam_id,
            tooth,
            site,
            depth,
            margin,
            bleeding,
            suppuration,
            plaque,
            calculus
        from perio_site
        where clinic_id = $1 and exam_id = any($2) and ($3::text is null or tooth = $3)
        limit 20000",
        clinic,
        exams,
        tooth.map(|t| t.to_string())
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            let reading = SiteReading {
                depth: small(r.depth)?,
                margin: small(r.margin)?,
                bleeding: r.bleeding,
                suppuration: r.suppuration,
                plaque: r.plaque,
                calculus: r.calculus,
            };
            let tooth = r.tooth.parse().map_err(unreadable)?;
            Ok((r.exam_id, tooth, r.site.parse().map_err(unreadable)?, reading))
        })
        .collect()
}

/// A tooth of an exam with its sites, held so that whoever writes at the same tooth waits; `None` in a screening.
pub async fn lock_tooth(tx: &mut Tx, exam: PerioExamId, tooth: Tooth) -> sqlx::Result<Option<ToothReading>> {
    let clinic = tx.clinic();
    let row = sqlx::query_as!(
        ToothRow,
        "select
            exam_id,
            tooth,
            presence,
            mobility,
            furcation_b,
            furcation_l,
            furcation_m,
            furcation_d
        from perio_tooth
        where clinic_id = $1 and exam_id = $2 and tooth = $3
        for update",
        clinic,
        exam.uuid(),
        tooth.to_string()
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (_, mut reading) = row.reading()?;
    reading.sites =
        sites(tx, &[exam.uuid()], Some(tooth)).await?.into_iter().map(|(_, _, site, r)| (site, r)).collect();
    Ok(Some(reading))
}

/// Writes a tooth that is held.
pub async fn update_tooth(
    tx: &mut Tx,
    exam: PerioExamId,
    tooth: Tooth,
    reading: &ToothReading,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let furcation = |entrance| reading.furcation.get(&entrance).copied().map(i16::from);
    sqlx::query!(
        "update perio_tooth
        set presence = $4,
            mobility = $5,
            furcation_b = $6,
            furcation_l = $7,
            furcation_m = $8,
            furcation_d = $9
        where clinic_id = $1 and exam_id = $2 and tooth = $3",
        clinic,
        exam.uuid(),
        tooth.to_string(),
        reading.presence.as_str(),
        reading.mobility.map(i16::from),
        furcation(Entrance::Buccal),
        furcation(Entrance::Lingual),
        furcation(Entrance::Mesial),
        furcation(Entrance::Distal)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes sites of a tooth that is held.
pub async fn write_sites(
    tx: &mut Tx,
    exam: PerioExamId,
    patient: PatientId,
    tooth: Tooth,
    sites: &BTreeMap<Site, SiteReading>,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let column = |of: fn(&SiteReading) -> bool| sites.values().map(of).collect::<Vec<_>>();
    let names: Vec<String> = sites.keys().map(Site::to_string).collect();
    let depths: Vec<Option<i16>> = sites.values().map(|s| s.depth.map(i16::from)).collect();
    let margins: Vec<Option<i16>> = sites.values().map(|s| s.margin.map(i16::from)).collect();
    sqlx::query!(
        "insert into perio_site (clinic_id, exam_id, patient_id, tooth, site, depth, margin, bleeding, suppuration,
            plaque, calculus)
        select $1, $2, $3, $4, s.site, s.depth, s.margin, s.bleeding, s.suppuration, s.plaque, s.calculus
        from unnest($5::text[], $6::smallint[], $7::smallint[], $8::boolean[], $9::boolean[], $10::boolean[],
            $11::boolean[]) as s (site, depth, margin, bleeding, suppuration, plaque, calculus)
        on conflict (clinic_id, exam_id, tooth, site) do update
        set depth = excluded.depth,
            margin = excluded.margin,
            bleeding = excluded.bleeding,
            suppuration = excluded.suppuration,
            plaque = excluded.plaque,
            calculus = excluded.calculus",
        clinic,
        exam.uuid(),
        patient.uuid(),
        tooth.to_string(),
        &names,
        &depths as _,
        &margins as _,
        &column(|s| s.bleeding),
        &column(|s| s.suppuration),
        &column(|s| s.plaque),
        &column(|s| s.calculus)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The codes of each of these screenings, as they are written.
pub async fn sextants(tx: &mut Tx, exams: &[Uuid]) -> sqlx::Result<HashMap<Uuid, BTreeMap<Sextant, String>>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select exam_id, sextant, code as "code!"
        from perio_sextant
        where clinic_id = $1 and exam_id = any($2) and code is not null
        limit 1000"#,
        clinic,
        exams
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut codes: HashMap<Uuid, BTreeMap<Sextant, String>> = HashMap::new();
    for row in rows {
        let sextant = row.sextant.parse().map_err(unreadable)?;
        codes.entry(row.exam_id).or_default().insert(sextant, row.code);
    }
    Ok(codes)
}

/// Writes a sextant's code.
pub async fn write_sextant(
    tx: &mut Tx,
    exam: PerioExamId,
    patient: PatientId,
    sextant: Sextant,
    code: Option<&str>,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into perio_sextant (clinic_id, exam_id, patient_id, sextant, code)
        values ($1, $2, $3, $4, $5)
        on conflict (clinic_id, exam_id, sextant) do update set code = excluded.code",
        clinic,
        exam.uuid(),
        patient.uuid(),
        sextant.as_str(),
        code
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
