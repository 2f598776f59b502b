//! `/profile`: the record of the signed-in person.

use ::config::Label;
use contract::{
    date::{BirthDate, CivilDate, HijriBirthDate},
    patient::{Gender, Name, Patient},
    personal::Personal,
    staff::Staff,
};
use leptos::prelude::*;

use super::record::{RecordContent, RecordPage, Rows};
use crate::{
    i18n::{self, Messages},
    state::AppState,
    store::Person,
    ui::{Barcode, Section, Value},
};

/// The profile page.
#[component]
pub fn Profile(state: &'static AppState) -> impl IntoView {
    view! { <RecordPage state heading=|m| m.profile file="profile.json" read onward=true/> }
}

fn read(person: &Person, messages: &'static Messages, state: &'static AppState) -> RecordContent {
    let cards = match person {
        Person::Patient(patient) => of_patient(patient, messages, state),
        Person::Staff(signed_in) => of_staff(&signed_in.staff, messages),
    };
    let empty = cards.iter().all(|card| card.rows.is_empty());
    RecordContent {
        message: empty.then_some(messages.nothing_on_record),
        cards,
    }
}

// --- patients ---

fn of_patient(
    patient: &Patient,
    messages: &'static Messages,
    state: &'static AppState,
) -> Vec<Section> {
    let labels = &state.config.patient.labels;
    let mut about = Rows::default();
    names(&mut about, patient, messages);
    births(&mut about, patient, messages);
    if let Some(gender) = &patient.gender {
        about.add(
            messages.gender,
            Value::Words(gender_text(gender, messages, &labels.gender)),
        );
    }
    code(
        &mut about,
        messages,
        messages.marital_status,
        patient.marital_status.as_ref(),
        &labels.marital_status,
    );
    about.text(
        messages.marital_status_code,
        patient.marital_status_code.as_ref(),
    );
    let iso = patient.nationality_iso.as_ref();
    let country = |code: &Personal| i18n::country_name(messages, code.as_str());
    let nationality = patient.nationality.as_ref();
    // The text may be a code, too.
    if let Some(name) = nationality.or(iso).and_then(country) {
        about.add(messages.nationality, Value::Words(name));
    } else {
        about.text(messages.nationality, nationality);
    }
    about
        .ltr(messages.nationality_code, iso)
        .text(messages.occupation, patient.occupation.as_ref());

    let mut identity = Rows::default();
    identity.masked(messages.national_id, patient.national_id.as_ref());
    code(
        &mut identity,
        messages,
        messages.id_type,
        patient.id_type.as_ref(),
        &labels.id_type,
    );

    let mut contact = Rows::default();
    let phone = phone_number(patient.country_code.as_ref(), patient.phone.as_ref());
    contact
        .masked(messages.mobile_number, phone.as_ref())
        .copied(messages.email, patient.email.as_ref());

    vec![
        check_in(patient.patient_id.as_ref(), messages),
        about.section(messages.about_you),
        identity.section(messages.identity),
        contact.section(messages.contact),
    ]
}

/// The check-in card: file number in large type, and as barcodes.
fn check_in(number: Option<&Personal>, messages: &'static Messages) -> Section {
    let mut rows = Rows::default();
    rows.copied(messages.patient_number, number);
    Section {
        barcode: number.map(|number| Barcode {
            label: messages.patient_number,
            hint: messages.check_in_hint,
            text: number.as_str().to_owned(),
        }),
        ..rows.section(messages.check_in_card)
    }
}

/// The name in the page's script first; each with its own language and direction.
fn names(rows: &mut Rows, patient: &Patient, messages: &'static Messages) {
    let latin = ("en", "ltr", &patient.name);
    let arabic = ("ar", "rtl", &patient.name_ar);
    let (own, other) = if messages.code == "ar" {
        (arabic, latin)
    } else {
        (latin, arabic)
    };
    let mut put = |label, (lang, dir, name): (_, _, &Name)| {
        if let Some(full) = name.full() {
            rows.add(label, Value::Script(lang, dir, full.as_str().to_owned()));
        }
    };
    put(messages.name, own);
    put(messages.name_other_script, other);
}

