//! Tokens as long as the published ones: an encrypted JSON Web Token with RSA-OAEP-256 and A128GCM, which
//! contains the whole body of the sign-in. Only its length is real; the claims are not encrypted.

use super::clock::Millis;
use super::json::put;
use crate::spice_version::SpiceVersion;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// The start of an `Authorization` header.
pub(crate) const BEARER: &str = "Bearer ";

const HEADER: &str = r#"{"enc":"A128GCM","alg":"RSA-OAEP-256"}"#;
const VECTOR_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

/// The length in bytes of the key that encrypts the token's own: RSA of 3072 and 2048 bits.
fn key_bytes(version: SpiceVersion) -> usize {
    match version {
        SpiceVersion::V1 => 384,
        SpiceVersion::V2 => 256,
    }
}

/// A new token, without `Bearer`. `user` is the body of the sign-in.
pub(crate) fn issue(version: SpiceVersion, user: &Value, now: Millis) -> anyhow::Result<String> {
    let tenants = match version {
        SpiceVersion::V1 => user
            .get("organizations")
            .and_then(Value::as_array)
            .map(|all| {
                all.iter()
                    .map(|one| one.get("id").cloned().unwrap_or(Value::Null))
                    .collect()
            }),
        SpiceVersion::V2 => user.get("organizationIds").cloned(),
    };
    let mut claims = json!({
        "sub": "Auth_Token", "iss": "User", "userData": user, "tenantId": tenants,
        "applicationType": "web", "exp": now / 1000 + 7200, "nbf": now / 1000,
        "jti": uuid()?,
    });
    if version == SpiceVersion::V1 {
        let id = user.get("id").cloned().unwrap_or(Value::Null);
        put(&mut claims, "userId", id);
    }
    Ok([
        URL_SAFE_NO_PAD.encode(HEADER),
        URL_SAFE_NO_PAD.encode(random(key_bytes(version))?),
        URL_SAFE_NO_PAD.encode(random(VECTOR_BYTES)?),
        URL_SAFE_NO_PAD.encode(claims.to_string()),
        URL_SAFE_NO_PAD.encode(random(TAG_BYTES)?),
    ]
    .join("."))
}

/// The value of a session cookie for a token.
pub(crate) fn to_cookie(token: &str) -> String {
    STANDARD.encode(format!("{BEARER}{token}"))
}

/// The `Authorization` that a session cookie stands for.
pub(crate) fn from_cookie(value: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(value).ok()?).ok()
}

/// A random identifier of 32 hexadecimal digits in capitals, as servlet containers make them.
pub(crate) fn servlet_session() -> anyhow::Result<String> {
    let number = random(16)?
        .into_iter()
        .fold(0_u128, |number, byte| (number << 8) | u128::from(byte));
    Ok(format!("{number:032X}"))
}

fn uuid() -> anyhow::Result<String> {
    let digits = servlet_session()?.to_lowercase();
    let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)];
    let parts: Vec<&str> = parts
        .iter()
        .filter_map(|(start, end)| digits.get(*start..*end))
        .collect();
    Ok(parts.join("-"))
}

fn random(length: usize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    Ok(bytes)
}
