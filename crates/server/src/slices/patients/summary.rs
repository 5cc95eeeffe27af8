//! What the timeline says, in both languages.

use dentpro_core::charting;
use dentpro_core::time::{MONTHS_AR, MONTHS_EN};
use jiff::civil::Date;

use super::reference::BothNames;

/// What a sentence is made of; which parts there are depends on the kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'a> {
    /// What it is about: a day and time, a number, a name, a code, the fields that changed.
    pub subject: &'a str,
    /// What became of it: a status, teeth.
    pub outcome: &'a str,
    /// Written out with its currency.
    pub amount: &'a str,
}

/// A day, with or without a time, as people write it; anything else as it is.
fn moment(subject: &str) -> BothNames {
    let (day, time) = subject.split_once([' ', 'T']).unwrap_or((subject, ""));
    let Ok(date) = day.parse::<Date>() else { return BothNames::same(subject) };
    let month = usize::from(date.month().unsigned_abs() - 1);
    let (Some(ar), Some(en)) = (MONTHS_AR.get(month), MONTHS_EN.get(month).and_then(|name| name.get(..3)))
    else {
        return BothNames::same(subject);
    };
    let (day, year) = (date.day(), date.year());
    match time {
        "" => both(format!("{day} {ar} {year}"), format!("{day} {en} {year}")),
        time => both(format!("{day} {ar} {year} الساعة {time}"), format!("{day} {en} {year}, {time}")),
    }
}

fn both(ar: String, en: String) -> BothNames {
    BothNames { ar, en }
}

/// The sentence of an event.
pub fn sentence(kind: &str, told: Told<'_>) -> BothNames {
    let Told { subject, outcome, amount } = told;
    let when = moment(subject);
    match kind {
        "patient.registered" => {
            both(format!("تسجيل المريض برقم ملف {subject}"), format!("Registered with file number {subject}"))
        }
        "patient.changed" | "history.changed" if outcome.is_empty() => {
            let fields = listed(subject);
            both(format!("تعديل البيانات: {}", fields.ar), format!("Changed: {}", fields.en))
        }
        "allergy.recorded" => {
            both(format!("تسجيل حساسية: {subject}"), format!("Allergy recorded: {subject}"))
        }
        "condition.recorded" => {
            both(format!("تسجيل حالة مرضية: {subject}"), format!("Condition recorded: {subject}"))
        }
        "medication.recorded" => {
            both(format!("تسجيل دواء: {subject}"), format!("Medicine recorded: {subject}"))
        }
        "allergy.changed" | "condition.changed" | "medication.changed" => {
            let status = word(outcome);
            both(format!("{subject}: {}", status.ar), format!("{subject}: {}", status.en))
        }
        "appointment.booked" => {
            both(format!("حجز موعد {}", when.ar), format!("Appointment on {} booked", when.en))
        }
        "appointment.moved" => {
            both(format!("نقل موعد إلى {}", when.ar), format!("Appointment moved to {}", when.en))
        }
        "appointment.status" | "appointment.confirmation" => {
            let status = word(outcome);
            both(
                format!("موعد {}: {}", when.ar, status.ar),
                format!("Appointment on {}: {}", when.en, status.en),
            )
        }
        "visit.opened" => both(format!("بدء زيارة {}", when.ar), format!("Visit of {} opened", when.en)),
        "visit.signed" => both(format!("توقيع زيارة {}", when.ar), format!("Visit of {} signed", when.en)),
        "visit.entered_in_error" => both(
            format!("زيارة {} سُجّلت بالخطأ", when.ar),
            format!("Visit of {} marked as entered in error", when.en),
        ),
        "chart.event" => chart(subject, outcome),
        "invoice.issued" => both(
            format!("إصدار الفاتورة {subject} بقيمة {amount}"),
            format!("Invoice {subject} issued: {amount}"),
        ),
        "payment.taken" => {
            let method = word(outcome);
            both(
                format!("تحصيل {amount} ({}) بإيصال {subject}", method.ar),
                format!("Payment {subject} of {amount} taken ({})", method.en),
            )
        }
        "payment.refunded" => {
            both(format!("رد {amount} بإيصال {subject}"), format!("Refund {subject} of {amount}"))
        }
        "contact.added" => {
            both(format!("إضافة جهة اتصال للطوارئ: {subject}"), format!("Emergency contact added: {subject}"))
        }
        "contact.ended" => {
            both(format!("إنهاء جهة اتصال للطوارئ: {subject}"), format!("Emergency contact ended: {subject}"))
        }
        _ => both(subject.to_owned(), subject.to_owned()),
    }
}

/// The chart's term, its teeth and its layer.
fn chart(code_and_layer: &str, teeth: &str) -> BothNames {
    let (code, layer) = code_and_layer.split_once(' ').unwrap_or((code_and_layer, ""));
    let term = charting::term(code)
        .map_or_else(|| BothNames::same(code), |term| both(term.name_ar.to_owned(), term.name_en.to_owned()));
    let layer = word(layer);
    let teeth = if teeth.is_empty() { String::new() } else { format!(" {teeth}") };
    both(
        format!("مخطط الأسنان: {}{teeth} ({})", term.ar, layer.ar),
        format!("Chart: {}{teeth} ({})", term.en, layer.en),
    )
}

