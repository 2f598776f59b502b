//! JSON, strictly.

use contract::json::{MAX_BODY, MAX_DEPTH, Value, parse};
use contract::personal::Personal;
use contract::refusal::Flaw;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn text(json: &str) -> String {
    parse(json.as_bytes()).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn every_kind_of_value_is_read() {
    let value =
        parse(br#" {"n":null,"t":true,"f":false,"d":-12.50e+3,"s":"x","a":[1,[]],"o":{}} "#)
            .unwrap();
    assert!(value.get("n").unwrap().is_null());
    assert_eq!(value.get("t").unwrap().as_bool(), Some(true));
    assert_eq!(value.get("f").unwrap().as_bool(), Some(false));
    assert_eq!(value.get("d").unwrap().as_number(), Some("-12.50e+3"));
    assert_eq!(value.get("s").unwrap().as_str(), Some("x"));
    assert_eq!(value.get("a").unwrap().as_array().unwrap().len(), 2);
    assert_eq!(value.get("o").unwrap().as_object(), Some([].as_slice()));
    assert!(value.get("missing").is_none());
    assert!(parse(b"[]").unwrap().get("n").is_none());
}

#[test]
fn members_keep_their_order() {
    let value = parse(br#"{"b":1,"a":2}"#).unwrap();
    let keys: Vec<_> = value
        .as_object()
        .unwrap()
        .iter()
        .map(|(k, _)| k.as_str())
        .collect();
    assert_eq!(keys, ["b", "a"]);
}

#[test]
fn numbers_keep_their_digits() {
    for digits in [
        "0",
        "-0",
        "1234567890123456789012345678901234567890",
        "1.10",
        "1E5",
        "1e400",
    ] {
        assert_eq!(parse(digits.as_bytes()).unwrap().as_number(), Some(digits));
    }
}

#[test]
fn only_plain_whole_numbers_are_a_u32() {
    let number = |json: &str| parse(json.as_bytes()).unwrap().as_u32();
    assert_eq!(number("0"), Some(0));
    assert_eq!(number("4294967295"), Some(u32::MAX));
    for other in ["4294967296", "-1", "1.0", "1e3", "\"7\"", "true", "null"] {
        assert_eq!(number(other), None, "{other}");
    }
}

#[test]
fn escapes_are_resolved() {
    assert_eq!(text(r#""\"\\\/\b\f\n\r\t""#), "\"\\/\u{8}\u{c}\n\r\t");
    assert_eq!(text(r#""\u0645\u062d\u0645\u062f""#), "محمد");
    assert_eq!(text(r#""a\uD83D\uDE00b""#), "a😀b");
    assert_eq!(text(r#""\u0000""#), "\0");
    assert_eq!(text("\"\u{7f}\u{2028}\""), "\u{7f}\u{2028}");
}

#[test]
fn a_byte_order_mark_is_skipped_once() {
    assert_eq!(parse(b"\xEF\xBB\xBF true").unwrap().as_bool(), Some(true));
    assert_eq!(parse(b"\xEF\xBB\xBF\xEF\xBB\xBFtrue"), Err(Flaw::NotJson));
    assert_eq!(parse(b"\xEF\xBB\xBF"), Err(Flaw::NotJson));
}

#[test]
fn what_is_not_json_is_refused() {
    let not_json: [&[u8]; 44] = [
        b"",
        b" ",
        b"nul",
        b"nulll",
        b"True",
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"undefined",
        b"-",
        b"+1",
        b"01",
        b"1.",
        b".5",
        b"1e",
        b"1e+",
        b"0x10",
        b"1_000",
        b"true false",
        b"{}x",
        b"[] []",
        b"[1,]",
        b"[,1]",
        b"[1 2]",
        b"{\"a\":1,}",
        b"{\"a\"}",
        b"{\"a\" 1}",
        b"{a:1}",
        b"{'a':1}",
        b"{1:1}",
        b"[",
        b"{",
        b"\"",
        b"\"a",
        b"\"\\x\"",
        b"\"\\u12g4\"",
        b"\"a\nb\"",
        b"\"\t\"",
        b"\"\0\"",
        b"// c\n1",
        b"\x0c1",
        b"\xc2\xa01",
        b"<html></html>",
        b"{\"a\":}",
    ];
    for text in not_json {
        assert_eq!(
            parse(text),
            Err(Flaw::NotJson),
            "{}",
            String::from_utf8_lossy(text)
        );
    }
}

#[test]
fn invalid_utf8_and_lone_surrogates_are_refused() {
    let broken: [&[u8]; 9] = [
        b"\"\xff\"",
        b"\"\xc0\xaf\"",
        b"\"\xed\xa0\x80\"",
        b"{\"\xff\":1}",
        br#""\ud800""#,
        br#""\udc00""#,
        br#""\ud800\u0041""#,
        br#""\ud800x""#,
        br#"{"\ud800":1}"#,
    ];
    for text in broken {
        assert_eq!(parse(text), Err(Flaw::NotJson));
    }
}

#[test]
fn a_key_that_appears_twice_is_refused() {
    for twice in [
        r#"{"a":1,"a":1}"#,
        r#"{"a":1,"b":2,"a":3}"#,
        r#"{"a":1,"\u0061":2}"#,
        r#"{"":1,"":2}"#,
        r#"[{"x":{"a":null,"a":null}}]"#,
    ] {
        assert_eq!(parse(twice.as_bytes()), Err(Flaw::DuplicateKey), "{twice}");
    }
    assert!(parse(br#"{"a":{"a":1},"A":[{"a":1},{"a":2}]}"#).is_ok());
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let most = usize::from(MAX_DEPTH);
    assert!(parse(nested(most).as_bytes()).is_ok());
    assert_eq!(parse(nested(most + 1).as_bytes()), Err(Flaw::TooDeep));
    assert_eq!(parse(nested(100_000).as_bytes()), Err(Flaw::TooDeep));
    assert_eq!(parse("[".repeat(100_000).as_bytes()), Err(Flaw::TooDeep));
    assert_eq!(
        parse("{\"a\":".repeat(100_000).as_bytes()),
        Err(Flaw::TooDeep)
    );
}

#[test]
fn size_is_bounded_before_anything_is_read() {
    let fits = "[".to_owned() + &" ".repeat(MAX_BODY - 2) + "]";
    assert!(parse(fits.as_bytes()).is_ok());
    assert_eq!(parse((fits + " ").as_bytes()), Err(Flaw::TooLarge));
    assert_eq!(parse(&vec![0xff; MAX_BODY + 1]), Err(Flaw::TooLarge));
}

/// A megabyte of the worst of its kind takes a moment, not a minute: nothing here is quadratic.
#[test]
fn the_largest_bodies_are_read_in_a_moment() {
    let mut members: Vec<_> = (0..90_000).map(|n| format!("\"{n:05}\":1,")).collect();
    let keys = members.concat();
    members.reverse();
    let backwards = members.concat();
    let bodies = [
        format!("{{{keys}\"x\":1}}"),
        format!("{{{backwards}\"x\":1}}"),
        format!("[{}1]", "{},".repeat(340_000)),
        format!("[{}1]", "0,".repeat(500_000)),
        "9".repeat(MAX_BODY),
        format!("\"{}\"", r"\u0645".repeat(174_000)),
        format!("\"{}", r"\\".repeat(524_000)),
    ];
    for body in bodies {
        assert!(body.len() <= MAX_BODY);
        let start = Instant::now();
        drop(parse(body.as_bytes()));
        assert!(start.elapsed() < Duration::from_secs(5), "{}…", &body[..20]);
    }
}

fn same(ours: &Value, theirs: &serde_json::Value) -> bool {
    match (ours, theirs) {
        (Value::Null, serde_json::Value::Null) => true,
        (Value::Bool(a), serde_json::Value::Bool(b)) => a == b,
        (Value::Number(a), serde_json::Value::Number(b)) => *a == Personal::from(b.to_string()),
        (Value::Text(a), serde_json::Value::String(b)) => a.as_str() == b,
        (Value::Array(a), serde_json::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), serde_json::Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => false,
    }
}

pub fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..8)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn an_independent_writer_is_understood(json in any_json()) {
        for text in [json.to_string(), serde_json::to_string_pretty(&json).unwrap()] {
            prop_assert!(same(&parse(text.as_bytes()).unwrap(), &json));
        }
    }

    #[test]
    fn half_a_text_is_never_a_whole_one(json in any_json(), end: prop::sample::Index) {
        // In brackets, because a bare number cut short is a number.
        let text = format!("[{json}]");
        let half = &text.as_bytes()[..end.index(text.len())];
        prop_assert_eq!(parse(half), Err(Flaw::NotJson));
    }
}
