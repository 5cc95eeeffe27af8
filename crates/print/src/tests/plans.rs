//! The treatment plan as a patient reads it.

use typst::visualize::Geometry;

use super::*;
use crate::{PlanDocument, PlanLineStanding, PlanTotals, plan, render_plan};

fn typeset_plan(document: &PlanDocument, language: DocumentLanguage) -> PagedDocument {
    lay_out(Template::Plan, &plan::sheet(document, language), document.clinic.logo.as_deref())
        .expect("the plan can be typeset")
}

#[test]
fn a_plan_is_a_pdf_in_every_language() {
    for language in LANGUAGES {
        assert!(render_plan(&samples::plan(1, 2, false), language).unwrap().starts_with(b"%PDF-"));
    }
}

#[test]
fn a_plan_says_what_it_was_given_in_both_calendars() {
    let english = typeset_plan(&samples::plan(2, 4, true), DocumentLanguage::English);
    for text in [
        "Treatment plan",
        "15 March 2026",
        "26 Ramadan 1447 AH",
        "Valid until",
        "27 Shawwal 1447 AH",
        "Dokki branch",
        "Dr Sample Doctor",
        "Phase 2 · Restoring the teeth",
        "Root canal treatment, multi-rooted tooth",
        "We clean the inflamed nerve out of the roots",
        "upper right first molar (16), surfaces M O",
        "Sessions: 3",
        "Phase total",
        "Insurer pays",
        "The insurer’s share is an estimate",
        "I accept this plan",
        "3f9a 0c7d 3f9a",
        "Page 1 of 2",
    ] {
        assert!(says(&english, text), "{text}");
    }
    assert!(!says(&english, "البيان") && !says(&english, "المرحلة"), "no Arabic label in an English plan");

    let both = typeset_plan(&samples::plan(2, 4, true), DocumentLanguage::Both);
    for text in ["العلاج", "Treatment plan", "المرحلة", "Phase 2", "حشو", "Composite filling", "رمضان"]
    {
        assert!(says(&both, text), "{text}");
    }
}

#[test]
fn an_arabic_plan_reads_from_right_to_left() {
    let runs = runs(&typeset_plan(&samples::plan(1, 2, false), DocumentLanguage::Arabic));
    assert!(run_of(&runs, "العلاج").x > run_of(&runs, "الكمية").x);
    assert!(!runs.iter().any(|run| run.text.contains("Treatment") || run.text.contains("Phase")));
}

#[test]
fn phones_amounts_teeth_and_surfaces_are_never_reversed() {
    let mut plan = samples::plan(1, 5, true);
    (plan.currency_code, plan.currency_exponent) = ("KWD".to_owned(), 3);
    plan.phases[0].lines[0].note = Some("للاستفسار: +965 2222 3333.".to_owned());
    plan.note = Some("اتصلوا على 055 123 4567 صباحًا.".to_owned());
    for language in LANGUAGES {
        let runs = runs(&typeset_plan(&plan, language));
        // One run, laid out from left to right: its glyphs cannot have been reordered.
        for text in ["+965 2222 3333", "055 123 4567", "+20 100 123 4567", "1,560.000", "−20.000", "13–11"]
        {
            assert!(runs.iter().any(|run| run.text == text), "{text} in {language:?}");
        }
        assert!(runs.iter().any(|run| run.text.contains("M O")), "{language:?}");
    }
}

#[test]
fn a_draft_is_marked_and_asks_for_no_signature() {
    let mut draft = samples::plan(1, 2, false);
    draft.presented_on = None;
    for (language, word) in LANGUAGES.into_iter().zip(["مسودة", "Draft", "Draft"]) {
        let document = typeset_plan(&draft, language);
        assert!(runs(&document).iter().filter(|run| run.text.contains(word)).count() >= 2, "{language:?}");
        assert!(!says(&document, "I accept this plan") && !says(&document, "أوافق"), "{language:?}");
    }
    assert!(!says(&typeset_plan(&samples::plan(1, 2, false), DocumentLanguage::English), "Draft"));
}

