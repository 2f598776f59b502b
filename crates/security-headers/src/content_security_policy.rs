//! The Content-Security-Policy, and what a build and its configuration contribute to it.

use serde::Deserialize;
use serde_json::Value;

/// The Content-Security-Policy. `origins` are those that the portal may call besides its own;
/// `inline` allows the style and the script inside the pages.
pub(crate) fn content_security_policy(origins: &[String], inline: &InlineHashes) -> String {
    let sources = |own: &str, others: &[String]| {
        let others = others.iter().map(String::as_str);
        [own]
            .into_iter()
            .chain(others)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let scripts = sources("'self' 'wasm-unsafe-eval'", &inline.scripts);
    let styles = sources("'self'", &inline.styles);
    let connect = sources("'self'", origins);
    format!(
        "default-src 'none'; script-src {scripts}; style-src {styles}; \
         img-src 'self' data:; font-src 'self'; manifest-src 'self'; connect-src {connect}; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types default"
    )
}

/// Sources such as `'sha256-…'` of what the pages of a build have inline.
#[derive(Default)]
pub(crate) struct InlineHashes {
    styles: Vec<String>,
    scripts: Vec<String>,
}

impl InlineHashes {
    /// The hashes in a build's `policy.json`, without entries that are not hashes.
    pub(crate) fn read(policy: &[u8]) -> Self {
        let policy = serde_json::from_slice(policy).unwrap_or_default();
        Self {
            styles: hashes(&policy, "styleHashes"),
            scripts: hashes(&policy, "scriptHashes"),
        }
    }
}

fn hashes(policy: &Value, key: &str) -> Vec<String> {
    let is_hash = |text: &str| {
        text.strip_prefix("'sha256-")
            .and_then(|rest| rest.strip_suffix('\''))
            .is_some_and(|hash| {
                let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
                !hash.is_empty() && hash.bytes().all(plain)
            })
    };
    let entries = policy.get(key).and_then(Value::as_array);
    entries
        .into_iter()
        .flatten()
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
    use super::{InlineHashes, configured_origins, content_security_policy};

    #[test]
    fn policy_contains_the_configured_origins_and_the_hashes_of_style_and_script() {
        let config = br#"{"patient":{"baseUrl":"https://a.example:8443/x/"},"staff":{"baseUrl":"http://localhost:9"}}"#;
        let origins = configured_origins(config);
        assert_eq!(origins, ["http://localhost:9", "https://a.example:8443"]);
        let hashes =
            br#"{"styleHashes":["'sha256-x'"],"scriptHashes":["'sha256-y'","'unsafe-inline'"]}"#;
        let policy = content_security_policy(&origins, &InlineHashes::read(hashes));
        assert!(policy.contains(
            "connect-src 'self' http://localhost:9 https://a.example:8443; frame-ancestors"
        ));
        assert!(policy.contains("style-src 'self' 'sha256-x';"));
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-y';"));
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
