//! The documents as a reader sees them: the words on each page, where they stand, and how many pages there are.

use std::collections::BTreeMap;

use dentpro_core::periodontal::{Mouth, Sextant, summary};
use jiff::civil::date;
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use crate::typesetter::{Template, lay_out};
use crate::{
    Bilingual, Digits, DocumentLanguage, InvoiceDocument, InvoiceKind, PerioDocument, PrintError, chart,
    invoice, periodontal, receipt, render_invoice, render_receipt,
};

#[path = "../examples/sample_documents/samples.rs"]
mod samples;

mod plans;

const LANGUAGES: [DocumentLanguage; 3] =
    [DocumentLanguage::Arabic, DocumentLanguage::English, DocumentLanguage::Both];

/// One run of glyphs: what it says, where it begins and how wide it is, in points from the page's upper left.
#[derive(Debug)]
struct Run {
    page: usize,
    text: String,
    x: f64,
    y: f64,
    width: f64,
}

fn typeset(document: &InvoiceDocument, language: DocumentLanguage) -> PagedDocument {
    lay_out(Template::Invoice, &invoice::sheet(document, language), document.clinic.logo.as_deref())
        .expect("the invoice can be typeset")
}

fn runs(document: &PagedDocument) -> Vec<Run> {
    let mut runs = Vec::new();
    for (page, sheet) in document.pages().iter().enumerate() {
        collect(&sheet.frame, Point::zero(), page, &mut runs);
    }
    runs
}

fn collect(frame: &Frame, origin: Point, page: usize, runs: &mut Vec<Run>) {
    for (position, item) in frame.items() {
        let position = origin + *position;
        match item {
            // The watermark is turned; nothing else is, so positions stay plain sums.
            FrameItem::Group(group) if group.transform.is_identity() => {
                collect(&group.frame, position, page, runs);
            }
            FrameItem::Group(group) => collect(&group.frame, Point::zero(), page, runs),
            FrameItem::Text(text) => runs.push(Run {
                page,
                text: text.text.to_string(),
                x: position.x.to_pt(),
                y: position.y.to_pt(),
                width: text.width().to_pt(),
            }),
            _ => {}
        }
    }
}

/// All words in reading order of the layout, spaces and invisible break points removed.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

fn says(document: &PagedDocument, text: &str) -> bool {
    squeezed(&runs(document).iter().map(|run| run.text.as_str()).collect::<String>())
        .contains(&squeezed(text))
}

fn run_of<'a>(runs: &'a [Run], text: &str) -> &'a Run {
    runs.iter().find(|run| run.text.contains(text)).unwrap_or_else(|| panic!("{text} is not on the document"))
}

#[test]
fn every_document_is_a_pdf_in_every_language() {
    for language in LANGUAGES {
        let invoice = render_invoice(&samples::invoice(3, 15), language).unwrap();
        let receipt = render_receipt(&samples::receipt(), language).unwrap();
        assert!(invoice.starts_with(b"%PDF-") && receipt.starts_with(b"%PDF-"));
    }
}

#[test]
fn the_same_values_make_the_same_bytes() {
    let render = || render_invoice(&samples::invoice(2, 0), DocumentLanguage::Both).unwrap();
    assert_eq!(render(), render());
}

#[test]
fn an_english_invoice_says_what_it_was_given() {
    let document = typeset(&samples::invoice(1, 15), DocumentLanguage::English);
    for text in [
        "DentPro Dental Clinic",
        "Dokki branch",
        "Tax no.: 123-456-789",
        "Invoice",
        "INV-2026-000042",
        "Partly paid",
        "15 March 2026",
        "26 Ramadan 1447 AH",
        "Sample Patient",
        "P-000128",
        "+20 100 123 4567",
        "Dr Sample Doctor",
        "Composite filling, two surfaces",
        "VAT 15 %",
        "127.50",
        "977.50",
        "Balance due",
        "488.75",
        "RCT-2026-000017",
        "Page 1 of 1",
    ] {
        assert!(says(&document, text), "{text}");
    }
    assert!(!says(&document, "البيان"), "no Arabic label in an English document");
}

