//! Outgoing mail: by SMTP, into memory for tests, or nowhere when nothing is set up.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::message::{Mailbox, Message, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::config::{SmtpConfig, SmtpTls};

const TIMEOUT: Duration = Duration::from_secs(20);

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
}

impl MailError {
    /// Whether the same message may go through later.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::TryLater(_) | Self::NotSetUp)
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
    /// The same for every attempt, so that a reader's server can drop the second copy.
    pub id: Uuid,
}

impl Mail {
    pub fn new(id: Uuid, to: impl Into<String>, subject: impl Into<String>) -> Self {
        Self { to: to.into(), subject: subject.into(), text: None, html: None, id }
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
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// The mailer of these settings; no connection is made before the first mail.
    pub fn from_config(config: Option<&SmtpConfig>) -> Result<Self, MailError> {
        let Some(config) = config else { return Ok(Self::None) };
        type Transport = AsyncSmtpTransport<Tokio1Executor>;
        let settings = |e: lettre::transport::smtp::Error| MailError::Settings(e.to_string());
        let mut builder = match config.tls {
            SmtpTls::StartTls => Transport::starttls_relay(&config.host).map_err(settings)?,
            SmtpTls::Implicit => Transport::relay(&config.host).map_err(settings)?,
            SmtpTls::None => Transport::builder_dangerous(&config.host),
        };
        builder = builder.port(config.port).timeout(Some(TIMEOUT));
        if let (Some(user), Some(password)) = (&config.user, &config.password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.expose().to_owned()));
        }
        let from = mailbox(&config.from)?;
        Ok(Self::Smtp(Box::new(Smtp { transport: builder.build(), from })))
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
                match smtp.transport.send(message).await {
                    Ok(_) => Ok(()),
                    Err(e) if e.is_permanent() => Err(MailError::Refused(e)),
                    Err(e) => Err(MailError::TryLater(e)),
                }
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
    let body = match (&mail.text, &mail.html) {
        (Some(text), Some(html)) => {
            builder.multipart(MultiPart::alternative_plain_html(text.clone(), html.clone()))
        }
        (None, Some(html)) => builder.singlepart(lettre::message::SinglePart::html(html.clone())),
        (text, None) => {
            let text = text.clone().unwrap_or_default();
            builder.singlepart(lettre::message::SinglePart::plain(text))
        }
    };
    Ok(body?)
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
