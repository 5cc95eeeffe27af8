//! What the signature under a visit covers: its notes, diagnoses and work done.

use std::collections::BTreeMap;

use dentpro_core::records::signing::{SignedEntry, SignedVisit, signing_bytes};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::api::{Diagnosis, VisitProcedure};
use super::store::visits::LockedVisit;

/// SHA-256 of a visit as it is signed.
pub fn hash(
    clinic: Uuid,
    signer: Uuid,
    at: Timestamp,
    visit: &LockedVisit,
    diagnoses: &[Diagnosis],
    procedures: &[VisitProcedure],
) -> [u8; 32] {
    let entries = diagnoses.iter().map(diagnosis_entry).chain(procedures.iter().map(procedure_entry));
    let signed = SignedVisit {
        clinic_id: clinic,
        visit_id: visit.id.uuid(),
        patient_id: visit.patient_id.uuid(),
        doctor_id: visit.doctor_id.uuid(),
        signed_by: signer,
        opened_at: visit.opened_at,
        signed_at: at,
        subjective: visit.notes.subjective.clone(),
        objective: visit.notes.objective.clone(),
        assessment: visit.notes.assessment.clone(),
        plan: visit.notes.plan.clone(),
        entries: entries.collect(),
    };
    Sha256::digest(signing_bytes(&signed)).into()
}

fn entry<const N: usize>(kind: &str, id: Uuid, fields: [(&str, Option<String>); N]) -> SignedEntry {
    let fields: BTreeMap<String, String> =
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    SignedEntry { kind: kind.to_owned(), id, fields }
}

fn letters(surfaces: &[String]) -> Option<String> {
    (!surfaces.is_empty()).then(|| surfaces.concat())
}

fn diagnosis_entry(diagnosis: &Diagnosis) -> SignedEntry {
    entry(
        "diagnosis",
        diagnosis.id.uuid(),
        [
            ("code", diagnosis.code.clone()),
            ("text", Some(diagnosis.text.clone())),
            ("tooth", diagnosis.tooth.clone()),
            ("surfaces", letters(&diagnosis.surfaces)),
        ],
    )
}

/// The price is the invoice's matter and stays outside; the catalogue's names may be reworded later, its code not.
fn procedure_entry(procedure: &VisitProcedure) -> SignedEntry {
    entry(
        "procedure",
        procedure.id.uuid(),
        [
            ("procedure", Some(procedure.procedure_id.to_string())),
            ("doctor", Some(procedure.doctor_id.to_string())),
            ("tooth", procedure.tooth.clone()),
            ("surfaces", letters(&procedure.surfaces)),
            ("quantity", Some(procedure.quantity.to_string())),
            ("note", procedure.note.clone()),
            ("chart_event", procedure.chart_event_id.map(|e| e.to_string())),
        ],
    )
}
