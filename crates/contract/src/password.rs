//! The staff service never sees a password, only its keyed hash; this is the one place where the
//! one becomes the other.
//!
//! This module must not know how the key came to be configured, nor where the hash goes.

use crate::personal::Personal;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use zeroize::Zeroize;

/// A hashed password. As good as the password itself: no `Debug`, no `Clone`, wiped on drop.
pub struct PasswordHash(Personal);

impl PasswordHash {
    /// The HMAC-SHA512 of the password's UTF-8 bytes, untouched (never trimmed, never
    /// case-changed), under the deployment's key. An empty key is legal.
    pub fn of(password: &str, key: &str) -> Self {
        // HMAC takes keys of any length, so the alternative is never computed; it is here
        // because the signature knows ciphers, too, and a panic would be a page that dies.
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

    /// Always 128 lower-case hexadecimal digits, leading zeros kept.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}
