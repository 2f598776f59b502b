//! A response as it came from the network: status, relevant headers and bytes. The parts that are common
//! to both services are read here.
//!
//! Patients and staff members are unknown to this module.

use crate::fields::{Any, Record, all, text};
use crate::json;
use crate::personal::Personal;
use crate::service_error::{ResponseError, RetryAfter, ServiceError};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// An HTTP response.
pub struct Response<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The relevant headers.
    pub headers: Headers,
    /// The body, as it came. At most [`crate::MAX_BODY`] bytes are read.
    pub body: &'a [u8],
}

/// Envelope that either service puts into an error response, or around the data of a success.
#[derive(Deserialize, PartialEq, Default)]
pub(crate) struct Envelope {
    /// The outcome, such as `success` or `fail`.
    #[serde(default, deserialize_with = "text")]
    pub(crate) status: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    pub(crate) error: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    pub(crate) message: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    pub(crate) reason: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    pub(crate) code: Option<Personal>,
    /// The path of the request, in errors of Spring.
    #[serde(default, deserialize_with = "text")]
    pub(crate) path: Option<Personal>,
    #[serde(default, deserialize_with = "all")]
    pub(crate) errors: Vec<Envelope>,
}

impl Record for Envelope {}

impl Envelope {
    /// `true` if the status is this word, in any case.
    pub(crate) fn status_is(&self, word: &str) -> bool {
        let status = self.status.as_ref();
        status.is_some_and(|status| status.as_str().eq_ignore_ascii_case(word))
    }
}

/// The relevant headers; all others stay in the browser.
#[derive(Default)]
pub struct Headers {
    /// `Authorization`, the staff service's token.
    pub authorization: Option<Personal>,
    /// `Retry-After`, seconds or an HTTP date.
    pub retry_after: Option<String>,
    /// `Date`, the server's clock. Another origin has to expose it.
    pub date: Option<String>,
    /// `Content-Type`. It only tells a web page from the services' own responses, whose types vary.
    pub content_type: Option<String>,
}

impl Response<'_> {
    /// The error for a status that means the same from either service.
    pub(crate) fn status_error(&self) -> ServiceError {
        match self.status {
            429 => ServiceError::TooManyTries(self.retry_after()),
            503 => self
                .retry_after()
                .map_or(ServiceError::ServiceDown, ServiceError::Unavailable),
            500..=599 => ServiceError::ServiceDown,
            status @ (400 | 401 | 403 | 406 | 422) if self.is_web_page() => {
                ServiceError::InvalidResponse(ResponseError::WebPage(status))
            }
            other => ServiceError::InvalidResponse(ResponseError::UnexpectedStatus(other)),
        }
    }

    /// `true` for a web page, which neither service sends.
    pub(crate) fn is_web_page(&self) -> bool {
        let media_type = self.headers.content_type.as_deref().unwrap_or_default();
        let (name, _) = media_type.split_once(';').unwrap_or((media_type, ""));
        name.trim().eq_ignore_ascii_case("text/html")
    }

    /// The parsed `Retry-After` header. A date is compared with the server's own clock, since the device's may be
    /// wrong.
    pub(crate) fn retry_after(&self) -> Option<RetryAfter> {
        let read = |header: &Option<String>| header.as_deref().and_then(RetryAfter::read);
        match (read(&self.headers.retry_after)?, read(&self.headers.date)) {
            (RetryAfter::At(then), Some(RetryAfter::At(now))) => {
                let seconds = u32::try_from(then.saturating_sub(now)).unwrap_or(u32::MAX);
                Some(RetryAfter::Seconds(seconds))
            }
            (wait, _) => Some(wait),
        }
    }

    /// The body without byte order mark and surrounding white space, for responses that are not JSON.
    pub(crate) fn trimmed(&self) -> Result<&[u8], ServiceError> {
        if self.body.len() > json::MAX_BODY {
            return Err(ServiceError::InvalidResponse(ResponseError::TooLarge));
        }
        Ok(json::without_bom(self.body).trim_ascii())
    }

    /// Reads the envelope of a body that is a JSON object; `None` for JSON of another type.
    pub(crate) fn envelope(&self) -> Result<Option<Envelope>, ServiceError> {
        Ok(match self.json()? {
            Any::Object(envelope) => Some(envelope),
            _ => None,
        })
    }

    /// Reads the JSON body as a `T`.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, ServiceError> {
        json::read(self.body).map_err(ServiceError::InvalidResponse)
    }
}
