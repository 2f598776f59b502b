#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{Directory, Response, call, get};
use sandbox::{Options, Running, Sandbox};
use std::path::PathBuf;

const HASHED: &str = "portal-0123456789abcdef.js";

fn portal() -> Directory {
    Directory::new(&[
        ("index.html", "<p>index"),
        ("index.ar.html", "<p>index ar"),
        ("staff.html", "<p>staff"),
        ("robots.txt", "none"),
        ("logo.svg", "<svg/>"),
        ("favicon.png", "png"),
        ("site.webmanifest", "{}"),
        ("data.json", "{}"),
        ("portal-0123456789abcdef_bg.wasm", "wasm"),
        ("style-0123456789abcdef.css", "a{}"),
        ("style-0123456789abcdef.css.gz", "css as gzip"),
        (HASHED, "script"),
        ("portal-0123456789abcdef.js.br", "script as brotli"),
        ("portal-0123456789abcdef.js.gz", "script as gzip"),
        (".secret/key.txt", "hidden"),
    ])
}

fn serve(portal: &Directory) -> Running {
    Sandbox::start(Options {
        portal: Some(portal.0.clone()),
        ..Options::default()
    })
    .unwrap()
}

fn with(server: &Running, path: &str, headers: &[(&str, &str)]) -> Response {
    call(server, "GET", path, headers, "")
}

fn page(server: &Running, path: &str, languages: &str) -> Response {
    let accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    with(
        server,
        path,
        &[("Accept", accept), ("Accept-Language", languages)],
    )
}

#[test]
fn files_have_their_media_type_and_cache_lifetime() {
    let portal = portal();
    let server = serve(&portal);
    let forever = "public, max-age=31536000, immutable";
    for (path, content_type, cache) in [
        ("/index.html", "text/html; charset=utf-8", "no-store"),
        ("/robots.txt", "text/plain; charset=utf-8", "no-cache"),
        ("/logo.svg", "image/svg+xml", "no-cache"),
        ("/favicon.png", "image/png", "no-cache"),
        ("/site.webmanifest", "application/manifest+json", "no-cache"),
        ("/data.json", "application/json", "no-cache"),
        (
            "/portal-0123456789abcdef_bg.wasm",
            "application/wasm",
            forever,
        ),
        (
            "/style-0123456789abcdef.css",
            "text/css; charset=utf-8",
            forever,
        ),
        (
            "/portal-0123456789abcdef.js",
            "text/javascript; charset=utf-8",
            forever,
        ),
    ] {
        let response = get(&server, path);
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(
            response.header("content-type"),
            Some(content_type),
            "{path}"
        );
        assert_eq!(response.header("cache-control"), Some(cache), "{path}");
    }
}

#[test]
fn compressed_siblings_are_served_when_accepted() {
    let portal = portal();
    let server = serve(&portal);
    let path = format!("/{HASHED}");
    let accept = |encodings| with(&server, &path, &[("Accept-Encoding", encodings)]);
    for (encodings, encoding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "script as brotli"),
        ("gzip", Some("gzip"), "script as gzip"),
        ("br;q=0, gzip;q=0.5", Some("gzip"), "script as gzip"),
        ("identity", None, "script"),
        ("", None, "script"),
    ] {
        let response = accept(encodings);
        assert_eq!(response.header("content-encoding"), encoding, "{encodings}");
        assert_eq!(response.text(), body);
        assert_eq!(response.header("vary"), Some("accept-encoding"));
        assert_eq!(
            response.header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
    }
    let only_gzip = with(
        &server,
        "/style-0123456789abcdef.css",
        &[("Accept-Encoding", "br, gzip")],
    );
    assert_eq!(only_gzip.text(), "css as gzip");
    assert_eq!(get(&server, "/logo.svg").header("vary"), None);
}

#[test]
fn matching_etag_gets_304_without_a_body() {
    let portal = portal();
    let server = serve(&portal);
    let path = format!("/{HASHED}");
    let plain = get(&server, &path).header("etag").unwrap().to_owned();
    let response = with(&server, &path, &[("Accept-Encoding", "br")]);
    let brotli = response.header("etag").unwrap().to_owned();
    assert_ne!(plain, brotli);
    for known in [
        plain.clone(),
        format!("W/{plain}"),
        format!("\"x\", {plain}"),
        "*".into(),
    ] {
        let response = with(&server, &path, &[("If-None-Match", &known)]);
        assert_eq!((response.status, response.body.len()), (304, 0), "{known}");
        assert_eq!(response.header("etag"), Some(plain.as_str()));
        assert!(response.header("cache-control").is_some());
    }
    let other = with(&server, &path, &[("If-None-Match", &brotli)]);
    assert_eq!(other.status, 200);
    assert_eq!(get(&server, "/index.html").header("etag"), None);
}

