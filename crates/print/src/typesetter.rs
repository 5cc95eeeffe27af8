//! The only place that knows typst: embedded fonts and templates, one JSON file of values, PDF bytes out.

use std::sync::LazyLock;

use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::{Digits, DocumentLanguage, PrintError, logo};

static FONT_FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/IBMPlexSans-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSans-SemiBold.ttf"),
    include_bytes!("../fonts/IBMPlexSansArabic-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSansArabic-SemiBold.ttf"),
];

static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FONT_FILES.iter().flat_map(|&file| Font::iter(Bytes::new(file))).collect());
static FONT_BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

static TEMPLATES: LazyLock<[Source; 7]> = LazyLock::new(|| {
    [
        ("invoice.typ", include_str!("../templates/invoice.typ")),
        ("receipt.typ", include_str!("../templates/receipt.typ")),
        ("periodontal.typ", include_str!("../templates/periodontal.typ")),
        ("plan.typ", include_str!("../templates/plan.typ")),
        ("chart.typ", include_str!("../templates/chart.typ")),
        ("letterhead.typ", include_str!("../templates/letterhead.typ")),
        ("labels.typ", include_str!("../templates/labels.typ")),
    ]
    .map(|(name, text)| Source::new(file_id(name), text.to_owned()))
});

static VALUES_FILE: LazyLock<FileId> = LazyLock::new(|| file_id("values.json"));

#[derive(Debug, Clone, Copy)]
pub(crate) enum Template {
    Invoice,
    Receipt,
    Periodontal,
    Chart,
    Plan,
}

/// What decides how a document reads, the same for every kind of document.
#[derive(Debug, Serialize)]
pub(crate) struct Settings {
    language: &'static str,
    arabic_indic: bool,
}

impl Settings {
    pub fn new(language: DocumentLanguage, digits: Digits) -> Self {
        let language = match language {
            DocumentLanguage::Arabic => "ar",
            DocumentLanguage::English => "en",
            DocumentLanguage::Both => "both",
        };
        Self { language, arabic_indic: digits == Digits::ArabicIndic }
    }
}

/// The values and where the template finds the logo.
#[derive(Serialize)]
struct Values<'a, S> {
    #[serde(flatten)]
    sheet: &'a S,
    logo: Option<&'static str>,
}

/// Everything a template may read. There is no file system and no network behind it.
struct Desk {
    main: FileId,
    values: Bytes,
    logo: Option<(FileId, Bytes)>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONT_BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        TEMPLATES.iter().find(|template| template.id() == id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *VALUES_FILE {
            return Ok(self.values.clone());
        }
        match &self.logo {
            Some((logo, picture)) if *logo == id => Ok(picture.clone()),
            _ => Err(missing(id)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

pub(crate) fn pdf<S: Serialize>(
    template: Template,
    sheet: &S,
    logo: Option<&[u8]>,
) -> Result<Vec<u8>, PrintError> {
    let options = PdfOptions { creator: Smart::Custom(Some("DentPro".to_owned())), ..PdfOptions::default() };
    let printed = lay_out(template, sheet, logo)
        .and_then(|document| typst_pdf::pdf(&document, &options).map_err(|faults| layout_error(&faults)));
    // typst remembers every layout it made; nothing of one patient's document is of use to the next.
    typst::comemo::evict(0);
    printed
}

pub(crate) fn lay_out<S: Serialize>(
    template: Template,
    sheet: &S,
    logo: Option<&[u8]>,
) -> Result<PagedDocument, PrintError> {
    let logo_name = logo.map(logo::file_name).transpose()?;
    let values = serde_json::to_vec(&Values { sheet, logo: logo_name })?;
    let desk = Desk {
        main: file_id(match template {
            Template::Invoice => "invoice.typ",
            Template::Receipt => "receipt.typ",
            Template::Periodontal => "periodontal.typ",
            Template::Chart => "chart.typ",
            Template::Plan => "plan.typ",
        }),
        values: Bytes::new(values),
        logo: logo_name.zip(logo).map(|(name, picture)| (file_id(name), Bytes::new(picture.to_vec()))),
    };
    typst::compile(&desk).output.map_err(|faults| layout_error(&faults))
}

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("the crate's own file names are valid paths");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

fn layout_error(faults: &[SourceDiagnostic]) -> PrintError {
    PrintError::Layout(faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; "))
}
