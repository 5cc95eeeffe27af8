//! The header of a patient's page and its alerts.

use std::borrow::Borrow;

use dentpro_core::ids::PatientId;
use dentpro_core::permissions::{Permission, need};
use dentpro_core::records::{
    Alert, AlertSource, AllergySeverity, allergy_status, medication_source, order_alerts,
};

use super::super::api::{AlertItem, Alerts, Header};
use super::super::reference::{self, BothNames};
use super::super::store::overview::{self as store, Answers, Warning};
use super::super::store::registration;
use super::{instant, money, shown};
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::Path;
use crate::kernel::reply::Reply;

/// What stands above every page of a patient: who it is, what to beware of, when he comes and what he owes.
#[utoipa::path(get, path = "/patients/{id}/header", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Header)), extensions(("x-permission" = json!("patients.read"))))]
pub async fn get_patient_header(
    actor: Can<need::PatientsRead>,
    db: Db,
    clock: Clock,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Header>> {
    let mut tx = db.begin(&actor).await?;
    let stored = registration::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let alerts = alerts(&mut tx, id).await?;
    let standing = store::standing(&mut tx, id, clock.now()).await?;
    let balance = actor.may(Permission::BillingRead).then(|| money(&actor, standing.balance)).transpose()?;
    let version = stored.version;
    Ok(Reply::ok(Header {
        patient: shown(&actor, &clock, stored),
        alerts: alerts.items,
        allergy_status: alerts.allergy_status,
        last_visit_at: standing.last_visit_at.map(|at| instant(&actor, at)),
        next_appointment_at: standing.next_appointment_at.map(|at| instant(&actor, at)),
        balance,
    })
    .version(version))
}

/// What to beware of, the gravest first. Who may see the patient may see this, for safety's sake.
#[utoipa::path(get, path = "/patients/{id}/alerts", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Alerts)), extensions(("x-permission" = json!("patients.read"))))]
pub async fn list_alerts(
    actor: Can<need::PatientsRead>,
    db: Db,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Alerts>> {
    let mut tx = db.begin(&actor).await?;
    Ok(Reply::ok(alerts(&mut tx, id).await?))
}

/// An alert of the rules with its words in both languages.
struct Worded {
    alert: Alert,
    words: BothNames,
}

impl Borrow<Alert> for Worded {
    fn borrow(&self) -> &Alert {
        &self.alert
    }
}

async fn alerts(tx: &mut Tx, id: PatientId) -> ApiResult<Alerts> {
    let answers = store::answers(tx, id).await?.ok_or_else(ApiError::not_found)?;
    let warnings = store::warnings(tx, id).await?;
    let allergies = warnings.iter().filter(|w| matches!(w, Warning::Allergy { .. })).count();
    let mut worded: Vec<Worded> = warnings.into_iter().map(worded).collect();
    worded.extend(pregnancy(answers));
    order_alerts(&mut worded);
    let items = worded
        .into_iter()
        .map(|Worded { alert, words }| AlertItem {
            kind: alert.source.kind(),
            source: alert.source,
            severity: alert.tone,
            allergy_severity: alert.severity,
            text: alert.text,
            text_ar: words.ar,
            text_en: words.en,
        })
        .collect();
    Ok(Alerts { items, allergy_status: allergy_status(allergies, answers.no_allergies) })
}

fn worded(warning: Warning) -> Worded {
    match warning {
        Warning::Allergy { substance, severity } => {
            let names = reference::substance(&substance);
            let severe = severity == AllergySeverity::Severe;
            let words = BothNames {
                ar: format!("حساسية{}: {}", if severe { " شديدة" } else { "" }, names.ar),
                en: format!("{}llergy: {}", if severe { "Severe a" } else { "A" }, names.en),
            };
            let source = AlertSource::Allergy;
            let alert = Alert { source, tone: source.tone(), severity: Some(severity), text: substance };
            Worded { alert, words }
        }
        Warning::Condition { code, name, tone } => {
            let listed = code.as_deref().and_then(reference::condition);
            let words = listed.map_or_else(|| BothNames::same(&name), |condition| condition.names.clone());
            Worded {
                alert: Alert { source: AlertSource::Condition, tone, severity: None, text: name },
                words,
            }
        }
        Warning::Medication { name, drug_class, listed } => {
            let source = medication_source(&name, drug_class.as_deref());
            let names = listed.map_or_else(|| reference::substance(&name), |(ar, en)| BothNames { ar, en });
            let words = if source == AlertSource::Anticoagulant {
                BothNames {
                    ar: format!("مضاد للتجلط: {}", names.ar),
                    en: format!("Anticoagulant: {}", names.en),
                }
            } else {
                names
            };
            Worded { alert: Alert { source, tone: source.tone(), severity: None, text: name }, words }
        }
    }
}

fn pregnancy(answers: Answers) -> Option<Worded> {
    if !answers.pregnant {
        return None;
    }
    let words = match answers.pregnancy_due {
        Some(due) => BothNames {
            ar: format!("حامل، الولادة المتوقعة {due}"),
            en: format!("Pregnant, due {due}"),
        },
        None => BothNames { ar: "حامل".to_owned(), en: "Pregnant".to_owned() },
    };
    let source = AlertSource::Pregnancy;
    let alert = Alert { source, tone: source.tone(), severity: None, text: words.en.clone() };
    Some(Worded { alert, words })
}
