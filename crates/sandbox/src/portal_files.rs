//! Static files of a built portal, with the headers that a deployment should send, and its pages for
//! paths without a file. Files and the configuration are read on each request, so that a rebuilt
//! portal is served without a restart.

use crate::content_negotiation::{accepts_html, page_candidates, page_languages, quality_values};
use crate::request::BufferedRequest;
use crate::response::BufferedResponse;
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, ETAG,
    HeaderName, HeaderValue, IF_NONE_MATCH, VARY,
};
use bytes::Bytes;
use percent_encoding::percent_decode_str;
use security_headers::security_headers;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use tokio::fs;

/// The directory of the portal's files, the file of its configuration, and the folder of the files that the
/// configuration names.
#[derive(Clone, Debug, Default)]
pub(crate) struct PortalFiles {
    pub(crate) directory: Option<PathBuf>,
    pub(crate) config: Option<PathBuf>,
    pub(crate) assets: Option<PathBuf>,
}

impl PortalFiles {
    /// The response to a `GET` or `HEAD`.
    pub(crate) async fn respond(&self, request: &BufferedRequest) -> BufferedResponse {
        let config = self.config().await;
        let mut response = match safe_segments(request.uri.path()) {
            None => plain(StatusCode::BAD_REQUEST, "This path is not valid.\n"),
            Some(segments) if segments == ["config.json"] => match &config {
                Some(text) => config_response(text.clone(), request),
                None => plain(StatusCode::NOT_FOUND, "There is no configuration.\n"),
            },
            Some(segments) => {
                let config = config.as_deref().unwrap_or_default();
                self.file_or_page(&segments, config, request).await
            }
        };
        let policy = self.policy().await;
        for (name, value) in security_headers(policy.as_deref(), config.as_deref()) {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.set(HeaderName::from_static(name), value);
            }
        }
        response
    }

    /// The build's `policy.json`, with the hashes of the inline style and script.
    async fn policy(&self) -> Option<Vec<u8>> {
        fs::read(self.directory.as_ref()?.join("policy.json"))
            .await
            .ok()
    }

    /// The configuration's bytes, unchecked: a portal must handle an invalid one, too.
    async fn config(&self) -> Option<Bytes> {
        let path = match (&self.config, &self.directory) {
            (Some(file), _) => file.clone(),
            (None, Some(directory)) => directory.join("config.json"),
            (None, None) => return None,
        };
        fs::read(path).await.ok().map(Bytes::from)
    }

    /// A file of the hospital's folder, which stands behind the portal's own.
    async fn asset(&self, name: &str, request: &BufferedRequest) -> Option<File> {
        let root = fs::canonicalize(self.assets.as_ref()?).await.ok()?;
        File::read(&root, name, request).await
    }

    async fn file_or_page(
        &self,
        segments: &[String],
        config: &[u8],
        request: &BufferedRequest,
    ) -> BufferedResponse {
        let Some(directory) = &self.directory else {
            return plain(
                StatusCode::NOT_FOUND,
                "This sandbox serves no portal: start it with --portal DIR.\n",
            );
        };
        // A new build may have replaced the directory since the last request.
        let Ok(root) = fs::canonicalize(directory).await else {
            return plain(
                StatusCode::SERVICE_UNAVAILABLE,
                "The portal's directory is gone. Is it being built?\n",
            );
        };
        let name = segments.join("/");
        if !segments.is_empty() {
            if let Some(file) = File::read(&root, &name, request).await {
                return file.into_response(&name, request);
            }
            if let Some(file) = self.asset(&name, request).await {
                return file.into_response(&name, request);
            }
            let looks_like_a_file = segments.last().is_some_and(|last| last.contains('.'));
            if looks_like_a_file {
                return plain(StatusCode::NOT_FOUND, "There is no such file.\n");
            }
        }
        if !accepts_html(request.header("accept")) {
            return plain(StatusCode::NOT_FOUND, "There is no such file.\n");
        }
        let languages = page_languages(
            request.uri.query().unwrap_or_default(),
            request.header("accept-language"),
            &audience_language(&name, config),
        );
        for candidate in page_candidates(&name, &languages) {
            if let Some(file) = File::read(&root, &candidate, request).await {
                return file.into_response(&candidate, request);
            }
        }
        // Not a page of the portal: the build's 404 page, or, in a single-page application without
        // one, its index.
        if let Some(file) = File::read(&root, "404.html", request).await {
            let mut response = file.into_response("404.html", request);
            response.status = StatusCode::NOT_FOUND;
            return response;
        }
        for candidate in page_candidates("", &languages) {
            if let Some(file) = File::read(&root, &candidate, request).await {
                return file.into_response(&candidate, request);
            }
        }
        plain(
            StatusCode::NOT_FOUND,
            "The portal has no index.html. Is it built?\n",
        )
    }
}

