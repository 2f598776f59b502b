//! Dates, numbers and country names by the browser's `Intl`.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use config::{Digits, Language};
use contract::date::{Age, CivilDate, HijriDate};
use js_sys::{Array, Date, Function, Object, Reflect};
use logistration::i18n::{
    self, Messages, age, calendar_date, computed_hijri_date, country_in, country_name, hijri_date,
    instant, number,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_browser);

fn english() -> &'static Messages {
    i18n::find("en").unwrap()
}

fn arabic() -> &'static Messages {
    i18n::find("ar").unwrap()
}

/// Arabic with `digits: "arab"`.
fn arabic_indic() -> &'static Messages {
    i18n::of(Language::Ar, Digits::Arab)
}

/// All tables, in both digit systems.
fn tables() -> [&'static Messages; 3] {
    [english(), arabic(), arabic_indic()]
}

fn day(year: i32, month: u8, day: u8) -> CivilDate {
    CivilDate::new(year, month, day).unwrap()
}

fn hijri(year: i32, month: u8, day: u8) -> HijriDate {
    HijriDate::new(year, month, day).unwrap()
}

fn computed(messages: &Messages, date: CivilDate) -> String {
    computed_hijri_date(messages, date).unwrap()
}

#[wasm_bindgen_test]
fn calendar_date_is_written_out_in_every_language() {
    let date = day(1990, 1, 15);
    assert_eq!(calendar_date(english(), date), "15 January 1990");
    assert_eq!(calendar_date(arabic(), date), "15 يناير 1990");
    assert_eq!(calendar_date(arabic_indic(), date), "١٥ يناير ١٩٩٠");
}

#[wasm_bindgen_test]
fn computed_hijri_date_is_the_umm_al_qura_day() {
    let date = day(1990, 1, 15);
    assert_eq!(computed(english(), date), "17 Jumada II 1410 AH");
    assert_eq!(computed(arabic(), date), "17 جمادى الآخرة 1410 هـ");
    assert_eq!(computed(arabic_indic(), date), "١٧ جمادى الآخرة ١٤١٠ هـ");
    // The first day of a year, and the day before.
    assert_eq!(computed(english(), day(2023, 7, 19)), "1 Muharram 1445 AH");
    assert_eq!(
        computed(english(), day(2023, 7, 18)),
        "30 Dhuʻl-Hijjah 1444 AH"
    );
}

#[wasm_bindgen_test]
fn hijri_date_reads_the_same_given_or_computed() {
    for (given, same) in [
        (hijri(1410, 6, 17), day(1990, 1, 15)),
        (hijri(1445, 1, 1), day(2023, 7, 19)),
        (hijri(1444, 12, 30), day(2023, 7, 18)),
        (hijri(1445, 9, 1), day(2024, 3, 11)),
    ] {
        for messages in tables() {
            assert_eq!(hijri_date(messages, given), computed(messages, same));
        }
    }
}

#[wasm_bindgen_test]
fn calendar_date_ignores_the_time_zone_of_the_browser() {
    // In any time zone of the browser.
    assert_eq!(calendar_date(english(), day(1970, 1, 1)), "1 January 1970");
    assert_eq!(
        calendar_date(english(), day(2000, 2, 29)),
        "29 February 2000"
    );
    assert_eq!(
        calendar_date(english(), day(1999, 12, 31)),
        "31 December 1999"
    );
    // A year of two digits is no abbreviation.
    assert_eq!(calendar_date(english(), day(99, 1, 1)), "1 January 99");
}

