//! The accounts of the staff service: the sample people, the people of the recordings, and one for each
//! known role.

use super::account::{Account, Damage, role_names, title};
use super::{json::put, roles};
use crate::people::{AccountState, People, Staff};
use crate::spice_version::SpiceVersion;
use anyhow::Context;
use serde::Deserialize;
use serde_json::{Map, Value, json};

const RECORDED: [(SpiceVersion, &str); 2] = [
    (
        SpiceVersion::V1,
        include_str!("../../people/recorded_spice_1.json"),
    ),
    (
        SpiceVersion::V2,
        include_str!("../../people/recorded_spice_2.json"),
    ),
];

/// The first number of the people for each role.
const FIRST_ROLE_PERSON: u32 = 901;

/// All accounts of both versions.
pub(crate) fn accounts(people: &People) -> anyhow::Result<Vec<Account>> {
    let mut accounts = Vec::new();
    for staff in &people.staff {
        accounts.push(sample(staff)?);
    }
    for (version, text) in RECORDED {
        let mut file: File = serde_json::from_str(text)
            .with_context(|| format!("the recorded people of {version:?} do not parse"))?;
        file.people.extend(one_for_each_role(version));
        for person in &file.people {
            accounts.push(match version {
                SpiceVersion::V1 => account_v1(&file, person),
                SpiceVersion::V2 => account_v2(&file, person),
            });
        }
    }
    Ok(accounts)
}

/// The recorded people and those of each role, as the control API shows them.
pub(crate) fn shown(accounts: &[Account]) -> Value {
    accounts
        .iter()
        .filter(|account| account.text.is_none())
        .map(|account| {
            json!({
                "version": account.version,
                "username": account.username,
                "password": account.password,
                "state": account.state,
                "damage": account.damage,
                "roles": role_names(&account.roles()),
                "suiteAccess": account.member("suiteAccess"),
            })
        })
        .collect()
}

fn sample(staff: &Staff) -> anyhow::Result<Account> {
    let credentials = &staff.credentials;
    let username = credentials.username.to_lowercase();
    let answer: Value = serde_json::from_str(&staff.response)?;
    let is_phone = username.bytes().all(|byte| byte.is_ascii_digit());
    Ok(Account {
        version: SpiceVersion::of_client(&credentials.client),
        phone: is_phone.then(|| username.clone()),
        username,
        password: credentials.password.clone(),
        state: credentials.state,
        damage: None,
        gender: answer.get("gender").cloned().unwrap_or(Value::Null),
        organizations: organizations_of(&answer),
        answer,
        text: Some(staff.response.clone()),
    })
}

/// The organizations of a sample person, with the little that is known of them.
fn organizations_of(answer: &Value) -> Vec<Value> {
    let listed = answer
        .get("organizations")
        .or(answer.get("organizationIds"));
    listed
        .and_then(Value::as_array)
        .map(|all| {
            all.iter()
                .map(|one| match one.as_object() {
                    Some(known) => Value::Object(known.clone()),
                    None => json!({ "id": one, "formDataId": one, "name": format!("Facility {one}"), "formName": "healthfacility" }),
                })
                .collect()
        })
        .unwrap_or_default()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
    password: String,
    timezone: Value,
    country_code: String,
    country: Value,
    organization: Organization,
    /// The name of a further organization, without its number.
    village: String,
    people: Vec<Person>,
}

#[derive(Deserialize)]
struct Organization {
    id: u32,
    name: String,
    parent: u32,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Person {
    id: u32,
    username: String,
    first_name: String,
    last_name: String,
    middle_name: Option<String>,
    gender: Option<String>,
    phone_number: String,
    roles: Vec<String>,
    #[serde(default)]
    suite_access: Vec<String>,
    tenant_id: Option<u32>,
    /// Has the country of the file. By default in SPICE 2.0 only.
    country: Option<bool>,
    /// Belongs to the organization of the file; by default where there is a tenant.
    organizations: Option<bool>,
    #[serde(default)]
    more_organizations: u32,
    /// The length of a text in the country's `displayValues`.
    #[serde(default)]
    country_letters: usize,
    /// Accepted the terms (SPICE 2.0).
    terms: Option<bool>,
    #[serde(default)]
    without_country_code: bool,
    state: Option<AccountState>,
    damage: Option<Damage>,
}

impl Person {
    fn has_organization(&self, version: SpiceVersion) -> bool {
        let by_default = version == SpiceVersion::V2 || self.tenant_id.is_some();
        self.organizations.unwrap_or(by_default)
    }
}

/// A person for each role of a version, so that each row of the tables can be tried.
fn one_for_each_role(version: SpiceVersion) -> Vec<Person> {
    roles::all(version)
        .into_iter()
        .zip(FIRST_ROLE_PERSON..)
        .map(|(role, id)| Person {
            id,
            username: format!("role-{}@example.org", role.to_lowercase().replace('_', "-")),
            first_name: "Role".to_owned(),
            last_name: title(role),
            gender: Some("Female".to_owned()),
            phone_number: format!("7330{id:05}"),
            roles: vec![role.to_owned()],
            suite_access: roles::suite_of_role(role)
                .map(str::to_owned)
                .into_iter()
                .collect(),
            tenant_id: Some(11),
            ..Person::default()
        })
        .collect()
}

/// The numbers of organizations after the first.
fn more_organizations(person: &Person) -> impl Iterator<Item = (u32, u32)> {
    (1..=person.more_organizations).map(|number| (1000 + number, number))
}

fn account(version: SpiceVersion, file: &File, person: &Person) -> Account {
    Account {
        version,
        username: person.username.clone(),
        password: file.password.clone(),
        phone: Some(person.phone_number.clone()),
        state: person.state.unwrap_or(AccountState::Active),
        damage: person.damage,
        gender: json!(person.gender),
        answer: Value::Null,
        text: None,
        organizations: Vec::new(),
    }
}

/// Number and name of each organization of a person.
fn organizations<'a>(
    version: SpiceVersion,
    file: &'a File,
    person: &'a Person,
) -> impl Iterator<Item = (u32, String)> + 'a {
    let own = person
        .has_organization(version)
        .then(|| (file.organization.id, file.organization.name.clone()));
    let more = more_organizations(person);
    own.into_iter()
        .chain(more.map(|(id, number)| (id, format!("{}{number}", file.village))))
}

