//! Reader of `config.json`: accepted values, and the mistakes of others.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use config::{Config, ConfigError, Remedy};
use contract::staff::StaffClient;

/// The lines of a configuration's mistakes.
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
fn configurations_of_this_repository_can_be_used() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for file in [
        "examples/demo-hospital",
        "examples/new-application",
        "e2e/support/brands/wide",
        "e2e/support/brands/square",
        "e2e/support/brands/dark",
    ] {
        let json = std::fs::read(root.join(file).join("config.json")).unwrap();
        let config = Config::parse(&json).unwrap_or_else(|error| panic!("{file}: {error}"));
        let Some(logo) = config.brand.logo else {
            continue;
        };
        let asset = root.join(file).join("assets").join(&logo[1..]);
        assert!(asset.is_file(), "{file}: no {logo}");
    }
}

#[test]
fn empty_object_parses_as_the_defaults() {
    assert_eq!(Config::parse(b"{}"), Ok(Config::default()));
}

#[test]
fn null_value_parses_as_an_absent_key() {
    let nulls = br#"{"brand":null,"languages":null,"patient":{"baseUrl":null},"session":null}"#;
    assert_eq!(Config::parse(nulls), Ok(Config::default()));
}

#[test]
fn null_of_an_unknown_key_or_in_a_required_one_is_a_mistake() {
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
fn null_in_every_key_parses_as_the_defaults() {
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
            "digits",
            "request",
            "validation",
            "sharedDevice",
            "mapLink",
            "offlineStart",
            "onward"
        ]),
        keys(&[
            "name",
            "nameAr",
            "logo",
            "accent",
            "helpPhone",
            "links",
            "notice"
        ]),
        keys(&[
            "enabled",
            "language",
            "baseUrl",
            "patientIdType",
            "countryCodes",
            "checkExists",
            "oneTimeCode",
            "resendSeconds",
            "otherWays",
            "cookies"
        ]),
        keys(&["maritalStatus", "idType", "gender"]),
        keys(&[
            "enabled",
            "language",
            "baseUrl",
            "entrances",
            "passwordKey",
            "logoutMethod",
            "helpPhone",
            "forgotPasswordUrl"
        ]),
    );
    assert_eq!(Config::parse(nulls.as_bytes()), Ok(Config::default()));
}