#[test]
fn a_plan_that_was_changed_says_so_in_both_languages_and_on_every_page() {
    let mut changed = samples::plan(2, 12, false);
    changed.no_longer_valid = true;
    for (language, word) in LANGUAGES.into_iter().zip(["سارية", "Not valid", "Not valid"]) {
        let document = typeset_plan(&changed, language);
        assert!(says(&document, "This plan was changed after it was presented. It is no longer valid."));
        assert!(says(&document, "تعد"), "{language:?}");
        let runs = runs(&document);
        assert!(document.pages().len() > 1);
        for page in 0..document.pages().len() {
            assert!(on_page(&runs, page, word, ""), "page {page} in {language:?}");
        }
        assert!(!says(&document, "I accept this plan"), "nobody signs what is no longer valid");
    }
    let valid = typeset_plan(&samples::plan(2, 12, false), DocumentLanguage::English);
    assert!(!says(&valid, "no longer valid") && says(&valid, "I accept this plan"));
}

#[test]
fn a_declined_plan_says_so_and_asks_for_no_signature() {
    let mut declined = samples::plan(1, 2, false);
    declined.declined = true;
    let document = typeset_plan(&declined, DocumentLanguage::English);
    assert!(says(&document, "This plan was declined.") && says(&document, "هذه"));
    assert!(!says(&document, "I accept this plan"));
}

#[test]
fn columns_that_are_zero_in_the_whole_plan_are_left_out() {
    let mut plan = samples::plan(1, 2, false);
    let plain = typeset_plan(&plan, DocumentLanguage::English);
    for heading in ["Discount", "Tax", "Insurer", "Subtotal"] {
        let printed = runs(&plain).iter().any(|run| run.text == heading);
        assert!(!printed, "{heading}");
    }
    let one = PlanTotals { discount: 100, tax: 50, insurer: 7, ..plan.phases[0].lines[1].totals };
    plan.phases[0].lines[1].totals = one;
    let full = typeset_plan(&plan, DocumentLanguage::English);
    for heading in ["Discount", "Tax", "Insurer", "−1.00", "0.50", "0.07"] {
        assert!(runs(&full).iter().any(|run| run.text == heading), "{heading}");
    }
}

#[test]
fn a_line_keeps_together_and_every_page_has_the_headings() {
    for shared in [false, true] {
        let mut plan = samples::plan(4, 25, shared);
        let lines = plan.phases.iter_mut().flat_map(|phase| &mut phase.lines);
        for (index, line) in (100..).zip(lines) {
            line.procedure = Bilingual::new(format!("Work {index}"), format!("Work {index}"));
            line.note = Some(format!("Remark {index}"));
            line.unit_price = index;
        }
        for (phase, total) in plan.phases.iter_mut().zip([81_101, 81_102, 81_103, 81_104]) {
            phase.totals.total = total;
        }
        for (language, heading) in LANGUAGES.into_iter().zip(["الكمية", "Qty", "Qty"]) {
            let document = typeset_plan(&plan, language);
            let runs = runs(&document);
            for index in 100..125 {
                let page = run_of(&runs, &format!("Work {index}")).page;
                for part in [format!("Remark {index}"), format!("1.{:02}", index - 100)] {
                    assert_eq!(run_of(&runs, &part).page, page, "{part} in {language:?}");
                }
                assert!(on_page(&runs, page, heading, ""), "page {page} in {language:?}");
                assert!(on_page(&runs, page, "المرحلة", "Phase"), "page {page} in {language:?}");
            }
            // The sum of a phase stands with its last line: 7, 14, 21 and 25 lines in.
            for (last, total) in [(106, "811.01"), (113, "811.02"), (120, "811.03"), (124, "811.04")] {
                assert_eq!(run_of(&runs, total).page, run_of(&runs, &format!("Work {last}")).page);
            }
        }
    }
}

#[test]
fn what_became_of_a_line_is_said_in_words() {
    let document = typeset_plan(&samples::signed(samples::plan(1, 3, false)), DocumentLanguage::English);
    for word in ["Completed", "Declined", "Accepted"] {
        assert!(says(&document, word), "{word}");
    }
    let mut plan = samples::plan(1, 1, false);
    plan.phases[0].lines[0].standing = PlanLineStanding::Proposed;
    let document = typeset_plan(&plan, DocumentLanguage::English);
    assert!(!says(&document, "Proposed") && !says(&document, "Accepted"));
}

/// How many parts the longest path on the document has.
fn longest_path(frame: &Frame) -> usize {
    frame
        .items()
        .map(|(_, item)| match item {
            FrameItem::Group(group) => longest_path(&group.frame),
            FrameItem::Shape(shape, _) => match &shape.geometry {
                Geometry::Curve(curve) => curve.0.len(),
                _ => 0,
            },
            _ => 0,
        })
        .max()
        .unwrap_or_default()
}

