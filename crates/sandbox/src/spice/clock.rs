//! The clock of the staff service. The control API moves it forward, so that locks and sessions end
//! without waiting.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DAY_SECONDS: u64 = 86_400;

/// A moment, in milliseconds since 1970.
pub(crate) type Millis = u64;

/// The system's clock, and how far it was moved.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    forward: Duration,
}

impl Clock {
    pub(crate) fn now(&self) -> Millis {
        let since = (SystemTime::now() + self.forward)
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        millis(since)
    }

    pub(crate) fn forward(&mut self, by: Duration) {
        self.forward += by;
    }
}

/// A duration in milliseconds.
pub(crate) fn millis(duration: Duration) -> Millis {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// A moment as the `Expires` of a cookie.
pub(crate) fn http_date(moment: Millis) -> String {
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(moment))
}

/// A moment in UTC as `2026-11-26T12:15:47`.
pub(crate) fn iso_date_time(moment: Millis) -> String {
    let seconds = moment / 1000;
    let (year, month, day) = civil_date(seconds / DAY_SECONDS);
    let of_day = seconds % DAY_SECONDS;
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}",
        of_day / 3600,
        of_day / 60 % 60,
        of_day % 60
    )
}

/// The date of a number of days since 1970, by Howard Hinnant's `civil_from_days`:
/// <https://howardhinnant.github.io/date_algorithms.html>
fn civil_date(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{http_date, iso_date_time};

    #[test]
    fn moments_are_written_as_dates() {
        assert_eq!(iso_date_time(0), "1970-01-01T00:00:00");
        assert_eq!(iso_date_time(1_795_703_162_305), "2026-11-26T14:26:02");
        assert_eq!(iso_date_time(1_709_210_096_000), "2024-02-29T12:34:56");
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
