//! Content negotiation: `Accept`, `Accept-Language` and the weights of their items (RFC 9110, section
//! 12.4.2).

/// The language of a page without a language in its file name.
const DEFAULT_LANGUAGE: &str = "en";

/// The languages of a page, best first: of `?lang=`, of the browser's list, and the audience's.
pub(crate) fn page_languages(query: &str, accept_language: &str, audience: &str) -> Vec<String> {
    let mut pairs = query.split('&');
    let asked = pairs.find_map(|pair| pair.strip_prefix("lang="));
    let is_code = |code: &&str| {
        (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    asked
        .filter(is_code)
        .map(str::to_owned)
        .into_iter()
        .chain(accepted_languages(accept_language))
        .chain([audience.to_owned()])
        .collect()
}

/// The files that may be served for a page, best first: its HTML in each language, then its HTML without a
/// language in the name.
pub(crate) fn page_candidates(name: &str, languages: &[String]) -> Vec<String> {
    let stems = if name.is_empty() {
        vec!["index".to_owned()]
    } else {
        vec![name.to_owned(), format!("{name}/index")]
    };
    let mut candidates = Vec::new();
    for stem in stems {
        for language in languages {
            candidates.push(match language.as_str() {
                DEFAULT_LANGUAGE => format!("{stem}.html"),
                other => format!("{stem}.{other}.html"),
            });
        }
        candidates.push(format!("{stem}.html"));
    }
    candidates
}

/// The primary tags of the accepted languages, best first.
fn accepted_languages(accept_language: &str) -> Vec<String> {
    let mut weighted: Vec<(f32, String)> = quality_values(accept_language)
        .filter(|(weight, _)| *weight > 0.0)
        .map(|(weight, tag)| {
            let primary = tag.split('-').next().unwrap_or_default();
            (weight, primary.to_ascii_lowercase())
        })
        .filter(|(_, tag)| !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_lowercase()))
        .collect();
    weighted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    weighted.into_iter().map(|(_, tag)| tag).collect()
}

/// The items of a header such as `br;q=0.8, gzip`, with their weights.
pub(crate) fn quality_values(header: &str) -> impl Iterator<Item = (f32, &str)> {
    header.split(',').map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts
            .find_map(|part| part.strip_prefix("q="))
            .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        (weight, name)
    })
}

/// Returns `true` if an `Accept` header allows HTML.
pub(crate) fn accepts_html(accept: &str) -> bool {
    // No Accept header means any type, as from most command line clients.
    accept.is_empty()
        || quality_values(accept)
            .any(|(weight, range)| weight > 0.0 && matches!(range, "text/html" | "text/*" | "*/*"))
}

#[cfg(test)]
mod tests {
    use super::{accepted_languages, page_candidates, page_languages};

    #[test]
    fn accepted_languages_are_primary_tags_in_order_of_weight() {
        assert_eq!(
            accepted_languages("en;q=0.8, fr;q=0.7, ar-SA"),
            ["ar", "en", "fr"]
        );
        assert_eq!(accepted_languages("en;q=0.1, ar"), ["ar", "en"]);
        assert_eq!(accepted_languages("*, ../x, ar;q=0"), Vec::<String>::new());
    }

    #[test]
    fn languages_of_a_page_are_those_of_the_address_the_browser_and_the_audience() {
        assert_eq!(
            page_languages("next=/roles&lang=ar", "fr, en", "xx"),
            ["ar", "fr", "en", "xx"]
        );
        for ignored in [
            "",
            "lang=../x",
            "lang=AR",
            "lang=ar-SA",
            "lang=",
            "slang=ar",
        ] {
            assert_eq!(page_languages(ignored, "", "en"), ["en"], "{ignored}");
        }
        // The first one counts.
        assert_eq!(page_languages("lang=x&lang=ar", "", "en"), ["en"]);
    }

    #[test]
    fn english_page_has_no_language_in_its_name() {
        let languages = ["ar", "en", "fr"].map(str::to_owned);
        assert_eq!(
            page_candidates("staff", &languages),
            [
                "staff.ar.html",
                "staff.html",
                "staff.fr.html",
                "staff.html",
                "staff/index.ar.html",
                "staff/index.html",
                "staff/index.fr.html",
                "staff/index.html",
            ]
        );
    }
}