/// The part of a portal's configuration that a page's language depends on.
#[derive(Default, Deserialize)]
#[serde(default)]
struct LanguageConfig {
    #[serde(rename = "languages")]
    offered: Vec<String>,
    patient: AudienceLanguage,
    staff: AudienceLanguage,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AudienceLanguage {
    language: Option<String>,
}

/// The language of a page for a browser that lists none of the portal's: the audience's, else the first of the
/// configuration.
fn audience_language(page: &str, config: &[u8]) -> String {
    let config: LanguageConfig = serde_json::from_slice(config).unwrap_or_default();
    let audience = match page {
        "staff" | "roles" => config.staff,
        _ => config.patient,
    };
    let first = config.offered.into_iter().next();
    audience.language.or(first).unwrap_or_default()
}

/// The path's decoded segments; `None` when one could leave the directory or begins with a dot.
fn safe_segments(path: &str) -> Option<Vec<String>> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let segments: Vec<String> = decoded
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(str::to_owned)
        .collect();
    let safe = segments.iter().all(|segment| {
        !segment.starts_with('.')
            && !segment
                .chars()
                .any(|c| c.is_control() || matches!(c, '\\' | ':'))
    });
    safe.then_some(segments)
}

/// A file's bytes, or those of its compressed sibling.
struct File {
    bytes: Bytes,
    encoding: Option<&'static str>,
    has_compressed: bool,
}

impl File {
    async fn read(root: &Path, name: &str, request: &BufferedRequest) -> Option<Self> {
        let path = resolve_within(root, name).await?;
        let accepted = |wanted: &str| {
            quality_values(request.header("accept-encoding"))
                .any(|(weight, encoding)| weight > 0.0 && encoding.eq_ignore_ascii_case(wanted))
        };
        let mut has_compressed = false;
        for (suffix, encoding) in [("br", "br"), ("gz", "gzip")] {
            let Some(sibling) = resolve_within(root, &format!("{name}.{suffix}")).await else {
                continue;
            };
            has_compressed = true;
            if accepted(encoding) {
                return Some(Self {
                    bytes: fs::read(sibling).await.ok()?.into(),
                    encoding: Some(encoding),
                    has_compressed,
                });
            }
        }
        Some(Self {
            bytes: fs::read(path).await.ok()?.into(),
            encoding: None,
            has_compressed,
        })
    }

