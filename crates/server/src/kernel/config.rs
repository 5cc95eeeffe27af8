//! The installation's settings: flags, then environment (`DENTPRO_…`), then one TOML file.
//!
//! A name that nobody knows is refused with the nearest known one, wherever it stands.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use url::Url;

use super::client_address::Network;

/// Every setting, as it is written in the file; the variable is `DENTPRO_` and the name in capitals with `_` for `.`.
const KEYS: [&str; 18] = [
    "data",
    "database_url",
    "listen",
    "public_url",
    "log_format",
    "log_filter",
    "trusted_proxies",
    "max_connections",
    "metrics_token",
    "session.idle_minutes",
    "session.absolute_hours",
    "smtp.host",
    "smtp.port",
    "smtp.user",
    "smtp.password",
    "smtp.from",
    "smtp.tls",
    "database_connections",
];
/// Variables that are read where they are needed and cannot stand in the file.
const OTHER_VARIABLES: [&str; 5] = [
    "DENTPRO_CONFIG",
    "DENTPRO_POSTGRES_BIN",
    "DENTPRO_POSTGRES_USER",
    // The scripts' own: the test cluster, and the server that the browser tests drive.
    "DENTPRO_TEST_DATABASE_URL",
    "DENTPRO_URL",
];
const FILE_NAME: &str = "dentpro.toml";

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{source_name}: there is no setting `{name}`{hint}", hint = hint(.nearest))]
    Unknown { source_name: String, name: String, nearest: Option<String> },
    #[error("{source_name}: {problem}")]
    Invalid { source_name: String, problem: String },
    #[error("{path}: {problem}", path = path.display())]
    File { path: PathBuf, problem: String },
    #[error(
        "{0} and {1} exclude each other: either an own PostgreSQL in a data directory, or an existing one"
    )]
    TwoDatabases(String, String),
    #[error("smtp.from is missing: the address that the clinic's mail comes from")]
    NoSender,
}

fn hint(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// The settings that are flags of every command.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ConfigFlags {
    /// The TOML file with settings [default: dentpro.toml in the data directory]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Keep everything, an own PostgreSQL too, in this directory
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Use this PostgreSQL instead of an own one
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// The address to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// The address people reach it at, like https://clinic.example
    #[arg(long, global = true, value_name = "URL")]
    pub public_url: Option<String>,
    /// How log lines are written: text or json
    #[arg(long, global = true, value_name = "FORMAT")]
    pub log_format: Option<String>,
}

/// Text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// Plain first, then STARTTLS, or nothing is sent.
    StartTls,
    /// TLS from the first byte (port 465).
    Implicit,
    /// For a relay on the same machine only.
    None,
}

#[derive(Debug, Clone)]
pub struct SmtpConfig {
    pub host: String,
    pub port: u16,
    pub user: Option<String>,
    pub password: Option<Secret>,
    pub from: String,
    pub tls: SmtpTls,
}

/// What a new clinic starts with; it can change both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionConfig {
    pub idle: Duration,
    pub absolute: Duration,
}

#[derive(Debug, Clone)]
pub struct Config {
    pub data: Option<PathBuf>,
    pub database_url: Option<Secret>,
    pub database_connections: Option<u32>,
    pub listen: SocketAddr,
    pub public_url: Url,
    pub log_format: LogFormat,
    pub log_filter: String,
    pub trusted_proxies: Vec<Network>,
    pub max_connections: usize,
    pub metrics_token: Option<Secret>,
    pub session: SessionConfig,
    pub smtp: Option<SmtpConfig>,
}

