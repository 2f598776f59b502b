//! Security headers that servers send with a built portal: `deploy/` gets them as data from the release,
//! and the sandbox sends them, so that a violation shows during development.

mod content_security_policy;

use content_security_policy::{InlineHashes, configured_origins, content_security_policy};

const FIXED: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        // Only features that browsers know: each unknown one is a warning in the console.
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    ),
    ("x-frame-options", "DENY"),
];

/// The security headers of a built portal, as names in lower case and values. `policy` is the build's
/// `policy.json`, `config` the portal's configuration. Values contain checked origins and hashes only.
pub fn security_headers(
    policy: Option<&[u8]>,
    config: Option<&[u8]>,
) -> Vec<(&'static str, String)> {
    let origins = config.map(configured_origins).unwrap_or_default();
    let inline = policy.map(InlineHashes::read).unwrap_or_default();
    FIXED
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .chain([(
            "content-security-policy",
            content_security_policy(&origins, &inline),
        )])
        .collect()
}
