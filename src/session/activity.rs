//! Events that a session reacts to: activity, return to the page, leaving it, messages of other tabs.

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MessageEvent;

use super::{
    end::{EndReason, end, forget_going_on, leave},
    tabs::{
        ACTIVE, COOKIE_ENDED, COOKIE_REPLACED, PATIENT_REPLACED, SIGNED_OUT, announce, channel,
        forget_successor, post, see_activity, see_successor, set_may_be_replaced,
    },
    timeout::SessionTimer,
    warning::TimeoutWarning,
};
use crate::{router::Audience, state::AppState};

/// Time-out of the session while it is on the page: the timer, its listeners and the warning dialog.
#[component]
pub fn SessionTimeout(state: &'static AppState, audience: Audience) -> impl IntoView {
    let timer = SessionTimer::start(state, audience);
    state.signed_out_message.set(None);
    forget_going_on();
    forget_successor();
    if state.session.has_cookie_now() {
        // Before this tab listens.
        announce(COOKIE_REPLACED);
        set_may_be_replaced(false);
    }
    let at_application = audience == Audience::Patient && state.config.patient.cookies;
    if at_application {
        announce(PATIENT_REPLACED);
    }
    listen(timer, at_application);
    view! { <TimeoutWarning timer/> }
}

/// Listens to window events and other tabs until the session ends. `at_application` says whether an
/// application in front has a session for it.
fn listen(timer: SessionTimer, at_application: bool) {
    let channel = StoredValue::new_local(channel());
    let on_activity = move || {
        if timer.record_activity() {
            let _ = channel.try_with_value(|channel| {
                if let Some(channel) = channel {
                    post(channel, ACTIVE);
                }
            });
        }
    };
    let listeners = [
        window_event_listener(ev::pointerdown, move |_| on_activity()),
        window_event_listener(ev::keydown, move |_| on_activity()),
        window_event_listener(ev::wheel, move |_| on_activity()),
        window_event_listener(ev::visibilitychange, move |_| {
            timer.check();
        }),
        window_event_listener(ev::pageshow, move |_| timer.resume()),
        window_event_listener(ev::focus, move |_| timer.resume()),
        window_event_listener(ev::pagehide, move |_| leave(timer.state)),
    ];
    let on_message =
        Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            match message.data().as_string().as_deref() {
                Some(SIGNED_OUT) => end(timer.state, EndReason::OtherTab),
                Some(ACTIVE) => {
                    see_activity();
                    timer.keep_alive();
                }
                Some(COOKIE_ENDED) if timer.state.session.has_cookie_now() => {
                    end(timer.state, EndReason::OtherTab);
                }
                Some(COOKIE_REPLACED) => {
                    see_successor();
                    timer.probe.send_for_other_tab(timer.state);
                }
                Some(PATIENT_REPLACED) if at_application => end(timer.state, EndReason::Replaced),
                _ => {}
            }
        });
    channel.with_value(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
    });
    let on_message = StoredValue::new_local(on_message);
    on_cleanup(move || {
        listeners.into_iter().for_each(WindowListenerHandle::remove);
        channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.close();
            }
        });
        // After the channel is closed: nothing calls it from here on.
        on_message.dispose();
    });
}