#[test]
fn an_arabic_invoice_reads_from_right_to_left() {
    let runs = runs(&typeset(&samples::invoice(1, 0), DocumentLanguage::Arabic));
    let (description, total) = (run_of(&runs, "البيان"), run_of(&runs, "الكمية"));
    assert!((description.y - total.y).abs() < 0.1, "both stand in the header row");
    assert!(description.x > total.x, "the description's column stands to the right of the quantity's");
    assert!(run_of(&runs, "المريض").x > run_of(&runs, "الإصدار").x);
    assert!(!runs.iter().any(|run| run.text.contains("Invoice")), "no English label in an Arabic document");
}

#[test]
fn phones_codes_and_amounts_are_never_reversed() {
    for language in LANGUAGES {
        let runs = runs(&typeset(&samples::invoice(1, 0), language));
        // One run, laid out from left to right: its glyphs cannot have been reordered.
        for text in ["+20 100 123 4567", "INV-2026-000042", "425.00", "123-456-789"] {
            assert!(runs.iter().any(|run| run.text == text), "{text} in {language:?}");
        }
    }
}

#[test]
fn a_bilingual_invoice_carries_both_languages() {
    let document = typeset(&samples::invoice(1, 0), DocumentLanguage::Both);
    for text in [
        "فاتورة",
        "Invoice",
        "مريض",
        "Sample Patient",
        "حشو",
        "Composite filling, two surfaces",
        "طبيب",
        "Cash",
        "رمضان",
        "26 Ramadan 1447 AH",
        "صفحة",
        "Page 1 of 1",
    ] {
        assert!(says(&document, text), "{text}");
    }
}

#[test]
fn a_text_in_one_language_stands_in_for_the_other() {
    let mut invoice = samples::invoice(1, 0);
    invoice.lines[0].description = Bilingual::new("", "Night guard");
    invoice.patient.name = Bilingual::new("مريض", "");
    assert!(says(&typeset(&invoice, DocumentLanguage::Arabic), "Night guard"));
    assert!(says(&typeset(&invoice, DocumentLanguage::English), "مريض"));
}

#[test]
fn forty_lines_take_several_pages_each_with_the_tables_header() {
    for (language, header) in LANGUAGES.into_iter().zip(["البيان", "Description", "Description"]) {
        let document = typeset(&samples::invoice(40, 0), language);
        let runs = runs(&document);
        let pages_with_lines: Vec<_> = (0..document.pages().len())
            .filter(|page| on_page(&runs, *page, "Panoramic", "بانوراما"))
            .collect();
        assert!(pages_with_lines.len() >= 2, "{language:?}");
        for page in pages_with_lines {
            assert!(on_page(&runs, page, header, header), "page {page} in {language:?}");
            assert!(on_page(&runs, page, "INV-2026-000042", ""), "page {page} in {language:?}");
        }
        assert!(says(&document, "40"));
    }
}

fn on_page(runs: &[Run], page: usize, one: &str, other: &str) -> bool {
    runs.iter().any(|run| {
        run.page == page && (run.text.contains(one) || (!other.is_empty() && run.text.contains(other)))
    })
}

#[test]
fn a_draft_is_marked_and_asks_for_no_money() {
    let mut draft = samples::invoice(1, 0);
    (draft.number, draft.issued_on, draft.status) = (None, None, None);
    let document = typeset(&draft, DocumentLanguage::English);
    let marks = runs(&document).iter().filter(|run| run.text.contains("Draft")).count();
    assert_eq!(marks, 2, "the label and the watermark");
    assert!(says(&document, "This draft is not a valid invoice"));
    assert!(!says(&document, "Balance due"));
    assert!(!says(&typeset(&samples::invoice(1, 0), DocumentLanguage::English), "Draft"));
}

#[test]
fn a_credit_note_names_the_invoice_it_corrects() {
    let mut note = samples::invoice(1, 0);
    (note.kind, note.corrects) = (InvoiceKind::CreditNote, Some("INV-2025-000007".to_owned()));
    let document = typeset(&note, DocumentLanguage::English);
    assert!(says(&document, "Credit note") && says(&document, "INV-2025-000007"));
}

#[test]
fn arabic_indic_digits_are_a_setting_and_english_keeps_its_own() {
    let mut invoice = samples::invoice(1, 0);
    invoice.digits = Digits::ArabicIndic;
    let arabic = typeset(&invoice, DocumentLanguage::Arabic);
    assert!(says(&arabic, "٨٥٠٫٠٠") && says(&arabic, "١٤٤٧"));
    assert!(!says(&arabic, "850.00"));
    assert!(says(&arabic, "INV-2026-000042"), "codes are printed as they are stored");
    let english = typeset(&invoice, DocumentLanguage::English);
    assert!(says(&english, "850.00") && says(&english, "15 March 2026"));
}

