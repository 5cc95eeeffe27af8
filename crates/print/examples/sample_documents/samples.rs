//! Invented documents that show every part of the layouts; the tests use them too.

use std::collections::BTreeMap;

use dentpro_core::charting::{ChartEvent, Layer, Material, Part, UnitTooth, replay};
use dentpro_core::periodontal::{
    Condition, Diagnosis, Entrance, Extent, Grade, Mouth, Presence, Site, SiteReading, Stage, ToothReading,
    summary,
};
use dentpro_core::teeth::{Surface, Tooth};
use dentpro_print::{
    Bilingual, ChartDocument, Clinic, Digits, InvoiceDocument, InvoiceKind, InvoiceLine, InvoicePayment,
    InvoiceTotals, Patient, PerioDocument, PlanDocument, PlanLine, PlanLineStanding, PlanPhase,
    PlanSignature, PlanTotals, ReceiptAllocation, ReceiptDocument,
};
use jiff::civil::date;
use uuid::Uuid;

/// Arabic, English, unit price in piastres.
const PROCEDURES: [(&str, &str, i64); 6] = [
    ("حشو ضوئي (كومبوزيت) سطحان", "Composite filling, two surfaces", 85_000),
    ("علاج عصب ضرس متعدد القنوات", "Root canal treatment, multi-rooted tooth", 240_000),
    (
        "تاج زيركون مع إعداد السن وأخذ الطبعة الرقمية",
        "Zirconia crown with preparation and digital impression",
        520_000,
    ),
    ("تنظيف وإزالة الجير", "Scaling and polishing", 60_000),
    ("خلع جراحي لضرس عقل مدفون", "Surgical extraction of an impacted wisdom tooth", 310_000),
    ("أشعة بانوراما", "Panoramic radiograph", 35_000),
];
const TEETH: [Option<(&str, &str)>; 6] =
    [Some(("16", "MO")), Some(("36", "")), Some(("21", "")), None, Some(("48", "")), None];

pub fn clinic() -> Clinic {
    Clinic {
        name: Bilingual::new("عيادة دنت برو لطب الأسنان", "DentPro Dental Clinic"),
        address: Bilingual::new("١٢ شارع التحرير، الدقي، الجيزة", "12 Tahrir Street, Dokki, Giza"),
        phone: Some("+20 2 3333 4444".to_owned()),
        email: Some("reception@clinic.example".to_owned()),
        tax_number: Some("123-456-789".to_owned()),
        logo: Some(logo()),
    }
}

pub fn patient() -> Patient {
    Patient {
        name: Bilingual::new("مريض تجريبي", "Sample Patient"),
        file_number: "P-000128".to_owned(),
        phone: Some("+20 100 123 4567".to_owned()),
        national_id: Some("29001011234567".to_owned()),
    }
}

fn line(index: usize, tax_percent: i64) -> InvoiceLine {
    let (ar, en, unit_price_minor) = PROCEDURES[index % PROCEDURES.len()];
    let tooth = TEETH[index % TEETH.len()];
    let quantity = if index % 6 == 5 { 2 } else { 1 };
    let discount_minor = if index % 4 == 2 { 20_000 } else { 0 };
    let net = unit_price_minor * i64::from(quantity) - discount_minor;
    let tax_minor = net * tax_percent / 100;
    InvoiceLine {
        description: Bilingual::new(ar, en),
        tooth: tooth.map(|(tooth, _)| tooth.to_owned()),
        surfaces: tooth.map(|(_, surfaces)| surfaces.to_owned()),
        quantity,
        unit_price_minor,
        discount_minor,
        tax_label: if tax_percent == 0 {
            Bilingual::default()
        } else {
            Bilingual::new(format!("ضريبة {tax_percent} %"), format!("VAT {tax_percent} %"))
        },
        tax_minor,
        total_minor: net + tax_minor,
    }
}

