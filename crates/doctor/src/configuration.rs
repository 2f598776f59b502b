//! Checks of the configuration alone, of what is right in itself and wrong at this moment or in this place.

use std::time::{SystemTime, UNIX_EPOCH};

use config::{Config, Notice, OnwardAudience};
use contract::staff::StaffClient;

use crate::report::Section;

/// What is checked of a configuration; nothing without one.
#[derive(Default)]
pub struct Configured {
    /// `brand.notice`
    pub notice: Option<Notice>,
    /// `sharedDevice`
    pub shared_device: bool,
    /// `true` if people go on to an application (`onward`) with a cookie: staff with that of SPICE 2.0, patients
    /// with the application's own.
    pub leaves_cookie: bool,
}

impl From<&Config> for Configured {
    fn from(config: &Config) -> Self {
        let mut clients = config.staff.clients.iter();
        let has_cookie = clients.any(|client| client.client() == StaffClient::SpiceV2Web);
        let leads = |audience| config.onward.iter().any(|link| link.audience == audience);
        Self {
            notice: config.brand.notice.clone(),
            shared_device: config.shared_device,
            leaves_cookie: (has_cookie && leads(OnwardAudience::Staff))
                || (config.patient.cookies && leads(OnwardAudience::Patient)),
        }
    }
}

/// Checks what a configuration has of this.
pub(crate) fn check(configured: &Configured, section: &mut Section<'_>) {
    if let Some(notice) = &configured.notice {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = i64::try_from(since_1970.unwrap_or_default().as_millis()).unwrap_or(i64::MAX);
        if notice.until.is_some_and(|until| until.0 <= now) {
            section.warn(
                "notice",
                "brand.notice is out of date: the portal no longer shows it",
                "take it out of config.json",
            );
        } else if notice.is_shown_at(now) {
            section.pass("notice", "the portal shows brand.notice now");
        } else {
            section.pass(
                "notice",
                "the portal shows brand.notice from a later moment on",
            );
        }
    }
    if configured.leaves_cookie {
        if configured.shared_device {
            section.warn(
                "onward-cookie",
                "the device is shared, and the cookie of SPICE 2.0 or of the application outlives the portal when people \
                 go on to an application",
                "the application must sign its people out by itself; without that, take the links out \
                 of onward on shared devices",
            );
        } else {
            section.pass(
                "onward-cookie",
                "people who go on to an application keep its cookie; the device is not shared",
            );
        }
    }
}
