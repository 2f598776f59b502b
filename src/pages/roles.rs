//! `/roles`: who a member of staff is, and with which roles.

use contract::{
    personal::Personal,
    staff::{Role, RoleTitle, Staff},
};
use leptos::prelude::*;

use super::record::{RecordContent, RecordPage, Rows, State};
use crate::{
    i18n::Messages,
    state::AppState,
    store::Person,
    ui::{Layout, Row, Section, SectionKind, Tone, Value},
};

/// The roles page.
#[component]
pub fn Roles(state: &'static AppState) -> impl IntoView {
    view! { <RecordPage state heading=|m| m.roles file="roles.json" read onward=true/> }
}

fn read(person: &Person, messages: &'static Messages, _: &'static AppState) -> RecordContent {
    let Person::Staff(signed_in) = person else {
        return RecordContent::default();
    };
    let staff = &signed_in.staff;
    let roles = || staff.roles.iter();
    let mut cards: Vec<_> = roles().map(|role| role_card(role, messages)).collect();
    cards.push(workplace(staff, messages));
    let mut support: Vec<_> = roles().map(|role| role_support(role, messages)).collect();
    support.push(account(staff, messages));
    support.push(workplace_support(staff, messages));
    RecordContent {
        // The page says so when there is no role on it, whatever else it shows.
        message: staff.roles.is_empty().then_some(messages.no_roles),
        identity: Some(staff_identity(staff, person, messages)),
        title: (!staff.roles.is_empty()).then_some(messages.your_roles),
        cards,
        support,
    }
}

/// Organizations that the identity card shows; more of them stand in a card of their own.
const FEW: usize = 3;

/// The card that says who a member of staff is, where, and whether the account is in order.
pub(super) fn staff_identity(
    staff: &Staff,
    person: &Person,
    messages: &'static Messages,
) -> Section {
    let mut rows = Rows::default();
    let names = [&staff.first_name, &staff.middle_name, &staff.last_name];
    let names: Vec<_> = names.into_iter().flatten().map(Personal::as_str).collect();
    if !names.is_empty() {
        let name = Value::Text(names.join(" "));
        rows.row(Row::new(messages.name, name).laid_out(Layout::Lead));
    }
    rows.copied(messages.signed_in_as, staff.username.as_ref(), Layout::Wide);
    if staff.organizations.len() <= FEW {
        organizations(&mut rows, staff, messages);
    }
    let country = staff.country.as_ref();
    let country = country.and_then(|country| country.name.as_ref());
    rows.country(messages, messages.country, country, None);
    // Whether it can be used, and what is out of the ordinary.
    let states: Vec<_> = account_states(staff, messages)
        .into_iter()
        .filter(|(usual, (state, _, _))| *usual != *state)
        .map(|(_, state)| state)
        .collect();
    rows.badges(messages.account, Layout::Cell, &states);
    rows.identity(messages.signed_in, &person.name(messages.is_arabic()))
}

/// The role's title; one of the service's own is in English.
fn titled(section: Section, role: &Role, messages: &'static Messages) -> Section {
    match role.title() {
        Some(RoleTitle::Known(known)) => Section {
            title: (messages.role)(known).to_owned(),
            about: (messages.role_task)(known).unwrap_or_default(),
            ..section
        },
        Some(RoleTitle::Own(own)) => Section {
            lang: (own.is_ascii() && messages.code != "en").then_some("en"),
            title: own,
            ..section
        },
        None => Section {
            title: messages.your_roles.to_owned(),
            ..section
        },
    }
}

fn role_card(role: &Role, messages: &'static Messages) -> Section {
    // An active role is what one expects.
    let only = |state: Option<bool>, told: bool| state.filter(|state| *state == told);
    let mut rows = Rows::default();
    rows.badges(
        messages.status,
        Layout::Bare,
        &[
            (only(role.active, false), messages.active, [Tone::Bad; 2]),
            (only(role.deleted, true), messages.deleted, [Tone::Bad; 2]),
        ],
    );
    Section {
        shown_without_rows: true,
        ..titled(rows.section(""), role, messages)
    }
}