/// Field names of the database as a reader calls them.
fn listed(fields: &str) -> BothNames {
    let words: Vec<BothNames> = fields.split(',').map(word).collect();
    let join = |parts: Vec<&str>, comma: &str| parts.join(comma);
    both(
        join(words.iter().map(|w| w.ar.as_str()).collect(), "، "),
        join(words.iter().map(|w| w.en.as_str()).collect(), ", "),
    )
}

const WORDS: &[(&str, &str, &str)] = &[
    ("name_ar", "الاسم بالعربية", "Arabic name"),
    ("name_en", "الاسم بالإنجليزية", "English name"),
    ("birth_date", "تاريخ الميلاد", "birth date"),
    ("sex", "النوع", "sex"),
    ("phones", "أرقام الهاتف", "phones"),
    ("email", "البريد الإلكتروني", "e-mail"),
    ("national_id", "الرقم القومي", "national id"),
    ("address", "العنوان", "address"),
    ("notes", "الملاحظات", "notes"),
    ("preferred_language", "لغة التواصل", "preferred language"),
    ("reminder_channel", "وسيلة التذكير", "reminder channel"),
    ("reminders_off", "إيقاف التذكيرات", "reminders off"),
    ("guardian_id", "ولي الأمر", "guardian"),
    ("guarantor_id", "المسؤول عن السداد", "guarantor"),
    ("status", "حالة الملف", "status of the file"),
    ("smoking", "التدخين", "smoking"),
    ("pregnancy", "الحمل", "pregnancy"),
    ("pregnancy_due", "موعد الولادة المتوقع", "due date"),
    ("surgery_notes", "العمليات الجراحية السابقة", "past surgery"),
    ("no_allergies", "عدم وجود حساسية معروفة", "no known allergies"),
    ("no_conditions", "عدم وجود أمراض مزمنة معروفة", "no known conditions"),
    ("no_medications", "عدم تناول أدوية", "no medicines"),
    ("active", "سارٍ", "active"),
    ("resolved", "انتهى", "resolved"),
    ("entered_in_error", "سُجّل بالخطأ", "entered in error"),
    ("changed", "تم التعديل", "changed"),
    ("scheduled", "مجدول", "scheduled"),
    ("confirmed", "مؤكد", "confirmed"),
    ("arrived", "وصل", "arrived"),
    ("in_chair", "على الكرسي", "in the chair"),
    ("completed", "مكتمل", "completed"),
    ("checked_out", "غادر", "checked out"),
    ("cancelled", "ملغى", "cancelled"),
    ("no_show", "لم يحضر", "did not come"),
    ("rescheduled", "أُعيدت جدولته", "rescheduled"),
    ("unconfirmed", "غير مؤكد", "unconfirmed"),
    ("reminder_sent", "أُرسل التذكير", "reminder sent"),
    ("left_message", "تُركت رسالة", "left a message"),
    ("declined", "اعتذر", "declined"),
    ("correction", "تصحيح", "correction"),
    ("finding", "ملاحظة", "finding"),
    ("plan", "مخطط له", "planned"),
    ("done", "تم تنفيذه", "done"),
    ("cash", "نقدًا", "cash"),
    ("card", "بطاقة", "card"),
    ("transfer", "تحويل", "transfer"),
];

fn word(code: &str) -> BothNames {
    WORDS
        .iter()
        .find(|(known, _, _)| *known == code)
        .map_or_else(|| BothNames::same(code), |(_, ar, en)| both((*ar).to_owned(), (*en).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_is_a_sentence_in_both_languages() {
        let told = Told { subject: "2026-11-24 10:00", outcome: "arrived", amount: "" };
        let said = sentence("appointment.status", told);
        assert_eq!(said.en, "Appointment on 24 Nov 2026, 10:00: arrived");
        assert_eq!(said.ar, "موعد 24 نوفمبر 2026 الساعة 10:00: وصل");
        let said = sentence("visit.signed", Told { subject: "2026-11-24", ..Told::default() });
        assert_eq!(
            (said.ar.as_str(), said.en.as_str()),
            ("توقيع زيارة 24 نوفمبر 2026", "Visit of 24 Nov 2026 signed")
        );
        let said = sentence("chart.event", Told { subject: "caries finding", outcome: "16", amount: "" });
        assert!(said.en.ends_with("16 (finding)"), "{}", said.en);
        let said = sentence("patient.changed", Told { subject: "address,phones", ..Told::default() });
        assert_eq!(said.en, "Changed: address, phones");
        assert_eq!(said.ar, "تعديل البيانات: العنوان، أرقام الهاتف");
    }
}
