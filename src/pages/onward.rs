//! Links to where a signed-in person can go on to, and the countdown of one that is followed by itself.
//! Twenty seconds, and any key or press stops it: WCAG 2.2.1, timing adjustable.

use std::time::Duration;

use ::config::OnwardLink;
use contract::personal::Personal;
use js_sys::Date;
use leptos::{ev, prelude::*};

use crate::{
    i18n::Message,
    session,
    state::AppState,
    store::{Person, Session},
    ui::{
        Button, LiveRegion, after_render, countdown_text, focus_heading, is_plain_click,
        spoken_seconds,
    },
};

/// Seconds until an automatic link is followed.
const WAIT: u32 = 20;

/// The links that a person has.
fn links_of(person: &Person, state: &'static AppState) -> Vec<&'static OnwardLink> {
    let links = state.config.onward.iter();
    match person {
        Person::Patient(_) => links.filter(|link| link.is_for_patients()).collect(),
        Person::Staff(signed_in) => {
            let staff = &signed_in.staff;
            let roles = staff.roles.iter().filter_map(|role| role.name.as_ref());
            let roles: Vec<_> = roles.map(Personal::as_str).collect();
            let suites: Vec<_> = staff.suite_access.iter().map(Personal::as_str).collect();
            links
                .filter(|link| link.is_for_staff(&roles, &suites))
                .collect()
        }
    }
}

/// The region "Continue to", where the person has a link.
#[component]
pub(super) fn Onward(state: &'static AppState) -> impl IntoView {
    let locale = state.locale;
    let person = |session: &Session| {
        let person = session.person()?;
        let terms_open = match person {
            Person::Staff(signed_in) => signed_in.staff.terms_accepted == Some(false),
            Person::Patient(_) => false,
        };
        Some((links_of(person, state), terms_open))
    };
    let (links, terms_open) = state.session.with_now(person).unwrap_or_default();
    let is_fresh = state.take_fresh_sign_in();
    let automatic = match links.as_slice() {
        [only] if only.automatic && is_fresh => Some(*only),
        _ => None,
    };
    (!links.is_empty()).then(|| {
        let items: Vec<_> = links
            .into_iter()
            .map(|link| {
                let text = locale.label(&link.label);
                view! {
                    <li>
                        <a
                            class="button onward__link"
                            href=link.url.as_str()
                            rel="noreferrer"
                            on:click=|event| {
                                if is_plain_click(&event) {
                                    session::go_on();
                                }
                            }
                        >
                            {text}
                        </a>
                    </li>
                }
            })
            .collect();
        view! {
            <section class="card onward" aria-labelledby="onward-title">
                <h2 class="card__title" id="onward-title">
                    {locale.text(|m| m.continue_to)}
                </h2>
                {terms_open
                    .then(|| view! { <p class="onward__note">{locale.text(|m| m.terms_to_accept)}</p> })}
                <ul class="onward__links">{items}</ul>
                {automatic.map(|link| view! { <AutomaticOnward state link/> })}
            </section>
        }
    })
}

/// The countdown to a link, and the button that stops it.
#[component]
fn AutomaticOnward(state: &'static AppState, link: &'static OnwardLink) -> impl IntoView {
    let locale = state.locale;
    // 0 once it is stopped.
    let seconds_left = RwSignal::new(WAIT as usize);
    let until = Date::now() + f64::from(WAIT) * 1000.0;
    tick(seconds_left, until, link);
    let stop = move || {
        let _ = seconds_left.try_set(0);
    };
    let listeners = [
        window_event_listener(ev::keydown, move |_| stop()),
        window_event_listener(ev::pointerdown, move |_| stop()),
    ];
    on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    // Set after the region is in the document, so that it is announced.
    let announced = RwSignal::new(false);
    after_render(move || {
        let _ = announced.try_set(true);
    });
    let spoken = Signal::derive(move || match (announced.get(), seconds_left.get()) {
        (false, _) => String::new(),
        (true, 0) => locale.get(|m| m.onward_stopped).to_owned(),
        (true, left) => Message::Counted(|m| m.onward_after, spoken_seconds(left))
            .text(locale.messages())
            .into_owned(),
    });
    view! {
        <p class="onward__note" aria-hidden="true" hidden=move || seconds_left.get() == 0>
            {locale.text(|m| m.onward_in)} " "
            {move || countdown_text(locale.messages(), seconds_left.get())}
        </p>
        <LiveRegion class="visually-hidden" text=spoken/>
        <Button
            class="text-button"
            text=locale.text(|m| m.stay_here)
            hidden=Signal::derive(move || seconds_left.get() == 0)
            on_click=move |()| {
                stop();
                focus_heading();
            }
        />
    }
}

/// Counts down each second of wall-clock time; follows the link at the end, in place of this page.
fn tick(seconds_left: RwSignal<usize>, until: f64, link: &'static OnwardLink) {
    if !matches!(seconds_left.try_get_untracked(), Some(1..)) {
        return;
    }
    let left = ((until - Date::now()) / 1000.0).ceil().max(0.0);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most WAIT, unless the clock was set back"
    )]
    let left = left as usize;
    if left == 0 {
        session::go_on();
        let _ = window().location().replace(&link.url);
    } else {
        let _ = seconds_left.try_set(left);
        set_timeout(
            move || tick(seconds_left, until, link),
            Duration::from_secs(1),
        );
    }
}
