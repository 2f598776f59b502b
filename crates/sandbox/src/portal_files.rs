//! Serves a built portal: its files with the headers a deployment should send, its pages for any
//! path that is no file, its configuration read afresh each time. Files are read from the disk
//! on every request, so a rebuilt portal shows without a restart.

use crate::request::BufferedRequest;
use crate::response::BufferedResponse;
use crate::security_headers::{
    add_security_headers, configured_origins, content_security_policy, style_hashes,
};
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, ETAG,
    HeaderName, HeaderValue, IF_NONE_MATCH, VARY,
};
use bytes::Bytes;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use tokio::fs;

/// The language of a page whose file names none.
const DEFAULT_LANGUAGE: &str = "en";

/// Where the portal's files and its configuration lie.
#[derive(Clone, Debug, Default)]
pub(crate) struct PortalFiles {
    pub(crate) directory: Option<PathBuf>,
    pub(crate) config: Option<PathBuf>,
}

impl PortalFiles {
    /// Answers a `GET` or `HEAD`.
    pub(crate) async fn respond(&self, request: &BufferedRequest) -> BufferedResponse {
        let config = self.config().await;
        let mut response = match safe_segments(request.uri.path()) {
            None => plain(StatusCode::BAD_REQUEST, "This path cannot be read.\n"),
            Some(segments) if segments == ["config.json"] => match &config {
                Some(text) => config_response(text.clone(), request),
                None => plain(StatusCode::NOT_FOUND, "There is no configuration.\n"),
            },
            Some(segments) => self.file_or_page(&segments, request).await,
        };
        let origins = config.as_deref().map(configured_origins);
        let hashes = self.style_hashes().await;
        add_security_headers(
            &mut response,
            &content_security_policy(&origins.unwrap_or_default(), &hashes),
        );
        response
    }

    /// What the build says about styles within its pages.
    async fn style_hashes(&self) -> Vec<String> {
        let Some(directory) = &self.directory else {
            return Vec::new();
        };
        let policy = fs::read(directory.join("policy.json")).await.ok();
        policy.as_deref().map(style_hashes).unwrap_or_default()
    }

    /// The configuration's bytes, whatever they are: a portal must cope with a broken one too.
    async fn config(&self) -> Option<Bytes> {
        let path = match (&self.config, &self.directory) {
            (Some(file), _) => file.clone(),
            (None, Some(directory)) => directory.join("config.json"),
            (None, None) => return None,
        };
        fs::read(path).await.ok().map(Bytes::from)
    }

    async fn file_or_page(
        &self,
        segments: &[String],
        request: &BufferedRequest,
    ) -> BufferedResponse {
        let Some(directory) = &self.directory else {
            return plain(
                StatusCode::NOT_FOUND,
                "This sandbox serves no portal: start it with --portal DIR.\n",
            );
        };
        // A new build may have taken the directory's place since the last request.
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
            let looks_like_a_file = segments.last().is_some_and(|last| last.contains('.'));
            if looks_like_a_file {
                return plain(StatusCode::NOT_FOUND, "There is no such file.\n");
            }
        }
        if !accepts_html(request.header("accept")) {
            return plain(StatusCode::NOT_FOUND, "There is no such file.\n");
        }
        for candidate in page_candidates(&name, request.header("accept-language")) {
            if let Some(file) = File::read(&root, &candidate, request).await {
                return file.into_response(&candidate, request);
            }
        }
        // No page of the portal's. A build that has a page for that gives it out; one that has none
        // is a plain single-page application.
        if let Some(file) = File::read(&root, "404.html", request).await {
            let mut response = file.into_response("404.html", request);
            response.status = StatusCode::NOT_FOUND;
            return response;
        }
        for candidate in page_candidates("", request.header("accept-language")) {
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

/// The path's segments, decoded. `None` when one could lead elsewhere or hides.
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

/// The files that may stand for a page, best first: its own HTML in the wished language, if there
/// is one, and then in the language that names none.
fn page_candidates(name: &str, accept_language: &str) -> Vec<String> {
    let stems = if name.is_empty() {
        vec!["index".to_owned()]
    } else {
        vec![name.to_owned(), format!("{name}/index")]
    };
    let languages = preferred_languages(accept_language);
    let mut candidates = Vec::new();
    for stem in stems {
        for language in &languages {
            candidates.push(format!("{stem}.{language}.html"));
        }
        candidates.push(format!("{stem}.html"));
    }
    candidates
}

/// The primary tags of the wished languages, best first, down to the one that a file without a
/// language is in: what is wished less than that must not come before it.
fn preferred_languages(accept_language: &str) -> Vec<String> {
    let mut weighted: Vec<(f32, String)> = quality_values(accept_language)
        .filter(|(weight, _)| *weight > 0.0)
        .map(|(weight, tag)| {
            let primary = tag.split('-').next().unwrap_or_default();
            (weight, primary.to_ascii_lowercase())
        })
        .filter(|(_, tag)| !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_lowercase()))
        .collect();
    weighted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut languages: Vec<String> = Vec::new();
    for (_, tag) in weighted {
        if tag == DEFAULT_LANGUAGE {
            languages.push(tag);
            break;
        }
        if !languages.contains(&tag) {
            languages.push(tag);
        }
    }
    languages
}

/// The items of a header such as `br;q=0.8, gzip`, with their weights.
fn quality_values(header: &str) -> impl Iterator<Item = (f32, &str)> {
    header.split(',').map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts
            .find_map(|part| part.strip_prefix("q="))
            .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        (weight, name)
    })
}

