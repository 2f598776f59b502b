//! What is left of a session's time, by the limits of the configuration. Without a clock, so that native tests
//! cover it.

use ::config::SessionLimits;

use super::end::EndReason;

/// What is left of the time of an open session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeLeft {
    /// Seconds until sign-out, rounded up, once the warning is due; 0 before.
    pub(super) warning_seconds: usize,
    /// True where nothing puts the end off for longer than a warning: the absolute time-out.
    pub(super) is_final: bool,
}

impl TimeLeft {
    /// What is left after so many milliseconds without activity, and since sign-in.
    ///
    /// # Errors
    ///
    /// The reason for which the session has ended.
    pub(super) fn after(
        limits: SessionLimits,
        inactive: f64,
        signed_in: f64,
    ) -> Result<Self, EndReason> {
        let warn = f64::from(limits.warn_seconds);
        let idle = f64::from(limits.idle_seconds) - inactive / 1000.0;
        let absolute = f64::from(limits.absolute_seconds) - signed_in / 1000.0;
        if absolute <= 0.0 {
            return Err(EndReason::AbsoluteTimeout);
        }
        if idle <= 0.0 {
            return Err(EndReason::Idle);
        }
        let left = idle.min(absolute).ceil();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number of seconds, a week at most"
        )]
        let warning_seconds = if left <= warn { left as usize } else { 0 };
        Ok(Self {
            warning_seconds,
            // Where the end comes within a warning of now, an offer to stay would be followed by it at once.
            is_final: absolute <= idle.max(warn),
        })
    }
}

#[cfg(test)]
mod tests {
    use ::config::SessionLimits;

    use super::{EndReason, TimeLeft};

    const LIMITS: SessionLimits = SessionLimits {
        idle_seconds: 600,
        warn_seconds: 120,
        absolute_seconds: 3_600,
    };

    #[test]
    fn session_ends_at_either_limit_and_the_absolute_one_is_named_first() {
        for (inactive, signed_in, ended) in [
            (600_000.0, 600_000.0, EndReason::Idle),
            (0.0, 3_600_000.0, EndReason::AbsoluteTimeout),
            (600_000.0, 3_600_000.0, EndReason::AbsoluteTimeout),
        ] {
            assert_eq!(TimeLeft::after(LIMITS, inactive, signed_in), Err(ended));
        }
    }

    #[test]
    fn warning_is_due_in_the_last_seconds_before_the_nearer_limit() {
        for (inactive, signed_in, warning_seconds, is_final) in [
            (0.0, 0.0, 0, false),
            (479_999.0, 479_999.0, 0, false),
            (480_000.0, 480_000.0, 120, false),
            (480_001.0, 480_001.0, 120, false),
            (599_999.0, 599_999.0, 1, false),
            // Activity still puts the end off, by a millisecond; then no longer.
            (0.0, 2_999_999.0, 0, false),
            (0.0, 3_000_000.0, 0, true),
            (0.0, 3_480_000.0, 120, true),
            (0.0, 3_599_999.0, 1, true),
            // The idle time-out is nearer, and after staying less than a warning would be left.
            (550_000.0, 3_480_000.0, 50, true),
            (550_000.0, 3_479_999.0, 50, false),
        ] {
            let left = TimeLeft {
                warning_seconds,
                is_final,
            };
            assert_eq!(
                TimeLeft::after(LIMITS, inactive, signed_in),
                Ok(left),
                "{inactive} {signed_in}"
            );
        }
    }
}
