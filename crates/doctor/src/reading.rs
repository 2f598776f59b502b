//! Answers, as the portal's own readers understand them, in words.

use contract::refusal::{Flaw, Refusal};

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
    pub(crate) fn unexpected(status: u16, refusal: Refusal, wanted: &str) -> Self {
        let found = match refusal {
            Refusal::BadAnswer(flaw) => flaw_in_words(flaw),
            Refusal::ServiceDown if status == 401 => {
                "401 without a body, which means a broken service".to_owned()
            }
            Refusal::ServiceDown => format!("status {status}: the service is out of order"),
            Refusal::TooManyTries(_) => "429: too many tries".to_owned(),
            Refusal::NotFound => format!("status {status}: nobody found"),
            Refusal::WrongCredentials => "wrong user name or password".to_owned(),
            Refusal::AccountLocked(_) => "the account is locked now".to_owned(),
            Refusal::AccountDisabled(_) => "the account is blocked".to_owned(),
            Refusal::NoPermission => "right password, but no role for this entrance".to_owned(),
            Refusal::BlankCredentials => "user name or password did not arrive".to_owned(),
            Refusal::NotASignIn => {
                "200, but no sign-in: there is no Authorization header (with web: nobody in the \
                 body), or an error in the body"
                    .to_owned()
            }
            Refusal::SessionOver => "401: the session is over".to_owned(),
            Refusal::NotAllowed => "403: not allowed".to_owned(),
        };
        let advice = match refusal {
            Refusal::TooManyTries(_) => {
                "wait, then run this again; or have this machine's limit raised".to_owned()
            }
            Refusal::AccountLocked(_) | Refusal::AccountDisabled(_) => {
                "have the account unlocked; nothing more was tried".to_owned()
            }
            Refusal::NoPermission => {
                "give the right entrance with --client, or the account a role for it".to_owned()
            }
            Refusal::BlankCredentials => {
                "let the form through: a proxy that drops or rewrites multipart/form-data breaks it"
                    .to_owned()
            }
            _ => format!("expected: {wanted}"),
        };
        Self { found, advice }
    }
}

fn flaw_in_words(flaw: Flaw) -> String {
    match flaw {
        Flaw::NotJson => "the body is not JSON, or not all of it".to_owned(),
        Flaw::TooDeep => "the body's JSON is nested too deeply".to_owned(),
        Flaw::DuplicateKey => "the body's JSON has a key twice".to_owned(),
        Flaw::TooLarge => "the body is larger than the portal reads (1 MiB)".to_owned(),
        Flaw::WrongShape => "the body is JSON, but none of the documented shapes".to_owned(),
        Flaw::UnexpectedStatus(status) if (300..400).contains(&status) => {
            format!("status {status}: a redirect, which a browser may not follow here")
        }
        Flaw::UnexpectedStatus(status) => format!("status {status}, which no document explains"),
        Flaw::UnknownMessage => "401 with a message that is not documented".to_owned(),
    }
}

/// The body, or why there is none.
pub(crate) fn body(reply: &Reply) -> Result<&[u8], Finding> {
    match &reply.body {
        Ok(bytes) => Ok(bytes),
        Err(trouble) => Err(Finding::from(*trouble)),
    }
}
