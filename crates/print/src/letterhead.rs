//! What stands on every document: whose it is, and for whom.

use serde::Serialize;

use crate::text::{Words, code, words};
use crate::{Bilingual, Clinic, Patient};

#[derive(Debug, Serialize)]
pub(crate) struct LetterheadWords {
    name: Words,
    branch: Option<Words>,
    address: Option<Words>,
    phone: Option<String>,
    email: Option<String>,
    tax_number: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct PatientWords {
    name: Words,
    file_number: Option<String>,
    phone: Option<String>,
    national_id: Option<String>,
}

pub(crate) fn letterhead_words(clinic: &Clinic, branch: Option<&Bilingual>) -> LetterheadWords {
    LetterheadWords {
        name: Words::from(&clinic.name),
        branch: words(branch),
        address: words(Some(&clinic.address)),
        phone: code(clinic.phone.as_deref()),
        email: code(clinic.email.as_deref()),
        tax_number: code(clinic.tax_number.as_deref()),
    }
}

pub(crate) fn patient_words(patient: &Patient) -> PatientWords {
    PatientWords {
        name: Words::from(&patient.name),
        file_number: code(Some(&patient.file_number)),
        phone: code(patient.phone.as_deref()),
        national_id: code(patient.national_id.as_deref()),
    }
}
