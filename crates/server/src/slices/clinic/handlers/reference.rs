//! Lists that ship with the product: conditions, allergens, dental diagnoses.

use std::sync::LazyLock;

use dentpro_core::permissions::need;
use dentpro_core::text::fold;

use super::super::api::reference::{ReferenceEntry, ReferenceQuery};
use super::super::csv_file;
use crate::kernel::actor::Can;
use crate::kernel::error::ApiResult;
use crate::kernel::extract::Query;
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Entries answered at most.
const LIMIT: usize = 100;

/// A list with the folded text that is searched.
type List = Vec<(String, ReferenceEntry)>;

static CONDITIONS: LazyLock<List> = LazyLock::new(|| list(include_bytes!("../../../../data/conditions.csv")));
static ALLERGENS: LazyLock<List> = LazyLock::new(|| list(include_bytes!("../../../../data/allergens.csv")));
static DIAGNOSES: LazyLock<List> = LazyLock::new(|| list(include_bytes!("../../../../data/diagnoses.csv")));

fn list(file: &[u8]) -> List {
    let lines = csv_file::read(file, &["name_ar", "name_en"]).expect("the shipped lists are well-formed");
    lines
        .iter()
        .map(|line| {
            let entry = ReferenceEntry {
                code: line.optional("code"),
                name_ar: line.cell("name_ar").to_owned(),
                name_en: line.cell("name_en").to_owned(),
                alert: line.optional("alert"),
                drug_class: line.optional("drug_class"),
            };
            let code = entry.code.clone().unwrap_or_default();
            (format!("{} {} {}", fold(&code), fold(&entry.name_ar), fold(&entry.name_en)), entry)
        })
        .collect()
}

fn find(list: &List, query: &ReferenceQuery) -> ApiResult<Reply<Page<ReferenceEntry>>> {
    let wanted = fold(&text::line(query.q.as_deref().unwrap_or_default(), "q", 100)?);
    let matches = |text: &str| wanted.split(' ').all(|word| text.contains(word));
    let items =
        list.iter().filter(|(text, _)| matches(text)).take(LIMIT).map(|(_, entry)| entry.clone()).collect();
    Ok(Reply::ok(Page::whole(items)))
}

/// Chronic conditions that matter in dentistry, by name or ICD-10 code.
#[utoipa::path(get, path = "/reference/conditions", tag = "clinic", params(ReferenceQuery),
    responses((status = 200, body = Page<ReferenceEntry>)), extensions(("x-permission" = json!("clinic.read"))))]
pub async fn list_conditions(
    _: Can<need::ClinicRead>,
    Query(query): Query<ReferenceQuery>,
) -> ApiResult<Reply<Page<ReferenceEntry>>> {
    find(&CONDITIONS, &query)
}

/// Substances people are allergic to, with the drug class where there is one.
#[utoipa::path(get, path = "/reference/allergens", tag = "clinic", params(ReferenceQuery),
    responses((status = 200, body = Page<ReferenceEntry>)), extensions(("x-permission" = json!("clinic.read"))))]
pub async fn list_allergens(
    _: Can<need::ClinicRead>,
    Query(query): Query<ReferenceQuery>,
) -> ApiResult<Reply<Page<ReferenceEntry>>> {
    find(&ALLERGENS, &query)
}

/// Dental diagnoses, by name or ICD-10 code.
#[utoipa::path(get, path = "/reference/diagnoses", tag = "clinic", params(ReferenceQuery),
    responses((status = 200, body = Page<ReferenceEntry>)), extensions(("x-permission" = json!("clinic.read"))))]
pub async fn list_diagnoses(
    _: Can<need::ClinicRead>,
    Query(query): Query<ReferenceQuery>,
) -> ApiResult<Reply<Page<ReferenceEntry>>> {
    find(&DIAGNOSES, &query)
}
