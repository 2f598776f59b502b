//! What a configuration may say, and what is said of one that may not be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use config::{Config, ConfigError, Remedy};
use contract::staff::Client;

/// The lines about a configuration with mistakes.
fn lines(json: &str) -> Vec<String> {
    let error = Config::parse(json.as_bytes()).expect_err(json);
    error.to_string().lines().map(str::to_owned).collect()
}

/// The paths of its mistakes.
fn paths(json: &str) -> Vec<String> {
    match Config::parse(json.as_bytes()) {
        Err(ConfigError::Mistakes(mistakes)) => mistakes.into_iter().map(|one| one.path).collect(),
        other => panic!("{json}: {other:?}"),
    }
}

#[test]
fn an_empty_object_is_the_defaults() {
    assert_eq!(Config::parse(b"{}"), Ok(Config::default()));
}

#[test]
fn null_is_the_same_as_absent() {
    let nulls = br#"{"brand":null,"languages":null,"patient":{"baseUrl":null},"session":null}"#;
    assert_eq!(Config::parse(nulls), Ok(Config::default()));
}

#[test]
fn a_null_makes_no_key_known() {
    for (json, line) in [
        (
            r#"{"sesion":null,"brand":null}"#,
            "sesion is not a known key; did you mean session?",
        ),
        (
            r#"{"patient":{"baseURL":null}}"#,
            "patient.baseURL is not a known key; did you mean patient.baseUrl?",
        ),
        (
            r#"{"staff":{"entrances":[{"client":"a","label":null}]}}"#,
            "staff.entrances.0.label must be given",
        ),
    ] {
        assert_eq!(lines(json), [line], "{json}");
    }
}

#[test]
fn every_key_may_be_null_at_once() {
    let keys = |keys: &[&str]| {
        let nulls: Vec<_> = keys.iter().map(|key| format!("\"{key}\":null")).collect();
        nulls.join(",")
    };
    let session = keys(&["idleSeconds", "warnSeconds", "absoluteSeconds"]);
    let nulls = format!(
        r#"{{{},"brand":{{{}}},"patient":{{{},"labels":{{{}}}}},"staff":{{{}}},
            "session":{{{session},"patient":{{{session}}},"staff":{{{session}}}}}}}"#,
        keys(&[
            "$schema",
            "languages",
            "request",
            "validation",
            "sharedDevice",
            "mapLink",
            "offlineStart"
        ]),
        keys(&["name", "nameAr", "logo", "accent", "helpPhone"]),
        keys(&[
            "enabled",
            "baseUrl",
            "patientIdType",
            "countryCodes",
            "checkExists",
            "oneTimeCode",
            "resendSeconds"
        ]),
        keys(&["maritalStatus", "idType", "gender"]),
        keys(&[
            "enabled",
            "baseUrl",
            "entrances",
            "passwordKey",
            "logoutMethod"
        ]),
    );
    assert_eq!(Config::parse(nulls.as_bytes()), Ok(Config::default()));
}

#[test]
fn a_doubled_key_hides_no_other_mistake() {
    let json = r#"{
        "patient": { "enabled": true, "enabled": false, "enabled": true, "baseURL": "" },
        "patient": {},
        "sharedDevice": 1
    }"#;
    assert_eq!(
        lines(json),
        [
            "patient.enabled must appear only once",
            "patient.baseURL is not a known key; did you mean patient.baseUrl?",
            "patient must appear only once",
            "sharedDevice must be true or false",
        ]
    );
}

#[test]
fn the_documented_example_is_the_defaults() {
    let documented = r#"{
      "brand": { "name": "Logistration" },
      "languages": ["en", "ar"],
      "patient": { "enabled": true, "baseUrl": "", "patientIdType": "patientId", "countryCodes": ["966"], "checkExists": true,
                   "oneTimeCode": false, "resendSeconds": 60,
                   "labels": { "maritalStatus": {}, "idType": {}, "gender": {} } },
      "staff": { "enabled": true, "baseUrl": "", "entrances": [{ "client": "spice mobile", "protocol": "1", "label": { "en": "Clinical staff", "ar": "الطاقم الطبي" } }],
                 "passwordKey": "spice_opensource", "logoutMethod": "GET" },
      "session": { "idleSeconds": 900, "warnSeconds": 120, "absoluteSeconds": 28800, "patient": {}, "staff": {} },
      "request": { "timeoutSeconds": 15 },
      "validation": { "strict": false },
      "sharedDevice": false,
      "mapLink": "none",
      "offlineStart": false
    }"#;
    assert_eq!(Config::parse(documented.as_bytes()), Ok(Config::default()));
}

