//! Media types. The portal reads an answer whatever its type says; others may not.

use crate::http::Reply;
use crate::report::Section;

/// Checks the type of an answer that is JSON.
pub(crate) fn json(reply: &Reply, name: &str, section: &mut Section<'_>) {
    const ADVICE: &str = "answer JSON as application/json: the portal reads it all the same, a proxy or a scanner may not";
    match reply.header("content-type").map(essence) {
        Some(kind) if is_json(&kind) => section.pass(name, format!("JSON comes as {kind}")),
        Some(kind) => section.warn(name, format!("JSON comes as {kind}"), ADVICE),
        None => section.warn(name, "JSON comes without a Content-Type", ADVICE),
    }
}

/// `text/x-json` is the staff service's own word, in its first version.
fn is_json(kind: &str) -> bool {
    matches!(kind, "application/json" | "text/json" | "text/x-json") || kind.ends_with("+json")
}

/// The type without its parameters, and only if it is one: it is repeated in what the doctor says.
fn essence(header: &str) -> String {
    let kind = header.split(';').next().unwrap_or_default().trim();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/+.-".contains(&b);
    if kind.len() <= 40 && kind.contains('/') && kind.bytes().all(plain) {
        kind.to_ascii_lowercase()
    } else {
        "something that is no media type".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{essence, is_json};

    #[test]
    fn json_goes_by_several_names() {
        for fine in [
            "application/json",
            "text/x-json",
            "application/problem+json",
        ] {
            assert!(is_json(fine), "{fine}");
        }
        assert!(!is_json("text/html"));
        assert_eq!(essence("Text/X-JSON;charset=UTF-8"), "text/x-json");
        assert_eq!(essence("me@x.example"), "something that is no media type");
    }
}
