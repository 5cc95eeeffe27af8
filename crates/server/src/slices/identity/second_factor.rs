//! Codes from an authenticator app (TOTP).

use jiff::Timestamp;
use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Builder, Totp};

use crate::kernel::error::ApiError;

fn totp(secret: &[u8], email: &str) -> Result<Totp, ApiError> {
    Builder::new()
        .with_secret(secret.to_vec())
        .with_account_name(email)
        .with_issuer(Some("DentPro"))
        .build()
        .map_err(|e| ApiError::internal(e.to_string().into()))
}

/// The step whose code this is, one step early or late allowed.
pub fn matching_step(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<i64>, ApiError> {
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let digits: String =
        dentpro_core::text::ascii_digits(code).chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp(secret, "")?.check(&digits, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The secret as an authenticator app takes it: in base 32, and as a link.
pub fn link(secret: &[u8], email: &str) -> Result<(String, String), ApiError> {
    let totp = totp(secret, email)?;
    let url = totp.to_url().map_err(|e| ApiError::internal(e.to_string().into()))?;
    Ok((totp_rs::Secret::from(secret.to_vec()).to_base32(), url))
}

/// The link as a picture that a phone reads. It carries no style, which the content policy would refuse.
pub fn qr_svg(url: &str) -> Result<String, ApiError> {
    let code = QrCode::new(url.as_bytes()).map_err(|e| ApiError::internal(e.to_string().into()))?;
    let svg = code.render::<svg::Color>().min_dimensions(200, 200).build();
    // The prolog belongs into files, not into a page.
    Ok(svg.split_once("?>").map_or(svg.as_str(), |(_, picture)| picture).to_owned())
}

/// The code of an instant, as the app shows it.
#[cfg(test)]
pub fn code_at(secret: &[u8], now: Timestamp) -> String {
    totp(secret, "").unwrap().generate(u64::try_from(now.as_second()).unwrap()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_good_for_its_step_and_one_beside_it() {
        let secret = [7_u8; 20];
        let now: Timestamp = "2026-11-23T07:00:00Z".parse().unwrap();
        let code = code_at(&secret, now);
        let later = |steps: i64| now + jiff::SignedDuration::from_secs(steps * 30);
        let step = matching_step(&secret, &code, now).unwrap();
        assert!(step.is_some());
        assert_eq!(matching_step(&secret, &code, later(1)).unwrap(), step);
        assert_eq!(matching_step(&secret, &code, later(-1)).unwrap(), step);
        assert_eq!(matching_step(&secret, &code, later(2)).unwrap(), None);
        assert_eq!(matching_step(&secret, "not a code", now).unwrap(), None);
        let arabic: String =
            code.chars().map(|c| char::from_u32(u32::from(c) - 0x30 + 0x660).unwrap()).collect();
        assert_eq!(matching_step(&secret, &arabic, now).unwrap(), step);
    }

    #[test]
    fn the_picture_has_no_style_and_no_script() {
        let (_, url) = link(&[7; 20], "doctor@example.com").unwrap();
        assert!(url.starts_with("otpauth://totp/DentPro:doctor"), "{url}");
        let svg = qr_svg(&url).unwrap();
        assert!(svg.starts_with("<svg") && !svg.contains("style") && !svg.contains("script"));
    }
}
