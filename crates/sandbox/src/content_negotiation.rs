//! Content negotiation: `Accept`, `Accept-Language` and the weights of their items (RFC 9110, section
//! 12.4.2).

/// The language of a page without a language in its file name.
const DEFAULT_LANGUAGE: &str = "en";

/// The files that may be served for a page, best first: its HTML in each preferred language, then
/// its HTML without a language in the name.
pub(crate) fn page_candidates(name: &str, accept_language: &str) -> Vec<String> {
    let stems = if name.is_empty() {
        vec!["index".to_owned()]
    } else {
        vec![name.to_owned(), format!("{name}/index")]
    };
    let languages = preferred_languages(accept_language);
    let mut candidates = Vec::new();
    for stem in stems {
        for language in &languages {
            candidates.push(format!("{stem}.{language}.html"));
        }
        candidates.push(format!("{stem}.html"));
    }
    candidates
}

/// The primary tags of the preferred languages, best first, down to [`DEFAULT_LANGUAGE`]: a language
/// ranked below that must not precede a file without a language in its name.
fn preferred_languages(accept_language: &str) -> Vec<String> {
    let mut weighted: Vec<(f32, String)> = quality_values(accept_language)
        .filter(|(weight, _)| *weight > 0.0)
        .map(|(weight, tag)| {
            let primary = tag.split('-').next().unwrap_or_default();
            (weight, primary.to_ascii_lowercase())
        })
        .filter(|(_, tag)| !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_lowercase()))
        .collect();
    weighted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut languages: Vec<String> = Vec::new();
    for (_, tag) in weighted {
        if tag == DEFAULT_LANGUAGE {
            languages.push(tag);
            break;
        }
        if !languages.contains(&tag) {
            languages.push(tag);
        }
    }
    languages
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
    use super::{page_candidates, preferred_languages};

    #[test]
    fn languages_ranked_below_the_default_are_ignored() {
        assert_eq!(
            preferred_languages("ar-SA,ar;q=0.9,en;q=0.8,fr;q=0.7"),
            ["ar", "en"]
        );
        assert_eq!(preferred_languages("en-US,en;q=0.9,ar;q=0.5"), ["en"]);
        assert_eq!(preferred_languages("en;q=0.1, ar"), ["ar", "en"]);
        assert_eq!(preferred_languages("*, ../x, ar;q=0"), Vec::<String>::new());
        assert_eq!(
            page_candidates("staff", "ar"),
            [
                "staff.ar.html",
                "staff.html",
                "staff/index.ar.html",
                "staff/index.html"
            ]
        );
    }
}
