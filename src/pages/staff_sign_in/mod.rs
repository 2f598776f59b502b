//! `/staff`: sign-in of staff with user name and password. This is the view; `validation` checks what is
//! typed, `form` submits it.

mod form;
mod validation;

use leptos::{ev, prelude::*};

use super::{
    document_title::set_title,
    sign_in_shared::{
        BrandPane, OtherSignIn, SignedOutMessage, clear_error_when_online, forget_when_idle,
    },
};
use crate::{
    router::Audience,
    state::AppState,
    ui::{
        Choice, ChoiceOption, ErrorSummary, Field, FieldSpec, ForgotPassword, Heading, Password,
        SubmitButton,
    },
};

use form::StaffForm;
use validation::{PASSWORD, USERNAME};

/// The staff's sign-in page.
#[component]
pub fn StaffSignIn(state: &'static AppState) -> impl IntoView {
    let AppState { config, locale, .. } = *state;
    let page = StaffForm::new(state);
    let form = page.form;
    let shown = RwSignal::new(false);
    set_title(state, |m| m.staff_sign_in, Some(form));
    clear_error_when_online(state, form);
    let idle_seconds = config.staff_session_limits().idle_seconds;
    let forget = Callback::new(move |()| {
        page.forget();
        shown.set(false);
    });
    forget_when_idle(state, idle_seconds, &[USERNAME, PASSWORD], forget);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        shown.set(false);
        form::submit(page);
    };

    let forgot_password = config.staff.forgot_password_url.as_deref();
    let remember = |token| if config.shared_device { "off" } else { token };
    let username_spec = FieldSpec {
        id: USERNAME,
        label: |m| m.username,
        hint: None,
        kind: "text",
        keys: "email",
        autocomplete: remember("username"),
        read_back: false,
    };
    let options: Vec<_> = config
        .staff
        .clients
        .iter()
        .enumerate()
        .map(|(index, client)| ChoiceOption {
            id: ["client-", &index.to_string()].concat(),
            label: locale.label(&client.label),
        })
        .collect();
    view! {
        <div class="sign-in">
            <Heading locale text=|m| m.staff_sign_in/>
            <p class="sign-in__intro">{locale.text(|m| m.staff_intro)}</p>
            <SignedOutMessage state/>
            <ErrorSummary locale form fields=&[USERNAME, PASSWORD] help=state.help_phone_now() forgot_password/>
            <form method="dialog" novalidate class="sign-in__form" on:submit=submit on:input=move |_| page.follow_wait()>
                {(options.len() > 1)
                    .then(|| {
                        view! {
                            <Choice locale name="client" label=|m| m.staff_client options chosen=page.client/>
                        }
                    })}
                <Field locale
                    spec=username_spec
                    form
                    warning=RwSignal::new(None)
                    changed=|()| ()
                />
                <Password locale
                    id=PASSWORD
                    label=|m| m.password
                    shown
                    autocomplete=remember("current-password")
                    form
                />
                <ForgotPassword locale href=forgot_password/>
                <SubmitButton locale form label=|m| m.sign_in busy=|m| m.signing_in/>
            </form>
            <OtherSignIn state other=Audience::Patient/>
        </div>
        <BrandPane state text=|m| m.staff_intro/>
    }
}
