//! What a signature on a visit covers, as bytes to be hashed.
//!
//! Version 1, all numbers big-endian:
//!
//! ```text
//! text(s)    = u64 length of the UTF-8 bytes, then the bytes, as typed
//! uuid       = 16 bytes
//! instant    = i64 microseconds since 1970 in UTC (what the database keeps)
//! visit      = text("dentpro.visit.v1") uuid(clinic) uuid(visit) uuid(patient) uuid(doctor) uuid(signer)
//!              instant(opened) instant(signed)
//!              text(subjective) text(objective) text(assessment) text(plan)
//!              u64 count, then each entry by kind and id
//! entry      = text(kind) uuid(id) u64 count, then each field by name: text(name) text(value)
//! ```
//!
//! Lengths stand before contents, so no two visits share their bytes. Entries are sorted, so the order in which
//! the database gives them does not matter. A new field or kind leaves earlier signatures as they are; any other
//! change needs a new version word.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

const VERSION: &str = "dentpro.visit.v1";

/// Something that hangs on the visit: a diagnosis, a procedure, a prescription, a chart event, a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignedEntry {
    /// `diagnosis`, `procedure`, …
    pub kind: String,
    pub id: Uuid,
    /// What it says, each field as text; what is absent is left out.
    pub fields: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedVisit {
    pub clinic_id: Uuid,
    pub visit_id: Uuid,
    pub patient_id: Uuid,
    pub doctor_id: Uuid,
    pub signed_by: Uuid,
    pub opened_at: Timestamp,
    pub signed_at: Timestamp,
    pub subjective: String,
    pub objective: String,
    pub assessment: String,
    pub plan: String,
    pub entries: Vec<SignedEntry>,
}