impl Config {
    /// Reads flags, the process's environment and the file.
    pub fn load(flags: &ConfigFlags) -> Result<Self, ConfigError> {
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        });
        Self::from_sources(flags, environment)
    }

    /// The same from any environment.
    pub fn from_sources(
        flags: &ConfigFlags,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut variables: BTreeMap<String, String> =
            environment.into_iter().filter(|(name, _)| name.starts_with("DENTPRO_")).collect();
        let named_file = flags.config.clone().or_else(|| variables.get("DENTPRO_CONFIG").map(PathBuf::from));
        variables.retain(|name, _| !OTHER_VARIABLES.contains(&name.as_str()));

        let mut settings = Settings::default();
        settings.add_flags(flags);
        settings.add_variables(variables)?;
        match named_file {
            Some(path) => settings.add_file(&path)?,
            None => {
                let in_data = settings.values.get("data").map(|value| Path::new(&value.text).join(FILE_NAME));
                if let Some(path) = in_data.filter(|path| path.exists()) {
                    settings.add_file(&path)?;
                }
            }
        }
        settings.into_config()
    }

    /// Whether people reach it over TLS: cookies are `Secure` then, and browsers are told to stay on TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

#[derive(Debug, Clone)]
struct Value {
    /// Lists are joined with commas: no setting's member contains one.
    text: String,
    /// Where it was said, for messages: `--listen`, `DENTPRO_LISTEN`, `dentpro.toml: listen`.
    source: String,
    rank: u8,
}

/// What was said, the strongest source first.
#[derive(Debug, Default)]
struct Settings {
    values: BTreeMap<&'static str, Value>,
}

impl Settings {
    fn add(&mut self, key: &'static str, text: String, source: String, rank: u8) {
        self.values.entry(key).or_insert(Value { text, source, rank });
    }

    fn add_flags(&mut self, flags: &ConfigFlags) {
        let data = flags.data.as_ref().map(|path| path.display().to_string());
        let flags = [
            ("data", data),
            ("database_url", flags.database_url.clone()),
            ("listen", flags.listen.clone()),
            ("public_url", flags.public_url.clone()),
            ("log_format", flags.log_format.clone()),
        ];
        for (key, text) in flags {
            if let Some(text) = text {
                self.add(key, text, format!("--{}", key.replace('_', "-")), 0);
            }
        }
    }

    fn add_variables(&mut self, variables: BTreeMap<String, String>) -> Result<(), ConfigError> {
        for (name, text) in variables {
            match KEYS.iter().find(|key| variable_name(key) == name) {
                Some(key) => self.add(key, text, name, 1),
                None => {
                    let known = KEYS.iter().map(|key| variable_name(key));
                    let known = known.chain(OTHER_VARIABLES.map(str::to_owned));
                    let nearest = nearest(&name, known);
                    return Err(ConfigError::Unknown {
                        source_name: "environment".to_owned(),
                        name,
                        nearest,
                    });
                }
            }
        }
        Ok(())
    }

