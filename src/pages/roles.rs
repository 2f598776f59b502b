//! `/roles`: what a member of staff may do, and where.

use contract::staff::{Role, Staff};
use leptos::prelude::*;

use super::record::{Rows, record};
use crate::{i18n::Words, portal::Portal, session::Person, ui::Section};

/// A member of staff's roles and workplace.
#[component]
pub fn Roles(portal: Portal) -> impl IntoView {
    record(portal, |w| w.record().roles, read, |w| w.record().no_roles)
}

fn read(person: &Person, words: &'static Words, _: Portal) -> Vec<Section> {
    let Person::Staff(signed_in) = person else {
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
    let say = words.record();
    let mut rows = Rows::default();
    rows.ltr(say.role_name, role.name.as_ref())
        .ltr(say.role_authority, role.authority.as_ref())
        .text(say.role_level, role.level.as_ref())
        .ltr(say.role_number, role.id.as_ref())
        .flag(words, say.role_active, role.active)
        .flag(words, say.role_deleted, role.deleted)
        .ltr(say.created_by, role.created_by.as_ref())
        .text(say.created_at, role.created_at.as_ref())
        .ltr(say.updated_by, role.updated_by.as_ref())
        .text(say.updated_at, role.updated_at.as_ref());
    rows.section(role.label().as_deref().unwrap_or(say.your_roles))
}

fn workplace(staff: &Staff, words: &'static Words) -> Section {
    let say = words.record();
    let mut rows = Rows::default();
    for organization in &staff.organizations {
        rows.text(say.organization, organization.name.as_ref())
            .ltr(say.organization_number, organization.id.as_ref());
    }
    for id in &staff.organization_ids {
        rows.ltr(say.organization_number, Some(id));
    }
    for suite in &staff.suite_access {
        rows.text(say.suite_access, Some(suite));
    }
    rows.ltr(say.tenant, staff.tenant_id.as_ref());
    if let Some(country) = &staff.country {
        rows.text(say.country, country.name.as_ref())
            .ltr(say.country_number, country.id.as_ref())
            .ltr(say.country_code, country.country_code.as_ref())
            .ltr(say.country_tenant, country.tenant_id.as_ref())
            .text(say.measurement_units, country.unit_measurement.as_ref());
    }
    rows.section(say.workplace)
}

fn time_zone(staff: &Staff, words: &'static Words) -> Section {
    let say = words.record();
    let mut rows = Rows::default();
    if let Some(zone) = &staff.time_zone {
        rows.ltr(say.time_zone, zone.description.as_ref())
            .ltr(say.time_zone_offset, zone.offset.as_ref())
            .ltr(say.time_zone_number, zone.id.as_ref());
    }
    rows.section(say.time_zone)
}
