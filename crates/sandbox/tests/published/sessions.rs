//! Sessions, proofs and sign-out.

use super::common::{Response, call, sign_in, start};
use super::replay::{PASSWORD, Replay, auth_cookie};
use super::rules::{enter, person, spice_1, spice_2, token, told};
use sandbox::Running;

const MINUTE: u64 = 60_000;
const PROFILE: &str = "/user-service/user/profile";
const VALIDATE: &str = "/user-service/user/validate";
const LOGOUT: &str = "/auth-service/logout";

fn with_token(server: &Running, method: &str, path: &str, token: &str) -> u16 {
    call(server, method, path, &[("Authorization", token)], "").status
}

fn with_cookie(server: &Running, path: &str, cookie: &str, client: &str) -> Response {
    let cookie = format!("AuthCookie={cookie}");
    let headers = [("Cookie", cookie.as_str()), ("client", client)];
    call(server, "POST", path, &headers, "")
}

fn web_session(spice: &Replay, role: &str) -> String {
    auth_cookie(&enter(&spice.server, "web", &person(role))).unwrap()
}

#[test]
fn session_ends_120_minutes_after_its_last_use() {
    let mut one = spice_1();
    let first = token(&enter(&one.server, "spice mobile", &person("NURSE")));
    for _ in 0..3 {
        one.forward(119 * MINUTE);
        assert_eq!(with_token(&one.server, "GET", VALIDATE, &first), 200);
    }
    one.forward(120 * MINUTE);
    assert_eq!(with_token(&one.server, "GET", VALIDATE, &first), 401);
    // Signing out of an ended session succeeds.
    assert_eq!(with_token(&one.server, "GET", LOGOUT, &first), 200);

    let mut two = spice_2();
    let phone = token(&enter(&two.server, "mob", &person("CHW")));
    let web = web_session(&two, "SUPER_ADMIN");
    for _ in 0..3 {
        two.forward(119 * MINUTE);
        assert_eq!(with_token(&two.server, "POST", PROFILE, &phone), 200);
        assert_eq!(with_cookie(&two.server, PROFILE, &web, "web").status, 200);
    }
    two.forward(120 * MINUTE);
    assert_eq!(with_token(&two.server, "POST", PROFILE, &phone), 401);
    assert_eq!(with_cookie(&two.server, PROFILE, &web, "web").status, 401);
}

#[test]
fn cookie_counts_only_with_client_web_and_then_nothing_else_does() {
    let spice = spice_2();
    let server = &spice.server;
    let web = web_session(&spice, "DISTRICT_ADMIN");
    for client in ["", "mob", "WEB", "Web "] {
        let status = with_cookie(server, PROFILE, &web, client).status;
        // A header's value has no spaces around it.
        assert_eq!(status, 401, "{client:?}");
        assert_eq!(with_cookie(server, LOGOUT, &web, client).status, 401);
    }
    assert_eq!(with_cookie(server, PROFILE, &web, "web").status, 200);

    let phone = token(&enter(server, "mob", &person("CHW")));
    let ask = |client: &str, cookie: &str, path: &str| {
        let headers = [
            ("client", client),
            ("Cookie", cookie),
            ("Authorization", phone.as_str()),
        ];
        call(server, "POST", path, &headers, "")
    };
    // Any cookie hides the header; without one the header counts with `client: web` too.
    assert_eq!(ask("web", "theme=dark", PROFILE).status, 401);
    assert_eq!(ask("mob", "theme=dark", PROFILE).status, 200);
    let both = ask("mob", &format!("AuthCookie={web}"), PROFILE);
    assert_eq!(both.json()["entity"]["username"], person("CHW"));
    let headers = [("client", "web"), ("Authorization", phone.as_str())];
    assert_eq!(call(server, "POST", PROFILE, &headers, "").status, 200);
    // A sign-out with `client: web` looks at the cookie alone.
    assert_eq!(call(server, "POST", LOGOUT, &headers, "").status, 401);
    assert_eq!(with_token(server, "POST", PROFILE, &phone), 200);
}

