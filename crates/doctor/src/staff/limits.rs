//! Limits on the way between portal and service: the size of the response to a sign-in, and that of the
//! headers of a request. Both are reached by the few people whose token is long, so they are checked without
//! one.

use contract::staff::{SessionAuth, StaffClient};

use super::session::{self, MADE_UP};
use super::target::Target;
use crate::finding::body;
use crate::http::HttpResponse;
use crate::report::Section;

/// The longest head of a response of SPICE, in bytes: that of its servlet container.
const MAX_HEAD: usize = 8_192;

/// The body of a sign-in above which SPICE sends no token, in bytes.
const MAX_BODY: usize = 16_384;

/// The longest token that SPICE can send, in characters: longer ones do not fit [`MAX_HEAD`].
const LONGEST_TOKEN: usize = 7_200;

/// Lengths above the default buffers of nginx, 8 KB, and of other servers. Gateways need 32 KB.
const LONGER: [usize; 2] = [9_000, 15_000];

/// Checks that the response to the sign-in of the test user passes all limits. Responses that have another
/// error are named elsewhere.
pub(super) fn check_response(
    response: &HttpResponse,
    opened: Option<&SessionAuth>,
    section: &mut Section<'_>,
) {
    const NAME: &str = "session.response-size";
    let body = body(response).unwrap_or_default();
    let fewer = "give the user fewer organizations or roles: token and cookie contain them, and grow with them";
    match response.status {
        200 if opened.is_some() => section.pass(
            NAME,
            format!(
                "the head of the response to the sign-in has {} bytes; SPICE can send {MAX_HEAD}",
                head_length(response)
            ),
        ),
        200 if body.len() > MAX_BODY => section.fail(
            NAME,
            format!(
                "the response to the sign-in has {} bytes and neither token nor cookie: SPICE leaves them out \
                 above {MAX_BODY}",
                body.len()
            ),
            fewer,
        ),
        500 if matches!(body.trim_ascii(), b"" | b"0") => section.fail(
            NAME,
            format!(
                "the sign-in got status 500 without a message: its headers, which contain the user, are longer \
                 than the {MAX_HEAD} bytes that SPICE can send"
            ),
            fewer,
        ),
        502 => section.fail(
            NAME,
            "the sign-in got status 502, where other calls reach the service: a gateway has no room for the \
             headers of the response",
            "set proxy_buffer_size to 32k in every nginx between portal and service, and the like in others",
        ),
        _ => {}
    }
}

/// The length of a response's headers, in bytes.
fn head_length(response: &HttpResponse) -> usize {
    let headers = response.headers.iter();
    headers
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len())
        .sum()
}

/// Checks that long headers of a request reach the service: the probe with a made-up token or cookie, which
/// gets the same status whatever its length. `short` is the status for a short one.
pub(super) fn check_request(target: &Target<'_>, short: u16, section: &mut Section<'_>) {
    const NAME: &str = "header-buffers";
    const CALL: &str = "a call with a long header";
    if short != 401 {
        section.warn(
            NAME,
            format!("not checked: a call with a short header got status {short} in place of 401"),
            "see validate.no-session",
        );
        return;
    }
    for length in [LONGEST_TOKEN].into_iter().chain(LONGER) {
        let value = format!("{MADE_UP:x>length$}");
        let Some((request, cookie)) = session::unissued_probe(target.client, &value) else {
            return;
        };
        let header = match cookie {
            Some(_) => "Cookie",
            None => "Authorization",
        };
        let response = match target.http.send_with_cookie(&request, cookie.as_ref()) {
            Ok(response) => response,
            Err(error) => {
                section.fail_call(NAME, CALL, error.into());
                return;
            }
        };
        if response.status == short {
            continue;
        }
        if length > LONGEST_TOKEN && is_limit_of_spice(target.client, &response) {
            section.pass(
                NAME,
                format!(
                    "a {header} header of {LONGEST_TOKEN} characters reaches the service, which itself takes \
                     fewer than {length}"
                ),
            );
            return;
        }
        let found = format!(
            "a call with {length} characters in the {header} header got status {} in place of {short}: a gateway \
             has no room for it",
            response.status
        );
        let advice = "set large_client_header_buffers to 4 32k in every nginx between portal and service, for \
                      the way back proxy_buffer_size to 32k, and the like in others";
        if length > LONGEST_TOKEN {
            // As with the nginx that SPICE 2.0 is published with: no token of SPICE as published is as long.
            section.warn(NAME, found, advice);
        } else {
            section.fail(
                NAME,
                found + ", and staff members with a long token are signed out",
                advice,
            );
        }
        return;
    }
    section.pass(
        NAME,
        format!(
            "headers of up to {} characters reach the service",
            LONGER.last().unwrap_or(&LONGEST_TOKEN)
        ),
    );
}

/// Returns `true` for the response of SPICE itself, or of the gateway that is a part of SPICE 1.x, to headers
/// above 8 KB: the page of Tomcat, or a status of Netty without a body.
fn is_limit_of_spice(client: &StaffClient, response: &HttpResponse) -> bool {
    const TOMCAT: &[u8] = b"<title>HTTP Status 4";
    let body = body(response).unwrap_or_default();
    match response.status {
        400 => body.windows(TOMCAT.len()).any(|part| part == TOMCAT),
        413 | 431 => matches!(client, StaffClient::SpiceV1(_)) && body.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_limit_of_spice;
    use crate::http::HttpResponse;
    use contract::staff::StaffClient;
    use std::time::Duration;
    use ureq::http::HeaderMap;
    use zeroize::Zeroizing;

    #[test]
    fn limit_of_spice_itself_is_told_from_that_of_a_gateway() {
        let is_limit = |client: &StaffClient, status, body: &str| {
            let response = HttpResponse {
                status,
                headers: HeaderMap::new(),
                body: Ok(Zeroizing::new(body.as_bytes().to_vec())),
                elapsed: Duration::ZERO,
            };
            is_limit_of_spice(client, &response)
        };
        let tomcat =
            "<!doctype html><html lang=\"en\"><head><title>HTTP Status 400 – Bad Request</title>";
        let nginx = "<html><head><title>400 Request Header Or Cookie Too Large</title></head>";
        let (one, two) = (
            StaffClient::SpiceV1("spice mobile".to_owned()),
            StaffClient::SpiceV2Mobile,
        );
        assert!(is_limit(&one, 400, tomcat) && is_limit(&two, 400, tomcat));
        assert!(!is_limit(&one, 400, nginx) && !is_limit(&two, 502, tomcat));
        // SPICE 2.0 has no gateway of its own.
        assert!(is_limit(&one, 431, "") && is_limit(&one, 413, ""));
        assert!(!is_limit(&one, 431, nginx) && !is_limit(&two, 431, ""));
    }
}