#[test]
fn paths_without_a_file_get_the_index_page_in_the_preferred_language() {
    let portal = portal();
    let server = serve(&portal);
    let body = |path, languages| {
        let response = page(&server, path, languages);
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(response.header("cache-control"), Some("no-store"));
        assert_eq!(response.header("vary"), Some("accept-language"));
        response.text().to_owned()
    };
    assert_eq!(body("/", "en"), "<p>index");
    assert_eq!(body("/profile", ""), "<p>index");
    assert_eq!(body("/any/depth?next=/roles", "fr"), "<p>index");
    assert_eq!(body("/", "ar-SA,ar;q=0.9,en;q=0.8"), "<p>index ar");
    assert_eq!(body("/", "en,ar;q=0.9"), "<p>index");
    assert_eq!(body("/staff", "en"), "<p>staff");
    assert_eq!(body("/staff", "ar"), "<p>staff");
    let arabic = page(&server, "/", "ar");
    assert_eq!(arabic.header("content-language"), Some("ar"));

    portal.write("staff.ar.html", "<p>staff ar");
    assert_eq!(body("/staff", "ar"), "<p>staff ar");
    portal.write("roles/index.html", "<p>roles");
    assert_eq!(body("/roles", "en"), "<p>roles");
}

#[test]
fn page_is_in_the_language_of_the_address_then_the_browser_then_the_audience() {
    let portal = portal();
    portal.write("staff.ar.html", "<p>staff ar");
    portal.write("roles.html", "<p>roles");
    portal.write("roles.ar.html", "<p>roles ar");
    portal.write("profile.html", "<p>profile");
    portal.write("profile.ar.html", "<p>profile ar");
    let server = serve(&portal);
    let body = |path, languages| page(&server, path, languages).text().to_owned();
    assert_eq!(body("/?lang=ar", "en"), "<p>index ar");
    assert_eq!(body("/staff?next=/roles&lang=en", "ar"), "<p>staff");
    for ignored in ["/?lang=../x", "/?lang=AR", "/?lang=fr", "/?lang="] {
        assert_eq!(body(ignored, "en"), "<p>index", "{ignored}");
        assert_eq!(body(ignored, "ar"), "<p>index ar", "{ignored}");
    }
    portal.write(
        "config.json",
        r#"{"patient":{"language":"ar"},"staff":{"language":"en"}}"#,
    );
    assert_eq!(body("/", "fr"), "<p>index ar");
    assert_eq!(body("/profile", "fr"), "<p>profile ar");
    assert_eq!(body("/staff", "fr"), "<p>staff");
    assert_eq!(body("/", "fr, en"), "<p>index");
    portal.write(
        "config.json",
        r#"{"languages":["ar","en"],"patient":{"language":"en"}}"#,
    );
    assert_eq!(body("/", "fr"), "<p>index");
    assert_eq!(body("/roles", "fr"), "<p>roles ar");
    portal.write("config.json", "{ broken");
    assert_eq!(body("/", "fr"), "<p>index");
}

#[test]
fn missing_files_and_requests_that_accept_no_html_get_404() {
    let portal = portal();
    let server = serve(&portal);
    for path in ["/missing.js", "/a/missing.css", "/favicon.ico"] {
        let response = page(&server, path, "en");
        assert_eq!(response.status, 404, "{path}");
        assert!(response.header("content-security-policy").is_some());
    }
    let script = with(&server, "/profile", &[("Accept", "application/json")]);
    assert_eq!(script.status, 404);
    assert_eq!(page(&server, "/api/customer", "en").status, 404);
}

#[test]
fn paths_and_links_out_of_the_portal_are_rejected() {
    let portal = portal();
    let server = serve(&portal);
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/a/..%2f..%2fCargo.toml",
        "/..%5cCargo.toml",
        "/.secret/key.txt",
        "/%00",
        "/%ff",
    ] {
        let response = page(&server, path, "en");
        assert_eq!(response.status, 400, "{path}");
    }
    #[cfg(unix)]
    {
        let outside = Directory::new(&[("key.txt", "outside")]);
        std::os::unix::fs::symlink(outside.0.join("key.txt"), portal.0.join("link.txt")).unwrap();
        assert_eq!(get(&server, "/link.txt").status, 404);
    }
}

