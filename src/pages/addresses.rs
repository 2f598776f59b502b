//! `/addresses`: a patient's billing and shipping address.

use ::config::MapLink;
use contract::{
    patient::{Address, coordinates},
    personal::Personal,
};
use leptos::prelude::*;

use super::record::{RecordContent, RecordPage, Rows};
use crate::{
    i18n::Messages,
    state::AppState,
    store::Person,
    ui::{ExternalLink, Layout, Section, Value},
};

/// The addresses page.
#[component]
pub fn Addresses(state: &'static AppState) -> impl IntoView {
    view! { <RecordPage state heading=|m| m.addresses file="addresses.json" read/> }
}

fn read(person: &Person, messages: &'static Messages, state: &'static AppState) -> RecordContent {
    let Person::Patient(patient) = person else {
        return RecordContent::default();
    };
    // Title and address of each card: one for equal addresses.
    let addresses: Vec<_> = match (&patient.billing, &patient.shipping) {
        (Some(billing), Some(shipping)) if billing == shipping => {
            vec![(messages.both_addresses, billing)]
        }
        (billing, shipping) => [
            (messages.billing_address, billing),
            (messages.shipping_address, shipping),
        ]
        .into_iter()
        .filter_map(|(title, address)| Some((title, address.as_ref()?)))
        .collect(),
    };
    let card = |&(title, address)| card(messages, state.config.map_link, title, address);
    let support = |&(title, address)| support(messages, title, address);
    let cards: Vec<_> = addresses.iter().map(card).collect();
    RecordContent {
        message: (!cards.iter().any(Section::is_shown)).then_some(messages.no_addresses),
        cards,
        support: addresses.iter().map(support).collect(),
        ..RecordContent::default()
    }
}

fn card(messages: &'static Messages, map: MapLink, title: &str, address: &Address) -> Section {
    let mut rows = Rows::default();
    rows.lines(messages.address, lines(address))
        .masked(messages.phone, address.phone.as_ref())
        .copied(messages.email, address.email.as_ref(), Layout::Wide)
        .ltr(messages.fax, address.fax.as_ref());
    let place = address.lat_long.as_ref();
    Section {
        link: place.and_then(|place| link(messages, map, place)),
        ..rows.section(title)
    }
}

/// The coordinates, in one format where they can be read.
fn support(messages: &'static Messages, title: &str, address: &Address) -> Section {
    let mut rows = Rows::default();
    if let Some(place) = &address.lat_long {
        let text = match coordinates(place.as_str()) {
            Some(place) => [place.latitude.as_str(), ",", place.longitude.as_str()].concat(),
            None => place.as_str().to_owned(),
        };
        rows.add(messages.coordinates, Value::Ltr(text));
    }
    rows.section(title)
}

/// Lines as on an envelope: person, place in the city, city, country. The postal code follows the city,
/// as in Saudi Post's format.
fn lines(address: &Address) -> Vec<String> {
    let lines: [&[&Option<Personal>]; 7] = [
        &[&address.first_name, &address.last_name],
        &[&address.company],
        &[&address.address1],
        &[&address.address2],
        &[&address.city, &address.postal_code],
        &[&address.state_province],
        &[&address.country],
    ];
    lines
        .into_iter()
        .map(|line| {
            let texts = line.iter().filter_map(|text| text.as_ref());
            texts.map(Personal::as_str).collect::<Vec<_>>().join(" ")
        })
        .filter(|line| !line.is_empty())
        .collect()
}

/// Link to a map, where the configuration has one and the value is a pair of coordinates: digits, points
/// and minus signs, which need no escaping.
fn link(messages: &'static Messages, map: MapLink, place: &Personal) -> Option<ExternalLink> {
    let place = coordinates(place.as_str())?;
    let (latitude, longitude) = (place.latitude.as_str(), place.longitude.as_str());
    let (href, site) = match map {
        MapLink::None => return None,
        MapLink::Geo => (["geo:", latitude, ",", longitude].concat(), None),
        MapLink::OpenStreetMap => (
            [
                "https://www.openstreetmap.org/?mlat=",
                latitude,
                "&mlon=",
                longitude,
                "#map=17/",
                latitude,
                "/",
                longitude,
            ]
            .concat(),
            Some("openstreetmap.org"),
        ),
        MapLink::Google => (
            [
                "https://www.google.com/maps/search/?api=1&query=",
                latitude,
                "%2C",
                longitude,
            ]
            .concat(),
            Some("google.com"),
        ),
    };
    let mut notice = (messages.map_notice)(site.unwrap_or(messages.map_app));
    if site.is_some() {
        notice.push(' ');
        notice.push_str(messages.map_new_tab);
    }
    Some(ExternalLink {
        href,
        text: messages.map,
        notice,
        new_tab: site.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n;

    fn address(place: &str) -> Address {
        let text = |text: &str| Some(Personal::from(text));
        Address {
            first_name: text("Maria"),
            last_name: text("Reyes"),
            address1: text("88 Palestine Street"),
            city: text("Jeddah"),
            postal_code: text("23326"),
            country: text("Saudi Arabia"),
            lat_long: text(place),
            ..Address::default()
        }
    }

    #[test]
    fn address_with_missing_parts_is_laid_out_without_empty_lines() {
        assert_eq!(
            lines(&address("")),
            [
                "Maria Reyes",
                "88 Palestine Street",
                "Jeddah 23326",
                "Saudi Arabia"
            ]
        );
        assert!(lines(&Address::default()).is_empty());
    }

    #[test]
    fn map_link_is_absent_unless_configured_and_given_coordinates() {
        let link = |map, place: &str| {
            link(i18n::FALLBACK, map, &Personal::from(place)).map(|out| (out.href, out.new_tab))
        };
        let place = "(21.5433, -39.1728)";
        assert_eq!(link(MapLink::None, place), None);
        assert_eq!(
            link(MapLink::Geo, place),
            Some(("geo:21.5433,-39.1728".to_owned(), false))
        );
        assert_eq!(
            link(MapLink::OpenStreetMap, place),
            Some((
                "https://www.openstreetmap.org/?mlat=21.5433&mlon=-39.1728#map=17/21.5433/-39.1728"
                    .to_owned(),
                true
            ))
        );
        assert_eq!(
            link(MapLink::Google, place),
            Some((
                "https://www.google.com/maps/search/?api=1&query=21.5433%2C-39.1728".to_owned(),
                true
            ))
        );
        for nowhere in ["0,0", "string", "javascript:alert(1)", "91,0", ""] {
            assert_eq!(link(MapLink::Google, nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn map_notice_names_the_site_in_every_language() {
        for messages in i18n::ALL {
            for (map, site) in [
                (MapLink::OpenStreetMap, "openstreetmap.org"),
                (MapLink::Google, "google.com"),
                (MapLink::Geo, messages.map_app),
            ] {
                let out = link(messages, map, &Personal::from("1,1"));
                assert!(out.is_some_and(|out| out.notice.contains(site)));
            }
        }
    }
}