fn accepts_html(accept: &str) -> bool {
    // A client that says nothing takes anything: a person with a command line, mostly.
    accept.is_empty()
        || quality_values(accept)
            .any(|(weight, range)| weight > 0.0 && matches!(range, "text/html" | "text/*" | "*/*"))
}

/// A file's bytes, possibly those of its compressed sibling.
struct File {
    bytes: Bytes,
    encoding: Option<&'static str>,
    has_compressed: bool,
}

impl File {
    async fn read(root: &Path, name: &str, request: &BufferedRequest) -> Option<Self> {
        let path = inside(root, name).await?;
        let accepted = |wanted: &str| {
            quality_values(request.header("accept-encoding"))
                .any(|(weight, encoding)| weight > 0.0 && encoding.eq_ignore_ascii_case(wanted))
        };
        let mut has_compressed = false;
        for (suffix, encoding) in [("br", "br"), ("gz", "gzip")] {
            let Some(sibling) = inside(root, &format!("{name}.{suffix}")).await else {
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
            // A page that held a person's data must not come back from the browser's memory.
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

/// The path of an existing file, if it lies under the root once every link is followed.
async fn inside(root: &Path, name: &str) -> Option<PathBuf> {
    let path = fs::canonicalize(root.join(name)).await.ok()?;
    let is_file = fs::metadata(&path).await.ok()?.is_file();
    (is_file && path.starts_with(root)).then_some(path)
}

fn config_response(text: Bytes, request: &BufferedRequest) -> BufferedResponse {
    let response = BufferedResponse::typed(StatusCode::OK, "application/json", text)
        .with(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    with_etag(response, None, request)
}

/// Adds the entity tag, and turns the answer into a 304 when the asker has it already.
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

/// `ar` for `staff.ar.html`.
fn language_of(name: &str) -> Option<HeaderValue> {
    let stem = name.strip_suffix(".html")?;
    let (_, language) = stem.rsplit_once('.')?;
    HeaderValue::from_str(language).ok()
}

/// Whether a name holds a hyphen and sixteen hexadecimal digits, as Trunk and wasm-bindgen name
/// what never changes.
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
    use super::{has_content_hash, page_candidates, preferred_languages, safe_segments};

    #[test]
    fn content_hashes_are_known_by_their_shape() {
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
    fn paths_stay_inside() {
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

    #[test]
    fn languages_below_the_default_do_not_count() {
        assert_eq!(
            preferred_languages("ar-SA,ar;q=0.9,en;q=0.8,fr;q=0.7"),
            ["ar", "en"]
        );
        assert_eq!(preferred_languages("en-US,en;q=0.9,ar;q=0.5"), ["en"]);
        assert_eq!(preferred_languages("en;q=0.1, ar"), ["ar", "en"]);
        assert_eq!(preferred_languages("*, ../x, ar;q=0"), Vec::<String>::new());
        assert_eq!(
            page_candidates("staff", "ar"),
            [
                "staff.ar.html",
                "staff.html",
                "staff/index.ar.html",
                "staff/index.html"
            ]
        );
    }
}
