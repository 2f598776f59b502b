//! `/addresses`: where the hospital bills and sends to.

use contract::patient::Address;
use leptos::prelude::*;

use super::record::{Rows, record};
use crate::{i18n::Words, portal::Portal, session::Session, ui::Section};

/// A patient's addresses.
#[component]
pub fn Addresses(portal: Portal) -> impl IntoView {
    record(portal, |w| w.addresses, read, |w| w.no_addresses)
}

fn read(session: &Session, words: &'static Words, _: Portal) -> Vec<Section> {
    let Session::Patient(patient) = session else {
        return Vec::new();
    };
    match (&patient.billing, &patient.shipping) {
        (Some(billing), Some(shipping)) if billing == shipping => {
            vec![card(words, words.both_addresses, billing)]
        }
        (billing, shipping) => [
            (words.billing_address, billing),
            (words.shipping_address, shipping),
        ]
        .into_iter()
        .filter_map(|(title, address)| Some(card(words, title, address.as_ref()?)))
        .collect(),
    }
}

fn card(words: &'static Words, title: &str, address: &Address) -> Section {
    let mut rows = Rows::default();
    rows.text(words.first_name, address.first_name.as_ref())
        .text(words.last_name, address.last_name.as_ref())
        .text(words.company, address.company.as_ref())
        .text(words.address_line_1, address.address1.as_ref())
        .text(words.address_line_2, address.address2.as_ref())
        .text(words.city, address.city.as_ref())
        .text(words.state_province, address.state_province.as_ref())
        .ltr(words.postal_code, address.postal_code.as_ref())
        .text(words.country, address.country.as_ref())
        .ltr(words.phone, address.phone.as_ref())
        .ltr(words.fax, address.fax.as_ref())
        .ltr(words.email, address.email.as_ref())
        .ltr(words.coordinates, address.lat_long.as_ref());
    rows.section(title)
}