/// The canonical bytes of a visit: the input of its hash.
pub fn signing_bytes(visit: &SignedVisit) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_text(&mut bytes, VERSION);
    for id in [visit.clinic_id, visit.visit_id, visit.patient_id, visit.doctor_id, visit.signed_by] {
        bytes.extend_from_slice(id.as_bytes());
    }
    for instant in [visit.opened_at, visit.signed_at] {
        bytes.extend_from_slice(&instant.as_microsecond().to_be_bytes());
    }
    for note in [&visit.subjective, &visit.objective, &visit.assessment, &visit.plan] {
        put_text(&mut bytes, note);
    }
    let mut entries: Vec<&SignedEntry> = visit.entries.iter().collect();
    entries.sort_unstable();
    put_count(&mut bytes, entries.len());
    for entry in entries {
        put_text(&mut bytes, &entry.kind);
        bytes.extend_from_slice(entry.id.as_bytes());
        put_count(&mut bytes, entry.fields.len());
        for (name, value) in &entry.fields {
            put_text(&mut bytes, name);
            put_text(&mut bytes, value);
        }
    }
    bytes
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_count(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

fn put_count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend_from_slice(&(count as u64).to_be_bytes());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn visit() -> SignedVisit {
        SignedVisit {
            clinic_id: Uuid::from_u128(1),
            visit_id: Uuid::from_u128(2),
            patient_id: Uuid::from_u128(3),
            doctor_id: Uuid::from_u128(4),
            signed_by: Uuid::from_u128(4),
            opened_at: "2026-11-22T08:00:00Z".parse().unwrap(),
            signed_at: "2026-11-22T08:30:00.123456Z".parse().unwrap(),
            subjective: "ألم في الضرس العلوي".to_owned(),
            objective: "Caries 16 MO".to_owned(),
            assessment: String::new(),
            plan: "Filling".to_owned(),
            entries: vec![
                entry("procedure", 9, &[("tooth", "16"), ("surfaces", "MO")]),
                entry("diagnosis", 8, &[("code", "K02.1")]),
            ],
        }
    }

    fn entry(kind: &str, id: u128, fields: &[(&str, &str)]) -> SignedEntry {
        SignedEntry {
            kind: kind.to_owned(),
            id: Uuid::from_u128(id),
            fields: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        }
    }

    /// The bytes of version 1 must never change: this is a signature somebody may have to check in ten years.
    #[test]
    fn the_bytes_are_those_that_the_documentation_says() {
        let small = SignedVisit { entries: vec![entry("file", 7, &[("sha256", "ab")])], ..visit() };
        let mut expected = Vec::new();
        expected.extend(16u64.to_be_bytes());
        expected.extend(b"dentpro.visit.v1");
        for id in [1u128, 2, 3, 4, 4] {
            expected.extend(id.to_be_bytes());
        }
        expected.extend(1_795_334_400_000_000_i64.to_be_bytes());
        expected.extend(1_795_336_200_123_456_i64.to_be_bytes());
        for note in ["ألم في الضرس العلوي", "Caries 16 MO", "", "Filling"] {
            expected.extend((note.len() as u64).to_be_bytes());
            expected.extend(note.as_bytes());
        }
        expected.extend(1u64.to_be_bytes());
        expected.extend(4u64.to_be_bytes());
        expected.extend(b"file");
        expected.extend(7u128.to_be_bytes());
        expected.extend(1u64.to_be_bytes());
        for text in ["sha256", "ab"] {
            expected.extend((text.len() as u64).to_be_bytes());
            expected.extend(text.as_bytes());
        }
        assert_eq!(signing_bytes(&small), expected);
    }

    #[test]
    fn any_change_shows() {
        let before = signing_bytes(&visit());
        let changes: [fn(&mut SignedVisit); 8] = [
            |visit| visit.patient_id = Uuid::from_u128(99),
            |visit| visit.signed_at = "2026-11-22T08:30:00.123457Z".parse().unwrap(),
            |visit| visit.plan.push(' '),
            |visit| std::mem::swap(&mut visit.assessment, &mut visit.plan),
            |visit| drop(visit.entries.pop()),
            |visit| visit.entries[0].kind = "plan".to_owned(),
            |visit| drop(visit.entries[0].fields.insert("tooth".to_owned(), "17".to_owned())),
            |visit| drop(visit.entries[0].fields.insert("note".to_owned(), String::new())),
        ];
        for (index, change) in changes.into_iter().enumerate() {
            let mut changed = visit();
            change(&mut changed);
            assert_ne!(signing_bytes(&changed), before, "change {index}");
        }
    }

    #[test]
    fn what_the_database_cannot_keep_is_not_signed() {
        let nanoseconds =
            SignedVisit { signed_at: "2026-11-22T08:30:00.123456789Z".parse().unwrap(), ..visit() };
        assert_eq!(signing_bytes(&nanoseconds), signing_bytes(&visit()));
    }

    fn any_entry() -> impl Strategy<Value = SignedEntry> {
        let fields = proptest::collection::btree_map("[a-z]{0,4}", ".{0,6}", 0..3);
        ("[a-z]{0,4}", 0u128..5, fields).prop_map(|(kind, id, fields)| SignedEntry {
            kind,
            id: Uuid::from_u128(id),
            fields,
        })
    }

    proptest! {
        #[test]
        fn the_order_of_entries_does_not_matter(
            (entries, shuffled) in proptest::collection::vec(any_entry(), 0..6)
                .prop_flat_map(|e| (Just(e.clone()), Just(e).prop_shuffle()))
        ) {
            let signed = signing_bytes(&SignedVisit { entries, ..visit() });
            prop_assert_eq!(signed, signing_bytes(&SignedVisit { entries: shuffled, ..visit() }));
        }

        #[test]
        fn two_visits_never_share_their_bytes(
            a in (".{0,4}", ".{0,4}", proptest::collection::vec(any_entry(), 0..3)),
            b in (".{0,4}", ".{0,4}", proptest::collection::vec(any_entry(), 0..3)),
        ) {
            let made = |(plan, assessment, mut entries): (String, String, Vec<SignedEntry>)| {
                entries.sort();
                SignedVisit { plan, assessment, entries, ..visit() }
            };
            let (a, b) = (made(a), made(b));
            prop_assert_eq!(a == b, signing_bytes(&a) == signing_bytes(&b));
        }
    }
}
