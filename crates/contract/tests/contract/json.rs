//! Syntax and limits of the JSON reader.

use contract::json::{MAX_BODY, MAX_DEPTH, read};
use contract::service_error::ResponseError;
use proptest::prelude::*;

use crate::json_types::{Kinds, Needy};
use crate::tree::{Tree, same};

fn parse(json: &[u8]) -> Result<Tree, ResponseError> {
    read(json)
}

fn text(json: &str) -> String {
    read(json.as_bytes()).unwrap()
}

#[test]
fn every_type_of_value_is_read() {
    let number = |digits: &str| Tree::Number(digits.to_owned());
    let member = |key: &str, value| (key.to_owned(), value);
    assert_eq!(
        parse(br#" {"n":null,"t":true,"f":false,"d":-12.50e+3,"s":"x","a":[1,[]],"o":{}} "#),
        Ok(Tree::Object(vec![
            member("n", Tree::Null),
            member("t", Tree::Bool(true)),
            member("f", Tree::Bool(false)),
            member("d", number("-12.50e+3")),
            member("s", Tree::Text("x".to_owned())),
            member("a", Tree::Array(vec![number("1"), Tree::Array(vec![])])),
            member("o", Tree::Object(vec![])),
        ]))
    );
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
        let number = Tree::Number(digits.to_owned());
        assert_eq!(parse(digits.as_bytes()), Ok(number));
    }
}

#[test]
fn u32_accepts_whole_numbers_without_point_and_exponent_only() {
    let number = |json: &str| read::<u32>(json.as_bytes());
    assert_eq!(number("0"), Ok(0));
    assert_eq!(number("4294967295"), Ok(u32::MAX));
    for other in ["4294967296", "-1", "1.0", "1e3", "\"7\"", "true", "null"] {
        assert_eq!(number(other), Err(ResponseError::WrongShape), "{other}");
    }
}

