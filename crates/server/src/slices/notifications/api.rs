//! Messages to patients on the wire.

use dentpro_core::ids::{AppointmentId, MessageProviderId, PatientId, ReminderDeliveryId, ReminderRuleId};
use dentpro_core::reminders::{Channel, Purpose};
use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize, Serializer};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::patch::Patch;

fn minutes<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&time.strftime("%H:%M"))
}

/// How the clinic writes to its patients.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReminderSettings {
    /// Nobody is written to from this time on the clinic's clock, `HH:MM`, …
    #[serde(serialize_with = "minutes")]
    #[schema(value_type = String)]
    pub quiet_from: Time,
    /// … until this one; the same time twice means no quiet hours.
    #[serde(serialize_with = "minutes")]
    #[schema(value_type = String)]
    pub quiet_until: Time,
    /// Whether a mail with a calendar file goes out when an appointment is booked or moved.
    pub booking_mail: bool,
    #[serde(skip)]
    pub booking_mail_since: Option<Timestamp>,
    /// Whether the calendar feeds of doctors name the patients.
    pub feed_names: bool,
    /// Whether this installation has a mail server.
    pub mail_is_set_up: bool,
    pub version: i32,
}

/// What changes of it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderSettingsPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub quiet_from: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub quiet_until: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub booking_mail: Patch<bool>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub feed_names: Patch<bool>,
}

/// So long before an appointment its patient is written to, over the first channel that reaches him. The channel that
/// the patient prefers comes before all others.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReminderRule {
    pub id: ReminderRuleId,
    pub lead_minutes: i32,
    pub channels: Vec<Channel>,
    pub active: bool,
    pub version: i32,
}

/// A rule to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReminderRule {
    /// From half an hour to thirty days.
    pub lead_minutes: i32,
    pub channels: Vec<Channel>,
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

/// What changes of a rule.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderRulePatch {
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub lead_minutes: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<Channel>>)]
    pub channels: Patch<Vec<Channel>>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub active: Patch<bool>,
}

/// The words of a purpose over a channel.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MessageTemplate {
    pub purpose: Purpose,
    pub channel: Channel,
    pub subject_ar: String,
    pub subject_en: String,
    pub text_ar: String,
    pub text_en: String,
    /// Whether these are the clinic's own; otherwise those that ship with the product.
    pub changed: bool,
    /// 0 for those that ship with the product.
    pub version: i32,
}

/// Words to keep. Fields in braces are filled in: `{patient}`, `{clinic}`, `{date}`, `{hijri}`, `{time}`, `{doctor}`,
/// `{branch}`, `{phone}`, `{link}`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessageTemplate {
    #[serde(default)]
    pub subject_ar: String,
    #[serde(default)]
    pub subject_en: String,
    pub text_ar: String,
    pub text_en: String,
}

/// Words as a patient would read them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MessagePreview {
    pub subject_ar: String,
    pub subject_en: String,
    pub text_ar: String,
    pub text_en: String,
}

/// A header of a gateway; its value is never answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProviderHeader {
    pub name: String,
}

/// A gateway for SMS or WhatsApp that is told by HTTP.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MessageProvider {
    pub id: MessageProviderId,
    pub channel: Channel,
    pub name: String,
    pub url: String,
    pub method: String,
    pub headers: Vec<ProviderHeader>,
    pub body: String,
    pub success_pointer: Option<String>,
    pub success_value: Option<String>,
    /// The one that messages of its channel go through.
    pub active: bool,
    pub version: i32,
}

/// A header to keep; without a value the one that is kept already under this name stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProviderHeader {
    pub name: String,
    pub value: Option<String>,
}

/// A gateway to add. `{to}`, `{digits}`, `{text}` and `{id}` are filled into address, headers and body.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessageProvider {
    /// `sms` or `whatsapp`.
    pub channel: Channel,
    pub name: String,
    pub url: String,
    /// `GET`, `POST` or `PUT`.
    pub method: String,
    #[serde(default)]
    pub headers: Vec<NewProviderHeader>,
    #[serde(default)]
    pub body: String,
    /// JSON pointer into the answer, such as `/status`; without one the HTTP status decides.
    pub success_pointer: Option<String>,
    /// What has to stand there.
    pub success_value: Option<String>,
    #[serde(default = "yes")]
    pub active: bool,
}

/// What changes of a gateway. `headers` replaces the whole list.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageProviderPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub url: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub method: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<NewProviderHeader>>)]
    pub headers: Patch<Vec<NewProviderHeader>>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub body: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub success_pointer: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub success_value: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub active: Patch<bool>,
}

/// Where a test goes to: an address or a telephone.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestMessage {
    pub to: String,
}

/// What became of a test.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TestOutcome {
    pub sent: bool,
    /// What the other side said when it did not take it.
    pub error: Option<String>,
}

/// The patient of a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliveryPatient {
    pub id: PatientId,
    pub name_ar: String,
    pub name_en: String,
}

/// A message that was or is to be sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReminderDelivery {
    pub id: ReminderDeliveryId,
    pub appointment_id: AppointmentId,
    pub patient: DeliveryPatient,
    /// When the appointment is.
    pub starts_at: String,
    pub purpose: Purpose,
    /// How long before it the rule says.
    pub lead_minutes: Option<i32>,
    /// `waiting`, `sent`, `failed`, `unknown` (it may have arrived) or `skipped`.
    pub state: String,
    pub channel: Option<Channel>,
    pub language: Option<String>,
    pub recipient: Option<String>,
    pub attempts: i32,
    /// Why it was skipped or given up: `cancelled`, `moved`, `past`, `declined`, `opted_out`, `no_channel`,
    /// `refused`, `gave_up`, `no_answer`.
    pub reason: Option<String>,
    /// What the mail server or the gateway said.
    pub last_error: Option<String>,
    pub next_attempt_at: Option<String>,
    pub created_at: String,
    pub sent_at: Option<String>,
}

/// What a text is asked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessageQuery {
    /// `reminder` (unless said otherwise), `booking` or `missed`.
    #[param(value_type = Option<String>)]
    pub purpose: Option<Purpose>,
    /// `ar` or `en`; the patient's unless said otherwise.
    pub language: Option<String>,
}

/// A message for the staff to send by hand.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppointmentMessage {
    pub text: String,
    pub language: String,
    /// E.164.
    pub phone: Option<String>,
    /// Opens WhatsApp with the text filled in.
    pub whatsapp_url: Option<String>,
}
