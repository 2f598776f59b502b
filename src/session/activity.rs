//! What a session watches the page for: activity, coming back, leaving, and messages of other tabs.

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MessageEvent;

use super::{
    end::{EndReason, end},
    tabs::{ACTIVE, SIGNED_OUT, channel, post},
    timeout::SessionTimer,
    warning::TimeoutWarning,
};
use crate::{router::Audience, state::AppState};

/// Watches over a session as long as it is on the page, and warns before it ends.
#[component]
pub fn SessionTimeout(state: &'static AppState, audience: Audience) -> impl IntoView {
    let timer = SessionTimer::start(state, audience);
    state.signed_out_message.set(None);
    listen(timer);
    view! { <TimeoutWarning timer/> }
}

/// Listens for activity, for coming back and for leaving, until the session is over.
fn listen(timer: SessionTimer) {
    let channel = StoredValue::new_local(channel());
    let act = move || {
        if timer.record_activity() {
            let _ = channel.try_with_value(|channel| {
                if let Some(channel) = channel {
                    post(channel, ACTIVE);
                }
            });
        }
    };
    let heard = [
        window_event_listener(ev::pointerdown, move |_| act()),
        window_event_listener(ev::keydown, move |_| act()),
        window_event_listener(ev::wheel, move |_| act()),
        window_event_listener(ev::visibilitychange, move |_| timer.check()),
        window_event_listener(ev::pageshow, move |_| timer.resume()),
        window_event_listener(ev::focus, move |_| timer.resume()),
        window_event_listener(ev::pagehide, move |_| {
            end(timer.state, EndReason::PageHidden);
        }),
    ];
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        match message.data().as_string().as_deref() {
            Some(SIGNED_OUT) => end(timer.state, EndReason::OtherTab),
            Some(ACTIVE) => timer.keep_alive(),
            _ => {}
        }
    });
    channel.with_value(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        }
    });
    let hear = StoredValue::new_local(hear);
    on_cleanup(move || {
        heard.into_iter().for_each(WindowListenerHandle::remove);
        channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.close();
            }
        });
        // Only now, with nobody left to call it.
        hear.dispose();
    });
}