#[test]
fn escape_sequences_are_decoded() {
    assert_eq!(text(r#""\"\\\/\b\f\n\r\t""#), "\"\\/\u{8}\u{c}\n\r\t");
    assert_eq!(text(r#""\u0645\u062d\u0645\u062f""#), "محمد");
    assert_eq!(text(r#""a\uD83D\uDE00b""#), "a😀b");
    assert_eq!(text(r#""\u0000""#), "\0");
    assert_eq!(text("\"\u{7f}\u{2028}\""), "\u{7f}\u{2028}");
}

#[test]
fn byte_order_mark_is_skipped_once() {
    assert_eq!(parse(b"\xEF\xBB\xBF true"), Ok(Tree::Bool(true)));
    assert_eq!(
        parse(b"\xEF\xBB\xBF\xEF\xBB\xBFtrue"),
        Err(ResponseError::NotJson)
    );
    assert_eq!(parse(b"\xEF\xBB\xBF"), Err(ResponseError::NotJson));
}

#[test]
fn invalid_json_is_an_error() {
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
            Err(ResponseError::NotJson),
            "{}",
            String::from_utf8_lossy(text)
        );
    }
}

#[test]
fn invalid_utf8_is_an_error() {
    let broken: [&[u8]; 5] = [
        b"\"\xff\"",
        b"\"\xc0\xaf\"",
        b"\"\xed\xa0\x80\"",
        b"{\"\xff\":1}",
        b"{\"unread\":\"\xff\"}",
    ];
    for text in broken {
        assert_eq!(parse(text), Err(ResponseError::NotJson));
        assert_eq!(read::<Needy>(text), Err(ResponseError::NotJson));
    }
}

#[test]
fn lone_surrogate_becomes_a_replacement_character() {
    for (json, said) in [
        (r#""\ud800""#, "\u{fffd}"),
        (r#""\udc00""#, "\u{fffd}"),
        (r#""a\ud800\u0041b""#, "a\u{fffd}Ab"),
        (r#""\ud800x""#, "\u{fffd}x"),
        (r#""\ud800\ud83d\ude00""#, "\u{fffd}😀"),
        (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
        (r#""\ud800\n""#, "\u{fffd}\n"),
    ] {
        assert_eq!(text(json), said, "{json}");
    }
    let member = ("\u{fffd}".to_owned(), Tree::Null);
    assert_eq!(parse(br#"{"\ud800":null}"#), Ok(Tree::Object(vec![member])));
}

#[test]
fn duplicate_key_is_an_error_where_the_type_reads_it() {
    for twice in [
        r#"{"flag":true,"flag":true}"#,
        r#"{"flag":true,"text":"","flag":false}"#,
        r#"{"flag":true,"fl\u0061g":true}"#,
        r#"{"list":[{"inner":{"maybe":null,"maybe":null}}]}"#,
    ] {
        let read = read::<Kinds>(twice.as_bytes());
        assert_eq!(read, Err(ResponseError::DuplicateKey), "{twice}");
    }
    assert!(read::<Kinds>(br#"{"inner":{"flag":true},"flag":true}"#).is_ok());
    // A type that does not read the key is not affected.
    assert!(read::<Needy>(br#"{"a":1,"needed":true,"a":2}"#).is_ok());
}

#[test]
fn depth_over_the_limit_is_an_error() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let most = usize::from(MAX_DEPTH);
    assert!(parse(nested(most).as_bytes()).is_ok());
    assert_eq!(
        parse(nested(most + 1).as_bytes()),
        Err(ResponseError::TooDeep)
    );
    assert_eq!(
        parse(nested(100_000).as_bytes()),
        Err(ResponseError::TooDeep)
    );
    assert_eq!(
        parse("[".repeat(100_000).as_bytes()),
        Err(ResponseError::TooDeep)
    );
    assert_eq!(
        parse("{\"a\":".repeat(100_000).as_bytes()),
        Err(ResponseError::TooDeep)
    );
}

#[test]
fn size_over_the_limit_is_an_error_before_parsing() {
    let fits = "[".to_owned() + &" ".repeat(MAX_BODY - 2) + "]";
    assert!(parse(fits.as_bytes()).is_ok());
    assert_eq!(parse((fits + " ").as_bytes()), Err(ResponseError::TooLarge));
    assert_eq!(
        parse(&vec![0xff; MAX_BODY + 1]),
        Err(ResponseError::TooLarge)
    );
}

/// One megabyte of each worst case. `tests/linear.rs` holds that the work is linear, in allocations;
/// `benches/responses.rs` measures it.
#[test]
fn largest_bodies_are_read_or_rejected_with_their_error() {
    let mut members: Vec<_> = (0..90_000).map(|n| format!("\"{n:05}\":1,")).collect();
    let keys = members.concat();
    members.reverse();
    let backwards = members.concat();
    let bodies = [
        (format!("{{{keys}\"x\":1}}"), None),
        (format!("{{{backwards}\"x\":1}}"), None),
        (format!("[{}1]", "{},".repeat(340_000)), None),
        (format!("[{}1]", "0,".repeat(500_000)), None),
        ("9".repeat(MAX_BODY), None),
        (format!("\"{}\"", r"\u0645".repeat(174_000)), None),
        (
            format!("\"{}", r"\\".repeat(524_000)),
            Some(ResponseError::NotJson),
        ),
    ];
    for (body, kind) in bodies {
        assert!(body.len() <= MAX_BODY);
        assert_eq!(parse(body.as_bytes()).err(), kind, "{}…", &body[..20]);
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
    fn output_of_serde_json_is_read(json in any_json()) {
        for text in [json.to_string(), serde_json::to_string_pretty(&json).unwrap()] {
            prop_assert!(same(&parse(text.as_bytes()).unwrap(), &json));
        }
    }

    #[test]
    fn truncated_json_is_an_error(json in any_json(), end: prop::sample::Index) {
        // In brackets, because a truncated bare number is a number.
        let text = format!("[{json}]");
        let half = &text.as_bytes()[..end.index(text.len())];
        prop_assert_eq!(parse(half), Err(ResponseError::NotJson));
    }
}
