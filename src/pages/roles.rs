//! `/roles`: what a member of staff may do, and where.

use contract::staff::{Role, RoleTitle, Staff};
use leptos::prelude::*;

use super::record::{Content, Record, Rows};
use crate::{
    i18n::Words,
    state::Portal,
    store::Person,
    ui::{Section, Tone, Value},
};

/// A member of staff's roles and workplace.
#[component]
pub fn Roles(portal: &'static Portal) -> impl IntoView {
    view! { <Record portal heading=|w| w.roles file="roles.json" read/> }
}

fn read(person: &Person, words: &'static Words, _: &'static Portal) -> Content {
    let Person::Staff(signed_in) = person else {
        return Content::default();
    };
    let staff = &signed_in.staff;
    let mut cards: Vec<_> = staff
        .roles
        .iter()
        .map(|role| role_card(role, words))
        .collect();
    cards.push(account(staff, words));
    cards.push(workplace(staff, words));
    cards.push(time_zone(staff, words));
    Content {
        // Whatever else is known: a page of this name with no role on it needs a word.
        remark: staff.roles.is_empty().then_some(words.no_roles),
        cards,
    }
}

fn role_card(role: &Role, words: &'static Words) -> Section {
    let mut rows = Rows::default();
    rows.badges(
        words.status,
        [
            (role.active, words.active, [Tone::Bad, Tone::Good]),
            (role.deleted, words.deleted, [Tone::Quiet, Tone::Bad]),
        ],
    )
    .ltr(words.role_name, role.name.as_ref())
    .ltr(words.role_authority, role.authority.as_ref())
    .text(words.role_level, role.level.as_ref())
    .ltr(words.role_number, role.id.as_ref())
    .ltr(words.created_by, role.created_by.as_ref())
    .moment(words, words.created_at, role.created_at.as_ref())
    .ltr(words.updated_by, role.updated_by.as_ref())
    .moment(words, words.updated_at, role.updated_at.as_ref());
    match role.title() {
        Some(RoleTitle::Known(known)) => rows.section((words.role)(known)),
        Some(RoleTitle::Own(own)) => Section {
            // The service's own names are English.
            lang: (own.is_ascii() && words.code != "en").then_some("en"),
            ..rows.section(&own)
        },
        None => rows.section(words.your_roles),
    }
}

fn account(staff: &Staff, words: &'static Words) -> Section {
    let trouble = || [Tone::Quiet, Tone::Bad];
    let mut rows = Rows::default();
    rows.badges(
        words.status,
        [
            (staff.active, words.active, [Tone::Bad, Tone::Good]),
            (staff.account_expired, words.account_expired, trouble()),
            (staff.account_locked, words.account_is_locked, trouble()),
            (
                staff.credentials_expired,
                words.credentials_expired,
                trouble(),
            ),
            (staff.blocked, words.blocked, trouble()),
            (
                staff.super_user,
                words.super_user,
                [Tone::Quiet, Tone::Good],
            ),
            (
                staff.terms_accepted,
                words.terms_accepted,
                [Tone::Bad, Tone::Quiet],
            ),
        ],
    );
    rows.section(words.account)
}

fn workplace(staff: &Staff, words: &'static Words) -> Section {
    let mut rows = Rows::default();
    for organization in &staff.organizations {
        rows.text(words.organization, organization.name.as_ref())
            .ltr(words.organization_number, organization.id.as_ref());
    }
    for id in &staff.organization_ids {
        rows.ltr(words.organization_number, Some(id));
    }
    for suite in &staff.suite_access {
        rows.text(words.suite_access, Some(suite));
    }
    rows.ltr(words.tenant, staff.tenant_id.as_ref());
    if let Some(country) = &staff.country {
        rows.text(words.country, country.name.as_ref())
            .ltr(words.country_number, country.id.as_ref())
            .ltr(words.country_code, country.country_code.as_ref())
            .ltr(words.country_tenant, country.tenant_id.as_ref());
        rows.word(
            words.measurement_units,
            country.unit_measurement.as_ref(),
            [("metric", words.metric), ("imperial", words.imperial)],
        );
    }
    rows.section(words.workplace)
}

fn time_zone(staff: &Staff, words: &'static Words) -> Section {
    let mut rows = Rows::default();
    if let Some(zone) = &staff.time_zone {
        rows.ltr(words.time_zone, zone.description.as_ref());
        if let Some(offset) = zone.offset_minutes {
            rows.add(words.local_time, Value::Clock(offset));
        }
        rows.ltr(words.time_zone_offset, zone.offset.as_ref())
            .ltr(words.time_zone_number, zone.id.as_ref());
    }
    rows.section(words.time_zone)
}