#[test]
fn cookie_is_renewed_by_calls_of_the_user_service_that_succeed_or_do_not_exist() {
    let spice = Replay::start(2, "hospital.example", "prod");
    let server = &spice.server;
    let web = web_session(&spice, "REGION_ADMIN");
    for (path, status) in [
        (PROFILE, 200),
        (VALIDATE, 404),
        ("/user-service/user/super-admin/list", 200),
    ] {
        let response = with_cookie(server, path, &web, "web");
        assert_eq!(response.status, status);
        assert_eq!(auth_cookie(&response).as_ref(), Some(&web), "{path}");
        let wanted = "Path=/; Domain=hospital.example; Max-Age=7200; Expires=";
        assert!(response.head.contains(wanted), "{}", response.head);
        assert!(response.head.contains("Secure; HttpOnly; SameSite=Strict"));
    }
    // Not by a refusal, and not for a token.
    let counselor = web_session(&spice, "COUNSELOR");
    let refused = with_cookie(server, PROFILE, &counselor, "web");
    assert_eq!((refused.status, auth_cookie(&refused)), (401, None));
    let phone = token(&enter(server, "mob", &person("CHW")));
    let headers = [("Authorization", phone.as_str()), ("client", "web")];
    let by_token = call(server, "POST", PROFILE, &headers, "");
    assert_eq!((by_token.status, auth_cookie(&by_token)), (200, None));
}

#[test]
fn sign_out_ends_one_session_and_may_be_repeated() {
    let spice = spice_2();
    let server = &spice.server;
    let name = person("SUPER_ADMIN");
    let first = auth_cookie(&enter(server, "web", &name)).unwrap();
    let second = auth_cookie(&enter(server, "web", &name)).unwrap();
    for _ in 0..2 {
        let out = with_cookie(server, LOGOUT, &first, "web");
        assert_eq!((out.status, out.body.len()), (200, 0));
        assert_eq!(auth_cookie(&out).as_deref(), Some(""));
        assert_eq!(with_cookie(server, PROFILE, &first, "web").status, 401);
    }
    assert_eq!(with_cookie(server, PROFILE, &second, "web").status, 200);
    // A role outside the table of calls may sign out.
    let counselor = web_session(&spice, "COUNSELOR");
    assert_eq!(with_cookie(server, LOGOUT, &counselor, "web").status, 200);
    for forged in ["Zm9yZ2Vk", "%%%", ""] {
        let out = with_cookie(server, LOGOUT, forged, "web");
        assert_eq!((out.status, auth_cookie(&out)), (401, None));
    }

    let one = spice_1();
    for method in ["GET", "POST"] {
        let token = token(&enter(&one.server, "spice mobile", &person("NURSE")));
        let other = sign_in(
            &one.server,
            Some("spice mobile"),
            &person("NURSE"),
            PASSWORD,
        );
        assert_eq!(with_token(&one.server, method, LOGOUT, &token), 200);
        assert_eq!(with_token(&one.server, "GET", VALIDATE, &token), 401);
        assert_eq!(with_token(&one.server, method, LOGOUT, &token), 200);
        let other = super::rules::token(&other);
        assert_eq!(with_token(&one.server, "GET", VALIDATE, &other), 200);
        assert_eq!(
            with_token(&one.server, method, LOGOUT, "Bearer forged"),
            401
        );
        assert_eq!(call(&one.server, method, LOGOUT, &[], "").status, 401);
    }
}

#[test]
fn servlet_session_is_begun_by_the_sign_in_service_and_ended_by_a_sign_out() {
    let spice = spice_2();
    let begun = |response: &Response| {
        response.head.contains("JSESSIONID=") && !response.head.contains("JSESSIONID=;")
    };
    let entered = enter(&spice.server, "mob", &person("CHW"));
    assert!(begun(&entered));
    assert!(begun(&enter(&spice.server, "web", &person("CHW"))));
    assert!(!begun(&enter(&spice.server, "web", "stranger@example.org")));
    let headers = [("Authorization", entered.header("authorization").unwrap())];
    let out = call(&spice.server, "POST", LOGOUT, &headers, "");
    assert!(
        out.head.contains("JSESSIONID=; Max-Age=0; "),
        "{}",
        out.head
    );
    // 1.x begins none for a role that its client does not admit.
    let one = spice_1();
    assert!(begun(&enter(
        &one.server,
        "spice web",
        &person("SUPER_ADMIN")
    )));
    assert!(!begun(&enter(&one.server, "spice web", &person("NURSE"))));
}

