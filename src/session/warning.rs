//! The dialog before a session times out.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::{
    end::sign_out,
    tabs::{ACTIVE, announce},
    timeout::SessionTimer,
};
use crate::{
    i18n::Message,
    ui::{Button, countdown_text, spoken_seconds},
};

const DIALOG: &str = "session-timeout";

/// Modal dialog that counts down to sign-out. The browser keeps the focus in it and restores it; Escape
/// keeps the session. Before the absolute time-out, which nothing puts off, it only says so, and closes.
#[component]
pub(super) fn TimeoutWarning(timer: SessionTimer) -> impl IntoView {
    let SessionTimer {
        state,
        seconds_left,
        is_final,
        ..
    } = timer;
    let locale = state.locale;
    Effect::new(move || {
        let wanted = seconds_left.get() > 0;
        let dialog = document().get_element_by_id(DIALOG);
        if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok())
            && dialog.open() != wanted
        {
            if wanted {
                let _ = dialog.show_modal();
            } else {
                dialog.close();
            }
        }
    });
    let stay = move || {
        if timer.answer() {
            announce(ACTIVE);
        }
    };
    view! {
        <dialog
            class="dialog"
            id=DIALOG
            aria-labelledby="session-timeout-title"
            aria-describedby="session-timeout-text"
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                stay();
            }
        >
            <h2 class="dialog__title" id="session-timeout-title">
                {move || {
                    let messages = locale.messages();
                    if is_final.get() { messages.time_ends } else { messages.still_there }
                }}
            </h2>
            <p id="session-timeout-text">
                {locale.text(|m| m.signing_out_in)} " "
                <span class="dialog__countdown" aria-hidden="true">
                    {move || countdown_text(locale.messages(), seconds_left.get())}
                </span>
                <span class="visually-hidden" role="timer" aria-live="assertive">
                    {move || match seconds_left.get() {
                        0 => String::new(),
                        seconds => Message::Counted(|m| m.signing_out_after, spoken_seconds(seconds))
                            .text(locale.messages())
                            .into_owned(),
                    }}
                </span>
            </p>
            <div class="dialog__actions">
                <Button
                    class="button"
                    text=Signal::derive(move || {
                        let messages = locale.messages();
                        if is_final.get() { messages.close } else { messages.stay }
                    })
                    on_click=move |()| stay()
                />
                <Button
                    class="text-button"
                    text=locale.text(|m| m.sign_out_now)
                    on_click=move |()| sign_out(state)
                />
            </div>
        </dialog>
    }
}
