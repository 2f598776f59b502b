//! The failure of a request, from `contract`'s errors to the message for the person. A new variant does
//! not compile without a message in every language.

use contract::{
    reference::{Call, FaultKind, Reference},
    service_error::{RetryAfter, ServiceError},
};

use crate::{i18n::Message, ui::Help};

/// Failure of a request to a service.
#[derive(Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The browser is offline.
    Offline,
    /// No response, or one that broke off.
    Unreachable,
    /// A redirect, which the portal does not follow: an access proxy in front asks for its own sign-in.
    Redirected,
    /// No complete response within `request.timeoutSeconds`.
    TimedOut,
    /// A response that is no success.
    Service(ServiceError),
}

/// Failure of a call, with what support needs to find it.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    /// What failed.
    pub error: ApiError,
    /// The call that failed.
    pub call: Call,
    /// The gateway's ID of the request, where the response has one.
    pub request_id: Option<String>,
}

impl Failure {
    /// The constant part of its reference, such as `P2-SHAPE`; `None` where the service is not at fault.
    pub fn code(&self) -> Option<String> {
        let kind = self.error.fault_kind()?;
        Some(
            Reference {
                call: self.call,
                kind,
            }
            .to_text(),
        )
    }

    /// The reference that a person can read out, such as `P2-SHAPE`, and the gateway's ID of the request;
    /// `None` where the service is not at fault.
    pub fn reference(&self) -> Option<String> {
        let mut text = self.code()?;
        if let Some(id) = &self.request_id {
            text.push(' ');
            text.push_str(id);
        }
        Some(text)
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl ApiError {
    /// The failure of this call, without a response.
    pub(super) fn at(self, call: Call) -> Failure {
        Failure {
            error: self,
            call,
            request_id: None,
        }
    }

    /// The kind of a fault of the service; `None` where the person can do something about it.
    fn fault_kind(&self) -> Option<FaultKind> {
        match self {
            Self::Offline => None,
            Self::Unreachable | Self::Redirected => Some(FaultKind::Network),
            Self::TimedOut => Some(FaultKind::Timeout),
            Self::Service(error) => error.fault_kind(),
        }
    }

    /// Seconds from `now` until the service accepts another attempt, where it says so and that is still to come.
    /// `now` is Unix time in seconds.
    pub fn wait(&self, now: u64) -> Option<u32> {
        match self {
            Self::Service(
                ServiceError::TooManyTries(Some(when))
                | ServiceError::AccountLocked(Some(when))
                | ServiceError::AccountDisabled(Some(when))
                | ServiceError::Unavailable(when),
            ) => Some(match when {
                RetryAfter::Seconds(seconds) => *seconds,
                RetryAfter::At(moment) => {
                    u32::try_from(moment.saturating_sub(now)).unwrap_or(u32::MAX)
                }
            }),
            _ => None,
        }
        .filter(|seconds| *seconds > 0)
    }

    /// True if the service refused what was typed, false for a fault.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Service(
                ServiceError::WrongCredentials
                    | ServiceError::AccountLocked(_)
                    | ServiceError::AccountDisabled(_)
                    | ServiceError::NoPermission
                    | ServiceError::BlankCredentials
            )
        )
    }

    /// True if a wait is everybody's: the service is down. Any other is the wait of the one who signs in.
    pub fn is_for_all(&self) -> bool {
        matches!(self, Self::Service(ServiceError::Unavailable(_)))
    }

    /// What may answer the failure.
    pub fn help(&self) -> Help {
        match self {
            Self::Offline | Self::Unreachable | Self::TimedOut => Help::None,
            Self::Redirected => Help::Reload,
            Self::Service(error) => match error {
                ServiceError::BlankCredentials
                | ServiceError::TooManyTries(_)
                | ServiceError::SessionOver => Help::None,
                ServiceError::WrongCredentials
                | ServiceError::AccountLocked(_)
                | ServiceError::AccountDisabled(_) => Help::Password,
                ServiceError::NotFound
                | ServiceError::ServiceDown
                | ServiceError::Unavailable(_)
                | ServiceError::InvalidResponse(_)
                | ServiceError::OtherPatient
                | ServiceError::NoPermission
                | ServiceError::NotASignIn
                | ServiceError::NotSetUp
                | ServiceError::SessionNotKept
                | ServiceError::NotAllowed => Help::Phone,
            },
        }
    }

    /// Message for the person. `now` is Unix time in seconds.
    pub fn message(&self, now: u64) -> Message {
        // Whole minutes, at least one.
        let minutes = self.wait(now).map(|seconds| seconds.div_ceil(60).max(1));
        Message::Plain(match self {
            Self::Offline => |m| m.offline,
            Self::Unreachable => |m| m.unreachable,
            Self::Redirected => |m| m.redirected,
            Self::TimedOut => |m| m.timed_out,
            Self::Service(error) => match error {
                ServiceError::NotFound => |m| m.not_found,
                ServiceError::ServiceDown | ServiceError::Unavailable(_) => {
                    if let Some(minutes) = minutes {
                        return Message::Counted(|m| m.service_down_minutes, minutes);
                    }
                    |m| m.service_down
                }
                ServiceError::InvalidResponse(_) => |m| m.bad_answer,
                ServiceError::OtherPatient => |m| m.other_patient,
                ServiceError::WrongCredentials => |m| m.wrong_credentials,
                // Another attempt helps with neither: both take time or the help desk.
                ServiceError::AccountLocked(_) | ServiceError::AccountDisabled(_) => {
                    if let Some(minutes) = minutes {
                        return Message::Counted(|m| m.account_locked_minutes, minutes);
                    }
                    |m| m.account_locked
                }
                ServiceError::NoPermission => |m| m.no_permission,
                ServiceError::BlankCredentials => |m| m.blank_credentials,
                ServiceError::NotASignIn => |m| m.not_a_sign_in,
                ServiceError::NotSetUp => |m| m.not_set_up,
                ServiceError::SessionNotKept => |m| m.session_not_kept,
                ServiceError::SessionOver => |m| m.session_over,
                ServiceError::NotAllowed => |m| m.not_allowed,
                ServiceError::TooManyTries(_) => {
                    if let Some(minutes) = minutes {
                        return Message::Counted(|m| m.too_many_tries_minutes, minutes);
                    }
                    |m| m.too_many_tries
                }
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n;

    fn said(error: &ApiError, language: &str) -> String {
        let messages = i18n::find(language).expect("a language of ours");
        error.message(1_000).text(messages).into_owned()
    }

    #[test]
    fn retry_after_as_seconds_or_date_is_shown_in_whole_minutes() {
        let wait = |when| ApiError::Service(ServiceError::TooManyTries(Some(when)));
        assert!(said(&wait(RetryAfter::Seconds(61)), "en").contains("2 minutes"));
        assert!(said(&wait(RetryAfter::At(1_060)), "en").contains("1 minute "));
        assert!(said(&wait(RetryAfter::Seconds(120)), "ar").contains("دقيقتين"));
        assert!(said(&wait(RetryAfter::Seconds(300)), "ar").contains("5 دقائق"));
        assert!(said(&wait(RetryAfter::Seconds(900)), "ar").contains("15 دقيقة"));
        let locked = |when| ApiError::Service(ServiceError::AccountLocked(when));
        assert!(said(&locked(Some(RetryAfter::Seconds(300))), "en").contains("Wait 5 minutes"));
        assert!(said(&locked(Some(RetryAfter::At(1_600))), "ar").contains("بعد 10 دقائق"));
        assert_eq!(locked(Some(RetryAfter::At(1_600))).wait(1_000), Some(600));
        assert!(said(&locked(None), "en").contains("Ask an administrator"));
        assert_eq!(locked(None).wait(1_000), None);
        let down = ApiError::Service(ServiceError::Unavailable(RetryAfter::Seconds(120)));
        assert!(said(&down, "en").contains("Wait 2 minutes"));
        assert!(said(&down, "ar").contains("بعد دقيقتين"));
    }

    #[test]
    fn fault_of_a_service_has_a_reference_and_what_a_person_can_mend_has_none() {
        let reference = |error: ApiError| error.at(Call::PatientSignIn).reference();
        assert_eq!(
            reference(ApiError::Redirected).as_deref(),
            Some("P2-NETWORK")
        );
        assert_eq!(reference(ApiError::TimedOut).as_deref(), Some("P2-TIMEOUT"));
        let down = ServiceError::ServiceDown.into();
        assert_eq!(reference(down).as_deref(), Some("P2-DOWN"));
        assert_eq!(reference(ApiError::Offline), None);
        let with_id = Failure {
            request_id: Some("4f1c".to_owned()),
            ..ApiError::Unreachable.at(Call::StaffProbe)
        };
        assert_eq!(with_id.reference().as_deref(), Some("S2-NETWORK 4f1c"));
    }

    #[test]
    fn refusal_is_of_what_was_typed_and_only_a_service_that_is_down_is_for_all() {
        let when = RetryAfter::Seconds(60);
        for (error, is_refusal, is_for_all) in [
            (ServiceError::WrongCredentials, true, false),
            (ServiceError::AccountLocked(Some(when)), true, false),
            (ServiceError::TooManyTries(Some(when)), false, false),
            (ServiceError::Unavailable(when), false, true),
        ] {
            let error = ApiError::Service(error);
            assert_eq!(error.is_refusal(), is_refusal, "{error:?}");
            assert_eq!(error.is_for_all(), is_for_all, "{error:?}");
        }
    }

    #[test]
    fn retry_after_that_is_over_is_no_wait_and_no_time_is_named() {
        for when in [
            RetryAfter::Seconds(0),
            RetryAfter::At(5),
            RetryAfter::At(1_000),
        ] {
            for error in [
                ServiceError::TooManyTries(Some(when)),
                ServiceError::AccountLocked(Some(when)),
                ServiceError::AccountDisabled(Some(when)),
                ServiceError::Unavailable(when),
            ] {
                let error = ApiError::Service(error);
                assert_eq!(error.wait(1_000), None, "{error:?}");
                assert!(!said(&error, "en").contains("minute"), "{error:?}");
            }
        }
    }
}
