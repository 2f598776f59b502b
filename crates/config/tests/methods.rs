//! Methods of a configuration's types: what the portal asks them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use config::{Accent, BaseUrl, Config, Mistake, Notice, OnwardLink, Remedy, is_start_page};

fn read(json: &str) -> Config {
    Config::parse(json.as_bytes()).unwrap()
}

#[test]
fn brand_has_its_arabic_name_on_arabic_pages_only() {
    let brand = read(r#"{"brand":{"name":"Test Hospital","nameAr":"مستشفى"}}"#).brand;
    assert_eq!(brand.name_in("ar"), "مستشفى");
    assert_eq!(brand.name_in("en"), "Test Hospital");
    let brand = read(r#"{"brand":{"name":"Test Hospital"}}"#).brand;
    assert_eq!(brand.name_in("ar"), "Test Hospital");
}

#[test]
fn timeout_of_a_request_is_in_milliseconds() {
    assert_eq!(read(r#"{"request":{"timeoutSeconds":7}}"#).timeout(), 7_000);
}

#[test]
fn notice_is_shown_from_its_first_moment_and_not_at_its_last() {
    let notice = |keys: &str| -> Notice {
        let json = format!(r#"{{"brand":{{"notice":{{"text":"x"{keys}}}}}}}"#);
        read(&json).brand.notice.unwrap()
    };
    let from = r#","from":"1970-01-01T00:01:00Z""#;
    let until = r#","until":"1970-01-01T00:02Z""#;
    let both = notice(&[from, until].concat());
    for (now, is_shown, next) in [
        (0, false, Some(60_000)),
        (59_999, false, Some(60_000)),
        (60_000, true, Some(120_000)),
        (119_999, true, Some(120_000)),
        (120_000, false, None),
    ] {
        assert_eq!(both.is_shown_at(now), is_shown, "{now}");
        assert_eq!(both.next_change(now), next, "{now}");
    }
    assert!(notice("").is_shown_at(i64::MIN) && notice("").is_shown_at(i64::MAX));
    assert_eq!(notice("").next_change(0), None);
    assert!(notice(from).is_shown_at(i64::MAX) && !notice(from).is_shown_at(0));
    assert!(notice(until).is_shown_at(0) && !notice(until).is_shown_at(i64::MAX));
}

#[test]
fn onward_link_is_for_its_audience_roles_and_suites() {
    let link = |keys: &str| -> OnwardLink {
        let json = format!(r#"{{"onward":[{{"label":"x","url":"/x/",{keys}}}]}}"#);
        read(&json).onward.remove(0)
    };
    let patients = link(r#""for":"patient""#);
    assert!(patients.is_for_patients() && !patients.is_for_staff(&["NURSE"], &["admin"]));

    let all_staff = link(r#""for":"staff""#);
    assert!(!all_staff.is_for_patients() && all_staff.is_for_staff(&[], &[]));

    let some_staff = link(r#""for":"staff","roles":["NURSE","HRIO"],"suites":["admin"]"#);
    assert!(!some_staff.is_for_patients());
    for (roles, suites, has_link) in [
        (&["hrio"][..], &["x", "Admin"][..], true),
        (&["HRIO"], &[], false),
        (&["HRIO"], &["x"], false),
        (&["PROVIDER"], &["admin"], false),
        (&[], &["admin"], false),
    ] {
        assert_eq!(
            some_staff.is_for_staff(roles, suites),
            has_link,
            "{roles:?} {suites:?}"
        );
    }
}

#[test]
fn address_is_displayed_as_written_and_an_empty_one_becomes_the_folder() {
    let mut url = BaseUrl::parse("https://A.example/x").unwrap();
    url.default_to_folder("/portal");
    assert_eq!(
        (url.as_str(), url.to_string().as_str()),
        ("https://A.example/x", "https://A.example/x")
    );
    let mut own = BaseUrl::default();
    own.default_to_folder("/portal");
    assert_eq!(own.as_str(), "/portal");
}

#[test]
fn accent_is_written_in_css_for_light_and_dark_pages() {
    let accent = Accent::parse("#0B5f66").unwrap();
    assert_eq!(accent.to_css(), "#0b5f66");
    assert_eq!(accent.browser_colours(), ["#0b5f66", "#203d41"]);
    let tokens = accent.tokens();
    assert_eq!(
        tokens
            .each_ref()
            .map(|(name, value)| (*name, value.as_str())),
        [
            ("--accent", "light-dark(#0b5f66,#54b3bc)"),
            ("--accent-strong", "light-dark(#08474c,#94cfd5)"),
            ("--accent-wash", "light-dark(#e0ebeb,#203d41)"),
        ]
    );
}

#[test]
fn start_page_is_html_with_the_portals_element() {
    for page in [
        "<div id=portal>",
        " \n<!doctype html><div id=\"portal\"></div>",
    ] {
        assert!(is_start_page(page.as_bytes()), "{page}");
    }
    for other in ["", "{}", "<title>Blocked</title>", "{\"x\":\"id=portal\"}"] {
        assert!(!is_start_page(other.as_bytes()), "{other}");
    }
}

#[test]
fn mistake_in_the_whole_file_names_the_configuration() {
    let mistake = |path: &str| Mistake {
        path: path.to_owned(),
        remedy: Remedy::Value("an object".to_owned()),
    };
    assert_eq!(
        mistake("").to_string(),
        "the configuration must be an object"
    );
    assert_eq!(mistake("brand").subject(), "brand");
    assert_eq!(mistake("brand").predicate(), "must be an object");
}

#[test]
fn mistake_says_what_a_list_a_label_and_an_object_of_labels_must_be() {
    for (json, line) in [
        (
            r#"{"languages":"en"}"#,
            "languages must be a list of language codes the portal has, such as [\"en\", \"ar\"]",
        ),
        (
            r#"{"patient":{"labels":{"gender":["x"]}}}"#,
            "patient.labels.gender must be an object of code and label, such as { \"1\": \"Single\" }",
        ),
        (
            r#"{"patient":{"labels":{"gender":{"1":2}}}}"#,
            "patient.labels.gender.1 must be a text, or one for each language: \
             { \"en\": \"…\", \"ar\": \"…\" }",
        ),
        (
            r#"{"patient":{"labels":{"gender":{"1":"x","1":"y"}}}}"#,
            "patient.labels.gender must be an object in which each code is there once",
        ),
    ] {
        let error = Config::parse(json.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), line);
    }
}
