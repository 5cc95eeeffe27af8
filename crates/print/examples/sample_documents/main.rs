//! Writes one PDF of every kind to a directory, to look at:
//! `cargo run -p dentpro-print --example sample_documents -- target/samples`

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use dentpro_print::{
    Bilingual, Digits, DocumentLanguage, InvoiceDocument, InvoiceKind, PlanDocument, render_chart,
    render_invoice, render_periodontal, render_plan, render_receipt,
};

mod samples;

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("give the directory to write to")?;
    let directory = Path::new(&directory);
    std::fs::create_dir_all(directory)?;

    let languages = [
        ("ar", DocumentLanguage::Arabic),
        ("en", DocumentLanguage::English),
        ("both", DocumentLanguage::Both),
    ];
    for (suffix, language) in languages {
        for (name, invoice) in invoices() {
            let started = Instant::now();
            let pdf = render_invoice(&invoice, language)?;
            let file = directory.join(format!("{name}-{suffix}.pdf"));
            println!("{} {} bytes {:.1?}", file.display(), pdf.len(), started.elapsed());
            std::fs::write(file, pdf)?;
        }
        let exam = render_periodontal(&samples::perio_exam(), language)?;
        std::fs::write(directory.join(format!("perio-{suffix}.pdf")), exam)?;
        for (name, plan) in plans() {
            let started = Instant::now();
            let pdf = render_plan(&plan, language)?;
            let file = directory.join(format!("{name}-{suffix}.pdf"));
            println!("{} {} bytes {:.1?}", file.display(), pdf.len(), started.elapsed());
            std::fs::write(file, pdf)?;
        }
        let chart = render_chart(&samples::chart(), language)?;
        std::fs::write(directory.join(format!("chart-{suffix}.pdf")), chart)?;
        let receipt = samples::receipt();
        std::fs::write(directory.join(format!("receipt-{suffix}.pdf")), render_receipt(&receipt, language)?)?;
    }

    let mut times: Vec<_> = (0..40)
        .map(|_| {
            let started = Instant::now();
            render_invoice(&samples::invoice(4, 0), DocumentLanguage::Arabic).map(|_| started.elapsed())
        })
        .collect::<Result<_, _>>()?;
    times.sort();
    println!(
        "an Arabic invoice of 4 lines: p50 {:.1?}, p95 {:.1?}",
        times[times.len() / 2],
        times[times.len() * 95 / 100]
    );
    Ok(())
}

fn invoices() -> Vec<(&'static str, InvoiceDocument)> {
    let one = samples::invoice(1, 0);
    let mut draft = samples::invoice(4, 0);
    (draft.number, draft.issued_on, draft.status, draft.payments) = (None, None, None, Vec::new());

    let mut indic = samples::invoice(5, 15);
    (indic.digits, indic.currency_code) = (Digits::ArabicIndic, "SAR".to_owned());

    let mut credit = samples::invoice(2, 0);
    credit.kind = InvoiceKind::CreditNote;
    (credit.number, credit.corrects) =
        (Some("CRN-2026-000003".to_owned()), Some("INV-2026-000042".to_owned()));
    (credit.status, credit.payments, credit.totals.paid_minor) = (None, Vec::new(), 0);

    let mut long = samples::invoice(3, 15);
    long.clinic.logo = None;
    (long.currency_code, long.currency_exponent) = ("KWD".to_owned(), 3);
    long.patient.name = Bilingual::new("اسم طويل جدًا ".repeat(8), "A very long name ".repeat(8));
    long.clinic.name =
        Bilingual::new("مركز طب وجراحة الفم والأسنان ".repeat(4), "Centre for dental surgery ".repeat(4));
    long.lines[0].description = Bilingual::new("وصف مفصل للإجراء ".repeat(15), "W".repeat(120));
    long.lines[1].tooth = Some("13, 12, 11, 21, 22, 23".to_owned());
    long.lines[2].total_minor = 1_234_567_890_123;

    vec![
        ("one-line", one),
        ("forty-lines", samples::invoice(40, 15)),
        ("draft", draft),
        ("arabic-indic", indic),
        ("credit-note", credit),
        ("long-values", long),
    ]
}

fn plans() -> Vec<(&'static str, PlanDocument)> {
    let mut draft = samples::plan(1, 2, false);
    (draft.presented_on, draft.valid_until, draft.hash) = (None, None, None);

    let mut dinars = samples::signed(samples::plan(4, 25, true));
    (dinars.currency_code, dinars.currency_exponent) = ("KWD".to_owned(), 3);

    let mut indic = samples::signed(samples::plan(2, 4, true));
    (indic.digits, indic.currency_code) = (Digits::ArabicIndic, "SAR".to_owned());

    let mut changed = samples::signed(samples::plan(2, 12, false));
    changed.no_longer_valid = true;
    if let Some(signature) = &mut changed.signature {
        (signature.by_link, signature.strokes) = (false, Vec::new());
    }

    let mut declined = samples::plan(1, 2, true);
    declined.declined = true;

    vec![
        ("plan-short", samples::plan(1, 2, false)),
        ("plan-short-signed", samples::signed(samples::plan(1, 2, false))),
        ("plan-draft", draft),
        ("plan-declined", declined),
        ("plan-changed", changed),
        ("plan-indic", indic),
        ("plan-long", samples::plan(4, 25, false)),
        ("plan-long-signed", dinars),
    ]
}