#[test]
fn duplicate_key_hides_no_other_mistake() {
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
fn documented_example_parses_as_the_defaults() {
    let documented = r#"{
      "brand": { "name": "Logistration" },
      "languages": ["en", "ar"],
      "digits": "latn",
      "patient": { "enabled": true, "baseUrl": "", "patientIdType": "patientId", "countryCodes": ["966"], "checkExists": true,
                   "oneTimeCode": false, "resendSeconds": 60, "cookies": false,
                   "labels": { "maritalStatus": {}, "idType": {}, "gender": {} } },
      "staff": { "enabled": true, "baseUrl": "", "entrances": [{ "client": "spice mobile", "protocol": "1", "label": { "en": "Clinical staff", "ar": "الطاقم الصحي" } }],
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
fn schema_key_for_editors_is_accepted() {
    let config = Config::parse(br#"{"$schema":"./config.schema.json"}"#).unwrap();
    let expected = Config {
        schema: Some("./config.schema.json".to_owned()),
        ..Config::default()
    };
    assert_eq!(config, expected);
}

#[test]
fn text_that_is_not_json_is_reported_as_such() {
    for bytes in [&b""[..], b"{", b"brand: x", b"\xff", b"{\"sesion\":1,}"] {
        assert_eq!(Config::parse(bytes), Err(ConfigError::NotJson));
    }
    let deep = "[".repeat(100);
    assert_eq!(Config::parse(deep.as_bytes()), Err(ConfigError::NotJson));
    assert_eq!(ConfigError::NotJson.to_string(), "it is not JSON");
}

#[test]
fn wrong_value_is_reported_with_its_key() {
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
        (r#"{"patient":{"language":"xx"}}"#, "patient.language"),
        (
            r#"{"languages":["en"],"staff":{"language":"ar"}}"#,
            "staff.language",
        ),
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
        // F4: a warning before the absolute limit needs its time, too.
        (
            r#"{"session":{"absoluteSeconds":100}}"#,
            "session.warnSeconds",
        ),
        (
            r#"{"session":{"patient":{"absoluteSeconds":120}}}"#,
            "session.patient.warnSeconds",
        ),
        (
            r#"{"session":{"staff":{"warnSeconds":600,"absoluteSeconds":600}}}"#,
            "session.staff.warnSeconds",
        ),
        (
            r#"{"request":{"timeoutSeconds":"15"}}"#,
            "request.timeoutSeconds",
        ),
        (r#"{"validation":{"strict":1}}"#, "validation.strict"),
        (r#"{"sharedDevice":"no"}"#, "sharedDevice"),
        (r#"{"mapLink":"bing"}"#, "mapLink"),
        (r#"{"digits":"roman"}"#, "digits"),
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

/// Field case F18: the portal ignored an unknown key.
#[test]
fn unknown_key_is_reported_with_its_path_and_the_nearest_key() {
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

/// The tools, the doctor and the page each have a test with the same lines.
#[test]
fn five_mistakes_are_reported_in_five_lines() {
    let expected: Vec<_> = include_str!("mistakes/five.txt").lines().collect();
    assert_eq!(expected.len(), 5);
    assert_eq!(lines(include_str!("mistakes/five.json")), expected);
}

#[test]
fn rules_across_keys_are_reported_with_other_mistakes() {
    let json = r#"{
        "session": { "idleSeconds": 60 },
        "languages": ["ar"],
        "patient": { "enabled": false, "language": "en" },
        "staff": { "enabled": false, "entrances": [{ "client": "Web", "label": "x", "protocol": "2" }] },
        "mapLink": 1
    }"#;
    assert_eq!(
        lines(json),
        [
            "mapLink must be \"none\", \"geo\", \"openstreetmap\" or \"google\"",
            "staff.entrances.0.client must be \"web\" or \"mob\"",
            "session.warnSeconds must be fewer than idleSeconds",
            "patient.language must be one of languages",
            "staff.enabled must be true, unless patient.enabled is true: somebody must be able to sign in",
        ]
    );
    // The default that replaces a wrong value breaks no rule.
    assert_eq!(
        paths(r#"{"session":{"idleSeconds":"x","warnSeconds":5000}}"#),
        ["session.idleSeconds"]
    );
    assert_eq!(
        paths(r#"{"languages":["en","xx"],"patient":{"language":"ar"}}"#),
        ["languages.1"]
    );
}

#[test]
fn number_of_mistakes_is_bounded_for_any_keys() {
    let many: Vec<_> = (0..500).map(|n| format!("\"x{n}\":{n}")).collect();
    let told = lines(&format!("{{{}}}", many.join(",")));
    assert!((100..=101).contains(&told.len()));
    assert_eq!(lines("{\"a\":1,\"\":2,\"\\ud800\":3}").len(), 3);
}

#[test]
fn mistake_never_contains_the_value() {
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
fn session_limits_can_be_overridden_per_audience() {
    let json = br#"{"session":{"idleSeconds":600,"staff":{"idleSeconds":300}}}"#;
    let config = Config::parse(json).expect("a configuration");
    assert_eq!(config.patient_session_limits().idle_seconds, 600);
    assert_eq!(config.staff_session_limits().idle_seconds, 300);
    assert_eq!(config.staff_session_limits().warn_seconds, 120);
}

#[test]
fn staff_client_is_spice_1_unless_its_protocol_is_2() {
    let client = |client: &str| {
        let json = format!(r#"{{"staff":{{"entrances":[{client}]}}}}"#);
        let config = Config::parse(json.as_bytes()).expect("a configuration");
        config.staff.clients[0].client()
    };
    for (client_json, expected) in [
        (
            r#"{"client":"web","label":"x"}"#,
            StaffClient::SpiceV1("web".into()),
        ),
        (
            r#"{"client":"spice web","label":"x","protocol":"1"}"#,
            StaffClient::SpiceV1("spice web".into()),
        ),
        (
            r#"{"client":"web","label":"x","protocol":"2"}"#,
            StaffClient::SpiceV2Web,
        ),
        (
            r#"{"protocol":"2","client":"mob","label":"x"}"#,
            StaffClient::SpiceV2Mobile,
        ),
    ] {
        assert_eq!(client(client_json), expected, "{client_json}");
    }
}

#[test]
fn empty_password_key_is_accepted() {
    let config = Config::parse(br#"{"staff":{"passwordKey":""}}"#).expect("a configuration");
    assert_eq!(config.staff.password_key, "");
}

#[test]
fn languages_match_by_primary_subtag_without_duplicates() {
    use config::Language::{Ar, En};
    let config = Config::parse(br#"{"languages":["ar-SA","AR","en"]}"#).unwrap();
    assert_eq!(config.languages, [Ar, En]);
}

#[test]
fn language_of_an_audience_matches_by_primary_subtag() {
    use config::Language::Ar;
    let json = br#"{"languages":["ar"],"patient":{"language":"ar-SA"}}"#;
    let config = Config::parse(json).unwrap();
    assert_eq!(config.patient.language, Some(Ar));
    assert_eq!(config.staff.language, None);
}

#[test]
fn label_falls_back_to_the_other_language() {
    let json = r#"{"patient":{"labels":{"maritalStatus":{"1":{"en":"Single","ar":"أعزب"},"2":"Married","3":{"en":"Widowed"}}}}}"#;
    let config = Config::parse(json.as_bytes()).expect("a configuration");
    let labels = &config.patient.labels.marital_status;
    let said: Vec<_> = labels
        .iter()
        .map(|(code, label)| (code.as_str(), label.text_in("ar")))
        .collect();
    assert_eq!(said, [("1", "أعزب"), ("2", "Married"), ("3", "Widowed")]);
}