#[test]
fn version_of_a_later_call_follows_from_its_session_where_both_are_served() {
    let server = start();
    let one = token(&enter(&server, "spice mobile", &person("NURSE")));
    let phone = token(&enter(&server, "mob", &person("CHW")));
    let web = auth_cookie(&enter(&server, "web", &person("SUPER_ADMIN"))).unwrap();
    for client in ["", "mob", "web", "spice mobile"] {
        let ask = |token: &str, method: &str, path: &str| {
            let headers = [("Authorization", token), ("client", client)];
            call(&server, method, path, &headers, "").status
        };
        assert_eq!(ask(&one, "GET", VALIDATE), 200, "{client}");
        assert_eq!(ask(&phone, "POST", PROFILE), 200, "{client}");
        assert_eq!(ask(&phone, "GET", VALIDATE), 404, "{client}");
        let status = with_cookie(&server, PROFILE, &web, client).status;
        assert_eq!(status == 200, client == "web", "{client}");
    }
    // Without a session it follows from `client`; each version has accounts of its own.
    assert_eq!(
        told(&enter(&server, "mob", &person("NURSE"))),
        "Invalid credentials"
    );
    let problem = call(
        &server,
        "POST",
        "/auth-service/authenticate",
        &[("client", "mob")],
        "",
    );
    assert_eq!(problem.status, 404, "no document has this call");
}

#[test]
fn session_of_one_version_is_unknown_to_the_other() {
    let server = start();
    let one = token(&enter(&server, "spice mobile", &person("PROVIDER")));
    let two = token(&enter(&server, "mob", &person("PROVIDER")));
    let only = |version: u8| {
        let options = format!(r#"{{"version":{version}}}"#);
        call(&server, "PUT", "/__sandbox/staff", &[], options);
    };
    only(2);
    // A role of both.
    assert_eq!(with_token(&server, "POST", PROFILE, &one), 401);
    assert_eq!(with_token(&server, "POST", PROFILE, &two), 200);
    assert_eq!(with_token(&server, "POST", LOGOUT, &one), 401);
    only(1);
    assert_eq!(with_token(&server, "GET", VALIDATE, &one), 200);
    assert_eq!(with_token(&server, "GET", VALIDATE, &two), 401);
    assert_eq!(with_token(&server, "POST", LOGOUT, &two), 401);
}

#[test]
fn authenticate_knows_the_session_of_an_authorization_alone() {
    let spice = spice_2();
    let server = &spice.server;
    let path = "/auth-service/authenticate";
    // Roles outside the table of calls, too.
    let phone = token(&enter(server, "mob", &person("COMMUNITY_HEALTH_PROMOTER")));
    let ask = || {
        call(
            server,
            "POST",
            path,
            &[("Authorization", phone.as_str())],
            "",
        )
    };
    let known = ask();
    assert_eq!(known.status, 200);
    let name = person("COMMUNITY_HEALTH_PROMOTER");
    assert_eq!(known.json()["userDetail"]["username"], name);
    assert_eq!(with_token(server, "POST", LOGOUT, &phone), 200);
    assert_eq!(ask().json()["message"], "Token expired");
    let web = web_session(&spice, "SUPER_ADMIN");
    assert_eq!(with_cookie(server, path, &web, "web").status, 400);
}

#[test]
fn accepted_terms_are_shown_by_profile_and_next_sign_in() {
    let spice = spice_2();
    let server = &spice.server;
    let sign_in = || enter(server, "web", "noterms@example.org");
    let web = auth_cookie(&sign_in()).unwrap();
    let accepted = || {
        let profile = with_cookie(server, PROFILE, &web, "web").json();
        let name = "isTermsAndConditionsAccepted";
        [
            profile["entity"][name].clone(),
            sign_in().json()[name].clone(),
        ]
    };
    assert_eq!(accepted(), [false, false]);
    let path = "/user-service/user/terms-and-conditions/update";
    assert_eq!(with_cookie(server, path, &web, "web").status, 200);
    assert_eq!(accepted(), [true, true]);
}
