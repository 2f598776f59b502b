//! A radio group.

use leptos::{ev, prelude::*};

use super::field::input_of;
use crate::i18n::{Locale, MessageKey};

/// An option. `label` follows the page's language.
pub struct ChoiceOption {
    /// Element id.
    pub id: String,
    /// Label.
    pub label: Signal<String>,
}

/// A radio group. `chosen` is the index of the chosen option: the first, or the one that was chosen on the
/// prerendered page.
#[component]
pub fn Choice(
    locale: Locale,
    /// Name of the radio buttons, which makes them one group.
    name: &'static str,
    label: MessageKey,
    options: Vec<ChoiceOption>,
    chosen: RwSignal<usize>,
    /// Called after the person chose another option.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    let label_id = [name, "-label"].concat();
    let ids: Vec<String> = options.iter().map(|option| option.id.clone()).collect();
    // The first run reads the document, later runs write to it.
    Effect::new(move |before: Option<()>| {
        let now = chosen.get();
        if before.is_some() {
            if let Some(radio) = ids.get(now).and_then(|id| input_of(id)) {
                radio.set_checked(true);
            }
        } else if let Some(index) = ids
            .iter()
            .position(|id| input_of(id).is_some_and(|r| r.checked()))
        {
            chosen.set(index);
        }
    });
    let radios: Vec<_> = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let ChoiceOption { id, label } = option;
            let label_for = id.clone();
            let select = move |event: ev::Event| {
                if event_target_checked(&event) {
                    chosen.set(index);
                    if let Some(on_change) = on_change {
                        on_change.run(());
                    }
                }
            };
            view! {
                <label class="choice__option" for=label_for>
                    <input
                        type="radio"
                        class="choice__radio"
                        id=id
                        name=name
                        value=index.to_string()
                        checked=index == 0
                        on:change=select
                    />
                    <span>{label}</span>
                </label>
            }
        })
        .collect();
    let labelled_by = label_id.clone();
    view! {
        <div class="choice" role="radiogroup" aria-labelledby=labelled_by>
            <p class="choice__label" id=label_id>
                {locale.text(label)}
            </p>
            <div class="choice__options">{radios}</div>
        </div>
    }
}
