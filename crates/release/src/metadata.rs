//! `.meta/`, the metadata of a release that is not part of the portal: its files (`manifest.json`), the
//! headers they need (`headers.json`, and in the syntax of nginx and Caddy), and the crates of the program
//! (`sbom.cdx.json`) with their licences (`licences.txt`). The servers of deploy/ do not serve it, though it has no secrets.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::files::{hex, integrity, is_hashed, names};
use crate::{licences, release::Release, sbom};

/// Writes the folder.
pub fn write(release: &Release) -> Result<()> {
    let meta = release.folder.join(".meta");
    let manifest = manifest(release)?;
    headers(&release.folder, &release.config_bytes, &meta)?;
    let sbom = sbom::of_the_program()?;
    fs::write(meta.join("licences.txt"), licences::of_the_crates(&sbom)?)?;
    for (name, json) in [("sbom.cdx.json", sbom), ("manifest.json", manifest)] {
        fs::write(meta.join(name), format!("{json:#}\n"))?;
    }
    Ok(())
}

/// List of all files of the release, for uploads and comparison.
fn manifest(release: &Release) -> Result<Value> {
    let mut files = Vec::new();
    for name in names(&release.folder)? {
        let bytes = fs::read(release.folder.join(&name))?;
        let (plain, encoding) = match name.rsplit_once('.') {
            Some((plain, "br")) => (plain, Some("br")),
            Some((plain, "gz")) => (plain, Some("gzip")),
            _ => (name.as_str(), None),
        };
        let mut file = json!({
            "path": name,
            "bytes": bytes.len(),
            "sha256": hex(&Sha256::digest(&bytes), 32),
            "integrity": integrity(&bytes),
            "contentType": content_type(plain)?,
            "cacheControl": cache_control(plain),
        });
        if let (Some(encoding), Some(file)) = (encoding, file.as_object_mut()) {
            file.insert("contentEncoding".to_owned(), encoding.into());
        }
        files.push(file);
    }
    Ok(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "basePath": format!("{}/", release.base),
        "files": files,
    }))
}

/// The `Content-Type` that the servers of deploy/ send for a file.
fn content_type(name: &str) -> Result<&'static str> {
    Ok(match name.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("txt") => "text/plain; charset=utf-8",
        _ => bail!("no content type is known for {name}"),
    })
}

/// The `Cache-Control` of a file: forever for one named by its content hash; never for a page and for the
/// service worker; revalidated for any other.
fn cache_control(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        _ if is_hashed(name) => "public, max-age=31536000, immutable",
        Some((_, "html" | "js")) => "no-store",
        _ => "no-cache",
    }
}

/// Writes the headers for a portal with a configuration into a folder. They allow the style inside the
/// pages by its hash and the services by their origins, so they belong to one build and one
/// configuration. They are defined in the crate `security-headers`.
pub fn headers(portal: &Path, config: &[u8], folder: &Path) -> Result<()> {
    // Without the hash of the style, the policy would block it: a missing file is an error.
    let policy = fs::read(portal.join("policy.json"))
        .with_context(|| format!("{} has no policy.json", portal.display()))?;
    let headers = security_headers::security_headers(Some(&policy), Some(config));
    let (mut nginx, mut caddy, mut data) = (
        MADE.to_owned(),
        format!("{MADE}header {{\n\tdefer\n"),
        Map::new(),
    );
    for (name, value) in headers {
        checked(name, &value)?;
        // A service proxied under the portal's origin must not override these headers.
        nginx.extend(["proxy_hide_header ", name, ";\n"]);
        nginx.extend(["add_header ", name, " \"", &value, "\" always;\n"]);
        caddy.extend(["\t", name, " \"", &value, "\"\n"]);
        data.insert(name.to_owned(), value.into());
    }
    fs::create_dir_all(folder)?;
    fs::write(folder.join("headers.nginx.conf"), nginx)?;
    fs::write(folder.join("headers.caddy"), caddy + "}\n")?;
    fs::write(
        folder.join("headers.json"),
        format!("{:#}\n", Value::Object(data)),
    )?;
    Ok(())
}

const MADE: &str = "# Made for one build and one configuration; do not edit.\n";

/// Rejects characters that could end a value early in either server's file, and so become a directive.
fn checked(name: &str, value: &str) -> Result<()> {
    let plain = |c: char| c == ' ' || c.is_ascii_graphic() && !"\"\\${}`".contains(c);
    if !value.chars().all(plain) {
        bail!("the value of {name} has characters that a server could misread: {value}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{cache_control, checked, content_type, headers};

    #[test]
    fn only_files_named_by_content_are_immutable() {
        assert!(cache_control("boot-0123456789abcdef.js").contains("immutable"));
        assert_eq!(cache_control("sw.js"), "no-store");
        assert_eq!(cache_control("index.ar.html"), "no-store");
        assert_eq!(cache_control("config.json"), "no-cache");
        assert!(content_type("x.exe").is_err());
    }

    #[test]
    fn headers_are_written_in_each_server_s_syntax() {
        let folder = std::env::temp_dir().join(format!("headers-{}", std::process::id()));
        let config = br#"{"patient":{"baseUrl":"https://patients.example/api"}}"#;
        assert!(headers(&folder, config, &folder).is_err());
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("policy.json"), "{}").unwrap();
        headers(&folder, config, &folder).unwrap();
        let written = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let nginx = written("headers.nginx.conf");
        assert!(nginx.contains("\nadd_header x-frame-options \"DENY\" always;\n"));
        assert!(nginx.contains("\nproxy_hide_header referrer-policy;\n"));
        assert!(nginx.contains("https://patients.example;"));
        assert!(written("headers.caddy").contains("\n\treferrer-policy \"no-referrer\"\n"));
        assert!(written("headers.json").contains("\"x-frame-options\": \"DENY\""));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn header_value_that_could_become_a_directive_is_an_error() {
        for odd in ["a\"; return 200", "$host", "{env.HOME}", "a\nb"] {
            assert!(checked("x", odd).is_err(), "{odd}");
        }
        assert!(checked("csp", "style-src 'self' 'sha256-a+b/c='; img-src data:").is_ok());
    }
}