#[test]
fn an_editor_s_schema_may_be_named() {
    let config = Config::parse(br#"{"$schema":"./config.schema.json"}"#).unwrap();
    let expected = Config {
        schema: Some("./config.schema.json".to_owned()),
        ..Config::default()
    };
    assert_eq!(config, expected);
}

#[test]
fn what_is_no_json_is_said_to_be_none() {
    for bytes in [&b""[..], b"{", b"brand: x", b"\xff", b"{\"sesion\":1,}"] {
        assert_eq!(Config::parse(bytes), Err(ConfigError::NotJson));
    }
    let deep = "[".repeat(100);
    assert_eq!(Config::parse(deep.as_bytes()), Err(ConfigError::NotJson));
    assert_eq!(ConfigError::NotJson.to_string(), "it is not JSON");
}

#[test]
fn a_value_of_the_wrong_kind_names_its_key() {
    for (json, key) in [
        ("[]", ""),
        (r#"{"brand":[]}"#, "brand"),
        (r#"{"offlineStart":"yes"}"#, "offlineStart"),
        (r#"{"brand":{"name":3}}"#, "brand.name"),
        (r#"{"brand":{"name":" "}}"#, "brand.name"),
        (r#"{"brand":{"logo":"javascript:alert(1)"}}"#, "brand.logo"),
        (r##"{"brand":{"accent":"#ffcc00"}}"##, "brand.accent"),
        (r#"{"brand":{"logo":"//evil.example/x.svg"}}"#, "brand.logo"),
        (r#"{"languages":[]}"#, "languages"),
        (r#"{"languages":"en"}"#, "languages"),
        (r#"{"languages":["en","xx"]}"#, "languages.1"),
        (r#"{"languages":["xx"]}"#, "languages.0"),
        (r#"{"patient":{"enabled":"yes"}}"#, "patient.enabled"),
        (
            r#"{"patient":{"baseUrl":"http://hospital.example"}}"#,
            "patient.baseUrl",
        ),
        (
            r#"{"patient":{"baseUrl":"http://localhost@evil.example"}}"#,
            "patient.baseUrl",
        ),
        (
            r#"{"patient":{"baseUrl":"http://localhost.evil.example"}}"#,
            "patient.baseUrl",
        ),
        (
            r#"{"patient":{"countryCodes":["+966"]}}"#,
            "patient.countryCodes.0",
        ),
        (
            r#"{"patient":{"labels":{"gender":{"1":2}}}}"#,
            "patient.labels.gender.1",
        ),
        (
            r#"{"patient":{"labels":{"gender":{"1":{}}}}}"#,
            "patient.labels.gender.1",
        ),
        (
            r#"{"patient":{"labels":{"gender":{"1":{"en":7}}}}}"#,
            "patient.labels.gender.1.en",
        ),
        (
            r#"{"patient":{"labels":{"gender":["x"]}}}"#,
            "patient.labels.gender",
        ),
        (r#"{"staff":{"entrances":[]}}"#, "staff.entrances"),
        (
            r#"{"staff":{"entrances":[{"label":"x"}]}}"#,
            "staff.entrances.0.client",
        ),
        (
            r#"{"staff":{"entrances":[{"client":"x"}]}}"#,
            "staff.entrances.0.label",
        ),
        (
            r#"{"staff":{"entrances":[{"client":"a\nb","label":"x"}]}}"#,
            "staff.entrances.0.client",
        ),
        (
            r#"{"staff":{"entrances":[{"client":"web","label":"x","protocol":2}]}}"#,
            "staff.entrances.0.protocol",
        ),
        (
            r#"{"staff":{"entrances":[{"client":"a","label":"x"},{"client":"web","label":"x","protocol":"2.0"}]}}"#,
            "staff.entrances.1.protocol",
        ),
        (
            r#"{"staff":{"entrances":[{"client":"Web","label":"x","protocol":"2"}]}}"#,
            "staff.entrances.0.client",
        ),
        (
            r#"{"patient":{"oneTimeCode":"yes"}}"#,
            "patient.oneTimeCode",
        ),
        (
            r#"{"patient":{"resendSeconds":0}}"#,
            "patient.resendSeconds",
        ),
        (r#"{"staff":{"passwordKey":1}}"#, "staff.passwordKey"),
        (r#"{"staff":{"logoutMethod":"PUT"}}"#, "staff.logoutMethod"),
        (r#"{"session":{"idleSeconds":0}}"#, "session.idleSeconds"),
        (r#"{"session":{"idleSeconds":1.5}}"#, "session.idleSeconds"),
        (r#"{"session":{"idleSeconds":60}}"#, "session.warnSeconds"),
        (
            r#"{"session":{"staff":{"idleSeconds":120}}}"#,
            "session.staff.warnSeconds",
        ),
        (
            r#"{"request":{"timeoutSeconds":"15"}}"#,
            "request.timeoutSeconds",
        ),
        (r#"{"validation":{"strict":1}}"#, "validation.strict"),
        (r#"{"sharedDevice":"no"}"#, "sharedDevice"),
        (r#"{"mapLink":"bing"}"#, "mapLink"),
        (
            r#"{"patient":{"enabled":false},"staff":{"enabled":false}}"#,
            "staff.enabled",
        ),
        (
            r#"{"patient":{"enabled":true,"enabled":true}}"#,
            "patient.enabled",
        ),
    ] {
        assert_eq!(paths(json), [key], "{json}");
    }
}

/// F18: the portal started without a word.
#[test]
fn a_key_that_is_not_known_names_its_path_and_the_nearest_one() {
    for (json, path, nearest) in [
        (r#"{"sesion":{}}"#, "sesion", "session"),
        (
            r#"{"patient":{"baseURL":""}}"#,
            "patient.baseURL",
            "patient.baseUrl",
        ),
        (
            r#"{"session":{"idelSeconds":60}}"#,
            "session.idelSeconds",
            "session.idleSeconds",
        ),
        (
            r#"{"session":{"staff":{"warnSecond":60}}}"#,
            "session.staff.warnSecond",
            "session.staff.warnSeconds",
        ),
        (
            r#"{"staff":{"entrances":[{"client":"a","label":"x","protokol":"2"}]}}"#,
            "staff.entrances.0.protokol",
            "staff.entrances.0.protocol",
        ),
        (
            r#"{"patient":{"labels":{"idType":{"1":{"eng":"x"}}}}}"#,
            "patient.labels.idType.1.eng",
            "patient.labels.idType.1.en",
        ),
        (r#"{"schema":"x"}"#, "schema", "$schema"),
    ] {
        let Err(ConfigError::Mistakes(mistakes)) = Config::parse(json.as_bytes()) else {
            panic!("{json}");
        };
        assert_eq!(mistakes.len(), 1, "{json}: {mistakes:?}");
        assert_eq!(mistakes[0].path, path);
        assert_eq!(mistakes[0].remedy, Remedy::Key(nearest.to_owned()));
    }
}

/// The tools, the doctor and the page are held to the same lines, each by a test of its own.
#[test]
fn five_mistakes_are_five_lines() {
    let expected: Vec<_> = include_str!("mistakes/five.txt").lines().collect();
    assert_eq!(expected.len(), 5);
    assert_eq!(lines(include_str!("mistakes/five.json")), expected);
}

#[test]
fn rules_for_more_than_one_key_are_told_with_the_rest() {
    let json = r#"{
        "session": { "idleSeconds": 60 },
        "patient": { "enabled": false },
        "staff": { "enabled": false, "entrances": [{ "client": "Web", "label": "x", "protocol": "2" }] },
        "mapLink": 1
    }"#;
    assert_eq!(
        lines(json),
        [
            "mapLink must be \"none\", \"geo\", \"openstreetmap\" or \"google\"",
            "staff.entrances.0.client must be \"web\" or \"mob\"",
            "session.warnSeconds must be fewer than idleSeconds",
            "staff.enabled must be true, unless patient.enabled is true: somebody must be able to sign in",
        ]
    );
    // The default in place of a wrong value breaks no rule.
    assert_eq!(
        paths(r#"{"session":{"idleSeconds":"x","warnSeconds":5000}}"#),
        ["session.idleSeconds"]
    );
}

#[test]
fn the_number_of_mistakes_is_bounded_and_any_key_can_be_one() {
    let many: Vec<_> = (0..500).map(|n| format!("\"x{n}\":{n}")).collect();
    let told = lines(&format!("{{{}}}", many.join(",")));
    assert!((100..=101).contains(&told.len()));
    assert_eq!(lines("{\"a\":1,\"\":2,\"\\ud800\":3}").len(), 3);
}

#[test]
fn a_line_has_nothing_of_a_value() {
    for json in [
        r#"{"staff":{"passwordKey":["secret"]}}"#,
        r#"{"staff":{"passwordKey":987654}}"#,
        r#"{"staff":{"logoutMethod":"secret"}}"#,
        r#"{"staff":{"baseUrl":"https://secret:987654@a.example"}}"#,
        r#"{"staff":{"enabled":"secret"}}"#,
        r#"{"request":{"timeoutSeconds":9876540000}}"#,
    ] {
        let said = lines(json).join("\n");
        assert!(
            !said.contains("secret") && !said.contains("987654"),
            "{said}"
        );
    }
}

#[test]
fn patients_and_staff_may_have_other_times() {
    let json = br#"{"session":{"idleSeconds":600,"staff":{"idleSeconds":300}}}"#;
    let config = Config::parse(json).expect("a configuration");
    assert_eq!(config.patient_session().idle_seconds, 600);
    assert_eq!(config.staff_session().idle_seconds, 300);
    assert_eq!(config.staff_session().warn_seconds, 120);
}

#[test]
fn an_entrance_leads_to_spice_1_unless_it_says_2() {
    let client = |entrance: &str| {
        let json = format!(r#"{{"staff":{{"entrances":[{entrance}]}}}}"#);
        let config = Config::parse(json.as_bytes()).expect("a configuration");
        config.staff.entrances[0].client()
    };
    for (entrance, expected) in [
        (r#"{"client":"web","label":"x"}"#, Client::One("web".into())),
        (
            r#"{"client":"spice web","label":"x","protocol":"1"}"#,
            Client::One("spice web".into()),
        ),
        (
            r#"{"client":"web","label":"x","protocol":"2"}"#,
            Client::Web,
        ),
        (
            r#"{"protocol":"2","client":"mob","label":"x"}"#,
            Client::Mob,
        ),
    ] {
        assert_eq!(client(entrance), expected, "{entrance}");
    }
}

#[test]
fn an_empty_password_key_is_legal() {
    let config = Config::parse(br#"{"staff":{"passwordKey":""}}"#).expect("a configuration");
    assert_eq!(config.staff.password_key, "");
}

#[test]
fn languages_are_found_by_their_primary_subtag_and_offered_once() {
    use config::Language::{Ar, En};
    let config = Config::parse(br#"{"languages":["ar-SA","AR","en"]}"#).unwrap();
    assert_eq!(config.languages, [Ar, En]);
}

#[test]
fn a_label_is_said_in_the_page_s_language_and_falls_back_to_the_other() {
    let json = r#"{"patient":{"labels":{"maritalStatus":{"1":{"en":"Single","ar":"أعزب"},"2":"Married","3":{"en":"Widowed"}}}}}"#;
    let config = Config::parse(json.as_bytes()).expect("a configuration");
    let labels = &config.patient.labels.marital_status;
    let said: Vec<_> = labels
        .iter()
        .map(|(code, label)| (code.as_str(), label.text_in("ar")))
        .collect();
    assert_eq!(said, [("1", "أعزب"), ("2", "Married"), ("3", "Widowed")]);
}
