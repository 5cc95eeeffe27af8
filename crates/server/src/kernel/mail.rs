//! Outgoing mail: by SMTP, into memory for tests, or nowhere when nothing is set up.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::config::{SmtpConfig, SmtpTls};

/// For the connection alone.
const CONNECT: Duration = Duration::from_secs(20);
/// For the conversation up to the message, and for the message with its answer: a server that greylists may be slow,
/// one that hangs must not hold a worker up.
const CONVERSATION: Duration = Duration::from_secs(60);

#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("no mail server is set up (smtp.host)")]
    NotSetUp,
    #[error("the mail server's settings cannot be used: {0}")]
    Settings(String),
    #[error("`{0}` is not a mail address")]
    Address(String),
    #[error("the message could not be written: {0}")]
    Message(#[from] lettre::error::Error),
    #[error("the mail server refused it for good: {0}")]
    Refused(#[source] lettre::transport::smtp::Error),
    #[error("the mail server could not be reached or asks to try later: {0}")]
    TryLater(#[source] lettre::transport::smtp::Error),
    #[error("the mail server took longer than a minute")]
    TooSlow,
    /// The whole message was handed over and no answer came: it may be on its way.
    #[error("the mail server went silent after it had the whole message")]
    OutcomeUnknown,
}

impl MailError {
    /// Whether the same message may go through later.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::TryLater(_) | Self::TooSlow | Self::OutcomeUnknown | Self::NotSetUp)
    }
}

/// One message to one reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// An address, or `Name <address>`.
    pub to: String,
    pub subject: String,
    pub text: Option<String>,
    pub html: Option<String>,
    /// An iCalendar file that comes with it.
    #[serde(default)]
    pub calendar: Option<String>,
    /// The same for every attempt, so that a reader's server can drop the second copy.
    pub id: Uuid,
}

impl Mail {
    pub fn new(id: Uuid, to: impl Into<String>, subject: impl Into<String>) -> Self {
        Self { to: to.into(), subject: subject.into(), text: None, html: None, calendar: None, id }
    }

    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    #[must_use]
    pub fn html(mut self, html: impl Into<String>) -> Self {
        self.html = Some(html.into());
        self
    }
}

impl Mail {
    #[must_use]
    pub fn calendar(mut self, file: impl Into<String>) -> Self {
        self.calendar = Some(file.into());
        self
    }
}

/// Where mail goes.
#[derive(Clone, Debug, Default)]
pub enum Mailer {
    /// Nothing is set up: sending fails, and says why.
    #[default]
    None,
    Smtp(Box<Smtp>),
    /// Kept for tests to look at.
    Memory(Arc<Mutex<Vec<Mail>>>),
}

#[derive(Clone, Debug)]
pub struct Smtp {
    host: String,
    port: u16,
    tls: SmtpTls,
    credentials: Option<Credentials>,
    from: Mailbox,
    patience: Duration,
}

impl Smtp {
    /// One conversation. Whether the server had the whole message decides what a broken line means.
    async fn deliver(&self, message: &Message) -> Result<(), MailError> {
        let told = |e: lettre::transport::smtp::Error| match e.is_permanent() {
            true => MailError::Refused(e),
            false => MailError::TryLater(e),
        };
        let mut connection = tokio::time::timeout(self.patience, self.up_to_data(message))
            .await
            .map_err(|_| MailError::TooSlow)?
            .map_err(told)?;
        let formatted = message.formatted();
        match tokio::time::timeout(self.patience, connection.message(&formatted)).await {
            Ok(Ok(_)) => {
                // It is accepted; what becomes of the farewell does not matter.
                let _ = tokio::time::timeout(Duration::from_secs(2), connection.quit()).await;
                Ok(())
            }
            Ok(Err(e)) if e.status().is_some() => Err(told(e)),
            Ok(Err(_)) | Err(_) => Err(MailError::OutcomeUnknown),
        }
    }

    async fn up_to_data(
        &self,
        message: &Message,
    ) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let hello = ClientId::default();
        let parameters = || TlsParameters::new(self.host.clone());
        let wrapped = if self.tls == SmtpTls::Implicit { Some(parameters()?) } else { None };
        let server = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(CONNECT), &hello, wrapped, None).await?;
        if self.tls == SmtpTls::StartTls {
            connection.starttls(parameters()?, &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        let envelope = message.envelope();
        connection.command(MailFrom::new(envelope.from().cloned(), Vec::new())).await?;
        for to in envelope.to() {
            connection.command(Rcpt::new(to.clone(), Vec::new())).await?;
        }
        connection.command(Data).await?;
        Ok(connection)
    }
}

