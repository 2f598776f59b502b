//! An answer as it came from the network: a status, the two headers anyone needs, and the bytes.
//! What is the same for both services is read here once.
//!
//! This module must not know what a patient or a staff member is.

use crate::fields::{Any, Record, all, text};
use crate::json;
use crate::personal::Personal;
use crate::refusal::{Flaw, Refusal, RetryAfter};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What came back for a request.
pub struct Answer<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The headers that mean something here.
    pub headers: Headers,
    /// The body, as it came. At most [`crate::MAX_BODY`] bytes are read.
    pub body: &'a [u8],
}

/// What either service puts into an answer that is a refusal, or around one that is none.
#[derive(Deserialize, PartialEq, Default)]
pub(crate) struct Remarks {
    /// How it went, in a word.
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
    #[serde(default, deserialize_with = "all")]
    pub(crate) errors: Vec<Remarks>,
}

impl Record for Remarks {}

impl Remarks {
    /// Whether the status is this word.
    pub(crate) fn status_is(&self, word: &str) -> bool {
        let status = self.status.as_ref();
        status.is_some_and(|status| status.as_str().eq_ignore_ascii_case(word))
    }
}

/// The headers that mean something here; all others are left in the browser.
#[derive(Default)]
pub struct Headers {
    /// `Authorization`, the staff service's token.
    pub authorization: Option<Personal>,
    /// `Retry-After`, seconds or an HTTP date.
    pub retry_after: Option<String>,
}

impl Answer<'_> {
    /// The refusal for a status that means the same wherever it comes from.
    pub(crate) fn refusal(&self) -> Refusal {
        match self.status {
            429 => Refusal::TooManyTries(self.retry_after()),
            500..=599 => Refusal::ServiceDown,
            other => Refusal::BadAnswer(Flaw::UnexpectedStatus(other)),
        }
    }

    /// When to try again, where the service says so in a way that can be read.
    pub(crate) fn retry_after(&self) -> Option<RetryAfter> {
        self.headers
            .retry_after
            .as_deref()
            .and_then(RetryAfter::read)
    }

    /// The body without byte order mark and surrounding white space, for the answers that are not JSON.
    pub(crate) fn trimmed(&self) -> Result<&[u8], Refusal> {
        if self.body.len() > json::MAX_BODY {
            return Err(Refusal::BadAnswer(Flaw::TooLarge));
        }
        Ok(json::without_mark(self.body).trim_ascii())
    }

    /// The remarks in a body that is a JSON object; `None` for JSON of another kind.
    pub(crate) fn remarks(&self) -> Result<Option<Remarks>, Refusal> {
        Ok(match self.json()? {
            Any::Object(remarks) => Some(remarks),
            _ => None,
        })
    }

    /// The body, which is JSON, as a `T`.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        json::read(self.body).map_err(Refusal::BadAnswer)
    }
}
