//! Media types. The portal ignores the type of a response; proxies and scanners may not.

use crate::http::HttpResponse;
use crate::report::Section;

/// Checks the type of a response whose body is JSON.
pub(crate) fn check_json(response: &HttpResponse, name: &str, section: &mut Section<'_>) {
    const ADVICE: &str = "send JSON as application/json: the portal ignores the type, but a proxy or a scanner may not";
    match response.header("content-type").map(essence) {
        Some(kind) if is_json(&kind) => {
            section.pass(name, format!("the JSON response has the type {kind}"));
        }
        Some(kind) => section.warn(
            name,
            format!("the JSON response has the type {kind}"),
            ADVICE,
        ),
        None => section.warn(name, "the JSON response has no Content-Type", ADVICE),
    }
}

/// Returns `true` for the types of JSON; `text/x-json` is the one of SPICE 1.x.
fn is_json(kind: &str) -> bool {
    matches!(kind, "application/json" | "text/json" | "text/x-json") || kind.ends_with("+json")
}

/// The type without its parameters. Other text is replaced, since the report repeats it.
fn essence(header: &str) -> String {
    let kind = header.split(';').next().unwrap_or_default().trim();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/+.-".contains(&b);
    if kind.len() <= 40 && kind.contains('/') && kind.bytes().all(plain) {
        kind.to_ascii_lowercase()
    } else {
        "(not a media type)".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{essence, is_json};

    #[test]
    fn all_media_types_of_json_are_accepted_and_other_text_is_not_repeated() {
        for json in [
            "application/json",
            "text/x-json",
            "application/problem+json",
        ] {
            assert!(is_json(json), "{json}");
        }
        assert!(!is_json("text/html"));
        assert_eq!(essence("Text/X-JSON;charset=UTF-8"), "text/x-json");
        assert_eq!(essence("me@x.example"), "(not a media type)");
    }
}