fn account_v1(file: &File, person: &Person) -> Account {
    let mut account = account(SpiceVersion::V1, file, person);
    let mut short = Vec::new();
    for (id, name) in organizations(SpiceVersion::V1, file, person) {
        short.push(json!({ "id": id, "name": name }));
        account.organizations.push(json!({
            "createdBy": 1, "id": id, "updatedBy": 1,
            "createdAt": "2024-01-10T08:00:00+00:00", "updatedAt": "2024-01-10T08:00:00+00:00",
            "tenantId": id, "formDataId": id, "formName": "site", "name": name, "sequence": 4,
            "parentOrganizationId": file.organization.parent, "active": true, "deleted": false,
        }));
    }
    let roles: Vec<Value> = person.roles.iter().map(|role| role_v1(role)).collect();
    let has_country = person.country.unwrap_or(false);
    account.answer = json!({
        "id": person.id,
        "username": person.username,
        "gender": person.gender,
        "roles": roles,
        "active": true,
        "accountExpired": false,
        "accountLocked": false,
        "credentialsExpired": false,
        "authorization": null,
        "currentDate": null,
        "firstName": person.first_name,
        "lastName": person.last_name,
        "middleName": person.middle_name,
        "subject": null,
        "phoneNumber": person.phone_number,
        "timezone": file.timezone,
        "organizations": short,
        "tenantId": person.tenant_id.unwrap_or(0),
        "countryCode": (!person.without_country_code).then_some(&file.country_code),
        "isBlocked": false,
        "country": has_country.then_some(&file.country),
        "deviceInfoId": null,
        "isSuperUser": person.roles.iter().any(|role| role == "SUPER_USER"),
        "cultureId": null,
    });
    account
}

/// A role of SPICE 1.x as its table has it.
fn role_v1(role: &str) -> Value {
    json!({
        "id": role_number(SpiceVersion::V1, role), "name": role, "level": null, "authority": role,
        "createdBy": 1, "updatedBy": 1,
        "createdAt": 1_704_873_600_000_u64, "updatedAt": 1_704_873_600_000_u64,
        "active": true, "deleted": false,
    })
}

fn account_v2(file: &File, person: &Person) -> Account {
    let mut account = account(SpiceVersion::V2, file, person);
    let mut numbers = Vec::new();
    for (id, name) in organizations(SpiceVersion::V2, file, person) {
        numbers.push(id);
        account.organizations.push(json!({
            "id": id, "formDataId": id, "name": name, "sequence": 4,
            "parentOrganizationId": file.organization.parent, "formName": "healthfacility",
        }));
    }
    let is = |role: &str| person.roles.iter().any(|name| name == role);
    let roles: Vec<Value> = person.roles.iter().map(|role| role_v2(role)).collect();
    let has_country = person.country.unwrap_or(true);
    let without_zone = person.damage == Some(Damage::Zoneless);
    account.answer = json!({
        "id": person.id,
        "firstName": person.first_name,
        "lastName": person.last_name,
        "username": person.username,
        "phoneNumber": person.phone_number,
        "roles": roles,
        "active": true,
        "authorization": null,
        "cookie": null,
        "currentDate": null,
        "tenantId": person.tenant_id.unwrap_or(0),
        "countryCode": has_country.then_some(&file.country_code),
        "country": has_country.then(|| country(file, person)),
        "isSuperUser": is("SUPER_USER"),
        "isJobUser": is("JOB_USER"),
        "organizationIds": numbers,
        "suiteAccess": person.suite_access,
        "client": null,
        "fhirId": null,
        "timezone": (!without_zone).then_some(&file.timezone),
        "cultureId": has_country.then_some(1),
        "culture": has_country.then(|| json!({ "id": 1, "name": "English", "code": "en" })),
        "isTermsAndConditionsAccepted": person.terms,
    });
    account
}

/// A role of SPICE 2.0 as a sign-in shows it.
fn role_v2(role: &str) -> Value {
    json!({
        "id": role_number(SpiceVersion::V2, role), "name": role, "level": null,
        "suiteAccessName": roles::suite_of_role(role), "appTypes": ["COMMUNITY"], "authority": role,
    })
}

fn role_number(version: SpiceVersion, role: &str) -> Option<usize> {
    let all = roles::all(version);
    all.iter().position(|name| *name == role).map(|at| at + 1)
}

fn country(file: &File, person: &Person) -> Value {
    let mut country = file.country.clone();
    if person.country_letters > 0 {
        let mut shown = Map::new();
        let text = "x".repeat(person.country_letters);
        shown.insert(
            "chiefdom".to_owned(),
            json!({ "p": text, "s": "Sub County" }),
        );
        put(&mut country, "displayValues", Value::Object(shown));
    }
    country
}