/// Names of the twelve months in a locale, by `Intl`'s own numbering over the days of years.
fn months_by_intl(messages: &Messages) -> Vec<String> {
    let part = |style: &str, digits: &str| -> Function {
        let tag = format!("{}-u-ca-islamic-umalqura{digits}", messages.locale);
        let options = Object::new();
        for (key, value) in [("month", style), ("timeZone", "UTC")] {
            Reflect::set(&options, &key.into(), &value.into()).unwrap();
        }
        js_sys::Intl::DateTimeFormat::new(&Array::of1(&tag.into()), &options).format()
    };
    let (name, index) = (part("long", ""), part("numeric", "-nu-latn"));
    let mut names: Vec<Option<String>> = vec![None; 12];
    // From late 1882 to late 2077: the years 1300 to 1500, some days apart.
    for step in 0..8_900 {
        let moment =
            Date::new(&(-2_748_000_000_000.0 + f64::from(step) * 8.0 * 86_400_000.0).into());
        let call = |format: &Function| -> String {
            let text = format.call1(&JsValue::UNDEFINED, &moment).unwrap();
            text.unchecked_into::<js_sys::JsString>().into()
        };
        let digits: String = call(&index).chars().filter(char::is_ascii_digit).collect();
        let month: usize = digits.parse().unwrap();
        let (slot, said) = (&mut names[month - 1], call(&name));
        assert_eq!(slot.get_or_insert_with(|| said.clone()), &said);
    }
    names.into_iter().map(Option::unwrap).collect()
}

#[wasm_bindgen_test]
fn every_hijri_month_from_1300_to_1500_has_its_name() {
    for messages in tables() {
        let names = months_by_intl(messages);
        for (index, name) in names.iter().enumerate() {
            assert!(!names[..index].contains(name), "{names:?}");
        }
        for year in 1300..=1500 {
            for (month, name) in (1..=12).zip(&names) {
                let expected = format!(
                    "{} {name} {} {}",
                    number(messages, 30.0),
                    number(messages, f64::from(year)),
                    messages.hijri_era
                );
                assert_eq!(hijri_date(messages, hijri(year, month, 30)), expected);
            }
        }
    }
}

#[wasm_bindgen_test]
fn hijri_months_have_their_common_names() {
    let english: Vec<_> = (1..=12)
        .map(|month| hijri_date(english(), hijri(1446, month, 1)))
        .collect();
    assert_eq!(english[0], "1 Muharram 1446 AH");
    assert_eq!(english[8], "1 Ramadan 1446 AH");
    let ramadan = hijri(1446, 9, 1);
    assert_eq!(hijri_date(arabic(), ramadan), "1 رمضان 1446 هـ");
    assert_eq!(hijri_date(arabic_indic(), ramadan), "١ رمضان ١٤٤٦ هـ");
}

#[wasm_bindgen_test]
fn country_name_is_in_the_language_of_the_page() {
    assert_eq!(
        country_name(english(), "SA").as_deref(),
        Some("Saudi Arabia")
    );
    assert_eq!(
        country_name(arabic(), "SA").as_deref(),
        Some("المملكة العربية السعودية")
    );
    assert_eq!(country_name(english(), "in").as_deref(), Some("India"));
    assert_eq!(country_name(arabic(), "JO").as_deref(), Some("الأردن"));
}

#[wasm_bindgen_test]
fn country_is_in_the_language_of_the_page_where_its_text_is_in_another_script() {
    let told = |messages, text, code| country_in(messages, text, code);
    for (messages, text, code, name) in [
        (
            arabic(),
            Some("Saudi Arabia"),
            Some("SA"),
            Some("المملكة العربية السعودية"),
        ),
        (
            arabic(),
            Some("Saudi"),
            Some("SAU"),
            Some("المملكة العربية السعودية"),
        ),
        (arabic(), Some("Kenya"), None, Some("كينيا")),
        (arabic(), Some("Kenia"), None, None),
        (arabic(), None, Some("JO"), Some("الأردن")),
        (arabic(), Some("سعودي"), Some("SA"), None),
        (english(), Some("سعودي"), Some("SA"), Some("Saudi Arabia")),
        (english(), Some("سعودي"), None, None),
        (english(), Some("Saudi"), Some("SA"), None),
        (english(), Some("SAU"), None, Some("Saudi Arabia")),
        (english(), None, None, None),
    ] {
        assert_eq!(
            told(messages, text, code).as_deref(),
            name,
            "{text:?} {code:?}"
        );
    }
}

