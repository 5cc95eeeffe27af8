//! Random tokens and codes, and the forms in which they are stored.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Letters and digits that nobody mistakes for one another.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// 256 random bits, for a session or an invitation.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// The shared secret of a second factor.
pub fn totp_secret() -> Vec<u8> {
    random::<20>().to_vec()
}

/// A code that a person copies: groups of four letters and digits, five bits each.
pub fn code(groups: usize) -> String {
    let bytes = random::<32>();
    let letters: Vec<char> =
        bytes.iter().take(groups.min(8) * 4).map(|b| char::from(ALPHABET[usize::from(b % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A code as it is stored: case, spaces and hyphens do not count. The owner keeps equal codes apart.
pub fn code_hash(owner: Uuid, code: &str) -> Vec<u8> {
    let bare: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).take(64).collect();
    Sha256::new().chain_update(owner.as_bytes()).chain_update(bare.as_bytes()).finalize().to_vec()
}

/// An e-mail as it is kept for throttling.
pub fn email_hash(email: &str) -> Vec<u8> {
    Sha256::digest(email.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = code(4);
        assert_eq!(code.len(), 19);
        let typed = code.to_uppercase().replace('-', " ");
        assert_eq!(code_hash(Uuid::nil(), &code), code_hash(Uuid::nil(), &typed));
        assert_ne!(code_hash(Uuid::nil(), &code), code_hash(Uuid::max(), &code));
        assert_ne!(token(), token());
    }
}