pub fn invoice(line_count: usize, tax_percent: i64) -> InvoiceDocument {
    let lines: Vec<_> = (0..line_count).map(|index| line(index, tax_percent)).collect();
    let sum = |amount: fn(&InvoiceLine) -> i64| lines.iter().map(amount).sum::<i64>();
    let total_minor = sum(|line| line.total_minor);
    let paid_minor = total_minor / 2;
    InvoiceDocument {
        kind: InvoiceKind::Invoice,
        clinic: clinic(),
        branch: Some(Bilingual::new("فرع الدقي", "Dokki branch")),
        number: Some("INV-2026-000042".to_owned()),
        corrects: None,
        issued_on: Some(date(2026, 3, 15)),
        status: Some(Bilingual::new("مدفوعة جزئيًا", "Partly paid")),
        patient: patient(),
        doctors: vec![Bilingual::new("د. طبيب تجريبي", "Dr Sample Doctor")],
        totals: InvoiceTotals {
            subtotal_minor: sum(|line| line.unit_price_minor * i64::from(line.quantity)),
            discount_minor: sum(|line| line.discount_minor),
            tax_minor: sum(|line| line.tax_minor),
            total_minor,
            paid_minor,
            balance_minor: total_minor - paid_minor,
        },
        lines,
        payments: vec![InvoicePayment {
            paid_on: date(2026, 3, 15),
            method: Bilingual::new("نقدًا", "Cash"),
            reference: Some("RCT-2026-000017".to_owned()),
            amount_minor: paid_minor,
        }],
        notes: Some(
            "يُرجى إحضار هذه الفاتورة عند المراجعة.\nPlease bring this invoice to your next visit.".to_owned(),
        ),
        currency_code: "EGP".to_owned(),
        currency_exponent: 2,
        digits: Digits::Latin,
    }
}

pub fn receipt() -> ReceiptDocument {
    ReceiptDocument {
        clinic: clinic(),
        branch: Some(Bilingual::new("فرع الدقي", "Dokki branch")),
        number: "RCT-2026-000017".to_owned(),
        received_on: date(2026, 3, 15),
        patient: patient(),
        method: Bilingual::new("تحويل بنكي", "Bank transfer"),
        reference: Some("TRX 88 4021".to_owned()),
        amount_minor: 500_000,
        received_by: Bilingual::new("موظف الاستقبال", "Reception"),
        allocations: vec![
            ReceiptAllocation { invoice_number: "INV-2026-000042".to_owned(), amount_minor: 425_000 },
            ReceiptAllocation { invoice_number: "INV-2026-000039".to_owned(), amount_minor: 50_000 },
        ],
        balance_minor: 125_000,
        credit_minor: 25_000,
        notes: None,
        currency_code: "EGP".to_owned(),
        currency_exponent: 2,
        digits: Digits::Latin,
    }
}

/// A plain teal disc with a white middle, as PNG.
pub fn logo() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(240, 240, |x, y| {
        let (dx, dy) = (i64::from(x) - 120, i64::from(y) - 120);
        match dx * dx + dy * dy {
            0..=3_600 => image::Rgb([255, 255, 255]),
            3_601..=13_900 => image::Rgb([11, 107, 116]),
            _ => image::Rgb([255, 255, 255]),
        }
    });
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).expect("a picture in memory can be encoded");
    png.into_inner()
}