fn births(rows: &mut Rows, patient: &Patient, messages: &'static Messages) {
    match &patient.date_of_birth {
        Some(BirthDate::Text(text)) => {
            rows.text(messages.date_of_birth, Some(text));
        }
        Some(BirthDate::Date(date)) if may_be_birth(*date) => {
            rows.add(
                messages.date_of_birth,
                Value::Words(i18n::calendar_date(messages, *date)),
            );
            let age = today().and_then(|today| date.display_age_on(today));
            if let Some(age) = age.and_then(|age| i18n::age(messages, age)) {
                rows.add(messages.age, Value::Words(age));
            }
        }
        Some(BirthDate::Date(_)) | None => {}
    }
    match (&patient.date_of_birth_hijri, &patient.date_of_birth) {
        (Some(HijriBirthDate::Text(text)), _) => {
            rows.text(messages.date_of_birth_hijri, Some(text));
        }
        (Some(HijriBirthDate::Date(date)), _) => {
            rows.add(
                messages.date_of_birth_hijri,
                Value::Words(i18n::hijri_date(messages, *date)),
            );
        }
        (None, Some(BirthDate::Date(date))) if may_be_birth(*date) => {
            if let Some(computed) = i18n::computed_hijri_date(messages, *date) {
                rows.add(
                    messages.date_of_birth_hijri,
                    Value::WithNote(computed, messages.computed),
                );
            }
        }
        (None, _) => {}
    }
}

/// `false` for a date in the future, or more than 130 years ago.
fn may_be_birth(date: CivilDate) -> bool {
    today().is_none_or(|today| date.age_on(today).is_some())
}

/// Today's date in Riyadh, whose time zone the hospital's dates of birth are in.
fn today() -> Option<CivilDate> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "milliseconds are far below 2^53"
    )]
    let now = js_sys::Date::now() as i64;
    CivilDate::in_riyadh(now)
}

fn gender_text(gender: &Gender, messages: &'static Messages, labels: &[(String, Label)]) -> String {
    match gender {
        Gender::Male => messages.male.to_owned(),
        Gender::Female => messages.female.to_owned(),
        Gender::Code(code) => {
            label(code, messages, labels).unwrap_or_else(|| match code.as_str() {
                // Assumed and not documented, so the labels of the configuration come first.
                "1" => messages.male.to_owned(),
                "2" => messages.female.to_owned(),
                "0" => messages.unknown.to_owned(),
                other => (messages.code_number)(other),
            })
        }
    }
}

/// A code without a label is shown as a code: there is no published list, and a guess could be a false
/// statement about a person.
fn code(
    rows: &mut Rows,
    messages: &'static Messages,
    name: &'static str,
    code: Option<&Personal>,
    labels: &[(String, Label)],
) {
    if let Some(code) = code {
        let text =
            label(code, messages, labels).unwrap_or_else(|| (messages.code_number)(code.as_str()));
        rows.add(name, Value::Words(text));
    }
}

fn label(code: &Personal, messages: &Messages, labels: &[(String, Label)]) -> Option<String> {
    let (_, label) = labels
        .iter()
        .find(|(labelled, _)| labelled == code.as_str())?;
    Some(label.text_in(messages.code).to_owned())
}

/// Country code and number in one: `+966 512345678`. Absent without a number.
fn phone_number(country: Option<&Personal>, number: Option<&Personal>) -> Option<Personal> {
    number?;
    let parts: Vec<&str> = [country, number]
        .into_iter()
        .flatten()
        .map(Personal::as_str)
        .collect();
    (!parts.is_empty()).then(|| Personal::from(parts.join(" ")))
}

// --- staff ---

fn of_staff(staff: &Staff, messages: &'static Messages) -> Vec<Section> {
    let mut about = Rows::default();
    about
        .text(messages.first_name, staff.first_name.as_ref())
        .text(messages.middle_name, staff.middle_name.as_ref())
        .text(messages.last_name, staff.last_name.as_ref())
        .word(
            messages.gender,
            staff.gender.as_ref(),
            [("male", messages.male), ("female", messages.female)],
        );

    let calling = staff.country_code.as_ref().map(|code| match code.as_str() {
        // SPICE omits the plus sign.
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
            Personal::from(["+", digits].concat())
        }
        other => Personal::from(other),
    });
    let mut contact = Rows::default();
    contact.masked(
        messages.phone,
        phone_number(calling.as_ref(), staff.phone.as_ref()).as_ref(),
    );

    let mut account = Rows::default();
    account
        .copied(messages.signed_in_as, staff.username.as_ref())
        .ltr(messages.user_number, staff.id.as_ref())
        .text(messages.subject, staff.subject.as_ref());
    if let Some(moment) = staff.current_date {
        account.add(
            messages.server_time,
            Value::Words(i18n::instant(messages, moment)),
        );
    }
    account.ltr(messages.device_number, staff.device_info_id.as_ref());
    let culture = staff.culture.as_ref();
    account
        .text(
            messages.culture,
            culture.and_then(|c| c.name.as_ref().or(c.code.as_ref())),
        )
        .ltr(
            messages.culture_number,
            staff
                .culture_id
                .as_ref()
                .or(culture.and_then(|c| c.id.as_ref())),
        );

    vec![
        about.section(messages.about_you),
        contact.section(messages.contact),
        account.section(messages.account),
    ]
}
