//! How a call to a service can fail, from the wire to the sentence. A new failure does not compile
//! until it has words in every language.

use contract::refusal::{Refusal, RetryAfter};

use crate::i18n::Message;

/// Why a call gave no answer that can be used.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser knows that it has no network.
    Offline,
    /// No answer, or one that broke off.
    Unreachable,
    /// No whole answer within `request.timeoutSeconds`.
    TimedOut,
    /// The portal has been replaced since this page was loaded, and the rest of this one is gone.
    Outdated,
    /// A service answered, and the answer is no success.
    Refused(Refusal),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Failure {
    /// For how many seconds from `now`, in Unix time, another try is of no use, where the server
    /// says so.
    pub fn wait(&self, now: u64) -> Option<u32> {
        match self {
            Self::Refused(Refusal::TooManyTries(Some(RetryAfter::Seconds(seconds)))) => {
                Some(*seconds)
            }
            Self::Refused(Refusal::TooManyTries(Some(RetryAfter::At(moment)))) => {
                Some(u32::try_from(moment.saturating_sub(now)).unwrap_or(u32::MAX))
            }
            _ => None,
        }
    }

    /// What the person reads. `now` is Unix time in seconds; a server that says when to
    /// come back says it as a moment or as a number of seconds.
    pub fn message(&self, now: u64) -> Message {
        Message::Plain(match self {
            Self::Offline => |w| w.offline,
            Self::Unreachable => |w| w.unreachable,
            Self::TimedOut => |w| w.timed_out,
            Self::Outdated => |w| w.outdated,
            Self::Refused(refusal) => match refusal {
                Refusal::NotFound => |w| w.not_found,
                Refusal::ServiceDown => |w| w.service_down,
                Refusal::BadAnswer(_) => |w| w.bad_answer,
                Refusal::WrongCredentials => |w| w.wrong_credentials,
                // Both need somebody else's help, and trying again helps with neither.
                Refusal::AccountLocked | Refusal::AccountDisabled => |w| w.account_locked,
                Refusal::NoPermission => |w| w.no_permission,
                Refusal::BlankCredentials => |w| w.blank_credentials,
                Refusal::NotASignIn => |w| w.not_a_sign_in,
                Refusal::SessionOver => |w| w.session_over,
                Refusal::NotAllowed => |w| w.not_allowed,
                Refusal::TooManyTries(None) => |w| w.too_many_tries,
                Refusal::TooManyTries(Some(_)) => {
                    let seconds = self.wait(now).unwrap_or_default();
                    let minutes = seconds.div_ceil(60);
                    return Message::Counted(|w| w.too_many_tries_minutes, minutes.max(1));
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
        let wait = |when| Failure::Refused(Refusal::TooManyTries(Some(when)));
        assert!(said(&wait(RetryAfter::Seconds(61)), "en").contains("2 minutes"));
        assert!(said(&wait(RetryAfter::At(1_060)), "en").contains("1 minute "));
        assert!(said(&wait(RetryAfter::At(5)), "en").contains("1 minute "));
        assert!(said(&wait(RetryAfter::Seconds(120)), "ar").contains("دقيقتين"));
        assert!(said(&wait(RetryAfter::Seconds(300)), "ar").contains("5 دقائق"));
        assert!(said(&wait(RetryAfter::Seconds(900)), "ar").contains("15 دقيقة"));
    }
}
