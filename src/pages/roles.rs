//! `/roles`: what a member of staff may do, and where.

use contract::staff::{Role, Staff};
use leptos::prelude::*;

use super::record::{Rows, record};
use crate::{i18n::Words, portal::Portal, session::Session, ui::Section};

/// A member of staff's roles and workplace.
#[component]
pub fn Roles(portal: Portal) -> impl IntoView {
    record(portal, |w| w.roles, read, |w| w.no_roles)
}

fn read(session: &Session, words: &'static Words, _: Portal) -> Vec<Section> {
    let Session::Staff(signed_in) = session else {
        return Vec::new();
    };
    let staff = &signed_in.staff;
    let mut cards: Vec<_> = staff
        .roles
        .iter()
        .map(|role| role_card(role, words))
        .collect();
    cards.push(workplace(staff, words));
    cards.push(time_zone(staff, words));
    cards
}

fn role_card(role: &Role, words: &'static Words) -> Section {
    let mut rows = Rows::default();
    rows.ltr(words.role_name, role.name.as_ref())
        .ltr(words.role_authority, role.authority.as_ref())
        .text(words.role_level, role.level.as_ref())
        .ltr(words.role_number, role.id.as_ref())
        .flag(words, words.role_active, role.active)
        .flag(words, words.role_deleted, role.deleted)
        .ltr(words.created_by, role.created_by.as_ref())
        .text(words.created_at, role.created_at.as_ref())
        .ltr(words.updated_by, role.updated_by.as_ref())
        .text(words.updated_at, role.updated_at.as_ref());
    rows.section(role.label().as_deref().unwrap_or(words.your_roles))
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
            .ltr(words.country_tenant, country.tenant_id.as_ref())
            .text(words.measurement_units, country.unit_measurement.as_ref());
    }
    rows.section(words.workplace)
}

fn time_zone(staff: &Staff, words: &'static Words) -> Section {
    let mut rows = Rows::default();
    if let Some(zone) = &staff.time_zone {
        rows.ltr(words.time_zone, zone.description.as_ref())
            .ltr(words.time_zone_offset, zone.offset.as_ref())
            .ltr(words.time_zone_number, zone.id.as_ref());
    }
    rows.section(words.time_zone)
}
