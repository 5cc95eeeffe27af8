//! The cookie that carries a session's token.

use axum::http::{HeaderName, HeaderValue, header};

use crate::kernel::actor::cookie_name;
use crate::kernel::error::ApiError;
use crate::kernel::state::Settings;

/// A header to append to an answer.
pub type SetCookie = (HeaderName, HeaderValue);

fn cookie(settings: &Settings, value: &str, seconds: i64) -> Result<SetCookie, ApiError> {
    let name = cookie_name(settings.secure_cookies);
    let secure = if settings.secure_cookies { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let value = HeaderValue::from_str(&text).map_err(|e| ApiError::internal(e.into()))?;
    Ok((header::SET_COOKIE, value))
}

/// Gives the browser the token for as long as the session may last.
pub fn carrying(settings: &Settings, token: &str, seconds: i64) -> Result<SetCookie, ApiError> {
    cookie(settings, token, seconds)
}

/// Takes it away again.
pub fn cleared(settings: &Settings) -> Result<SetCookie, ApiError> {
    cookie(settings, "", 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_cannot_read_it_and_behind_tls_it_never_leaves_tls() {
        let settings = |secure_cookies| Settings {
            public_url: String::new(),
            secure_cookies,
            demo: false,
            trusted_proxies: Vec::new(),
            metrics_token: None,
        };
        let (_, plain) = carrying(&settings(false), "abc", 60).unwrap();
        assert_eq!(plain, "dentpro=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
        let (_, secure) = cleared(&settings(true)).unwrap();
        assert_eq!(secure, "__Host-dentpro=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    }
}
