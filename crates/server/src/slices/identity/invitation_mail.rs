//! The mail that invites somebody, in both languages.

use uuid::Uuid;

use crate::kernel::mail::Mail;

/// Writes it; `clinic` are the clinic's names in Arabic and English.
pub fn write(id: Uuid, to: &str, clinic: &(String, String), url: &str) -> Mail {
    let (ar, en) = clinic;
    let ar = if ar.is_empty() { en } else { ar };
    let en = if en.is_empty() { ar } else { en };
    let subject = format!("دعوة للانضمام إلى {ar} · Invitation to join {en}");
    let text = format!(
        "مرحبًا،\n\n\
        تدعوك {ar} للانضمام إلى فريق العمل على DentPro. افتح الرابط التالي لاختيار كلمة المرور والبدء:\n\n{url}\n\n\
        الرابط صالح لمدة سبعة أيام ويُستخدم مرة واحدة. إذا لم تكن تتوقع هذه الدعوة فتجاهل هذه الرسالة.\n\n\
        — — —\n\n\
        Hello,\n\n\
        {en} invites you to join its team on DentPro. Open this link to choose a password and begin:\n\n{url}\n\n\
        The link is good for seven days and works once. If you did not expect this invitation, ignore this mail.\n"
    );
    Mail::new(id, to, subject).text(text)
}
