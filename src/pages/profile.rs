//! `/profile`: the record of the signed-in person.

use ::config::Label;
use contract::{
    date::{BirthDate, CivilDate, HijriBirthDate},
    patient::{Gender, Patient},
    personal::Personal,
    staff::Staff,
};
use leptos::prelude::*;

use super::{
    record::{RecordContent, RecordPage, Rows},
    roles::staff_identity,
};
use crate::{
    i18n::{self, Messages},
    state::AppState,
    store::Person,
    ui::{Barcode, Layout, Row, Section, Value},
};

/// The profile page.
#[component]
pub fn Profile(state: &'static AppState) -> impl IntoView {
    view! { <RecordPage state heading=|m| m.profile file="profile.json" read onward=true/> }
}

fn read(person: &Person, messages: &'static Messages, state: &'static AppState) -> RecordContent {
    match person {
        Person::Patient(patient) => of_patient(patient, person, messages, state),
        Person::Staff(signed_in) => of_staff(&signed_in.staff, person, messages),
    }
}

/// The message for a record that has no more than a name or number.
fn message_of(cards: &[Section], messages: &'static Messages) -> Option<&'static str> {
    cards
        .iter()
        .all(|card| card.rows.is_empty())
        .then_some(messages.nothing_on_record)
}

// --- patients ---

fn of_patient(
    patient: &Patient,
    person: &Person,
    messages: &'static Messages,
    state: &'static AppState,
) -> RecordContent {
    let labels = &state.config.patient.labels;
    let mut about = Rows::default();
    // What a person reads as a code only, there being no published list of them.
    let mut codes = Rows::default();
    births(&mut about, patient, messages);
    about.masked(messages.national_id, patient.national_id.as_ref());
    coded(
        [&mut about, &mut codes],
        messages,
        messages.id_type,
        patient.id_type.as_ref(),
        &labels.id_type,
    );
    if let Some(gender) = &patient.gender {
        match gender_text(gender, messages, &labels.gender) {
            Ok(text) => about.add(messages.gender, Value::Words(text)),
            Err(code) => codes.add(messages.gender, Value::Words((messages.code_number)(code))),
        };
    }
    let iso = patient.nationality_iso.as_ref();
    let nationality = patient.nationality.as_ref();
    about.country(messages, messages.nationality, nationality, iso);
    coded(
        [&mut about, &mut codes],
        messages,
        messages.marital_status,
        patient.marital_status.as_ref(),
        &labels.marital_status,
    );
    about.text(messages.occupation, patient.occupation.as_ref());
    codes
        .text(
            messages.marital_status_code,
            patient.marital_status_code.as_ref(),
        )
        .ltr(messages.nationality_code, iso);

    let mut contact = Rows::default();
    let phone = phone_number(patient.country_code.as_ref(), patient.phone.as_ref());
    contact
        .masked(messages.mobile_number, phone.as_ref())
        .copied(messages.email, patient.email.as_ref(), Layout::Wide);

    let cards = vec![
        about.section(messages.about_you),
        contact.section(messages.contact),
    ];
    RecordContent {
        message: message_of(&cards, messages),
        identity: Some(check_in(patient, person, messages, state)),
        cards,
        support: vec![codes.section(messages.about_you)],
        title: None,
    }
}

/// A code in the configuration's words among what a person reads, or as a code among the others.
fn coded(
    [about, codes]: [&mut Rows; 2],
    messages: &'static Messages,
    name: &'static str,
    code: Option<&Personal>,
    labels: &[(String, Label)],
) {
    if let Some(code) = code {
        match label(code, messages, labels) {
            Some(label) => about.add(name, Value::Words(label)),
            None => codes.add(name, Value::Words((messages.code_number)(code.as_str()))),
        };
    }
}

/// The check-in card: names, and the file number in large type and as barcodes. On paper also the hospital's name.
fn check_in(
    patient: &Patient,
    person: &Person,
    messages: &'static Messages,
    state: &'static AppState,
) -> Section {
    let number = patient.patient_id.as_ref();
    let mut rows = Rows::default();
    names(&mut rows, patient, messages);
    rows.copied(messages.patient_number, number, Layout::Large);
    // There is nothing to check in with without a number.
    let title = match number {
        Some(_) => messages.check_in_card,
        None => messages.signed_in,
    };
    Section {
        about: state.config.brand.name_in(messages.code),
        barcode: number.map(|number| Barcode {
            label: messages.patient_number,
            hint: messages.check_in_hint,
            text: number.as_str().to_owned(),
        }),
        ..rows.identity(title, &person.name(messages.is_arabic()))
    }
}

/// The name in the page's script first; each with its own language and direction.
fn names(rows: &mut Rows, patient: &Patient, messages: &'static Messages) {
    let latin = ("en", "ltr", &patient.name);
    let arabic = ("ar", "rtl", &patient.name_ar);
    let (own, other) = if messages.is_arabic() {
        (arabic, latin)
    } else {
        (latin, arabic)
    };
    let mut layout = Layout::Lead;
    for (label, (lang, dir, name)) in [(messages.name, own), (messages.name_other_script, other)] {
        if let Some(full) = name.full() {
            let name = Value::Script(lang, dir, full.as_str().to_owned());
            rows.row(Row::new(label, name).laid_out(layout));
            layout = Layout::Bare;
        }
    }
}

/// Date of birth, the Hijri date and the age as one row, since they say one thing.
fn births(rows: &mut Rows, patient: &Patient, messages: &'static Messages) {
    let mut all = Vec::new();
    let mut age = None;
    match &patient.date_of_birth {
        Some(BirthDate::Text(text)) => {
            let text = Value::Text(text.as_str().to_owned());
            all.push(Row::new(messages.date_of_birth, text));
        }
        Some(BirthDate::Date(date)) if may_be_birth(*date) => {
            let text = Value::Words(i18n::calendar_date(messages, *date));
            all.push(Row::new(messages.date_of_birth, text));
            age = today()
                .and_then(|today| date.display_age_on(today))
                .and_then(|age| i18n::age(messages, age));
        }
        Some(BirthDate::Date(_)) | None => {}
    }
    let hijri = match (&patient.date_of_birth_hijri, &patient.date_of_birth) {
        (Some(HijriBirthDate::Text(text)), _) => Some(Value::Text(text.as_str().to_owned())),
        (Some(HijriBirthDate::Date(date)), _) => {
            Some(Value::Words(i18n::hijri_date(messages, *date)))
        }
        (None, Some(BirthDate::Date(date))) if may_be_birth(*date) => {
            i18n::computed_hijri_date(messages, *date)
                .map(|computed| Value::WithNote(computed, messages.computed))
        }
        (None, _) => None,
    };
    all.extend(hijri.map(|hijri| Row::new(messages.date_of_birth_hijri, hijri)));
    all.extend(age.map(|age| Row::new(messages.age, Value::Words(age))));
    let mut layout = Layout::Wide;
    for row in all {
        rows.row(row.laid_out(layout));
        layout = Layout::Under;
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

/// The gender in words, or its code where none are known.
fn gender_text<'a>(
    gender: &'a Gender,
    messages: &'static Messages,
    labels: &[(String, Label)],
) -> Result<String, &'a str> {
    let code = match gender {
        Gender::Male => return Ok(messages.male.to_owned()),
        Gender::Female => return Ok(messages.female.to_owned()),
        Gender::Code(code) => code,
    };
    match (label(code, messages, labels), code.as_str()) {
        (Some(label), _) => Ok(label),
        // Assumed and not documented, so the labels of the configuration come first.
        (None, "1") => Ok(messages.male.to_owned()),
        (None, "2") => Ok(messages.female.to_owned()),
        (None, "0") => Ok(messages.unknown.to_owned()),
        (None, other) => Err(other),
    }
}

/// The configuration's label of a code. Without one the code is shown as a code: there is no published list, and a
/// guess could be a false statement about a person.
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

fn of_staff(staff: &Staff, person: &Person, messages: &'static Messages) -> RecordContent {
    let mut about = Rows::default();
    about.word(
        messages.gender,
        staff.gender.as_ref(),
        [("male", messages.male), ("female", messages.female)],
    );
    let culture = staff.culture.as_ref();
    about.text(
        messages.culture,
        culture.and_then(|culture| culture.name.as_ref()),
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

    let mut names = Rows::default();
    names
        .text(messages.first_name, staff.first_name.as_ref())
        .text(messages.middle_name, staff.middle_name.as_ref())
        .text(messages.last_name, staff.last_name.as_ref());
    let mut account = Rows::default();
    account
        .ltr(messages.user_number, staff.id.as_ref())
        .text(messages.subject, staff.subject.as_ref())
        .ltr(messages.device_number, staff.device_info_id.as_ref())
        .ltr(messages.culture_number, staff.culture_id.as_ref());
    if let Some(culture) = culture {
        let other = culture
            .id
            .as_ref()
            .filter(|id| Some(*id) != staff.culture_id.as_ref());
        account.ltr(messages.culture_number, other);
        account.ltr(messages.culture, culture.code.as_ref());
    }
    if let Some(moment) = staff.current_date {
        let moment = Value::Words(i18n::instant(messages, moment));
        account.add(messages.server_time, moment);
    }

    let cards = vec![
        about.section(messages.about_you),
        contact.section(messages.contact),
    ];
    RecordContent {
        message: message_of(&cards, messages),
        identity: Some(staff_identity(staff, person, messages)),
        cards,
        support: vec![
            names.section(messages.name),
            account.section(messages.account),
        ],
        title: None,
    }
}
