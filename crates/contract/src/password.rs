//! Keyed hash of a staff password: the staff service receives the hash, never the password.

use crate::personal::Personal;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use zeroize::Zeroize;

/// A hashed password, as sensitive as the password itself: no `Debug`, no `Clone`, zeroed on drop.
///
/// ```
/// use contract::password::PasswordHash;
///
/// let hash = PasswordHash::of("not a real password", "a test key");
/// assert_eq!(hash.as_str().len(), 128);
/// ```
pub struct PasswordHash(Personal);

impl PasswordHash {
    /// HMAC-SHA512 of the password's UTF-8 bytes under the deployment's key. The password is neither
    /// trimmed nor changed in case; the key may be empty.
    pub fn of(password: &str, key: &str) -> Self {
        // HMAC accepts keys of any length, so the alternative is never computed. The signature is
        // fallible because the trait also covers ciphers, and a panic would end the program.
        let mut mac = Hmac::<Sha512>::new_from_slice(key.as_bytes())
            .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha512>>::default()));
        mac.update(password.as_bytes());
        let mut bytes = mac.finalize().into_bytes();
        let mut hex = Personal::with_capacity(2 * bytes.len());
        for &byte in &bytes {
            hex.push_hex(byte);
        }
        bytes.as_mut_slice().zeroize();
        Self(hex)
    }

    /// The hash in 128 lower-case hexadecimal digits, leading zeros kept.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}
