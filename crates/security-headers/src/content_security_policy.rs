//! The Content-Security-Policy, and what a build and its configuration contribute to it.

use serde::Deserialize;
use serde_json::Value;

/// The Content-Security-Policy. `origins` are those that the portal may call besides its own;
/// `style_hashes` are sources such as `'sha256-…'` for inline styles.
pub(crate) fn content_security_policy(origins: &[String], style_hashes: &[String]) -> String {
    let mut styles = String::from("'self'");
    for hash in style_hashes {
        styles.push(' ');
        styles.push_str(hash);
    }
    let mut connect = String::from("'self'");
    for origin in origins {
        connect.push(' ');
        connect.push_str(origin);
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src {styles}; \
         img-src 'self' data:; font-src 'self'; manifest-src 'self'; connect-src {connect}; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types default"
    )
}

/// The style hashes in a build's `policy.json`, without entries that are not hashes.
pub(crate) fn style_hashes(policy: &[u8]) -> Vec<String> {
    let is_hash = |text: &str| {
        text.strip_prefix("'sha256-")
            .and_then(|rest| rest.strip_suffix('\''))
            .is_some_and(|hash| {
                let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
                !hash.is_empty() && hash.bytes().all(plain)
            })
    };
    serde_json::from_slice::<Value>(policy)
        .ok()
        .and_then(|policy| policy.get("styleHashes")?.as_array().cloned())
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_str)
        .filter(|text| is_hash(text))
        .map(str::to_owned)
        .collect()
}

/// The part of a portal's configuration that the headers depend on.
#[derive(Default, Deserialize)]
struct Config {
    patient: Option<Service>,
    staff: Option<Service>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Service {
    base_url: Option<String>,
}

/// The origins of the services in a portal's configuration.
pub(crate) fn configured_origins(config: &[u8]) -> Vec<String> {
    let Config { patient, staff } = serde_json::from_slice(config).unwrap_or_default();
    let mut origins: Vec<String> = [patient, staff]
        .into_iter()
        .flatten()
        .filter_map(|service| origin(&service.base_url?))
        .collect();
    origins.sort();
    origins.dedup();
    origins
}

/// The origin of an http or https address; `None` for any other text, so that a configuration
/// can never write a directive of its own into the policy.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || !host.chars().all(plain) {
        return None;
    }
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::{configured_origins, content_security_policy};

    #[test]
    fn policy_contains_the_configured_origins_and_style_hashes() {
        let config = br#"{"patient":{"baseUrl":"https://a.example:8443/x/"},"staff":{"baseUrl":"http://localhost:9"}}"#;
        let origins = configured_origins(config);
        assert_eq!(origins, ["http://localhost:9", "https://a.example:8443"]);
        let policy = content_security_policy(&origins, &["'sha256-x'".to_owned()]);
        assert!(policy.contains(
            "connect-src 'self' http://localhost:9 https://a.example:8443; frame-ancestors"
        ));
        assert!(policy.contains("style-src 'self' 'sha256-x';"));
    }

    #[test]
    fn invalid_base_url_adds_no_origin() {
        for odd in [
            "",
            "/gateway",
            "https://",
            "javascript://x",
            "https://a b/",
            "https://a;script-src",
        ] {
            let config = serde_json::json!({ "patient": { "baseUrl": odd } }).to_string();
            assert!(configured_origins(config.as_bytes()).is_empty(), "{odd}");
        }
    }
}
