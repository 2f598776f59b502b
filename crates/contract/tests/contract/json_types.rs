//! JSON read as types, and the errors where it does not match.

use contract::json::{Expected, read, read_without};
use contract::service_error::ResponseError;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A type with a field of each type.
#[derive(Deserialize, Debug, Default, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Kinds {
    flag: bool,
    number: u32,
    text: String,
    maybe: Option<bool>,
    word: Word,
    list: Vec<Kinds>,
    inner: Option<Box<Kinds>>,
    needy: Option<Needy>,
}

#[derive(Deserialize, Debug, Default, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    #[default]
    One,
    Two,
    Three,
}

#[derive(Deserialize, Debug, PartialEq)]
pub struct Needy {
    needed: bool,
}

/// Path of the error in a text that is no [`Kinds`], outermost key first, and the expectation.
fn wrong(json: &str) -> (String, String) {
    let error = read_without::<Kinds>(json.as_bytes(), &[]).unwrap_err();
    assert_eq!(error.kind, ResponseError::WrongShape);
    let path: Vec<_> = error.path.iter().rev().map(String::as_str).collect();
    let expected = match error.expected {
        Expected::Value(text) => text,
        Expected::Key(known) => known.join(","),
        Expected::Present => "present".to_owned(),
    };
    (path.join("."), expected)
}

#[test]
fn derived_type_is_read() {
    let json = br#"{"flag":true,"number":7,"text":"x","maybe":null,"word":"two",
        "list":[{},{"maybe":false}],"inner":{"needy":{"needed":true}}}"#;
    let inner = Kinds {
        needy: Some(Needy { needed: true }),
        ..Kinds::default()
    };
    let last = Kinds {
        maybe: Some(false),
        ..Kinds::default()
    };
    let expected = Kinds {
        flag: true,
        number: 7,
        text: "x".to_owned(),
        maybe: None,
        word: Word::Two,
        list: vec![Kinds::default(), last],
        inner: Some(Box::new(inner)),
        needy: None,
    };
    assert_eq!(read(json), Ok(expected));
}

#[test]
fn error_has_the_whole_path_and_the_expectation() {
    for (json, path, expected) in [
        ("[]", "", "an object"),
        ("null", "", "an object"),
        (r#"{"flag":1}"#, "flag", "true or false"),
        (r#"{"flag":"true"}"#, "flag", "true or false"),
        (r#"{"maybe":[]}"#, "maybe", "true or false"),
        (r#"{"number":1.5}"#, "number", "a whole number"),
        (r#"{"text":1}"#, "text", "a text"),
        (r#"{"list":{}}"#, "list", "a sequence"),
        (r#"{"word":"four"}"#, "word", r#""one", "two" or "three""#),
        (r#"{"word":4}"#, "word", r#""one", "two" or "three""#),
        (r#"{"inner":[true]}"#, "inner", "an object"),
        (
            r#"{"list":[{},{"inner":{"flag":null}}]}"#,
            "list.1.inner.flag",
            "true or false",
        ),
        (r#"{"inner":{"needy":{}}}"#, "inner.needy.needed", "present"),
        (
            r#"{"list":[{"Flag":true}]}"#,
            "list.0.Flag",
            "flag,number,text,maybe,word,list,inner,needy",
        ),
    ] {
        assert_eq!(
            wrong(json),
            (path.to_owned(), expected.to_owned()),
            "{json}"
        );
    }
}

#[test]
fn skipped_values_are_read_as_absent() {
    let json =
        br#"{"flog":1,"flag":[2],"list":[{},{"word":"x","text":"y"},{}],"needy":{},"number":3}"#;
    let mut skipped = Vec::new();
    let mut paths = Vec::new();
    let kinds: Kinds = loop {
        match read_without(json, &skipped) {
            Ok(kinds) => break kinds,
            Err(error) => {
                skipped.push(error.place.unwrap());
                paths.push(error.path.into_iter().rev().collect::<Vec<_>>().join("."));
            }
        }
    };
    assert_eq!(paths, ["flog", "flag", "list.1.word", "needy.needed"]);
    assert_eq!((kinds.number, kinds.list.len()), (3, 3));
    assert_eq!(kinds.list[1].text, "y");
}

#[test]
fn second_member_of_a_duplicate_key_can_be_skipped() {
    for (json, expected) in [
        (
            r#"{"number":1,"flag":true,"number":2,"text":"x"}"#,
            "number",
        ),
        (
            r#"{"number":1,"text":"x","list":[{"flag":true,"flag":{}}],"flag":true}"#,
            "list.0.flag",
        ),
        (
            r#"{"number":1,"text":"x","inner":{"list":[], "list" : null },"flag":true}"#,
            "inner.list",
        ),
    ] {
        let error = read_without::<Kinds>(json.as_bytes(), &[]).unwrap_err();
        assert_eq!(error.kind, ResponseError::DuplicateKey, "{json}");
        let path: Vec<_> = error.path.into_iter().rev().collect();
        assert_eq!(path.join("."), expected);
        let kinds: Kinds = read_without(json.as_bytes(), &[error.place.unwrap()]).unwrap();
        assert_eq!(
            (kinds.number, kinds.flag, kinds.text.as_str()),
            (1, true, "x")
        );
    }
}

#[test]
fn error_reports_null_only_for_a_key_of_the_type() {
    for (json, is_null) in [
        (r#"{"number":null}"#, true),
        (r#"{"inner":{"text": null}}"#, true),
        (r#"{"number":[null]}"#, false),
        (r#"{"number":0.5}"#, false),
        (r#"{"list":[null]}"#, false),
        (r#"{"list":[{"flag":null}]}"#, true),
        (r#"{"unknown":null}"#, false),
        (r#"{"inner":{"unknown":null}}"#, false),
        (r#"{"needy":{"other":null}}"#, false),
        (r#"{"flag":true,"flag":null}"#, false),
        ("null", false),
    ] {
        let error = read_without::<Kinds>(json.as_bytes(), &[]).unwrap_err();
        assert_eq!(error.is_null, is_null, "{json}");
    }
}

#[test]
fn error_never_contains_the_value() {
    fn says<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
        format!("{:?}", read_without::<T>(json.as_bytes(), &[]).unwrap_err())
    }
    for said in [
        says::<u32>("9876540000000"),
        says::<bool>(r#""secret""#),
        says::<Word>(r#""secret""#),
        says::<u8>(r#""secret""#),
        says::<char>(r#""secret""#),
        says::<Kinds>(r#"{"text":987654}"#),
        says::<Kinds>(r#"{"text":["secret"]}"#),
        says::<(u8, u8)>(r#"["secret"]"#),
        says::<Kinds>(r#"{"text":"secret"#),
    ] {
        assert!(
            !said.contains("secret") && !said.contains("987654"),
            "{said}"
        );
    }
}
