//! A radio group.

use leptos::prelude::*;
use logistration::{
    i18n::{self, Locale},
    ui::{Choice, ChoiceOption},
};
use wasm_bindgen_test::*;

use crate::helpers::{arabic, checked, english};
use crate::in_page::{Shown, choose, settled, show};

fn a_choice() -> (Shown, Locale, RwSignal<usize>) {
    let locale = Locale::new(english());
    let chosen = RwSignal::new(0);
    let shown = show(move || {
        let option = |id: &str, key: i18n::MessageKey| ChoiceOption {
            id: id.to_owned(),
            label: Signal::derive(move || locale.get(key).to_owned()),
        };
        let options = vec![
            option("first", |m| m.national_id),
            option("second", |m| m.patient_id),
        ];
        view! { <Choice locale name="by" label=|m| m.sign_in_with options chosen/> }
    });
    (shown, locale, chosen)
}

#[wasm_bindgen_test]
async fn choice_has_exactly_one_chosen_option_after_each_change() {
    let (shown, _, chosen) = a_choice();
    assert_eq!(checked(&shown), ["first"]);

    choose(&shown.input("#second"));
    assert_eq!(chosen.get_untracked(), 1);
    settled().await;
    assert_eq!(checked(&shown), ["second"]);

    shown.one("label[for=first]").click();
    assert_eq!(chosen.get_untracked(), 0);
    settled().await;
    assert_eq!(checked(&shown), ["first"]);

    chosen.set(1);
    settled().await;
    assert_eq!(checked(&shown), ["second"]);
}

#[wasm_bindgen_test]
async fn choice_is_a_named_group_of_labelled_radio_buttons() {
    let (shown, locale, _) = a_choice();
    let group = shown.one("[role=radiogroup]");
    let name = group.get_attribute("aria-labelledby").unwrap();
    assert_eq!(shown.text(&format!("#{name}")), "Sign in with");
    let radios = shown.all("input[type=radio][name=by]");
    assert_eq!(radios.len(), 2);
    assert_eq!(shown.text("label[for=first]"), "National ID or Iqama");

    choose(&shown.input("#second"));
    locale.switch(arabic());
    settled().await;
    assert_eq!(shown.text(&format!("#{name}")), arabic().sign_in_with);
    assert_eq!(shown.text("label[for=first]"), arabic().national_id);
    assert_eq!(checked(&shown), ["second"]);
    assert!(radios[0].is_same_node(Some(&shown.one("#first"))));
}