    fn add_file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let failed = |problem: String| ConfigError::File { path: path.to_owned(), problem };
        let text = std::fs::read_to_string(path).map_err(|e| failed(e.to_string()))?;
        // The parser's long message would show the line, and with it a password.
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| {
            let line = e.span().map_or(1, |span| text[..span.start].lines().count().max(1));
            failed(format!("line {line}: {}", e.message()))
        })?;
        self.add_table(path, "", &table)
    }

    fn add_table(&mut self, path: &Path, prefix: &str, table: &toml::Table) -> Result<(), ConfigError> {
        for (name, value) in table {
            let full = format!("{prefix}{name}");
            let source = format!("{}: {full}", path.display());
            let is_group = KEYS.iter().any(|key| key.starts_with(&format!("{full}.")));
            if let (true, toml::Value::Table(group)) = (is_group, value) {
                self.add_table(path, &format!("{full}."), group)?;
                continue;
            }
            let Some(key) = KEYS.iter().find(|key| **key == full) else {
                let groups = ["session", "smtp"].map(str::to_owned);
                let known = KEYS.iter().map(|key| (*key).to_owned()).chain(groups);
                let nearest = nearest(&full, known);
                return Err(ConfigError::Unknown {
                    source_name: path.display().to_string(),
                    name: full,
                    nearest,
                });
            };
            let text = scalar_or_list(value).ok_or_else(|| ConfigError::Invalid {
                source_name: source.clone(),
                problem: format!("a {} is not expected here", value.type_str()),
            })?;
            self.add(key, text, source, 2);
        }
        Ok(())
    }

    fn text(&self, key: &str) -> Option<&Value> {
        debug_assert!(KEYS.contains(&key));
        self.values.get(key)
    }

    fn owned(&self, key: &str) -> Option<String> {
        self.text(key).map(|value| value.text.clone())
    }

    fn secret(&self, key: &str) -> Option<Secret> {
        self.owned(key).map(Secret)
    }

    /// Parsed, or a message that says where the wrong value stands and what is expected.
    fn parsed<T>(
        &self,
        key: &str,
        expected: &str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(value) = self.text(key) else { return Ok(None) };
        parse(value.text.trim()).map(Some).ok_or_else(|| ConfigError::Invalid {
            source_name: value.source.clone(),
            problem: format!("`{}` is not {expected}", value.text),
        })
    }

    fn into_config(mut self) -> Result<Config, ConfigError> {
        self.choose_database()?;
        let listen = self
            .parsed("listen", "an address and port like 127.0.0.1:8080", parse::<SocketAddr>)?
            .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let public_url = match self.parsed("public_url", "an address like https://clinic.example", origin)? {
            Some(url) => url,
            None => origin(&format!("http://{listen}")).expect("an address and port make a URL"),
        };
        let minutes = self.parsed("session.idle_minutes", "a number of minutes from 1 to 1440", |text| {
            parse::<u64>(text).filter(|minutes| (1..=1440).contains(minutes))
        })?;
        let hours = self.parsed("session.absolute_hours", "a number of hours from 1 to 168", |text| {
            parse::<u64>(text).filter(|hours| (1..=168).contains(hours))
        })?;
        Ok(Config {
            data: self.owned("data").map(PathBuf::from),
            database_url: self.secret("database_url"),
            database_connections: self.parsed("database_connections", "a number from 2 to 1000", |text| {
                parse::<u32>(text).filter(|n| (2..=1000).contains(n))
            })?,
            listen,
            public_url,
            log_format: self
                .parsed("log_format", "text or json", |text| match text {
                    "text" => Some(LogFormat::Text),
                    "json" => Some(LogFormat::Json),
                    _ => None,
                })?
                .unwrap_or(LogFormat::Text),
            log_filter: self
                .parsed("log_filter", "a filter like info or info,dentpro_server=debug", |text| {
                    text.parse::<tracing_subscriber::EnvFilter>().is_ok().then(|| text.to_owned())
                })?
                .unwrap_or_else(|| "info".to_owned()),
            trusted_proxies: self
                .parsed("trusted_proxies", "a list of addresses or blocks like 10.0.0.0/8", |text| {
                    let members = text.split(',').map(str::trim).filter(|member| !member.is_empty());
                    members.map(|member| member.parse().ok()).collect()
                })?
                .unwrap_or_default(),
            max_connections: self
                .parsed("max_connections", "a number from 1 to 100000", |text| {
                    parse::<usize>(text).filter(|n| (1..=100_000).contains(n))
                })?
                .unwrap_or(1024),
            metrics_token: self.secret("metrics_token"),
            session: SessionConfig {
                idle: Duration::from_secs(minutes.unwrap_or(30) * 60),
                absolute: Duration::from_secs(hours.unwrap_or(12) * 3600),
            },
            smtp: self.smtp()?,
        })
    }

    /// A stronger source's database replaces a weaker one's; two from the same source contradict each other.
    fn choose_database(&mut self) -> Result<(), ConfigError> {
        let (Some(data), Some(url)) = (self.values.get("data"), self.values.get("database_url")) else {
            return Ok(());
        };
        if data.rank == url.rank {
            return Err(ConfigError::TwoDatabases(data.source.clone(), url.source.clone()));
        }
        let weaker = if data.rank < url.rank { "database_url" } else { "data" };
        self.values.remove(weaker);
        Ok(())
    }

    fn smtp(&self) -> Result<Option<SmtpConfig>, ConfigError> {
        let Some(host) = self.owned("smtp.host") else {
            return match self.values.iter().find(|(key, _)| key.starts_with("smtp.")) {
                Some((_, value)) => Err(ConfigError::Invalid {
                    source_name: value.source.clone(),
                    problem: "smtp.host is missing, without it no mail is sent".to_owned(),
                }),
                None => Ok(None),
            };
        };
        let tls = self
            .parsed("smtp.tls", "starttls, implicit or none", |text| match text {
                "starttls" => Some(SmtpTls::StartTls),
                "implicit" => Some(SmtpTls::Implicit),
                "none" => Some(SmtpTls::None),
                _ => None,
            })?
            .unwrap_or(SmtpTls::StartTls);
        let usual_port = match tls {
            SmtpTls::StartTls => 587,
            SmtpTls::Implicit => 465,
            SmtpTls::None => 25,
        };
        let from = self.parsed("smtp.from", "a mail address", |text| {
            text.parse::<lettre::message::Mailbox>().is_ok().then(|| text.to_owned())
        })?;
        Ok(Some(SmtpConfig {
            host,
            port: self.parsed("smtp.port", "a port", parse::<u16>)?.unwrap_or(usual_port),
            user: self.owned("smtp.user"),
            password: self.secret("smtp.password"),
            from: from.ok_or(ConfigError::NoSender)?,
            tls,
        }))
    }
}

