//! Answers, as the portal's own readers understand them, in words.

use contract::service_error::{ResponseError, ServiceError};

use crate::http::{Reply, Trouble};

/// Why there is nothing to read, or what was read instead.
pub(crate) struct Finding {
    pub(crate) found: String,
    pub(crate) advice: String,
}

impl From<Trouble> for Finding {
    fn from(trouble: Trouble) -> Self {
        Self {
            found: trouble.to_string(),
            advice: trouble.advice().to_owned(),
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

    /// What a refusal means that was not the one to expect; `wanted` is what the documents say.
    pub(crate) fn unexpected(status: u16, refusal: ServiceError, wanted: &str) -> Self {
        let found = match refusal {
            ServiceError::InvalidResponse(flaw) => flaw_in_words(flaw),
            ServiceError::ServiceDown if status == 401 => {
                "401 without a body, which means a broken service".to_owned()
            }
            ServiceError::ServiceDown => format!("status {status}: the service is out of order"),
            ServiceError::TooManyTries(_) => "429: too many tries".to_owned(),
            ServiceError::NotFound => format!("status {status}: nobody found"),
            ServiceError::WrongCredentials => "wrong user name or password".to_owned(),
            ServiceError::AccountLocked(_) => "the account is locked now".to_owned(),
            ServiceError::AccountDisabled(_) => "the account is blocked".to_owned(),
            ServiceError::NoPermission => {
                "right password, but no role for this entrance".to_owned()
            }
            ServiceError::BlankCredentials => "user name or password did not arrive".to_owned(),
            ServiceError::NotASignIn => {
                "200, but no sign-in: there is no Authorization header (with web: nobody in the \
                 body), or an error in the body"
                    .to_owned()
            }
            ServiceError::SessionOver => "401: the session is over".to_owned(),
            ServiceError::NotAllowed => "403: not allowed".to_owned(),
        };
        let advice = match refusal {
            ServiceError::TooManyTries(_) => {
                "wait, then run this again; or have this machine's limit raised".to_owned()
            }
            ServiceError::AccountLocked(_) | ServiceError::AccountDisabled(_) => {
                "have the account unlocked; nothing more was tried".to_owned()
            }
            ServiceError::NoPermission => {
                "give the right entrance with --client, or the account a role for it".to_owned()
            }
            ServiceError::BlankCredentials => {
                "let the form through: a proxy that drops or rewrites multipart/form-data breaks it"
                    .to_owned()
            }
            _ => format!("expected: {wanted}"),
        };
        Self { found, advice }
    }
}

fn flaw_in_words(flaw: ResponseError) -> String {
    match flaw {
        ResponseError::NotJson => "the body is not JSON, or not all of it".to_owned(),
        ResponseError::TooDeep => "the body's JSON is nested too deeply".to_owned(),
        ResponseError::DuplicateKey => "the body's JSON has a key twice".to_owned(),
        ResponseError::TooLarge => "the body is larger than the portal reads (1 MiB)".to_owned(),
        ResponseError::WrongShape => {
            "the body is JSON, but none of the documented shapes".to_owned()
        }
        ResponseError::UnexpectedStatus(status) if (300..400).contains(&status) => {
            format!("status {status}: a redirect, which a browser may not follow here")
        }
        ResponseError::UnexpectedStatus(status) => {
            format!("status {status}, which no document explains")
        }
        ResponseError::UnknownMessage => "401 with a message that is not documented".to_owned(),
    }
}

/// The body, or why there is none.
pub(crate) fn body(reply: &Reply) -> Result<&[u8], Finding> {
    match &reply.body {
        Ok(bytes) => Ok(bytes),
        Err(trouble) => Err(Finding::from(*trouble)),
    }
}
