#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{Directory, Reply, call, get};
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

fn with(server: &Running, path: &str, headers: &[(&str, &str)]) -> Reply {
    call(server, "GET", path, headers, "")
}

fn page(server: &Running, path: &str, languages: &str) -> Reply {
    let accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    with(
        server,
        path,
        &[("Accept", accept), ("Accept-Language", languages)],
    )
}

#[test]
fn files_have_their_types_and_lifetimes() {
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
        let reply = get(&server, path);
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("content-type"), Some(content_type), "{path}");
        assert_eq!(reply.header("cache-control"), Some(cache), "{path}");
    }
}

#[test]
fn compressed_siblings_are_used_when_accepted() {
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
        let reply = accept(encodings);
        assert_eq!(reply.header("content-encoding"), encoding, "{encodings}");
        assert_eq!(reply.text(), body);
        assert_eq!(reply.header("vary"), Some("accept-encoding"));
        assert_eq!(
            reply.header("content-type"),
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
fn what_is_known_is_not_sent_again() {
    let portal = portal();
    let server = serve(&portal);
    let path = format!("/{HASHED}");
    let plain = get(&server, &path).header("etag").unwrap().to_owned();
    let reply = with(&server, &path, &[("Accept-Encoding", "br")]);
    let brotli = reply.header("etag").unwrap().to_owned();
    assert_ne!(plain, brotli);
    for known in [
        plain.clone(),
        format!("W/{plain}"),
        format!("\"x\", {plain}"),
        "*".into(),
    ] {
        let reply = with(&server, &path, &[("If-None-Match", &known)]);
        assert_eq!((reply.status, reply.body.len()), (304, 0), "{known}");
        assert_eq!(reply.header("etag"), Some(plain.as_str()));
        assert!(reply.header("cache-control").is_some());
    }
    let other = with(&server, &path, &[("If-None-Match", &brotli)]);
    assert_eq!(other.status, 200);
    assert_eq!(get(&server, "/index.html").header("etag"), None);
}

#[test]
fn pages_fall_back_to_the_shell() {
    let portal = portal();
    let server = serve(&portal);
    let body = |path, languages| {
        let reply = page(&server, path, languages);
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.header("vary"), Some("accept-language"));
        reply.text().to_owned()
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
fn what_is_no_page_is_not_found() {
    let portal = portal();
    let server = serve(&portal);
    for path in ["/missing.js", "/a/missing.css", "/favicon.ico"] {
        let reply = page(&server, path, "en");
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.header("content-security-policy").is_some());
    }
    let script = with(&server, "/profile", &[("Accept", "application/json")]);
    assert_eq!(script.status, 404);
    assert_eq!(page(&server, "/api/customer", "en").status, 404);
}

#[test]
fn nothing_outside_the_portal_is_served() {
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
        let reply = page(&server, path, "en");
        assert_eq!(reply.status, 400, "{path}");
    }
    #[cfg(unix)]
    {
        let outside = Directory::new(&[("key.txt", "outside")]);
        std::os::unix::fs::symlink(outside.0.join("key.txt"), portal.0.join("link.txt")).unwrap();
        assert_eq!(get(&server, "/link.txt").status, 404);
    }
}

#[test]
fn everything_static_is_protected() {
    let portal = portal();
    portal.write(
        "config.json",
        r#"{"patient":{"baseUrl":"https://patients.example/hmg/"},"staff":{"baseUrl":""}}"#,
    );
    let server = serve(&portal);
    for path in ["/", "/logo.svg", "/missing.js", "/config.json"] {
        let reply = get(&server, path);
        let header = |name| reply.header(name).unwrap_or_default();
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
fn the_configuration_is_read_afresh() {
    let portal = portal();
    let server = serve(&portal);
    assert_eq!(get(&server, "/config.json").status, 404);
    portal.write("config.json", "{}");
    let reply = get(&server, "/config.json");
    assert_eq!((reply.status, reply.text()), (200, "{}"));
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.header("cache-control"), Some("no-cache"));
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
fn head_has_no_body() {
    let portal = portal();
    let server = serve(&portal);
    let reply = call(&server, "HEAD", "/", &[], "");
    assert_eq!((reply.status, reply.body.len()), (200, 0));
    assert_eq!(reply.promised_length(), "<p>index".len());
}

#[test]
fn a_rebuilt_portal_shows_at_once() {
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
fn without_a_portal_it_says_so() {
    let server = common::start();
    let reply = get(&server, "/");
    assert_eq!(reply.status, 404);
    assert!(reply.text().contains("--portal"));
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
fn a_build_with_a_page_for_what_is_not_found_has_it_served_as_that() {
    let portal = portal();
    let server = serve(&portal);
    portal.write("404.html", "<p>nothing here");
    let missing = page(&server, "/any/depth", "ar");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.text(), "<p>nothing here");
    assert_eq!(page(&server, "/staff", "en").status, 200);
}

#[test]
fn the_build_s_style_hashes_are_part_of_the_policy_and_nothing_else_is() {
    let portal = portal();
    let server = serve(&portal);
    portal.write(
        "policy.json",
        r#"{"styleHashes":["'sha256-abc+/='","'unsafe-inline'","'sha256-x'; script-src *"]}"#,
    );
    let reply = page(&server, "/", "en");
    let policy = reply.header("content-security-policy").unwrap_or_default();
    assert!(
        policy.contains("style-src 'self' 'sha256-abc+/=';"),
        "{policy}"
    );
}
