//! `/profile`: who the person is, as the service has it.

use contract::{
    date::{BirthDate, CivilDate, HijriBirthDate},
    patient::{Gender, Name, Patient},
    personal::Personal,
    staff::Staff,
};
use leptos::prelude::*;

use super::record::{Content, Record, Rows};
use crate::{
    config::Label,
    i18n::{self, Words},
    portal::Portal,
    session::Person,
    ui::{Scan, Section, Value},
};

/// The profile of whoever is signed in.
#[component]
pub fn Profile(portal: &'static Portal) -> impl IntoView {
    view! { <Record portal heading=|w| w.profile file="profile.json" read/> }
}

fn read(person: &Person, words: &'static Words, portal: &'static Portal) -> Content {
    let cards = match person {
        Person::Patient(patient) => of_patient(patient, words, portal),
        Person::Staff(signed_in) => of_staff(&signed_in.staff, words),
    };
    let empty = cards.iter().all(|card| card.rows.is_empty());
    Content {
        remark: empty.then_some(words.nothing_on_record),
        cards,
    }
}

// --- patients ---

fn of_patient(patient: &Patient, words: &'static Words, portal: &'static Portal) -> Vec<Section> {
    let labels = &portal.config.patient.labels;
    let mut about = Rows::default();
    names(&mut about, patient, words);
    births(&mut about, patient, words);
    if let Some(gender) = &patient.gender {
        about.add(
            words.gender,
            Value::Text(gender_text(gender, words, &labels.gender)),
        );
    }
    code(
        &mut about,
        words,
        words.marital_status,
        patient.marital_status.as_ref(),
        &labels.marital_status,
    );
    about.text(
        words.marital_status_code,
        patient.marital_status_code.as_ref(),
    );
    let iso = patient.nationality_iso.as_ref();
    if patient.nationality.is_some() {
        about.text(words.nationality, patient.nationality.as_ref());
    } else if let Some(name) = iso.and_then(|iso| i18n::country_name(words, iso.as_str())) {
        about.add(words.nationality, Value::Text(name));
    }
    about
        .ltr(words.nationality_code, iso)
        .text(words.occupation, patient.occupation.as_ref());

    let mut identity = Rows::default();
    identity.masked(words.national_id, patient.national_id.as_ref());
    code(
        &mut identity,
        words,
        words.id_type,
        patient.id_type.as_ref(),
        &labels.id_type,
    );

    let mut contact = Rows::default();
    let phone = phone_number(patient.country_code.as_ref(), patient.phone.as_ref());
    contact
        .masked(words.mobile_number, phone.as_ref())
        .copied(words.email, patient.email.as_ref());

    vec![
        check_in(patient.patient_id.as_ref(), words),
        about.section(words.about_you),
        identity.section(words.identity),
        contact.section(words.contact),
    ]
}

/// What the check-in desk asks for: the file number, large, and for a scanner.
fn check_in(number: Option<&Personal>, words: &'static Words) -> Section {
    let mut rows = Rows::default();
    rows.copied(words.patient_number, number);
    Section {
        scan: number.map(|number| Scan {
            label: words.patient_number,
            hint: words.check_in_hint,
            text: number.as_str().to_owned(),
        }),
        ..rows.section(words.check_in_card)
    }
}

/// The name in the page's script first; each is marked with its own language and direction.
fn names(rows: &mut Rows, patient: &Patient, words: &'static Words) {
    let latin = ("en", "ltr", &patient.name);
    let arabic = ("ar", "rtl", &patient.name_ar);
    let (own, other) = if words.code == "ar" {
        (arabic, latin)
    } else {
        (latin, arabic)
    };
    let mut put = |label, (lang, dir, name): (_, _, &Name)| {
        if let Some(full) = name.full() {
            rows.add(label, Value::Script(lang, dir, full.as_str().to_owned()));
        }
    };
    put(words.name, own);
    put(words.name_other_script, other);
}