fn role_support(role: &Role, messages: &'static Messages) -> Section {
    let mut rows = Rows::default();
    rows.badges(
        messages.status,
        Layout::Wide,
        &[
            (role.active, messages.active, [Tone::Bad, Tone::Good]),
            (role.deleted, messages.deleted, [Tone::Quiet, Tone::Bad]),
        ],
    )
    .ltr(messages.role_name, role.name.as_ref())
    .ltr(messages.role_authority, role.authority.as_ref())
    .text(messages.role_level, role.level.as_ref())
    .ltr(messages.role_number, role.id.as_ref())
    .ltr(messages.created_by, role.created_by.as_ref())
    .moment(messages, messages.created_at, role.created_at.as_ref())
    .ltr(messages.updated_by, role.updated_by.as_ref())
    .moment(messages, messages.updated_at, role.updated_at.as_ref());
    Section {
        about: "",
        ..titled(rows.section(""), role, messages)
    }
}

/// Every state of the account, for support.
fn account(staff: &Staff, messages: &'static Messages) -> Section {
    let mut rows = Rows::default();
    let states = account_states(staff, messages).map(|(_, state)| state);
    rows.badges(messages.status, Layout::Wide, &states);
    rows.section(messages.account)
}

/// The states of an account, each after the value that goes without saying.
fn account_states(staff: &Staff, messages: &'static Messages) -> [(Option<bool>, State); 7] {
    let hindering = [Tone::Quiet, Tone::Bad];
    let no = Some(false);
    [
        (
            None,
            (staff.active, messages.active, [Tone::Bad, Tone::Good]),
        ),
        (
            no,
            (staff.account_expired, messages.account_expired, hindering),
        ),
        (
            no,
            (staff.account_locked, messages.account_is_locked, hindering),
        ),
        (
            no,
            (
                staff.credentials_expired,
                messages.credentials_expired,
                hindering,
            ),
        ),
        (no, (staff.blocked, messages.blocked, hindering)),
        (
            no,
            (
                staff.super_user,
                messages.super_user,
                [Tone::Quiet, Tone::Good],
            ),
        ),
        (
            Some(true),
            (
                staff.terms_accepted,
                messages.terms_accepted,
                [Tone::Bad, Tone::Quiet],
            ),
        ),
    ]
}

fn organizations(rows: &mut Rows, staff: &Staff, messages: &'static Messages) {
    let organizations = staff.organizations.iter();
    let names = organizations.filter_map(|organization| organization.name.as_ref());
    rows.list(messages.organization, names);
}

fn workplace(staff: &Staff, messages: &'static Messages) -> Section {
    let mut rows = Rows::default();
    if staff.organizations.len() > FEW {
        organizations(&mut rows, staff, messages);
    }
    rows.list(messages.suite_access, staff.suite_access.iter());
    if let Some(country) = &staff.country {
        rows.word(
            messages.measurement_units,
            country.unit_measurement.as_ref(),
            [("metric", messages.metric), ("imperial", messages.imperial)],
        );
    }
    if let Some(zone) = &staff.time_zone {
        // Not the time there: an offset does not say whether it is that of summer.
        if let Some(zone) = &zone.description {
            let zone = Value::Ltr(zone.as_str().to_owned());
            rows.row(Row::new(messages.time_zone, zone).laid_out(Layout::Wide));
        }
    }
    Section {
        kind: SectionKind::Whole,
        ..rows.section(messages.workplace)
    }
}

fn workplace_support(staff: &Staff, messages: &'static Messages) -> Section {
    let mut rows = Rows::default();
    let organizations = staff.organizations.iter();
    for id in organizations
        .filter_map(|organization| organization.id.as_ref())
        .chain(&staff.organization_ids)
    {
        rows.ltr(messages.organization_number, Some(id));
    }
    rows.ltr(messages.tenant, staff.tenant_id.as_ref());
    if let Some(country) = &staff.country {
        rows.ltr(messages.country_number, country.id.as_ref())
            .ltr(messages.country_code, country.country_code.as_ref())
            .ltr(messages.country_tenant, country.tenant_id.as_ref());
    }
    if let Some(zone) = &staff.time_zone {
        rows.ltr(messages.time_zone_offset, zone.offset.as_ref())
            .ltr(messages.time_zone_number, zone.id.as_ref());
    }
    rows.section(messages.workplace)
}
