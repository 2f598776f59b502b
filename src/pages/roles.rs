//! `/roles`: who a member of staff is, and with which roles.

use contract::{
    personal::Personal,
    staff::{Role, RoleTitle, Staff},
};
use leptos::prelude::*;

use super::record::{RecordContent, RecordPage, Rows};
use crate::{
    i18n::{self, Messages},
    state::AppState,
    store::Person,
    ui::{Layout, Row, Section, Tone, Value},
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
    if let Some(country) = staff
        .country
        .as_ref()
        .and_then(|country| country.name.as_ref())
    {
        match i18n::country_in(messages, Some(country.as_str()), None) {
            Some(name) => rows.add(messages.country, Value::Words(name)),
            None => rows.text(messages.country, Some(country)),
        };
    }
    // One state, and what is out of the ordinary.
    let only = |state: Option<bool>, told: bool| state.filter(|state| *state == told);
    let bad = || [Tone::Bad, Tone::Bad];
    rows.badges(
        messages.account,
        Layout::Cell,
        [
            (staff.active, messages.active, [Tone::Bad, Tone::Good]),
            (
                only(staff.account_expired, true),
                messages.account_expired,
                bad(),
            ),
            (
                only(staff.account_locked, true),
                messages.account_is_locked,
                bad(),
            ),
            (
                only(staff.credentials_expired, true),
                messages.credentials_expired,
                bad(),
            ),
            (only(staff.blocked, true), messages.blocked, bad()),
            (
                only(staff.super_user, true),
                messages.super_user,
                [Tone::Good, Tone::Good],
            ),
            (
                only(staff.terms_accepted, false),
                messages.terms_accepted,
                bad(),
            ),
        ],
    );
    rows.identity(messages.signed_in, &person.name(messages.code == "ar"))
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
    let deleted = role.deleted.filter(|deleted| *deleted);
    let mut rows = Rows::default();
    rows.badges(
        messages.status,
        Layout::Bare,
        [
            (role.active, messages.active, [Tone::Bad, Tone::Good]),
            (deleted, messages.deleted, [Tone::Bad, Tone::Bad]),
        ],
    );
    Section {
        is_kept: true,
        ..titled(rows.section(""), role, messages)
    }
}

fn role_support(role: &Role, messages: &'static Messages) -> Section {
    let mut rows = Rows::default();
    rows.badges(
        messages.status,
        Layout::Wide,
        [
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
    let hindering = || [Tone::Quiet, Tone::Bad];
    let mut rows = Rows::default();
    rows.badges(
        messages.status,
        Layout::Wide,
        [
            (staff.active, messages.active, [Tone::Bad, Tone::Good]),
            (staff.account_expired, messages.account_expired, hindering()),
            (
                staff.account_locked,
                messages.account_is_locked,
                hindering(),
            ),
            (
                staff.credentials_expired,
                messages.credentials_expired,
                hindering(),
            ),
            (staff.blocked, messages.blocked, hindering()),
            (
                staff.super_user,
                messages.super_user,
                [Tone::Quiet, Tone::Good],
            ),
            (
                staff.terms_accepted,
                messages.terms_accepted,
                [Tone::Bad, Tone::Quiet],
            ),
        ],
    );
    rows.section(messages.account)
}

fn organizations(rows: &mut Rows, staff: &Staff, messages: &'static Messages) {
    for organization in &staff.organizations {
        rows.text(messages.organization, organization.name.as_ref());
    }
}

fn workplace(staff: &Staff, messages: &'static Messages) -> Section {
    let mut rows = Rows::default();
    if staff.organizations.len() > FEW {
        organizations(&mut rows, staff, messages);
    }
    for suite in &staff.suite_access {
        rows.text(messages.suite_access, Some(suite));
    }
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
    rows.section(messages.workplace)
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
