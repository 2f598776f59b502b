//! `/addresses`: where the hospital bills and sends to.

use contract::patient::Address;
use leptos::prelude::*;

use super::record::{Rows, record};
use crate::{i18n::Words, portal::Portal, session::Person, ui::Section};

/// A patient's addresses.
#[component]
pub fn Addresses(portal: Portal) -> impl IntoView {
    record(
        portal,
        |w| w.record().addresses,
        read,
        |w| w.record().no_addresses,
    )
}

fn read(person: &Person, words: &'static Words, _: Portal) -> Vec<Section> {
    let say = words.record();
    let Person::Patient(patient) = person else {
        return Vec::new();
    };
    match (&patient.billing, &patient.shipping) {
        (Some(billing), Some(shipping)) if billing == shipping => {
            vec![card(words, say.both_addresses, billing)]
        }
        (billing, shipping) => [
            (say.billing_address, billing),
            (say.shipping_address, shipping),
        ]
        .into_iter()
        .filter_map(|(title, address)| Some(card(words, title, address.as_ref()?)))
        .collect(),
    }
}

fn card(words: &'static Words, title: &str, address: &Address) -> Section {
    let say = words.record();
    let mut rows = Rows::default();
    rows.text(say.first_name, address.first_name.as_ref())
        .text(say.last_name, address.last_name.as_ref())
        .text(say.company, address.company.as_ref())
        .text(say.address_line_1, address.address1.as_ref())
        .text(say.address_line_2, address.address2.as_ref())
        .text(say.city, address.city.as_ref())
        .text(say.state_province, address.state_province.as_ref())
        .ltr(say.postal_code, address.postal_code.as_ref())
        .text(say.country, address.country.as_ref())
        .ltr(say.phone, address.phone.as_ref())
        .ltr(say.fax, address.fax.as_ref())
        .ltr(say.email, address.email.as_ref())
        .ltr(say.coordinates, address.lat_long.as_ref());
    rows.section(title)
}