/// A generalized periodontitis with a gap and a furcation.
pub fn perio_exam() -> PerioDocument {
    let mut mouth = Mouth::new();
    for tooth in Tooth::permanent() {
        let sites = Site::ALL.iter().map(|site| {
            let depth = if *site == Site::DistoBuccal { 7 } else { 2 };
            (
                *site,
                SiteReading {
                    depth: Some(depth),
                    margin: Some(-1),
                    bleeding: depth > 3,
                    ..SiteReading::default()
                },
            )
        });
        mouth.insert(tooth, ToothReading { sites: sites.collect(), ..ToothReading::default() });
    }
    for (tooth, reading) in &mut mouth {
        match tooth.fdi() {
            18 => *reading = ToothReading::of(Presence::Missing),
            16 => reading.furcation = BTreeMap::from([(Entrance::Mesial, 2)]),
            _ => {}
        }
    }
    let invoice = invoice(1, 0);
    PerioDocument {
        clinic: invoice.clinic,
        branch: None,
        digits: Digits::Latin,
        patient: invoice.patient,
        on: date(2026, 3, 15),
        draft: false,
        struck: false,
        examiner: Bilingual::new("د. مثال", "Dr Sample Doctor"),
        confirmed_by: Some(Bilingual::new("د. مثال", "Dr Sample Doctor")),
        diagnosis: Some(Diagnosis {
            condition: Condition::Periodontitis,
            stage: Some(Stage::Three),
            grade: Some(Grade::B),
            extent: Some(Extent::Generalized),
        }),
        summary: summary(&mouth),
        mouth,
        sextants: BTreeMap::new(),
        note: Some("Instructed in cleaning between the teeth.".to_owned()),
    }
}

/// Arabic and English: what it is, what it means, where; unit price in the minor unit.
type Work = ((&'static str, &'static str), (&'static str, &'static str), (&'static str, &'static str), i64);
const WORKS: [Work; 5] = [
    (
        ("حشو ضوئي (كومبوزيت) سطحان", "Composite filling, two surfaces"),
        (
            "نزيل التسوس ونغلق مكانه بحشوة بلون السن.",
            "We take the decay out and close the gap with a tooth-coloured filling.",
        ),
        ("الرحى الأولى العلوية اليمنى (16)، الأسطح M O", "upper right first molar (16), surfaces M O"),
        85_000,
    ),
    (
        ("علاج عصب ضرس متعدد القنوات", "Root canal treatment, multi-rooted tooth"),
        (
            "ننظف قنوات الجذور من العصب الملتهب ونحشوها حتى يزول الألم ويبقى الضرس في مكانه ولا نحتاج إلى خلعه، وقد تشعر بألم خفيف يومين أو ثلاثة بعد الجلسة الأولى.",
            "We clean the inflamed nerve out of the roots and fill them, so that the pain goes and the tooth stays. It may ache a little for two or three days after the first session.",
        ),
        ("الرحى الأولى السفلية اليسرى (36)", "lower left first molar (36)"),
        240_000,
    ),
    (
        (
            "تاج زيركون مع إعداد السن وأخذ الطبعة الرقمية",
            "Zirconia crown with preparation and digital impression",
        ),
        (
            "غطاء قوي بلون السن يحمي ما تبقى منه.",
            "A strong tooth-coloured cap that protects what is left of the tooth.",
        ),
        ("الرحى الأولى السفلية اليسرى (36)", "lower left first molar (36)"),
        520_000,
    ),
    (("تنظيف وإزالة الجير", "Scaling and polishing"), ("", ""), ("الفم كله", "whole mouth"), 60_000),
    (
        ("جسر زيركون من ثلاث وحدات", "Zirconia bridge of three units"),
        (
            "يعوّض السن المفقودة ويُثبَّت على السنّين المجاورتين.",
            "It replaces the missing tooth and is fixed on the two beside it.",
        ),
        ("13–11، السن المعوِّضة 12", "13–11, pontic 12"),
        1_560_000,
    ),
];