#[test]
fn all_files_have_the_security_headers() {
    let portal = portal();
    portal.write(
        "config.json",
        r#"{"patient":{"baseUrl":"https://patients.example/hmg/"},"staff":{"baseUrl":""}}"#,
    );
    let server = serve(&portal);
    for path in ["/", "/logo.svg", "/missing.js", "/config.json"] {
        let response = get(&server, path);
        let header = |name| response.header(name).unwrap_or_default();
        assert_eq!(
            header("content-security-policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' data:; font-src 'self'; manifest-src 'self'; \
             connect-src 'self' https://patients.example; frame-ancestors 'none'; \
             base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
             trusted-types default",
            "{path}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(header("x-frame-options"), "DENY");
        assert!(header("permissions-policy").contains("camera=()"));
    }
}

#[test]
fn configuration_is_read_again_on_each_request() {
    let portal = portal();
    let server = serve(&portal);
    assert_eq!(get(&server, "/config.json").status, 404);
    portal.write("config.json", "{}");
    let response = get(&server, "/config.json");
    assert_eq!((response.status, response.text()), (200, "{}"));
    assert_eq!(response.header("content-type"), Some("application/json"));
    assert_eq!(response.header("cache-control"), Some("no-cache"));
    portal.write("config.json", "{ broken");
    assert_eq!(get(&server, "/config.json").text(), "{ broken");

    let file = portal.0.join("other.json");
    let server = Sandbox::start(Options {
        portal: Some(portal.0.clone()),
        config: Some(file),
        ..Options::default()
    })
    .unwrap();
    assert_eq!(get(&server, "/config.json").status, 404);
    portal.write("other.json", r#"{"mapLink":"none"}"#);
    assert_eq!(get(&server, "/config.json").text(), r#"{"mapLink":"none"}"#);
}

#[test]
fn assets_are_served_behind_the_portal_s_own_files() {
    let portal = portal();
    let hospital = Directory::new(&[
        ("assets/brand/wide.svg", "<svg>wide"),
        ("assets/logo.svg", "<svg>theirs"),
        ("assets/.hidden.svg", "hidden"),
        ("config.json", "beside them"),
    ]);
    let server = Sandbox::start(Options {
        portal: Some(portal.0.clone()),
        assets: Some(hospital.0.join("assets")),
        ..Options::default()
    })
    .unwrap();
    let wide = get(&server, "/brand/wide.svg");
    assert_eq!((wide.status, wide.text()), (200, "<svg>wide"));
    assert_eq!(wide.header("content-type"), Some("image/svg+xml"));
    assert_eq!(get(&server, "/logo.svg").text(), "<svg/>");
    for outside in ["/../config.json", "/..%2fconfig.json", "/.hidden.svg"] {
        assert!(get(&server, outside).status >= 400, "{outside}");
    }
    let posted = call(&server, "POST", "/brand/wide.svg", &[], "");
    assert!(posted.status >= 400);
}

#[test]
fn head_request_gets_no_body() {
    let portal = portal();
    let server = serve(&portal);
    let response = call(&server, "HEAD", "/", &[], "");
    assert_eq!((response.status, response.body.len()), (200, 0));
    assert_eq!(response.content_length(), "<p>index".len());
}

#[test]
fn rebuilt_portal_is_served_without_a_restart() {
    let portal = portal();
    let server = serve(&portal);
    let moved = PathBuf::from(format!("{}-old", portal.0.display()));
    std::fs::rename(&portal.0, &moved).unwrap();
    assert_eq!(get(&server, "/").status, 503);
    portal.write("index.html", "<p>new");
    assert_eq!(get(&server, "/").text(), "<p>new");
    std::fs::remove_dir_all(moved).unwrap();
}

#[test]
fn sandbox_without_a_portal_names_the_option_portal() {
    let server = common::start();
    let response = get(&server, "/");
    assert_eq!(response.status, 404);
    assert!(response.text().contains("--portal"));
    let missing = Sandbox::start(Options {
        portal: Some(PathBuf::from("/no/such/portal")),
        ..Options::default()
    });
    assert!(
        missing
            .unwrap_err()
            .to_string()
            .contains("build the portal")
    );
}

#[test]
fn unknown_path_gets_the_build_s_404_page_with_status_404() {
    let portal = portal();
    let server = serve(&portal);
    portal.write("404.html", "<p>nothing here");
    let missing = page(&server, "/any/depth", "ar");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.text(), "<p>nothing here");
    assert_eq!(page(&server, "/staff", "en").status, 200);
}

#[test]
fn policy_contains_only_valid_hashes_of_the_build() {
    let portal = portal();
    let server = serve(&portal);
    portal.write(
        "policy.json",
        r#"{"styleHashes":["'sha256-abc+/='","'unsafe-inline'","'sha256-x'; script-src *"],
            "scriptHashes":["'unsafe-inline'","'sha256-def='"]}"#,
    );
    let response = page(&server, "/", "en");
    let policy = response
        .header("content-security-policy")
        .unwrap_or_default();
    assert!(
        policy.contains("style-src 'self' 'sha256-abc+/=';"),
        "{policy}"
    );
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-def=';"),
        "{policy}"
    );
}
