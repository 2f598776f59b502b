//! How a call to a service can fail, from the wire to the sentence. A new failure does not compile
//! until it has words in every language.

use contract::service_error::{RetryAfter, ServiceError};

use crate::i18n::Message;

/// A failure as a form tells it.
#[derive(Debug, Clone, Copy)]
pub enum Trouble {
    /// For want of a network; over when there is one.
    Offline,
    /// What the person reads; and for how many seconds another try is of no use, where the server
    /// says so.
    Told(Message, Option<u32>),
}

/// Why a call gave no answer that can be used.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser knows that it has no network.
    Offline,
    /// No answer, or one that broke off.
    Unreachable,
    /// No whole answer within `request.timeoutSeconds`.
    TimedOut,
    /// A service answered, and the answer is no success.
    Refused(ServiceError),
}

impl From<ServiceError> for Failure {
    fn from(refusal: ServiceError) -> Self {
        Self::Refused(refusal)
    }
}

impl Failure {
    /// For how many seconds from `now`, in Unix time, another try is of no use, where the server
    /// says so.
    fn wait(&self, now: u64) -> Option<u32> {
        match self {
            Self::Refused(
                ServiceError::TooManyTries(Some(when))
                | ServiceError::AccountLocked(Some(when))
                | ServiceError::AccountDisabled(Some(when)),
            ) => Some(match when {
                RetryAfter::Seconds(seconds) => *seconds,
                RetryAfter::At(moment) => {
                    u32::try_from(moment.saturating_sub(now)).unwrap_or(u32::MAX)
                }
            }),
            _ => None,
        }
    }

    /// What the person is told. `now` is Unix time in seconds; a server that says when to come back
    /// says it as a moment or as a number of seconds.
    pub fn told(&self, now: u64) -> Trouble {
        match self {
            Self::Offline => Trouble::Offline,
            _ => Trouble::Told(self.message(now), self.wait(now)),
        }
    }

    fn message(&self, now: u64) -> Message {
        // In whole minutes, and never in none.
        let minutes = self.wait(now).map(|seconds| seconds.div_ceil(60).max(1));
        Message::Plain(match self {
            Self::Offline => |w| w.offline,
            Self::Unreachable => |w| w.unreachable,
            Self::TimedOut => |w| w.timed_out,
            Self::Refused(refusal) => match refusal {
                ServiceError::NotFound => |w| w.not_found,
                ServiceError::ServiceDown => |w| w.service_down,
                ServiceError::InvalidResponse(_) => |w| w.bad_answer,
                ServiceError::WrongCredentials => |w| w.wrong_credentials,
                // Both need somebody else's help or time, and trying again helps with neither.
                ServiceError::AccountLocked(_) | ServiceError::AccountDisabled(_) => {
                    if let Some(minutes) = minutes {
                        return Message::Counted(|w| w.account_locked_minutes, minutes);
                    }
                    |w| w.account_locked
                }
                ServiceError::NoPermission => |w| w.no_permission,
                ServiceError::BlankCredentials => |w| w.blank_credentials,
                ServiceError::NotASignIn => |w| w.not_a_sign_in,
                ServiceError::SessionOver => |w| w.session_over,
                ServiceError::NotAllowed => |w| w.not_allowed,
                ServiceError::TooManyTries(_) => {
                    if let Some(minutes) = minutes {
                        return Message::Counted(|w| w.too_many_tries_minutes, minutes);
                    }
                    |w| w.too_many_tries
                }
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n;

    fn said(failure: &Failure, language: &str) -> String {
        let words = i18n::find(language).expect("a language of ours");
        failure.message(1_000).say(words).into_owned()
    }

    #[test]
    fn a_wait_is_told_in_whole_minutes_however_the_server_puts_it() {
        let wait = |when| Failure::Refused(ServiceError::TooManyTries(Some(when)));
        assert!(said(&wait(RetryAfter::Seconds(61)), "en").contains("2 minutes"));
        assert!(said(&wait(RetryAfter::At(1_060)), "en").contains("1 minute "));
        assert!(said(&wait(RetryAfter::At(5)), "en").contains("1 minute "));
        assert!(said(&wait(RetryAfter::Seconds(120)), "ar").contains("دقيقتين"));
        assert!(said(&wait(RetryAfter::Seconds(300)), "ar").contains("٥ دقائق"));
        assert!(said(&wait(RetryAfter::Seconds(900)), "ar").contains("١٥ دقيقة"));
        let locked = |when| Failure::Refused(ServiceError::AccountLocked(when));
        assert!(said(&locked(Some(RetryAfter::Seconds(300))), "en").contains("Wait 5 minutes"));
        assert!(said(&locked(Some(RetryAfter::At(1_600))), "ar").contains("انتظر ١٠ دقائق"));
        assert_eq!(locked(Some(RetryAfter::At(1_600))).wait(1_000), Some(600));
        assert!(said(&locked(None), "en").contains("up to 2 hours"));
        assert_eq!(locked(None).wait(1_000), None);
    }
}