#[wasm_bindgen_test]
fn country_name_of_an_unknown_code_is_none() {
    for code in [
        "", "S", "SAX", "SAUD", "S1", "12", "682", "سا", "é", "S ", "QX", "XX", "XA", "ZZ", "AA",
        "zz",
    ] {
        for messages in i18n::ALL {
            assert_eq!(country_name(messages, code), None, "{code}");
        }
    }
}

#[wasm_bindgen_test]
fn number_has_the_digits_of_the_page_and_no_grouping() {
    assert_eq!(number(english(), 1_234_567.0), "1234567");
    assert_eq!(number(arabic(), 1_234_567.0), "1234567");
    assert_eq!(number(arabic_indic(), 1_234_567.0), "١٢٣٤٥٦٧");
    assert_eq!(number(english(), 0.0), "0");
    assert_eq!(number(arabic_indic(), 1410.0), "١٤١٠");
}

#[wasm_bindgen_test]
fn age_has_the_plural_form_of_its_number() {
    for (told, said_in_english, said_in_arabic) in [
        (Age::Years(1), "1 year", "سنة"),
        (Age::Years(2), "2 years", "سنتان"),
        (Age::Years(3), "3 years", "٣ سنوات"),
        (Age::Years(11), "11 years", "١١ سنة"),
        (Age::Years(36), "36 years", "٣٦ سنة"),
        (Age::Years(100), "100 years", "١٠٠ سنة"),
        (Age::Years(103), "103 years", "١٠٣ سنوات"),
        (Age::Months(1), "1 month", "شهر"),
        (Age::Months(2), "2 months", "شهران"),
        (Age::Months(11), "11 months", "١١ شهرًا"),
        (Age::Days(0), "0 days", "٠ يوم"),
        (Age::Days(9), "9 days", "٩ أيام"),
    ] {
        assert_eq!(age(english(), told).as_deref(), Some(said_in_english));
        assert_eq!(age(arabic_indic(), told).as_deref(), Some(said_in_arabic));
        let latin: String = said_in_arabic
            .chars()
            .map(|c| match c {
                '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10).unwrap(),
                other => other,
            })
            .collect();
        assert_eq!(age(arabic(), told), Some(latin));
    }
}

#[wasm_bindgen_test]
fn instant_is_shown_in_the_time_zone_of_the_browser() {
    // 2026-01-01T00:00:00Z; the day before or the same, depending on where the test runs.
    let moment = 1_767_225_600_000_i64;
    let local = Date::new(&JsValue::from_f64(1_767_225_600_000.0));
    let said = instant(english(), moment);
    let time = format!("{:02}:{:02}", local.get_hours(), local.get_minutes());
    assert!(said.contains(&time), "{said}");
    assert!(said.contains(&local.get_full_year().to_string()), "{said}");
    for messages in tables() {
        let year = number(messages, f64::from(local.get_full_year()));
        assert!(instant(messages, moment).contains(&year));
    }
}

#[wasm_bindgen_test]
fn arabic_indic_digits_are_those_of_intl() {
    let locale = [arabic().locale, "-u-nu-arab"].concat();
    let options = Object::new();
    Reflect::set(&options, &"useGrouping".into(), &JsValue::FALSE).unwrap();
    let format = js_sys::Intl::NumberFormat::new(&Array::of1(&locale.into()), &options).format();
    for (value, ascii) in [(1_234_567_890.0, "1234567890"), (0.0, "0")] {
        let intl = format.call1(&JsValue::UNDEFINED, &value.into()).unwrap();
        let intl = intl.as_string().unwrap();
        assert_eq!(i18n::digits(arabic_indic(), ascii), intl);
        assert_eq!(number(arabic_indic(), value), intl);
    }
}