fn parse<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

/// Scheme, host and port alone: the app lives at the root.
fn origin(text: &str) -> Option<Url> {
    let url: Url = text.parse().ok()?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let anonymous = url.username().is_empty() && url.password().is_none();
    (matches!(url.scheme(), "http" | "https") && url.has_host() && bare && anonymous).then_some(url)
}

fn variable_name(key: &str) -> String {
    format!("DENTPRO_{}", key.replace('.', "_").to_uppercase())
}

fn scalar_or_list(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(members) => {
            members.iter().map(toml::Value::as_str).collect::<Option<Vec<_>>>().map(|all| all.join(","))
        }
        _ => None,
    }
}

fn nearest(name: &str, known: impl Iterator<Item = String>) -> Option<String> {
    known
        .map(|candidate| (strsim::damerau_levenshtein(name, &candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len() / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(flags: &ConfigFlags, variables: &[(&str, &str)], file: Option<&str>) -> Result<Config, String> {
        let directory = tempfile::tempdir().unwrap();
        let mut flags = flags.clone();
        if let Some(text) = file {
            let path = directory.path().join("settings.toml");
            std::fs::write(&path, text).unwrap();
            flags.config = Some(path);
        }
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::from_sources(&flags, variables).map_err(|e| e.to_string())
    }

    fn file(text: &str) -> Result<Config, String> {
        load(&ConfigFlags::default(), &[], Some(text))
    }

    fn refused(outcome: Result<Config, String>, part: &str) {
        let message = outcome.unwrap_err();
        assert!(message.contains(part), "{message}");
    }

    #[test]
    fn a_flag_beats_the_environment_which_beats_the_file() {
        let flags = ConfigFlags { listen: Some("127.0.0.1:1".to_owned()), ..ConfigFlags::default() };
        let variables = [("DENTPRO_LISTEN", "127.0.0.1:2"), ("DENTPRO_LOG_FORMAT", "json"), ("HOME", "/")];
        let text = "listen = '127.0.0.1:3'\nlog_format = 'text'\npublic_url = 'https://clinic.example'\n";
        let config = load(&flags, &variables, Some(text)).unwrap();
        assert_eq!(config.listen.port(), 1);
        assert_eq!(config.log_format, LogFormat::Json);
        assert!(config.is_https());
    }

    #[test]
    fn without_any_setting_it_listens_on_loopback_alone() {
        let config = load(&ConfigFlags::default(), &[], None).unwrap();
        assert!(config.listen.ip().is_loopback());
        assert_eq!(config.public_url.as_str(), "http://127.0.0.1:8080/");
        assert_eq!(config.session.idle, Duration::from_secs(1800));
        assert!(config.smtp.is_none() && config.trusted_proxies.is_empty());
    }

    #[test]
    fn unknown_names_are_refused_with_the_nearest_known_one() {
        refused(file("lissten = '1.2.3.4:80'"), "did you mean `listen`?");
        refused(file("[smpt]\nhost = 'mail'"), "did you mean `smtp`?");
        refused(file("[smtp]\npasword = 'x'"), "did you mean `smtp.password`?");
        refused(file("[session]\nidle = 3"), "no setting `session.idle`");
        let variable = [("DENTPRO_SMTP_PASWORD", "geheim")];
        let outcome = load(&ConfigFlags::default(), &variable, None);
        refused(outcome, "did you mean `DENTPRO_SMTP_PASSWORD`?");
        refused(file("zebra = 1"), "no setting `zebra`");
    }

    #[test]
    fn the_file_in_the_data_directory_is_found() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("dentpro.toml"), "max_connections = 7\n").unwrap();
        let flags = ConfigFlags { data: Some(directory.path().to_owned()), ..ConfigFlags::default() };
        assert_eq!(load(&flags, &[], None).unwrap().max_connections, 7);
    }

    #[test]
    fn a_stronger_source_chooses_the_database_and_a_contradiction_is_refused() {
        let flags = ConfigFlags { data: Some("/srv/clinic".into()), ..ConfigFlags::default() };
        let variables = [("DENTPRO_DATABASE_URL", "postgres://db/clinic")];
        let config = load(&flags, &variables, None).unwrap();
        assert_eq!(config.data.as_deref(), Some(Path::new("/srv/clinic")));
        assert!(config.database_url.is_none());
        refused(file("data = '/srv'\ndatabase_url = 'postgres://db/clinic'"), "exclude each other");
    }

    #[test]
    fn wrong_values_say_where_they_stand_and_what_is_expected() {
        let variables = [("DENTPRO_LISTEN", "8080")];
        let outcome = load(&ConfigFlags::default(), &variables, None);
        refused(outcome, "DENTPRO_LISTEN: `8080` is not an address and port like 127.0.0.1:8080");
        refused(file("log_format = 'xml'"), "log_format: `xml` is not text or json");
        refused(file("public_url = 'https://clinic.example/app'"), "is not an address");
        refused(file("trusted_proxies = ['10.0.0.0/99']"), "is not a list of addresses");
        refused(file("listen = { port = 1 }"), "a table is not expected here");
        refused(file("max_connections = 0"), "from 1 to 100000");
        refused(file("[smtp]\nport = 25"), "smtp.host is missing");
        refused(file("[smtp]\nhost = 'mail'"), "smtp.from is missing");
    }

    #[test]
    fn mail_settings_have_the_usual_ports() {
        let config =
            file("[smtp]\nhost = 'mail.example'\nfrom = 'Clinic <a@b.example>'\ntls = 'implicit'").unwrap();
        assert_eq!(config.smtp.unwrap().port, 465);
    }

    #[test]
    fn secrets_are_printed_neither_by_debug_nor_by_a_broken_file() {
        let text = "database_url = 'postgres://u:geheim@db/x'\nmetrics_token = 'geheim'\n\
                    [smtp]\nhost = 'h'\nfrom = 'a@b.example'\nuser = 'u'\npassword = 'geheim'\n";
        let config = file(text).unwrap();
        assert!(!format!("{config:?}").contains("geheim"));
        assert_eq!(config.smtp.unwrap().password.unwrap().expose(), "geheim");
        let message = file("listen = '1.1.1.1:1'\n[smtp]\npassword = geheim").unwrap_err();
        assert!(message.contains("line 3") && !message.contains("geheim"), "{message}");
    }
}