#[test]
fn a_signature_is_drawn_and_says_who_accepted_how_much() {
    let mut signed = samples::signed(samples::plan(1, 3, false));
    let document = typeset_plan(&signed, DocumentLanguage::English);
    for text in [
        "Parent or guardian",
        "17 March 2026",
        "28 Ramadan 1447 AH",
        "Through a link from the clinic",
        "2 of 3",
        "Fingerprint of the signature",
    ] {
        assert!(says(&document, text), "{text}");
    }
    assert!(!says(&document, "I accept this plan"), "what is signed asks for no signature");
    let drawn =
        |document: &PagedDocument| document.pages().iter().map(|page| longest_path(&page.frame)).max();
    // A stroke of 61 points, one of two, and a dot.
    assert_eq!(drawn(&document), Some(61 + 2 + 2));

    if let Some(signature) = &mut signed.signature {
        (signature.strokes, signature.by_link) = (Vec::new(), false);
    }
    let document = typeset_plan(&signed, DocumentLanguage::English);
    assert!(says(&document, "Accepted without a drawn signature") && says(&document, "At the clinic"));
    assert!(drawn(&document) < Some(61));
}

#[test]
fn arabic_indic_digits_reach_every_count() {
    let mut plan = samples::signed(samples::plan(2, 4, false));
    plan.digits = Digits::ArabicIndic;
    let document = typeset_plan(&plan, DocumentLanguage::Arabic);
    assert!(says(&document, "٨٥٠٫٠٠") && says(&document, "٢٠٢٦") && says(&document, "٣"));
    assert!(!says(&document, "850.00"));
    assert!(says(&document, "3f9a 0c7d"), "a fingerprint is printed as it is");
    assert!(says(&typeset_plan(&plan, DocumentLanguage::English), "850.00"));
}

#[test]
fn a_plan_without_lines_can_be_printed() {
    let mut plan = samples::plan(2, 4, false);
    plan.phases[1].lines.clear();
    assert!(!says(&typeset_plan(&plan, DocumentLanguage::English), "Phase 2"));
    plan.phases.clear();
    assert!(says(&typeset_plan(&plan, DocumentLanguage::English), "Treatment plan"));
}

#[test]
fn what_a_person_typed_in_a_plan_stays_text_and_on_the_sheet() {
    let long = "W".repeat(200);
    let hostile = "#panic(\"owned\") *bold* $x$ ]#pagebreak()[";
    let mut plan = samples::signed(samples::plan(3, 8, true));
    plan.title = format!("{hostile} {long}");
    plan.note = Some("ملاحظة طويلة ".repeat(250));
    plan.phases[0].name = Some(format!("{hostile} {}", "اسم المرحلة ".repeat(40)));
    plan.phases[0].lines[0].procedure = Bilingual::new("وصف ".repeat(400), long.clone());
    plan.phases[0].lines[1].place = Some(Bilingual::new("مكان ".repeat(60), long.clone()));
    plan.phases[0].lines[1].plain = Some(Bilingual::new("جملة طويلة ".repeat(60), long.clone()));
    plan.phases[1].lines[0].note = Some(hostile.to_owned());
    plan.phases[1].lines[0].unit_price = 99_999_999_999;
    plan.phases[1].lines[0].totals = PlanTotals {
        subtotal: 99_999_999_999,
        discount: 99_999_999_999,
        tax: 99_999_999_999,
        total: 99_999_999_999,
        insurer: 99_999_999_999,
        patient: 99_999_999_999,
    };
    if let Some(signature) = &mut plan.signature {
        signature.name = format!("{hostile} {long}");
        signature.relation = Bilingual::new(long.clone(), long.clone());
        signature.hash = "f".repeat(400);
        signature.strokes = vec![vec![[u16::MAX, u16::MAX], [0, 0]]];
    }
    for language in LANGUAGES {
        let document = typeset_plan(&plan, language);
        assert!(says(&document, hostile), "{language:?}");
        let (width, height) = (Abs::mm(210.0).to_pt(), Abs::mm(297.0).to_pt());
        for run in runs(&document) {
            assert!(
                run.x >= 20.0 && run.x + run.width <= width - 20.0 && run.y > 20.0 && run.y < height - 16.0,
                "{language:?}: {run:?}"
            );
        }
    }
}