/// With a discount here and there; `shared` adds tax and an insurer who pays half.
fn plan_line(index: usize, shared: bool) -> PlanLine {
    let (procedure, plain, place, unit_price) = WORKS[index % WORKS.len()];
    let both = |(ar, en): (&str, &str)| Bilingual::new(ar, en);
    let quantity = if index % 5 == 3 { 2 } else { 1 };
    let subtotal = unit_price * i64::from(quantity);
    let discount = if index % 4 == 2 { 20_000 } else { 0 };
    let tax = if shared { (subtotal - discount) * 14 / 100 } else { 0 };
    let total = subtotal - discount + tax;
    let insurer = if shared && index % 5 != 2 { total / 2 } else { 0 };
    PlanLine {
        procedure: both(procedure),
        plain: Some(both(plain)),
        place: Some(both(place)),
        quantity,
        sessions: if index % 5 == 1 { 3 } else { 1 },
        note: match index % 7 {
            1 => Some("يُفضَّل الحضور صباحًا، وللاستفسار اتصلوا على +20 100 123 4567 قبل الموعد بيوم.".to_owned()),
            4 => Some("Shade A2, agreed with the patient.".to_owned()),
            _ => None,
        },
        unit_price,
        totals: PlanTotals { subtotal, discount, tax, total, insurer, patient: total - insurer },
        standing: PlanLineStanding::Proposed,
    }
}

fn plan_sum<'a>(parts: impl Iterator<Item = &'a PlanTotals>) -> PlanTotals {
    parts.fold(PlanTotals::default(), |sum, part| PlanTotals {
        subtotal: sum.subtotal + part.subtotal,
        discount: sum.discount + part.discount,
        tax: sum.tax + part.tax,
        total: sum.total + part.total,
        insurer: sum.insurer + part.insurer,
        patient: sum.patient + part.patient,
    })
}

/// A presented plan that nobody has signed, its lines spread over the phases.
pub fn plan(phase_count: u8, line_count: usize, shared: bool) -> PlanDocument {
    let names = ["تخفيف الألم", "Restoring the teeth", "التركيبات", "المتابعة"];
    let lines: Vec<_> = (0..line_count).map(|index| plan_line(index, shared)).collect();
    let phases: Vec<_> = (1..=phase_count)
        .zip(lines.chunks(line_count.div_ceil(usize::from(phase_count))))
        .map(|(number, lines)| PlanPhase {
            number,
            name: (phase_count > 1).then(|| names[usize::from(number - 1) % names.len()].to_owned()),
            totals: plan_sum(lines.iter().map(|line| &line.totals)),
            lines: lines.to_vec(),
        })
        .collect();
    PlanDocument {
        clinic: clinic(),
        branch: Some(Bilingual::new("فرع الدقي", "Dokki branch")),
        digits: Digits::Latin,
        currency_code: "EGP".to_owned(),
        currency_exponent: 2,
        patient: patient(),
        title: "علاج الضرس 36 وتعويض السن 12".to_owned(),
        doctor: Some(Bilingual::new("د. طبيب تجريبي", "Dr Sample Doctor")),
        presented_on: Some(date(2026, 3, 15)),
        valid_until: Some(date(2026, 4, 15)),
        no_longer_valid: false,
        declined: false,
        totals: plan_sum(phases.iter().map(|phase| &phase.totals)),
        phases,
        note: Some("الأسعار لا تشمل الأشعة. للاستفسار: +20 2 3333 4444.".to_owned()),
        hash: Some("3f9a0c7d".repeat(8)),
        signature: None,
    }
}

/// The plan as a guardian signed it: one line was declined, one is done already.
pub fn signed(mut plan: PlanDocument) -> PlanDocument {
    let lines = plan.phases.iter_mut().flat_map(|phase| &mut phase.lines);
    let mut items = 0;
    for (index, line) in lines.enumerate() {
        items += 1;
        line.standing = match index {
            0 => PlanLineStanding::Completed,
            1 => PlanLineStanding::Declined,
            _ => PlanLineStanding::Accepted,
        };
    }
    let counts = |line: &&PlanLine| line.standing != PlanLineStanding::Declined;
    for phase in &mut plan.phases {
        phase.totals = plan_sum(phase.lines.iter().filter(counts).map(|line| &line.totals));
    }
    plan.totals = plan_sum(plan.phases.iter().map(|phase| &phase.totals));
    plan.signature = Some(PlanSignature {
        name: "ولي أمر المريض التجريبي".to_owned(),
        relation: Bilingual::new("أحد الوالدين أو ولي الأمر", "Parent or guardian"),
        signed_on: date(2026, 3, 17),
        by_link: true,
        hash: "3f9a0c7d".repeat(8),
        items_accepted: items - 1,
        items,
        strokes: vec![
            (0..=60_u16)
                .map(|step| {
                    let turn = f64::from(step) / 4.0;
                    [80 + step * 13, (150.0 + 110.0 * turn.sin() * (1.0 - f64::from(step) / 80.0)) as u16]
                })
                .collect(),
            vec![[500, 260], [900, 240]],
            vec![[940, 60]],
        ],
    });
    plan
}

