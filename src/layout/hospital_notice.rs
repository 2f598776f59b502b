//! The hospital's notice under the header, such as of planned maintenance.

use std::time::Duration;

use ::config::{Notice, NoticeKind};
use js_sys::Date;
use leptos::prelude::*;

use crate::{
    state::AppState,
    ui::{LiveRegion, after_release, after_render},
};

/// Longest pause until the clock is compared again, in milliseconds: a device may have been asleep.
const PAUSE: i64 = 60_000;

/// Shows `brand.notice` while it holds, and announces it once.
#[component]
pub fn HospitalNotice(state: &'static AppState) -> impl IntoView {
    let AppState { config, locale, .. } = *state;
    config.brand.notice.as_ref().map(|notice| {
        // A prerendered page does not know the time: it has the region without the text.
        let shown = RwSignal::new(false);
        // Set after the region is in the document, so that it is announced.
        Effect::new(move || after_render(move || compare(notice, shown)));
        let text = Signal::derive(move || {
            if shown.get() {
                notice.text.text_in(locale.messages().code).to_owned()
            } else {
                String::new()
            }
        });
        let class = match notice.kind {
            NoticeKind::Information => "hospital-notice",
            NoticeKind::Maintenance => "hospital-notice hospital-notice--maintenance",
            NoticeKind::Outage => "hospital-notice hospital-notice--outage",
        };
        view! { <LiveRegion class text/> }
    })
}

/// Shows or removes the notice, now and at its moments.
fn compare(notice: &'static Notice, shown: RwSignal<bool>) {
    #[allow(clippy::cast_possible_truncation, reason = "far below 2^53")]
    let now = Date::now() as i64;
    let is_shown = notice.is_shown_at(now);
    if shown.get_untracked() != is_shown {
        // What is pressed must not move away.
        after_release(move || shown.set(is_shown));
    }
    if let Some(change) = notice.next_change(now) {
        let pause = u64::try_from((change - now).clamp(0, PAUSE)).unwrap_or_default();
        set_timeout(move || compare(notice, shown), Duration::from_millis(pause));
    }
}
