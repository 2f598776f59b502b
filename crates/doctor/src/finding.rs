//! Findings: an unexpected response or a failed call in one sentence, with advice. Responses are
//! interpreted by the portal's own readers.

use contract::service_error::{ResponseError, ServiceError};

use crate::http::{HttpResponse, TransportError};

/// A failed call or an unexpected response, and the advice to correct it.
#[derive(Clone)]
pub(crate) struct Finding {
    pub(crate) found: String,
    pub(crate) advice: String,
}

impl From<TransportError> for Finding {
    fn from(error: TransportError) -> Self {
        Self {
            found: error.to_string(),
            advice: error.advice().to_owned(),
        }
    }
}

impl Finding {
    pub(crate) fn new(found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            found: found.into(),
            advice: advice.into(),
        }
    }

    /// The finding for a response with an error other than the expected one; `wanted` is the
    /// documented response.
    pub(crate) fn unexpected(status: u16, error: ServiceError, wanted: &str) -> Self {
        let found = match error {
            ServiceError::InvalidResponse(flaw) => describe(flaw),
            ServiceError::ServiceDown if status == 401 => {
                "the response has status 401 without a body, which the portal treats as a failure of \
                 the service"
                    .to_owned()
            }
            ServiceError::ServiceDown | ServiceError::Unavailable(_) => format!(
                "the response has status {status}, which the portal treats as a failure of the service"
            ),
            ServiceError::TooManyTries(_) => {
                "the response has status 429: the rate limit is reached".to_owned()
            }
            ServiceError::NotFound => {
                format!("the response has status {status}: no patient was found")
            }
            ServiceError::OtherPatient => {
                "the record has another identifier than the one that was asked for".to_owned()
            }
            ServiceError::WrongCredentials => {
                "the response says that user name or password are wrong".to_owned()
            }
            ServiceError::AccountLocked(_) => {
                "the response says that the account is locked now".to_owned()
            }
            ServiceError::AccountDisabled(_) => {
                "the response says that the account is blocked".to_owned()
            }
            ServiceError::NoPermission => {
                "the response says that the account has no permission for this client".to_owned()
            }
            ServiceError::BlankCredentials => {
                "the response says that user name or password are missing".to_owned()
            }
            ServiceError::NotASignIn if status == 500 => {
                "the response has status 500 without a message: its headers, which contain the user, are \
                 longer than the 8,192 bytes that SPICE can send"
                    .to_owned()
            }
            ServiceError::NotASignIn => {
                "the response has status 200 but is not a sign-in: there is no Authorization header \
                 (for web: no user in the body), or the body contains an error"
                    .to_owned()
            }
            ServiceError::SessionOver => {
                "the response has status 401: the session is not valid".to_owned()
            }
            ServiceError::NotSetUp => format!(
                "the response has status {status}: SPICE 2.0 refuses every `Origin` that is not configured"
            ),
            ServiceError::SessionNotKept => {
                "the session of the sign-in cannot be used: its cookie was not kept".to_owned()
            }
            ServiceError::NotAllowed => "the response has status 403: the call is not allowed".to_owned(),
        };
        let advice = match error {
            ServiceError::TooManyTries(_) => {
                "wait and run the doctor again, or raise the limit for this machine".to_owned()
            }
            ServiceError::AccountLocked(_) | ServiceError::AccountDisabled(_) => {
                "unlock the account; the doctor made no further attempt".to_owned()
            }
            ServiceError::NoPermission => {
                "give the account's client with --client, or give the account a role for this client"
                    .to_owned()
            }
            ServiceError::BlankCredentials => {
                "forward multipart/form-data unchanged at every proxy".to_owned()
            }
            ServiceError::NotSetUp => {
                "let the gateway remove `Origin` from staff calls, after it has itself refused foreign ones"
                    .to_owned()
            }
            ServiceError::NotASignIn if status == 500 => {
                "give the user fewer organizations or roles, and see the log of the sign-in service".to_owned()
            }
            _ => format!("respond as documented: {wanted}"),
        };
        Self { found, advice }
    }
}

fn describe(flaw: ResponseError) -> String {
    match flaw {
        ResponseError::NotJson => {
            "the body of the response is not JSON, or is incomplete".to_owned()
        }
        ResponseError::TooDeep => "the JSON in the response is nested too deeply".to_owned(),
        ResponseError::DuplicateKey => "the JSON in the response has a key twice".to_owned(),
        ResponseError::TooLarge => {
            "the body of the response is larger than the portal reads (1 MiB)".to_owned()
        }
        ResponseError::WrongShape => {
            "the JSON in the response has none of the documented structures".to_owned()
        }
        ResponseError::WebPage(status) => format!(
            "the response has status {status} and is a web page: a firewall or a proxy has answered in place of the service"
        ),
        ResponseError::UnexpectedStatus(status) if (300..400).contains(&status) => format!(
            "the response has status {status}, a redirect, which browsers do not follow after a preflight"
        ),
        ResponseError::UnexpectedStatus(status) => {
            format!("the response has status {status}, which is not documented")
        }
        ResponseError::UnknownMessage => {
            "the response has status 401 with a message that is not documented".to_owned()
        }
    }
}

/// The body of a response.
///
/// # Errors
/// The finding, when the body could not be read to its end.
pub(crate) fn body(response: &HttpResponse) -> Result<&[u8], Finding> {
    match &response.body {
        Ok(bytes) => Ok(bytes),
        Err(error) => Err(Finding::from(*error)),
    }
}