impl Mailer {
    /// The mailer of these settings; no connection is made before the first mail.
    pub fn from_config(config: Option<&SmtpConfig>) -> Result<Self, MailError> {
        let Some(config) = config else { return Ok(Self::None) };
        if config.tls != SmtpTls::None {
            // A host that no certificate can name is told now, not with the first mail.
            TlsParameters::new(config.host.clone()).map_err(|e| MailError::Settings(e.to_string()))?;
        }
        let credentials = config.user.as_ref().zip(config.password.as_ref());
        Ok(Self::Smtp(Box::new(Smtp {
            host: config.host.clone(),
            port: config.port,
            tls: config.tls,
            credentials: credentials.map(|(u, p)| Credentials::new(u.clone(), p.expose().to_owned())),
            from: mailbox(&config.from)?,
            patience: CONVERSATION,
        })))
    }

    pub fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    pub fn is_set_up(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// What was sent into memory so far.
    pub fn sent(&self) -> Vec<Mail> {
        match self {
            Self::Memory(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Self::None | Self::Smtp(_) => Vec::new(),
        }
    }

    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        match self {
            Self::None => Err(MailError::NotSetUp),
            Self::Memory(sent) => {
                mailbox(&mail.to)?;
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
                Ok(())
            }
            Self::Smtp(smtp) => {
                let message = message(mail, &smtp.from)?;
                if message.envelope().to().iter().any(|to| !to.to_string().is_ascii()) {
                    return Err(MailError::Address(mail.to.clone()));
                }
                smtp.deliver(&message).await
            }
        }
    }
}

fn mailbox(text: &str) -> Result<Mailbox, MailError> {
    text.parse().map_err(|_| MailError::Address(text.to_owned()))
}

fn message(mail: &Mail, from: &Mailbox) -> Result<Message, MailError> {
    let builder = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .from(from.clone())
        .to(mailbox(&mail.to)?)
        .subject(mail.subject.clone());
    let text = SinglePart::plain(mail.text.clone().unwrap_or_default());
    let words = match (&mail.text, &mail.html) {
        (Some(text), Some(html)) => MultiPart::alternative_plain_html(text.clone(), html.clone()),
        (None, Some(html)) => MultiPart::mixed().singlepart(SinglePart::html(html.clone())),
        (_, None) if mail.calendar.is_none() => return Ok(builder.singlepart(text)?),
        (_, None) => MultiPart::mixed().singlepart(text),
    };
    let Some(calendar) = &mail.calendar else { return Ok(builder.multipart(words)?) };
    let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")
        .map_err(|e| MailError::Settings(e.to_string()))?;
    let file = Attachment::new("appointment.ics".to_owned()).body(calendar.clone(), kind);
    Ok(builder.multipart(MultiPart::mixed().multipart(words).singlepart(file))?)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;
    use tokio::task::JoinHandle;

    use super::*;

    const ID: Uuid = Uuid::from_u128(42);

    /// A mail server for one conversation: answers `to_recipient` to RCPT and returns all it was told.
    async fn server(to_recipient: &'static str) -> (Mailer, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = SmtpConfig {
            host: "127.0.0.1".to_owned(),
            port: listener.local_addr().unwrap().port(),
            user: None,
            password: None,
            from: "عيادة النور <clinic@dentpro.example>".to_owned(),
            tls: SmtpTls::None,
        };
        let conversation = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            stream.write_all(b"220 mail ready\r\n").await.unwrap();
            let mut heard = String::new();
            let mut in_data = false;
            loop {
                let mut line = String::new();
                if stream.read_line(&mut line).await.unwrap() == 0 {
                    return heard;
                }
                heard.push_str(&line);
                let answer = match line.split_whitespace().next().unwrap_or_default() {
                    "." if in_data => {
                        in_data = false;
                        "250 queued\r\n"
                    }
                    _ if in_data => continue,
                    "DATA" => {
                        in_data = true;
                        "354 go on\r\n"
                    }
                    "RCPT" => to_recipient,
                    "QUIT" => "221 bye\r\n",
                    _ => "250 ok\r\n",
                };
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        (Mailer::from_config(Some(&config)).unwrap(), conversation)
    }

    #[tokio::test]
    async fn a_message_in_both_scripts_reaches_the_server() {
        let (mailer, conversation) = server("250 ok\r\n").await;
        let mail = Mail::new(ID, "reader@example.com", "موعدك غدًا").text("See you").html("<p>See you</p>");
        mailer.send(&mail).await.unwrap();
        drop(mailer);
        let heard = conversation.await.unwrap();
        assert!(heard.contains("RCPT TO:<reader@example.com>"), "{heard}");
        assert!(heard.contains("MAIL FROM:<clinic@dentpro.example>"));
        assert!(heard.contains(&format!("Message-ID: <{ID}@dentpro.example>")));
        assert!(heard.contains("multipart/alternative"));
        assert!(heard.contains("Subject: =?utf-8?b?"), "{heard}");
        assert!(heard.contains("<p>See you</p>"));
    }

    #[tokio::test]
    async fn a_refusal_for_good_and_one_for_now_are_told_apart() {
        for (answer, temporary) in [("550 no such user\r\n", false), ("451 busy\r\n", true)] {
            let (mailer, _conversation) = server(answer).await;
            let error = mailer.send(&Mail::new(ID, "reader@example.com", "Hello")).await.unwrap_err();
            assert_eq!(error.is_temporary(), temporary, "{error}");
        }
    }

    /// A server that goes away at a word of the conversation: `DATA` before the message, `.` when it has all of it.
    async fn leaves_at(word: &'static str) -> Mailer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            stream.write_all(b"220 mail ready\r\n").await.unwrap();
            let mut line = String::new();
            while stream.read_line(&mut line).await.unwrap() > 0 {
                if line.trim_end() == word {
                    return;
                }
                let answer = match line.trim_end() {
                    "DATA" => "354 go on\r\n",
                    l if ["EHLO", "MAIL", "RCPT"].iter().any(|w| l.starts_with(w)) => "250 ok\r\n",
                    _ => "",
                };
                stream.write_all(answer.as_bytes()).await.unwrap();
                line.clear();
            }
        });
        let from = "clinic@dentpro.example".to_owned();
        let (host, tls) = ("127.0.0.1".to_owned(), SmtpTls::None);
        let config = SmtpConfig { host, port, user: None, password: None, from, tls };
        Mailer::from_config(Some(&config)).unwrap()
    }

    #[tokio::test]
    async fn a_line_that_breaks_before_the_message_is_told_from_one_that_breaks_after_it() {
        let mail = Mail::new(ID, "reader@example.com", "Hello").text("Hello");
        let before = leaves_at("DATA").await.send(&mail).await.unwrap_err();
        assert!(matches!(before, MailError::TryLater(_)), "{before}");
        let after = leaves_at(".").await.send(&mail).await.unwrap_err();
        assert!(matches!(after, MailError::OutcomeUnknown), "{after}");
        assert!(before.is_temporary() && after.is_temporary());
    }

    #[tokio::test]
    async fn a_server_that_hangs_does_not_hold_us_up() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = SmtpConfig {
            host: "127.0.0.1".to_owned(),
            port: listener.local_addr().unwrap().port(),
            user: None,
            password: None,
            from: "clinic@dentpro.example".to_owned(),
            tls: SmtpTls::None,
        };
        let Mailer::Smtp(mut smtp) = Mailer::from_config(Some(&config)).unwrap() else { panic!() };
        smtp.patience = Duration::from_millis(50);
        let outcome = Mailer::Smtp(smtp).send(&Mail::new(ID, "reader@example.com", "Hello")).await;
        assert!(matches!(outcome, Err(MailError::TooSlow)), "{outcome:?}");
    }

    #[tokio::test]
    async fn a_calendar_file_comes_with_the_words() {
        let from = "clinic@dentpro.example".parse().unwrap();
        let mail = Mail::new(ID, "a@b.example", "Hello").text("See you").calendar("BEGIN:VCALENDAR\r\n");
        let written = String::from_utf8(message(&mail, &from).unwrap().formatted()).unwrap();
        assert!(written.contains("multipart/mixed") && written.contains("See you"), "{written}");
        assert!(written.contains("text/calendar; charset=utf-8; method=PUBLISH"), "{written}");
        assert!(written.contains("filename=\"appointment.ics\""), "{written}");
    }

    #[tokio::test]
    async fn a_dead_server_is_temporary() {
        let (mailer, conversation) = server("250 ok\r\n").await;
        conversation.abort();
        let _ = conversation.await;
        let error = mailer.send(&Mail::new(ID, "reader@example.com", "Hello")).await.unwrap_err();
        assert!(error.is_temporary(), "{error}");
    }

    #[tokio::test]
    async fn an_address_cannot_carry_further_headers() {
        let mailer = Mailer::memory();
        for wrong in ["", "nobody", "a@b.example\r\nBcc: all@b.example", "a@b.example, c@d.example"] {
            let outcome = mailer.send(&Mail::new(ID, wrong, "Hello")).await;
            assert!(matches!(outcome, Err(MailError::Address(_))), "{wrong}");
        }
        let subject = "Hello\r\nBcc: all@b.example";
        let from = "clinic@dentpro.example".parse().unwrap();
        let mail = Mail::new(ID, "a@b.example", subject).text("x");
        let written = String::from_utf8(message(&mail, &from).unwrap().formatted()).unwrap();
        assert!(!written.lines().any(|line| line.starts_with("Bcc:")), "{written}");
    }

    #[tokio::test]
    async fn without_a_server_nothing_pretends_to_be_sent() {
        let mailer = Mailer::from_config(None).unwrap();
        let outcome = mailer.send(&Mail::new(ID, "a@b.example", "Hello")).await;
        assert!(matches!(outcome, Err(MailError::NotSetUp)));
        let memory = Mailer::memory();
        memory.send(&Mail::new(ID, "a@b.example", "Hello")).await.unwrap();
        assert_eq!(memory.sent().len(), 1);
    }
}
