//! Gateways for SMS and WhatsApp, told by HTTP. A clinic describes its own: address, headers, body with `{to}`,
//! `{digits}`, `{text}` and `{id}`, and how a success is read from the answer.

use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use crate::kernel::http_client::{self, Answer, HttpError};

/// Letters of an answer that are kept to be shown.
const SHOWN: usize = 200;

/// A header with its value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    pub name: String,
    pub value: String,
}

/// A gateway as it is stored.
#[derive(Clone, Debug)]
pub struct Provider {
    pub id: Uuid,
    pub channel: String,
    pub name: String,
    pub url: String,
    pub method: String,
    pub headers: Vec<Header>,
    pub body: String,
    /// JSON pointer into the answer; without one the status alone decides.
    pub success_pointer: Option<String>,
    /// What has to stand there; without it anything but false and null.
    pub success_value: Option<String>,
    pub active: bool,
    pub version: i32,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// The same again may go through.
    Later(String),
    /// The same again will not.
    Refused(String),
    /// It may have arrived, and a second one would be noticed: nothing more is done by itself.
    Unknown(String),
}

/// What a message to a gateway is made of.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// Stays the same for every attempt.
    pub id: Uuid,
    /// E.164.
    pub to: &'a str,
    pub text: &'a str,
}

/// How a value is written into its surroundings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Json,
    Percent,
}

impl Provider {
    /// Hands a message over.
    pub async fn send(&self, message: Message<'_>) -> Outcome {
        let url: Url = match fill(&self.url, message, Form::Percent).parse() {
            Ok(url) => url,
            Err(_) => return Outcome::Refused("the address cannot be read".to_owned()),
        };
        let headers: Vec<(String, String)> =
            self.headers.iter().map(|h| (h.name.clone(), fill(&h.value, message, Form::Plain))).collect();
        let body = if self.method == "GET" { String::new() } else { fill(&self.body, message, self.form()) };
        match http_client::send(&self.method, &url, &headers, body).await {
            Ok(answer) => self.read(&answer),
            Err(e @ HttpError::Address(_)) => Outcome::Refused(e.to_string()),
            Err(e @ HttpError::NotSent(_)) => Outcome::Later(e.to_string()),
            Err(e @ HttpError::OutcomeUnknown(_)) => Outcome::Unknown(e.to_string()),
        }
    }

    fn form(&self) -> Form {
        let kind = self.headers.iter().find(|h| h.name.eq_ignore_ascii_case("content-type"));
        match kind.map(|h| h.value.to_ascii_lowercase()) {
            Some(kind) if kind.contains("json") => Form::Json,
            Some(kind) if kind.contains("x-www-form-urlencoded") => Form::Percent,
            _ if self.body.trim_start().starts_with('{') => Form::Json,
            _ => Form::Plain,
        }
    }

    fn read(&self, answer: &Answer) -> Outcome {
        let text = String::from_utf8_lossy(&answer.body);
        let shown: String = text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
        let told = format!("{} {shown}", answer.status.as_u16());
        if answer.status.is_server_error() || answer.status.as_u16() == 429 {
            return Outcome::Later(told);
        }
        if !answer.status.is_success() {
            return Outcome::Refused(told);
        }
        let Some(pointer) = &self.success_pointer else { return Outcome::Sent };
        let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let found = json.pointer(pointer).map(|value| match value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        let success = match (&found, &self.success_value) {
            (Some(found), Some(wanted)) => found == wanted,
            (Some(found), None) => found != "null" && found != "false",
            (None, _) => false,
        };
        if success { Outcome::Sent } else { Outcome::Refused(told) }
    }
}

/// Fills the names in; what is filled in is not read again, and braces that name nothing stay.
fn fill(text: &str, message: Message<'_>, form: Form) -> String {
    let id = message.id.to_string();
    let named = [
        ("{to}", message.to),
        ("{digits}", message.to.trim_start_matches('+')),
        ("{text}", message.text),
        ("{id}", id.as_str()),
    ];
    let mut filled = String::with_capacity(text.len() + message.text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        match named.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, value)) => {
                filled.push_str(&written(value, form));
                rest = &rest[name.len()..];
            }
            None => {
                filled.push('{');
                rest = &rest[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

fn written(value: &str, form: Form) -> String {
    match form {
        Form::Plain => value.to_owned(),
        Form::Percent => url::form_urlencoded::byte_serialize(value.as_bytes()).collect(),
        Form::Json => serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use hyper::StatusCode;

    use super::*;

    fn message(text: &str) -> Message<'_> {
        Message { id: Uuid::nil(), to: "+201001234567", text }
    }

    fn provider(pointer: Option<&str>, value: Option<&str>) -> Provider {
        Provider {
            id: Uuid::nil(),
            channel: "sms".into(),
            name: "stub".into(),
            url: "https://gateway.example/".into(),
            method: "POST".into(),
            headers: Vec::new(),
            body: r#"{"to": "{digits}", "text": "{text}"}"#.into(),
            success_pointer: pointer.map(Into::into),
            success_value: value.map(Into::into),
            active: true,
            version: 1,
        }
    }

    #[test]
    fn what_a_patient_is_told_cannot_break_out_of_the_body() {
        let body = fill(&provider(None, None).body, message("He said \"hi\"\n{to} \\"), Form::Json);
        let read: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(read["text"], "He said \"hi\"\n{to} \\");
        assert_eq!(read["to"], "201001234567");
        let query = fill("https://g.example/?to={to}&m={text}&x={y}", message("a&b=c موعد"), Form::Percent);
        assert_eq!(query, "https://g.example/?to=%2B201001234567&m=a%26b%3Dc+%D9%85%D9%88%D8%B9%D8%AF&x={y}");
    }

    #[test]
    fn an_answer_is_read_as_the_clinic_said() {
        let answer = |status: u16, body: &'static str| Answer {
            status: StatusCode::from_u16(status).unwrap(),
            body: body.into(),
        };
        let ok = provider(Some("/status"), Some("queued"));
        assert_eq!(ok.read(&answer(200, r#"{"status": "queued"}"#)), Outcome::Sent);
        assert!(matches!(ok.read(&answer(200, r#"{"status": "no credit"}"#)), Outcome::Refused(_)));
        assert!(matches!(ok.read(&answer(200, "<html>")), Outcome::Refused(_)));
        assert!(matches!(ok.read(&answer(503, "")), Outcome::Later(_)));
        assert!(matches!(ok.read(&answer(429, "")), Outcome::Later(_)));
        assert!(matches!(ok.read(&answer(401, "bad key")), Outcome::Refused(told) if told == "401 bad key"));
        assert_eq!(provider(None, None).read(&answer(204, "")), Outcome::Sent);
        let number = provider(Some("/messages/0/id"), None);
        assert_eq!(number.read(&answer(201, r#"{"messages": [{"id": 7}]}"#)), Outcome::Sent);
        assert!(matches!(number.read(&answer(201, r#"{"messages": []}"#)), Outcome::Refused(_)));
    }
}