#[test]
fn markup_in_typed_text_is_printed_as_it_was_typed() {
    let hostile = [
        "#panic(\"owned\")",
        "*bold* _it_",
        "$x^2$",
        "\\ back\\slash",
        "\"quoted\" 'single'",
        "= Heading",
        "#read(\"/etc\")",
        "]#pagebreak()[",
        "`raw` <label> @ref",
        "// comment",
        "https://a.example",
        "-- --- ...",
    ];
    for text in hostile {
        let mut invoice = samples::invoice(1, 0);
        invoice.patient.name = Bilingual::new(text, text);
        invoice.lines[0].description = Bilingual::new(text, text);
        invoice.number = Some(text.to_owned());
        invoice.notes = Some(text.to_owned());
        invoice.currency_code = text.to_owned();
        let document = typeset(&invoice, DocumentLanguage::English);
        assert_eq!(document.pages().len(), 1, "{text}");
        let printed = squeezed(&runs(&document).iter().map(|run| run.text.as_str()).collect::<String>());
        let count = printed.matches(&squeezed(text)).count();
        assert!(count >= 4, "{text} is printed {count} times");
    }
}

#[test]
fn nothing_runs_off_the_sheet() {
    let mut invoice = samples::invoice(3, 15);
    let long = "W".repeat(200);
    invoice.clinic.name = Bilingual::new("مركز طب الأسنان ".repeat(12), long.clone());
    invoice.clinic.email = Some(format!("{long}@clinic.example"));
    invoice.patient.name = Bilingual::new("اسم".repeat(60), long.clone());
    invoice.patient.file_number = long.clone();
    invoice.doctors = vec![Bilingual::new("طبيب ".repeat(40), long.clone()); 3];
    invoice.number = Some("9".repeat(60));
    invoice.status = Some(Bilingual::new(long.clone(), long.clone()));
    invoice.lines[0].description = Bilingual::new("وصف ".repeat(400), long.clone());
    invoice.lines[1].tooth = Some("11 12 13 14 15 16 17 18 21 22 23 24 25 26 27 28".to_owned());
    invoice.lines[1].unit_price_minor = 99_999_999_999;
    invoice.lines[1].total_minor = 99_999_999_999;
    invoice.payments[0].method = Bilingual::new(long.clone(), long.clone());
    invoice.payments[0].reference = Some(long.clone());
    invoice.notes = Some(format!("{long}\n{}", "ملاحظة طويلة ".repeat(600)));
    for language in LANGUAGES {
        let document = typeset(&invoice, language);
        let (width, height) = (Abs::mm(210.0).to_pt(), Abs::mm(297.0).to_pt());
        for run in runs(&document) {
            assert!(
                run.x >= 20.0 && run.x + run.width <= width - 20.0 && run.y > 20.0 && run.y < height - 16.0,
                "{language:?}: {run:?}"
            );
        }
    }
}

#[test]
fn a_receipt_says_who_paid_what_for_which_invoice() {
    let sample = samples::receipt();
    let document =
        lay_out(Template::Receipt, &receipt::sheet(&sample, DocumentLanguage::English), None).unwrap();
    for text in [
        "Payment receipt",
        "RCT-2026-000017",
        "EGP 5,000.00",
        "Sample Patient",
        "Bank transfer",
        "TRX 88 4021",
        "INV-2026-000042",
        "4,250.00",
        "Balance the patient owes",
        "1,250.00",
        "Credit held for the patient",
        "250.00",
    ] {
        assert!(says(&document, text), "{text}");
    }
}

#[test]
fn dates_before_and_after_the_published_calendar_still_print() {
    for day in [date(1900, 1, 1), date(2199, 12, 31)] {
        let mut invoice = samples::invoice(1, 0);
        invoice.issued_on = Some(day);
        assert!(says(&typeset(&invoice, DocumentLanguage::English), "AH"));
    }
}

