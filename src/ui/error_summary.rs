//! The error summary above a form, after GOV.UK's pattern: the box takes focus, and `role="alert"` is on a
//! child, so that the two do not compete. The box has a role, since an element without one has no name
//! for a screen reader.
//! Under the error stand the phone number for help, where a call may answer the error, and the reference of a
//! fault, both outside of what is announced.
//! <https://design-system.service.gov.uk/components/error-summary/>

use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    after_render::after_render,
    button::Button,
    clipboard::copy_to_clipboard,
    forgot_password::ForgotPassword,
    form::{Form, Help},
    help_phone::HelpPhone,
    toast::{Toast, ToastRegion},
};
use crate::i18n::Locale;

const ID: &str = "error-summary";

/// Errors of `form`, in a box that takes focus each time errors are set.
#[component]
pub fn ErrorSummary(
    locale: Locale,
    form: Form,
    /// Element ids of the form's fields, in their order.
    fields: &'static [&'static str],
    /// Phone number for help.
    help: Option<&'static str>,
    /// Address of the page for people who forgot their password.
    forgot_password: Option<&'static str>,
) -> impl IntoView {
    Effect::new(move || {
        if form.is_announced() {
            after_render(move || {
                if let Some(summary) = element(ID) {
                    let _ = summary.focus();
                    summary.scroll_into_view();
                }
            });
        }
    });
    // All possible items, each hidden until needed: screen readers announce text that appears in a region
    // which they know.
    let links: Vec<_> = fields
        .iter()
        .copied()
        .map(|field| {
            let error = move || form.error_of(field);
            let on_click = move |event: MouseEvent| {
                event.prevent_default();
                focus_field(field);
            };
            view! {
                <li hidden=move || error().is_none()>
                    <a href=["#", field].concat() on:click=on_click>
                        {move || locale.format(error())}
                    </a>
                </li>
            }
        })
        .collect();
    let form_error = move || form.form_error();
    let reference = move || form.reference().unwrap_or_default();
    let toast = Toast::new();
    view! {
        <div
            class="error-summary"
            id=ID
            role="group"
            tabindex="-1"
            aria-labelledby="error-summary-title"
            hidden=move || !form.has_error()
        >
            <div role="alert">
                <h2 class="error-summary__title" id="error-summary-title">
                    {locale.text(|m| m.error_summary_title)}
                </h2>
                <p hidden=move || form_error().is_none()>{move || locale.format(form_error())}</p>
                <ul>{links}</ul>
            </div>
            <HelpPhone
                locale
                phone=help
                hidden=Signal::derive(move || matches!(form.help(), Help::None | Help::Reload))
            />
            // The same address: an access proxy in front answers it with its own sign-in.
            <p class="help" hidden=move || form.help() != Help::Reload>
                <a class="link" href="">
                    {locale.text(|m| m.reload)}
                </a>
            </p>
            <ForgotPassword
                locale
                href=forgot_password
                hidden=Signal::derive(move || form.help() != Help::Password)
            />
            <p class="error-summary__reference" hidden=move || reference().is_empty()>
                {locale.text(|m| m.reference)} " " <bdi dir="ltr" translate="no">{reference}</bdi>
                <Button
                    class="text-button"
                    text=locale.text(|m| m.copy_reference)
                    on_click=move |()| copy_to_clipboard(&reference(), toast, None)
                />
            </p>
        </div>
        <ToastRegion locale toast/>
    }
}

/// Scrolls the label into view, and focuses the field.
fn focus_field(field: &str) {
    let page = document();
    if let Ok(Some(label)) = page.query_selector(&["label[for=\"", field, "\"]"].concat()) {
        label.scroll_into_view();
    }
    if let Some(input) = element(field) {
        let _ = input.focus();
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
