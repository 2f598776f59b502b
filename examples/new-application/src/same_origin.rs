//! The check that a request was made by a page of the application's own origin.

use axum::http::HeaderMap;
use axum::http::header::ORIGIN;

/// `true` for a request of a page of this origin. Browsers since 2023 say so in `Sec-Fetch-Site`; older ones
/// are known by their `Origin`, which each of them sends with a POST. A request with neither is refused.
pub(crate) fn is_same_origin(headers: &HeaderMap, origin: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(ORIGIN).is_some_and(|from| from == origin),
    }
}