#[test]
fn a_logo_that_is_no_picture_is_refused_with_a_reason() {
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>"#.to_vec();
    let mut damaged = samples::logo();
    damaged.truncate(30);
    for picture in [svg, damaged, Vec::new()] {
        let mut invoice = samples::invoice(1, 0);
        invoice.clinic.logo = Some(picture);
        assert!(matches!(render_invoice(&invoice, DocumentLanguage::English), Err(PrintError::Logo(_))));
    }
}

#[test]
fn a_logo_that_claims_a_huge_size_is_refused_before_it_is_decoded() {
    let mut bomb = samples::logo();
    // Width and height stand in the first chunk of a PNG.
    bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let crc = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    let mut invoice = samples::invoice(1, 0);
    invoice.clinic.logo = Some(bomb);
    let refused = render_invoice(&invoice, DocumentLanguage::English);
    assert!(matches!(&refused, Err(PrintError::Logo(reason)) if reason.contains("pixels")), "{refused:?}");
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

fn typeset_exam(exam: &PerioDocument, language: DocumentLanguage) -> PagedDocument {
    lay_out(Template::Periodontal, &periodontal::sheet(exam, language), None)
        .expect("the exam can be typeset")
}

#[test]
fn a_periodontal_exam_says_what_was_read_on_one_page() {
    for (language, words) in [
        (
            DocumentLanguage::English,
            &[
                "Periodontal exam",
                "Periodontitis, stage III, grade B, generalized",
                "Dr Sample Doctor",
                "16.7%",
                "MII",
            ][..],
        ),
        // Words of a line that runs from the right lie in the order they are seen.
        (DocumentLanguage::Arabic, &["اللثة", "دواعم", "المرحلة", "مثال", "16.7%"]),
    ] {
        let document = typeset_exam(&samples::perio_exam(), language);
        assert_eq!(document.pages().len(), 1, "{language:?}");
        for text in words {
            assert!(says(&document, text), "{text}");
        }
    }
}

#[test]
fn the_teeth_of_an_exam_keep_their_sides_in_every_language() {
    for language in LANGUAGES {
        let document = typeset_exam(&samples::perio_exam(), language);
        let runs = runs(&document);
        let x = |tooth: &str| runs.iter().find(|run| run.text.trim() == tooth).unwrap().x;
        assert!(x("17") < x("11") && x("11") < x("21") && x("21") < x("27"), "{language:?}");
        assert!(x("47") < x("41") && x("41") < x("31") && x("31") < x("37"), "{language:?}");
    }
}

fn typeset_chart(language: DocumentLanguage) -> PagedDocument {
    lay_out(Template::Chart, &chart::sheet(&samples::chart(), language), None)
        .expect("the chart can be typeset")
}

#[test]
fn a_chart_keeps_its_sides_and_tells_each_tooth_in_words() {
    for (language, words) in [
        (
            DocumentLanguage::English,
            &[
                "Dental chart",
                "Filling, composite, mesial",
                "Supernumerary tooth, mesial",
                "whitening",
                "Bruxism",
            ][..],
        ),
        (DocumentLanguage::Arabic, &["مخطط", "كومبوزيت", "زائدة", "صرير"]),
        (DocumentLanguage::Both, &["مخطط", "Dental", "كومبوزيت", "Filling, composite"]),
    ] {
        let document = typeset_chart(language);
        for text in words {
            assert!(says(&document, text), "{text} in {language:?}");
        }
        let runs = runs(&document);
        // The number in the picture comes before the one in the list.
        let x = |tooth: &str| runs.iter().find(|run| run.text.trim() == tooth).unwrap().x;
        assert!(x("17") < x("11") && x("11") < x("21") && x("21") < x("27"), "{language:?}");
        assert!(x("47") < x("41") && x("41") < x("31") && x("31") < x("37"), "{language:?}");
    }
}

#[test]
fn a_screening_shows_its_codes() {
    let sextants =
        BTreeMap::from([(Sextant::UpperRight, "4*".to_owned()), (Sextant::LowerLeft, "X".to_owned())]);
    let exam = PerioDocument {
        mouth: Mouth::new(),
        summary: summary(&Mouth::new()),
        diagnosis: None,
        sextants,
        ..samples::perio_exam()
    };
    let document = typeset_exam(&exam, DocumentLanguage::English);
    assert!(says(&document, "Periodontal screening") && says(&document, "4*"));
    let runs = runs(&document);
    assert!(run_of(&runs, "4*").x < runs.iter().find(|run| run.text.trim() == "X").unwrap().x);
}
