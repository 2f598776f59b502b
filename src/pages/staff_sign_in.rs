//! `/staff`: a member of staff signs in with user name and password. The form as it is looked at;
//! what it does is in `staff_form`.

use leptos::{ev, prelude::*};

use super::{
    Farewell, OtherSignIn, follow_network,
    staff_form::{self, PASSWORD, StaffForm, USERNAME},
    title,
};
use crate::{
    portal::Portal,
    route::Entrance,
    ui::{Choice, ChoiceOption, ErrorSummary, Field, FieldSpec, Heading, Password, SubmitButton},
};

/// The staff's sign-in page.
#[component]
pub fn StaffSignIn(portal: &'static Portal) -> impl IntoView {
    let Portal { config, lang, .. } = *portal;
    let page = StaffForm::new(portal);
    let form = page.form;
    let shown = RwSignal::new(false);
    title(portal, |w| w.staff_sign_in, move || form.has_alert());
    follow_network(portal, form);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        shown.set(false);
        staff_form::send(page);
    };

    let remember = |token| if config.shared_device { "off" } else { token };
    let username_spec = FieldSpec {
        id: USERNAME,
        label: |w| w.username,
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
        .map(|(index, entrance)| ChoiceOption {
            id: ["entrance-", &index.to_string()].concat(),
            label: Signal::derive(move || entrance.label.text_in(lang.words().code).to_owned()),
        })
        .collect();
    view! {
        <div class="sign-in">
            <Heading lang text=|w| w.staff_sign_in/>
            <p class="sign-in__intro">{lang.text(|w| w.staff_intro)}</p>
            <Farewell portal/>
            <ErrorSummary lang form fields=&[USERNAME, PASSWORD]/>
            <form method="dialog" novalidate class="sign-in__form" on:submit=send>
                {(options.len() > 1)
                    .then(|| {
                        view! {
                            <Choice lang name="entrance" label=|w| w.entrance options chosen=page.entrance/>
                        }
                    })}
                <Field
                    lang
                    spec=username_spec
                    form
                    note=RwSignal::new(None)
                    changed=|()| ()
                />
                <Password
                    lang
                    id=PASSWORD
                    label=|w| w.password
                    shown
                    autocomplete=remember("current-password")
                    form
                />
                <SubmitButton lang form label=|w| w.sign_in busy=|w| w.signing_in/>
            </form>
            <OtherSignIn portal other=Entrance::Patient/>
        </div>
    }
}