fn births(rows: &mut Rows, patient: &Patient, words: &'static Words) {
    match &patient.date_of_birth {
        None => {}
        Some(BirthDate::Text(text)) => {
            rows.text(words.date_of_birth, Some(text));
        }
        Some(BirthDate::Date(date)) => {
            rows.add(
                words.date_of_birth,
                Value::Text(i18n::calendar_date(words, *date)),
            );
            if let Some(age) = today().and_then(|today| date.display_age_on(today)) {
                rows.add(words.age, Value::Text(i18n::age(words, age)));
            }
        }
    }
    match (&patient.date_of_birth_hijri, &patient.date_of_birth) {
        (Some(HijriBirthDate::Text(text)), _) => {
            rows.text(words.date_of_birth_hijri, Some(text));
        }
        (Some(HijriBirthDate::Date(date)), _) => {
            rows.add(
                words.date_of_birth_hijri,
                Value::Text(i18n::hijri_date(words, *date)),
            );
        }
        (None, Some(BirthDate::Date(date))) => {
            let computed = i18n::computed_hijri_date(words, *date);
            rows.add(
                words.date_of_birth_hijri,
                Value::Remark(computed, words.computed),
            );
        }
        (None, Some(BirthDate::Text(_)) | None) => {}
    }
}

/// The day in Riyadh, by which the hospital counts days of birth too.
fn today() -> Option<CivilDate> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "milliseconds are far below 2^53"
    )]
    let now = js_sys::Date::now() as i64;
    CivilDate::in_riyadh(now)
}

fn gender_text(gender: &Gender, words: &'static Words, labels: &[(String, Label)]) -> String {
    match gender {
        Gender::Male => words.male.to_owned(),
        Gender::Female => words.female.to_owned(),
        Gender::Code(code) => label(code, words, labels).unwrap_or_else(|| match code.as_str() {
            // Assumed, not documented: a deployment's own labels come first.
            "1" => words.male.to_owned(),
            "2" => words.female.to_owned(),
            "0" => words.unknown.to_owned(),
            other => (words.code_number)(other),
        }),
    }
}

/// A code without a label is shown as a code: there is no public list, and a guess would be a
/// wrong statement about a person.
fn code(
    rows: &mut Rows,
    words: &'static Words,
    name: &'static str,
    code: Option<&Personal>,
    labels: &[(String, Label)],
) {
    if let Some(code) = code {
        let text = label(code, words, labels).unwrap_or_else(|| (words.code_number)(code.as_str()));
        rows.add(name, Value::Text(text));
    }
}

fn label(code: &Personal, words: &Words, labels: &[(String, Label)]) -> Option<String> {
    let (_, label) = labels
        .iter()
        .find(|(labelled, _)| labelled == code.as_str())?;
    Some(label.text_in(words.code).to_owned())
}

/// Country code and number as one: `+966 512345678`. A code alone is no number.
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

fn of_staff(staff: &Staff, words: &'static Words) -> Vec<Section> {
    let mut about = Rows::default();
    about
        .text(words.first_name, staff.first_name.as_ref())
        .text(words.middle_name, staff.middle_name.as_ref())
        .text(words.last_name, staff.last_name.as_ref())
        .word(
            words.gender,
            staff.gender.as_ref(),
            [("male", words.male), ("female", words.female)],
        );

    let calling = staff.country_code.as_ref().map(|code| match code.as_str() {
        // SPICE leaves the plus away.
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
            Personal::from(["+", digits].concat())
        }
        other => Personal::from(other),
    });
    let mut contact = Rows::default();
    contact.masked(
        words.phone,
        phone_number(calling.as_ref(), staff.phone.as_ref()).as_ref(),
    );

    let mut account = Rows::default();
    account
        .copied(words.signed_in_as, staff.username.as_ref())
        .ltr(words.user_number, staff.id.as_ref())
        .text(words.subject, staff.subject.as_ref());
    if let Some(moment) = staff.current_date {
        account.add(words.server_time, Value::Text(i18n::instant(words, moment)));
    }
    account.ltr(words.device_number, staff.device_info_id.as_ref());
    let culture = staff.culture.as_ref();
    account
        .text(
            words.culture,
            culture.and_then(|c| c.name.as_ref().or(c.code.as_ref())),
        )
        .ltr(
            words.culture_number,
            staff
                .culture_id
                .as_ref()
                .or(culture.and_then(|c| c.id.as_ref())),
        );

    vec![
        about.section(words.about_you),
        contact.section(words.contact),
        account.section(words.account),
    ]
}
