//! The application against a made-up middleware: who gets a session, and who gets the sign-in page.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use axum::routing::any;
use new_application::{Options, router};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// As browsers see it; over https, so that the cookie has its prefix.
const ORIGIN: &str = "https://portal.hospital.example";
const FOREIGN: &str = "https://elsewhere.example";
const COOKIE: &str = "__Host-session";
const LOGIN: &str = r#"{"type":"nationalId","value":"1012345672","phone":"501234567"}"#;

/// A patient object as the middleware sends it.
fn record(first: &str) -> String {
    json!({ "fileNo": "0012345", "name": { "firstName": first, "lastName": "Al-Harbi" } })
        .to_string()
}

/// Serves on a free port of this machine; returns the URL.
fn serve(router: Router) -> String {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        Runtime::new().unwrap().block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
    });
    format!("http://{}", receiver.recv().unwrap())
}

/// The next answers of the middleware, and the requests that it got.
struct Middleware {
    answer: (u16, Vec<(&'static str, &'static str)>, String),
    received: Vec<(String, HeaderMap, String)>,
}

async fn answer(
    State(middleware): State<Arc<Mutex<Middleware>>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<String> {
    let mut middleware = middleware.lock().unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    middleware.received.push((uri.to_string(), headers, body));
    let (status, headers, body) = &middleware.answer;
    let mut response = Response::builder().status(*status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.clone()).unwrap()
}

/// The application, its middleware, and a browser's cookie.
struct Fixture {
    url: String,
    middleware: Arc<Mutex<Middleware>>,
}

impl Fixture {
    fn start() -> Self {
        Self::with(ORIGIN, Duration::from_secs(60))
    }

    fn with(origin: &str, idle: Duration) -> Self {
        let middleware = Arc::new(Mutex::new(Middleware {
            answer: (
                200,
                vec![("content-type", "application/json")],
                record("Abdullah"),
            ),
            received: vec![],
        }));
        let services = serve(
            Router::new()
                .fallback(any(answer))
                .with_state(middleware.clone()),
        );
        let url = serve(router(Options {
            origin: origin.to_owned(),
            middleware: services.clone(),
            portal: services,
            idle,
        }));
        Self { url, middleware }
    }

    fn answers(&self, status: u16, headers: &[(&'static str, &'static str)], body: &str) {
        self.middleware.lock().unwrap().answer = (status, headers.to_vec(), body.to_owned());
    }

    fn received(&self) -> Vec<(String, HeaderMap, String)> {
        std::mem::take(&mut self.middleware.lock().unwrap().received)
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Received {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true);
        let agent: ureq::Agent = config.build().into();
        let mut request = axum::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = agent.run(request.body(body.to_owned()).unwrap()).unwrap();
        Received {
            status: response.status(),
            body: response.body_mut().read_to_string().unwrap(),
            headers: response.headers().clone(),
        }
    }

    /// A call of the portal, with the browser's cookies.
    fn portal(&self, call: &str, cookies: &str, body: &str) -> Received {
        let mut headers = vec![("origin", ORIGIN), ("sec-fetch-site", "same-origin")];
        headers.push(("content-type", "application/json"));
        if !cookies.is_empty() {
            headers.push(("cookie", cookies));
        }
        self.send("POST", &format!("/api/customer/{call}"), &headers, body)
    }

    /// Signs in; returns the cookie as a browser sends it.
    fn sign_in(&self) -> String {
        let response = self.portal("login", "", LOGIN);
        assert_eq!(response.status, 200);
        response.cookie().expect("no cookie")
    }

    fn page(&self, cookies: &str) -> Received {
        self.send("GET", "/app/", &[("cookie", cookies)], "")
    }
}

struct Received {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Received {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The cookie without its attributes.
    fn cookie(&self) -> Option<String> {
        let (cookie, _) = self.header("set-cookie")?.split_once(';')?;
        Some(cookie.to_owned())
    }

    fn greets(&self, name: &str) -> bool {
        self.status == 200 && self.body.contains(&format!("Welcome, <bdi>{name}</bdi>"))
    }

    /// The sign-in page, and nothing of a patient.
    fn leads_to_sign_in(&self) -> bool {
        self.status == 303 && self.header("location") == Some("/") && !self.body.contains("Welcome")
    }
}

#[test]
fn patient_who_signed_in_is_greeted_by_name_and_the_answer_is_passed_on_unchanged() {
    let it = Fixture::start();
    let login = it.portal("login", "", LOGIN);
    assert_eq!(
        (login.status.as_u16(), login.body.as_str()),
        (200, record("Abdullah").as_str())
    );
    assert_eq!(login.header("content-type"), Some("application/json"));
    assert!(
        it.page(&login.cookie().unwrap())
            .greets("Abdullah Al-Harbi")
    );
    let (path, headers, body) = it.received().remove(0);
    assert_eq!(
        (path.as_str(), body.as_str()),
        ("/api/customer/login", LOGIN)
    );
    for of_the_browser in ["cookie", "origin", "sec-fetch-site"] {
        assert!(headers.get(of_the_browser).is_none(), "{of_the_browser}");
    }
}

#[test]
fn cookie_is_out_of_reach_of_scripts_other_sites_other_hosts_and_http() {
    let it = Fixture::start();
    let login = it.portal("login", "", LOGIN);
    let (cookie, attributes) = login
        .header("set-cookie")
        .unwrap()
        .split_once("; ")
        .unwrap();
    assert_eq!(attributes, "Path=/; Secure; HttpOnly; SameSite=Strict");
    let (name, id) = cookie.split_once('=').unwrap();
    assert_eq!(name, COOKIE);
    // 256 bits.
    assert!(
        id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{id}"
    );
    assert_ne!(it.sign_in(), cookie);
}

#[test]
fn cookie_of_a_loopback_server_has_neither_prefix_nor_secure() {
    let it = Fixture::with("http://127.0.0.1:1", Duration::from_secs(60));
    let login = it.portal("login", "", LOGIN);
    let (cookie, attributes) = login
        .header("set-cookie")
        .unwrap()
        .split_once("; ")
        .unwrap();
    assert!(cookie.starts_with("session="), "{cookie}");
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Strict");
}

#[test]
fn browser_without_a_cookie_of_a_session_gets_the_sign_in_page() {
    let it = Fixture::start();
    let cookie = it.sign_in();
    let (_, id) = cookie.split_once('=').unwrap();
    let forged = [
        String::new(),
        format!("{COOKIE}="),
        format!("{COOKIE}={}", "0".repeat(64)),
        format!("{COOKIE}={}", &id[1..]),
        format!("{COOKIE}={id}0"),
        format!("session={id}"),
        format!("{COOKIE}={}", record("Abdullah").replace('"', "")),
    ];
    for cookies in forged {
        assert!(it.page(&cookies).leads_to_sign_in(), "{cookies}");
    }
    assert!(
        it.page(&format!("theme=dark; {cookie}"))
            .greets("Abdullah Al-Harbi")
    );
}

#[test]
fn posted_patient_object_gets_the_sign_in_page_and_changes_no_session() {
    let it = Fixture::start();
    let claim = record("Mallory");
    let json = ("content-type", "application/json");
    for path in ["/app/", "/app/?name=Mallory", "/app/?fileNo=0012345"] {
        for method in ["POST", "PUT"] {
            assert!(
                it.send(method, path, &[json], &claim).leads_to_sign_in(),
                "{method} {path}"
            );
        }
    }
    let cookie = it.sign_in();
    let posted = it.send("POST", "/app/", &[json, ("cookie", &cookie)], &claim);
    assert!(posted.greets("Abdullah Al-Harbi"), "{}", posted.body);
}

#[test]
fn patient_object_posted_as_a_sign_in_opens_no_session_when_the_middleware_refuses_it() {
    let it = Fixture::start();
    it.answers(400, &[], "{}");
    for call in ["login", "verify_otp", "is_patient_exists", "resend_otp"] {
        let posted = it.portal(call, "", &record("Mallory"));
        assert_eq!(
            (posted.status.as_u16(), posted.cookie()),
            (400, None),
            "{call}"
        );
    }
}

#[test]
fn only_a_record_opens_a_session() {
    let it = Fixture::start();
    for (call, body) in [
        ("login", r#"{"otp_id":"x"}"#),
        ("login", "null"),
        ("login", r#"{"status":"fail"}"#),
        ("login", r#"{"name":{"firstName":""}}"#),
        ("verify_otp", "false"),
        ("is_patient_exists", "true"),
        // Of these two no answer is a sign-in.
        ("is_patient_exists", &record("Abdullah")),
        ("resend_otp", &record("Abdullah")),
    ] {
        it.answers(200, &[], body);
        let response = it.portal(call, "", "{}");
        assert_eq!(
            (response.body.as_str(), response.cookie()),
            (body, None),
            "{call} {body}"
        );
    }
    it.answers(200, &[], &record("Lulwa"));
    let cookie = it.portal("verify_otp", "", "{}").cookie().unwrap();
    assert!(it.page(&cookie).greets("Lulwa Al-Harbi"));
}

#[test]
fn cookie_is_dead_after_sign_out_and_removed() {
    let it = Fixture::start();
    let (cookie, other) = (it.sign_in(), it.sign_in());
    it.received();
    let left = it.portal("logout", &cookie, "");
    assert_eq!(left.status, 204);
    let removed = left.header("set-cookie").unwrap();
    assert!(
        removed.starts_with(&format!("{COOKIE}=; Max-Age=0; ")),
        "{removed}"
    );
    assert!(it.page(&cookie).leads_to_sign_in());
    assert!(it.page(&other).greets("Abdullah Al-Harbi"));
    // Again, and without a session: the same answer. The middleware has no such call.
    assert_eq!(it.portal("logout", &cookie, "").status, 204);
    assert_eq!(it.portal("logout", "", "").status, 204);
    assert_eq!(it.received().len(), 0);
}

#[test]
fn sign_out_of_the_application_s_own_page_ends_the_session() {
    let it = Fixture::start();
    let cookie = it.sign_in();
    let leave = |origin| {
        it.send(
            "POST",
            "/app/sign-out",
            &[("origin", origin), ("cookie", &cookie)],
            "",
        )
    };
    assert_eq!(leave(FOREIGN).status, 403);
    assert!(it.page(&cookie).greets("Abdullah Al-Harbi"));
    assert!(leave(ORIGIN).leads_to_sign_in());
    assert!(it.page(&cookie).leads_to_sign_in());
}

#[test]
fn call_of_another_site_is_refused_without_the_middleware() {
    let it = Fixture::start();
    let cookie = it.sign_in();
    it.received();
    let own = ("origin", ORIGIN);
    let callers: &[(&[(&str, &str)], bool)] = &[
        (&[("origin", FOREIGN)], false),
        (&[("origin", "null")], false),
        (
            &[(
                "origin",
                "https://portal.hospital.example.elsewhere.example",
            )],
            false,
        ),
        (&[], false),
        (&[own, ("sec-fetch-site", "cross-site")], false),
        (&[own, ("sec-fetch-site", "same-site")], false),
        (&[own, ("sec-fetch-site", "none")], false),
        (&[own], true),
        (&[own, ("sec-fetch-site", "same-origin")], true),
    ];
    for (headers, passes) in callers {
        for call in ["is_patient_exists", "login", "verify_otp", "resend_otp"] {
            let response = it.send("POST", &format!("/api/customer/{call}"), headers, LOGIN);
            let status = if *passes { 200 } else { 403 };
            assert_eq!(response.status, status, "{call} {headers:?}");
            assert_eq!(
                it.received().len(),
                usize::from(*passes),
                "{call} {headers:?}"
            );
            assert!(*passes || response.cookie().is_none());
        }
        if !passes {
            let headers = [*headers, &[("cookie", cookie.as_str())]].concat();
            let response = it.send("POST", "/api/customer/logout", &headers, "");
            assert_eq!(response.status, 403, "{headers:?}");
            assert!(it.page(&cookie).greets("Abdullah Al-Harbi"));
        }
    }
    assert_eq!(
        it.send("GET", "/api/customer/login", &[own], "").status,
        405
    );
}

#[test]
fn id_that_a_client_chose_never_becomes_a_session() {
    let it = Fixture::start();
    let chosen = format!("{COOKIE}={}", "a".repeat(64));
    let cookie = it.portal("login", &chosen, LOGIN).cookie().unwrap();
    assert_ne!(cookie, chosen);
    assert!(it.page(&chosen).leads_to_sign_in());
    assert!(it.page(&cookie).greets("Abdullah Al-Harbi"));
}

#[test]
fn sign_in_replaces_the_session_of_the_browser_and_a_failed_one_keeps_it() {
    let it = Fixture::start();
    let before = it.sign_in();
    it.answers(404, &[], "{}");
    assert_eq!(it.portal("login", &before, LOGIN).cookie(), None);
    assert!(it.page(&before).greets("Abdullah Al-Harbi"));
    it.answers(200, &[], &record("Maria"));
    let after = it.portal("login", &before, LOGIN).cookie().unwrap();
    assert!(it.page(&before).leads_to_sign_in());
    assert!(it.page(&after).greets("Maria Al-Harbi"));
}

#[test]
fn session_ends_after_its_idle_time_and_requests_prolong_it() {
    let it = Fixture::with(ORIGIN, Duration::from_millis(1_000));
    let (cookie, unused) = (it.sign_in(), it.sign_in());
    for _ in 0..6 {
        thread::sleep(Duration::from_millis(250));
        assert!(it.page(&cookie).greets("Abdullah Al-Harbi"));
    }
    assert!(it.page(&unused).leads_to_sign_in());
    thread::sleep(Duration::from_millis(1_100));
    assert!(it.page(&cookie).leads_to_sign_in());
}

#[test]
fn failure_of_the_middleware_is_passed_on_with_its_status() {
    let it = Fixture::start();
    for status in [400, 401, 403, 404, 422, 429, 500, 502, 503, 504] {
        let headers = [
            ("retry-after", "7"),
            ("x-request-id", "0a1b"),
            ("set-cookie", "a=b"),
            ("server", "x"),
        ];
        it.answers(status, &headers, r#"{"message":"x"}"#);
        let response = it.portal("login", "", LOGIN);
        assert_eq!(response.status, status);
        assert_eq!(response.body, r#"{"message":"x"}"#);
        assert_eq!(response.header("retry-after"), Some("7"));
        assert_eq!(response.header("x-request-id"), Some("0a1b"));
        assert_eq!(
            (response.header("set-cookie"), response.header("server")),
            (None, None)
        );
    }
}

#[test]
fn middleware_that_cannot_be_reached_is_503() {
    let url = serve(router(Options {
        origin: ORIGIN.to_owned(),
        middleware: "http://127.0.0.1:9".to_owned(),
        portal: "http://127.0.0.1:9".to_owned(),
        idle: Duration::from_secs(60),
    }));
    let it = Fixture {
        url,
        ..Fixture::start()
    };
    let response = it.portal("login", "", LOGIN);
    assert_eq!((response.status.as_u16(), response.cookie()), (503, None));
    assert_eq!(response.header("content-type"), Some("application/json"));
}

#[test]
fn markup_in_a_name_is_text() {
    let it = Fixture::start();
    it.answers(200, &[], &record("<b>&"));
    let cookie = it.sign_in();
    let page = it.page(&cookie);
    assert!(page.greets("&lt;b&gt;&amp; Al-Harbi"), "{}", page.body);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .starts_with("default-src 'none'")
    );
}

#[test]
fn portal_is_passed_on_from_its_own_server() {
    let it = Fixture::start();
    it.answers(
        200,
        &[("content-type", "text/html"), ("set-cookie", "a=b")],
        "the portal",
    );
    let page = it.send("GET", "/profile?lang=ar", &[("accept-language", "ar")], "");
    assert_eq!(
        (page.status.as_u16(), page.body.as_str()),
        (200, "the portal")
    );
    assert_eq!(page.header("set-cookie"), None);
    let (path, headers, _) = it.received().remove(0);
    assert_eq!(path, "/profile?lang=ar");
    assert_eq!(headers["accept-language"], "ar");
    assert_eq!(
        it.send("POST", "/auth-service/session", &[], "").status,
        405
    );
}
