//! How the staff service is installed: what a hospital chooses by variables, and which of its versions
//! the sandbox is.

use crate::spice_version::SpiceVersion;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The options of the staff service. The control API shows and changes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StaffOptions {
    /// The version that answers all staff calls. `None`: both, by the session of a call, else by its
    /// `client` header.
    pub version: Option<SpiceVersion>,
    /// Refuses requests that no document describes with 400 and a reason, in place of the answer that
    /// the published service would give.
    pub strict: bool,
    /// SPICE 2.0's `ALLOWED_ORIGINS`; empty as if it was not set. `None`: all on the loopback address.
    pub allowed_origins: Option<Vec<String>>,
    /// SPICE 2.0's `DOMAIN_NAME`: the `Domain` of its cookie. `None`: the cookie has none, so that it
    /// is kept at any address of the sandbox.
    pub cookie_domain: Option<String>,
    /// SPICE 2.0's `ENVIRONMENT`.
    pub environment: Environment,
    /// The buffer in bytes that the response's head must fit in, of an nginx in front of SPICE 2.0:
    /// 4096 as published. `None`: no such limit.
    pub proxy_buffer: Option<usize>,
    /// The longest header line of a request in bytes, of an nginx in front of either version: 8192 as nginx
    /// is delivered. A longer one is a 400. `None`: no such limit.
    pub header_buffer: Option<usize>,
}

/// The environment that a SPICE 2.0 is installed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// Production: `SameSite=Strict`.
    Prod,
    /// Development: `SameSite=None`.
    Dev,
}

impl Environment {
    /// The `SameSite` of the session cookie.
    pub(crate) fn same_site(self) -> &'static str {
        match self {
            Self::Prod => "Strict",
            Self::Dev => "None",
        }
    }
}

impl Default for StaffOptions {
    fn default() -> Self {
        Self {
            version: None,
            strict: true,
            allowed_origins: None,
            cookie_domain: None,
            environment: Environment::Prod,
            proxy_buffer: None,
            header_buffer: None,
        }
    }
}

impl StaffOptions {
    /// These options with some changed: the keys of a JSON object.
    pub(crate) fn changed(&self, changes: &[u8]) -> anyhow::Result<Self> {
        let changes: serde_json::Map<String, Value> = serde_json::from_slice(changes)?;
        let mut all = serde_json::to_value(self)?;
        if let Some(all) = all.as_object_mut() {
            all.extend(changes);
        }
        Ok(serde_json::from_value(all)?)
    }
}

#[cfg(test)]
mod tests {
    use super::StaffOptions;
    use crate::spice_version::SpiceVersion;

    #[test]
    fn change_of_options_keeps_the_others_and_rejects_unknown_ones() {
        let all = StaffOptions::default();
        let changed = all.changed(br#"{"version":2,"proxyBuffer":4096}"#).unwrap();
        assert_eq!(changed.version, Some(SpiceVersion::V2));
        assert_eq!(changed.proxy_buffer, Some(4096));
        assert!(changed.strict);
        for wrong in [r#"{"version":3}"#, r#"{"Strict":false}"#, "[]", "{"] {
            assert!(all.changed(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