    fn into_response(self, name: &str, request: &BufferedRequest) -> BufferedResponse {
        let content_type = content_type(name);
        let is_page = content_type.starts_with("text/html");
        let mut response = BufferedResponse::typed(StatusCode::OK, content_type, self.bytes);
        if let Some(encoding) = self.encoding {
            response.set(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        vary(&mut response, self.has_compressed, is_page);
        if is_page {
            if let Some(language) = language_of(name) {
                response.set(CONTENT_LANGUAGE, language);
            }
            // Keeps a page that showed a person's data out of the browser's caches.
            return response.with(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        let cache = if has_content_hash(name) {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        response.set(CACHE_CONTROL, HeaderValue::from_static(cache));
        with_etag(response, self.encoding, request)
    }
}

/// The path of an existing file, if it is below the root with all links followed.
async fn resolve_within(root: &Path, name: &str) -> Option<PathBuf> {
    let path = fs::canonicalize(root.join(name)).await.ok()?;
    let is_file = fs::metadata(&path).await.ok()?.is_file();
    (is_file && path.starts_with(root)).then_some(path)
}

fn config_response(text: Bytes, request: &BufferedRequest) -> BufferedResponse {
    let response = BufferedResponse::typed(StatusCode::OK, "application/json", text)
        .with(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    with_etag(response, None, request)
}

/// Adds the entity tag, and turns the response into a 304 when the request has the same one.
fn with_etag(
    mut response: BufferedResponse,
    encoding: Option<&str>,
    request: &BufferedRequest,
) -> BufferedResponse {
    let mut tag = String::from("\"");
    for byte in Sha256::digest(&response.body).iter().take(12) {
        let _ = write!(tag, "{byte:02x}");
    }
    if let Some(encoding) = encoding {
        tag.push('-');
        tag.push_str(encoding);
    }
    tag.push('"');
    let wanted = request.header(IF_NONE_MATCH.as_str());
    let known = wanted.split(',').map(str::trim).any(|candidate| {
        candidate == "*" || candidate.strip_prefix("W/").unwrap_or(candidate) == tag
    });
    if let Ok(value) = HeaderValue::from_str(&tag) {
        response.set(ETAG, value);
    }
    if known {
        response.status = StatusCode::NOT_MODIFIED;
        response.body = Bytes::new();
    }
    response
}

fn vary(response: &mut BufferedResponse, by_encoding: bool, by_language: bool) {
    let names: [(bool, HeaderName); 2] = [
        (by_encoding, ACCEPT_ENCODING),
        (by_language, ACCEPT_LANGUAGE),
    ];
    let list: Vec<&str> = names
        .iter()
        .filter_map(|(applies, name)| applies.then_some(name.as_str()))
        .collect();
    if let Ok(value) = HeaderValue::from_str(&list.join(", "))
        && !list.is_empty()
    {
        response.set(VARY, value);
    }
}

/// The language in a file's name, such as `ar` for `staff.ar.html`.
fn language_of(name: &str) -> Option<HeaderValue> {
    let stem = name.strip_suffix(".html")?;
    let (_, language) = stem.rsplit_once('.')?;
    HeaderValue::from_str(language).ok()
}

/// Returns `true` for a name with a hyphen and sixteen hexadecimal digits, the content hash that
/// Trunk and wasm-bindgen add.
fn has_content_hash(name: &str) -> bool {
    name.split('-').skip(1).any(|after| {
        let digits = after
            .bytes()
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            .count();
        digits == 16
            && after
                .as_bytes()
                .get(16)
                .is_none_or(|next| !next.is_ascii_alphanumeric())
    })
}

fn content_type(name: &str) -> &'static str {
    let extension = Path::new(name)
        .extension()
        .and_then(OsStr::to_str)
        .unwrap_or_default();
    match extension {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

fn plain(status: StatusCode, text: &'static str) -> BufferedResponse {
    BufferedResponse::typed(status, "text/plain; charset=utf-8", text)
        .with(CACHE_CONTROL, HeaderValue::from_static("no-store"))
}

#[cfg(test)]
mod tests {
    use super::{has_content_hash, safe_segments};

    #[test]
    fn content_hash_is_recognised_by_its_format() {
        for hashed in [
            "portal-0123456789abcdef.js",
            "portal-0123456789abcdef_bg.wasm",
            "snippets/part-0123456789abcdef/inline0.js",
        ] {
            assert!(has_content_hash(hashed), "{hashed}");
        }
        for plain in [
            "logo.svg",
            "a-0123456789abcde.js",
            "a-0123456789abcdef0.js",
            "a-0123456789ABCDEF.js",
            "0123456789abcdef.js",
        ] {
            assert!(!has_content_hash(plain), "{plain}");
        }
    }

    #[test]
    fn paths_out_of_the_portal_are_rejected() {
        assert_eq!(safe_segments("/").unwrap(), Vec::<String>::new());
        assert_eq!(safe_segments("/a//b%20c").unwrap(), ["a", "b c"]);
        for bad in [
            "/..",
            "/a/%2e%2e/b",
            "/..%2f..%2fetc/passwd",
            "/a%5c..%5cb",
            "/c:/x",
            "/a%00",
            "/%ff",
            "/.git/config",
        ] {
            assert_eq!(safe_segments(bad), None, "{bad}");
        }
    }
}
