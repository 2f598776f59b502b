//! `/roles`: roles, account and workplace of a member of staff.

use contract::staff::{Role, RoleTitle, Staff};
use leptos::prelude::*;

use super::record::{RecordContent, RecordPage, Rows};
use crate::{
    i18n::Messages,
    state::AppState,
    store::Person,
    ui::{Section, Tone},
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
    let mut cards: Vec<_> = staff
        .roles
        .iter()
        .map(|role| role_card(role, messages))
        .collect();
    cards.push(account(staff, messages));
    cards.push(workplace(staff, messages));
    cards.push(time_zone(staff, messages));
    RecordContent {
        // The page says so when there is no role on it, whatever else it shows.
        message: staff.roles.is_empty().then_some(messages.no_roles),
        cards,
    }
}

fn role_card(role: &Role, messages: &'static Messages) -> Section {
    let mut rows = Rows::default();
    rows.badges(
        messages.status,
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
    match role.title() {
        Some(RoleTitle::Known(known)) => rows.section((messages.role)(known)),
        Some(RoleTitle::Own(own)) => Section {
            // Role names of the service are in English.
            lang: (own.is_ascii() && messages.code != "en").then_some("en"),
            ..rows.section(&own)
        },
        None => rows.section(messages.your_roles),
    }
}

fn account(staff: &Staff, messages: &'static Messages) -> Section {
    let hindering = || [Tone::Quiet, Tone::Bad];
    let mut rows = Rows::default();
    rows.badges(
        messages.status,
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

fn workplace(staff: &Staff, messages: &'static Messages) -> Section {
    let mut rows = Rows::default();
    for organization in &staff.organizations {
        rows.text(messages.organization, organization.name.as_ref())
            .ltr(messages.organization_number, organization.id.as_ref());
    }
    for id in &staff.organization_ids {
        rows.ltr(messages.organization_number, Some(id));
    }
    for suite in &staff.suite_access {
        rows.text(messages.suite_access, Some(suite));
    }
    rows.ltr(messages.tenant, staff.tenant_id.as_ref());
    if let Some(country) = &staff.country {
        rows.text(messages.country, country.name.as_ref())
            .ltr(messages.country_number, country.id.as_ref())
            .ltr(messages.country_code, country.country_code.as_ref())
            .ltr(messages.country_tenant, country.tenant_id.as_ref());
        rows.word(
            messages.measurement_units,
            country.unit_measurement.as_ref(),
            [("metric", messages.metric), ("imperial", messages.imperial)],
        );
    }
    rows.section(messages.workplace)
}

fn time_zone(staff: &Staff, messages: &'static Messages) -> Section {
    let mut rows = Rows::default();
    if let Some(zone) = &staff.time_zone {
        // Not the time there: an offset does not say whether it is that of summer.
        rows.ltr(messages.time_zone, zone.description.as_ref())
            .ltr(messages.time_zone_offset, zone.offset.as_ref())
            .ltr(messages.time_zone_number, zone.id.as_ref());
    }
    rows.section(messages.time_zone)
}