/// A worked-on mouth: everything the picture can show.
pub fn chart() -> ChartDocument {
    use Layer::{Done, Finding, Plan};
    let event = |seq: i64, layer, code: &str, tooth: &str, surfaces: &str| ChartEvent {
        id: Uuid::from_u128(seq.unsigned_abs().into()),
        seq,
        on: date(2026, 3, 10),
        layer,
        code: code.to_owned(),
        teeth: tooth.split_whitespace().map(|tooth| tooth.parse().expect("a tooth")).collect(),
        surfaces: surfaces.chars().map(|letter| Surface::try_from(letter).expect("a surface")).collect(),
        severity: None,
        material: None,
        unit: Vec::new(),
        existing_elsewhere: false,
        note: None,
        corrects: None,
    };
    let part = |tooth: &str, part| UnitTooth { tooth: tooth.parse().expect("a tooth"), part };
    let events = vec![
        ChartEvent {
            material: Some(Material::Amalgam),
            existing_elsewhere: true,
            ..event(1, Finding, "filling", "16", "MOD")
        },
        ChartEvent {
            severity: Some(4),
            note: Some("حساس للبارد منذ أسبوعين".to_owned()),
            ..event(2, Finding, "caries", "26", "MO")
        },
        ChartEvent { material: Some(Material::Composite), ..event(3, Plan, "filling", "26", "MO") },
        ChartEvent { material: Some(Material::Composite), ..event(4, Done, "filling", "21", "ML") },
        event(5, Done, "root_canal", "36", ""),
        ChartEvent { material: Some(Material::Zirconia), ..event(6, Done, "crown", "36", "") },
        event(7, Finding, "missing", "18 28", ""),
        event(8, Plan, "to_extract", "38", ""),
        ChartEvent { severity: Some(2), ..event(9, Finding, "mobility", "31", "") },
        ChartEvent {
            material: Some(Material::MetalCeramic),
            unit: vec![part("44", Part::Abutment), part("45", Part::Pontic), part("46", Part::Abutment)],
            ..event(10, Finding, "bridge", "", "")
        },
        event(11, Finding, "supernumerary", "11", "M"),
        event(12, Plan, "supernumerary_extracted", "11", "M"),
        ChartEvent {
            note: Some("Patient asks for whitening after the fillings.".to_owned()),
            ..event(13, Finding, "note", "13", "")
        },
        event(14, Finding, "caries", "47", "OV"),
        ChartEvent { material: Some(Material::Ceramic), ..event(15, Plan, "crown", "47", "") },
        event(16, Done, "sealant", "37", "O"),
        event(17, Finding, "bruxism", "", ""),
        event(18, Finding, "periapical_lesion", "12", ""),
        event(19, Finding, "attrition", "33", "O"),
    ];
    let invoice = invoice(1, 0);
    ChartDocument {
        clinic: invoice.clinic,
        branch: None,
        digits: Digits::Latin,
        patient: invoice.patient,
        on: date(2026, 3, 15),
        chart: replay(&events, Some(date(2026, 3, 15)), Some(date(1990, 5, 1)), date(2026, 3, 15)),
    }
}
