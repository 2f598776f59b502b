//! Dates, numbers and country names in the language of the page, by the browser's `Intl`: the same data in
//! the program would outweigh the rest of it. Browser only.

use contract::date::{Age, CivilDate, HijriDate};
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    countries::{alpha_2, alpha_2_codes},
    digits::digits,
    messages::Messages,
};

/// `Intl` writes Latin digits, whatever the region's own are; [`digits`] writes those of the page.
const LATIN_DIGITS: &str = "-u-nu-latn";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;

    /// `js_sys`'s lets an exception through: an engine without unit style throws.
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locales: &Array, options: &Object) -> Result<NumberFormat, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn format(this: &NumberFormat, value: f64) -> Result<String, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locale: &str) -> Result<DateTimeFormat, JsValue>;

    #[wasm_bindgen(method, js_name = resolvedOptions, catch)]
    fn resolved_options(this: &DateTimeFormat) -> Result<JsValue, JsValue>;
}

const DAY_MS: f64 = 86_400_000.0;

/// `15 January 1990`, `15 يناير 1990`: a day of the Gregorian calendar, in any time zone.
pub fn calendar_date(messages: &Messages, date: CivilDate) -> String {
    long_day(messages, "gregory", utc_midnight(date))
}

/// The same day in the Umm al-Qura calendar; `None` in a browser that does not have it.
pub fn computed_hijri_date(messages: &Messages, date: CivilDate) -> Option<String> {
    has_umm_al_qura(messages).then(|| long_day(messages, UMM_AL_QURA, utc_midnight(date)))
}

const UMM_AL_QURA: &str = "islamic-umalqura";

/// `false` where `Intl` puts another calendar in the place of Umm al-Qura, as ECMA-402 allows.
fn has_umm_al_qura(messages: &Messages) -> bool {
    let locale = calendar(messages, UMM_AL_QURA);
    let resolved = DateTimeFormat::new(&locale).and_then(|format| format.resolved_options());
    resolved
        .and_then(|resolved| Reflect::get(&resolved, &"calendar".into()))
        .is_ok_and(|calendar| calendar == UMM_AL_QURA)
}

/// Formats a day in both calendars: the browser takes 16 ms the first time, and none later.
pub fn warm_up(messages: &'static Messages) {
    for system in ["gregory", UMM_AL_QURA] {
        long_day(messages, system, 0.0);
    }
}

/// A Hijri date that the record has. Never converted: records and calendars may differ by a day.
pub fn hijri_date(messages: &Messages, date: HijriDate) -> String {
    let day = number(messages, f64::from(date.day()));
    let year = number(messages, f64::from(date.year()));
    if !has_umm_al_qura(messages) {
        let month = number(messages, f64::from(date.month()));
        return [&day, "/", &month, "/", &year, " ", messages.hijri_era].concat();
    }
    // A day in the middle of the month by the tabular calendar, which is at most two days off: enough for
    // the name of the month.
    let months = f64::from(date.year() - 1) * 12.0 + f64::from(date.month() - 1);
    let middle = (months * 29.530_589 + 15.0 - 492_148.0) * DAY_MS;
    let options = options(&[("month", "long"), ("timeZone", "UTC")]);
    let month =
        Date::new(&middle.into()).to_locale_date_string(&calendar(messages, UMM_AL_QURA), &options);
    let month = String::from(month);
    [&day, " ", &month, " ", &year, " ", messages.hijri_era].concat()
}

/// A moment in the browser's time zone. `milliseconds` since 1970 in UTC.
#[allow(
    clippy::cast_precision_loss,
    reason = "milliseconds stay below 2^53 for 285,000 years"
)]
pub fn instant(messages: &Messages, milliseconds: i64) -> String {
    let options = options(&[("dateStyle", "long"), ("timeStyle", "short")]);
    let milliseconds = milliseconds as f64;
    let text =
        Date::new(&milliseconds.into()).to_locale_string(&calendar(messages, "gregory"), &options);
    digits(messages, &String::from(text))
}

/// A number without grouping, in the digits of the language.
pub fn number(messages: &Messages, value: f64) -> String {
    let options = Object::new();
    // Setting a property on a fresh object cannot fail.
    let _ = Reflect::set(&options, &"useGrouping".into(), &JsValue::FALSE);
    numeral(messages, &options, value).unwrap_or_else(|| {
        let plain = js_sys::Number::from(value).to_string_with_radix(10);
        digits(messages, &plain.map(String::from).unwrap_or_default())
    })
}

/// `None` where the engine lacks what the options ask for.
fn numeral(messages: &Messages, options: &Object, value: f64) -> Option<String> {
    let locale = [messages.locale, LATIN_DIGITS].concat();
    let format = NumberFormat::new(&Array::of1(&locale.into()), options);
    let text = format.and_then(|format| format.format(value)).ok()?;
    Some(digits(messages, &text))
}

/// `36 years`, `سنتان`: an age, in the plural form of the number; `None` where the engine has no units.
pub fn age(messages: &Messages, age: Age) -> Option<String> {
    let (unit, count) = match age {
        Age::Years(count) => ("year", count),
        Age::Months(count) => ("month", count),
        Age::Days(count) => ("day", count),
    };
    let options = options(&[("style", "unit"), ("unit", unit), ("unitDisplay", "long")]);
    numeral(messages, &options, f64::from(count))
}

/// Name of a country by its ISO 3166 code.
pub fn country_name(messages: &Messages, code: &str) -> Option<String> {
    // `DisplayNames` throws on other lengths, and Chromium knows capitals only, against ECMA-402.
    let code = alpha_2(code)?;
    // Codes with a name such as "Unknown Region" that are no countries.
    if matches!(code.as_str(), "ZZ" | "QO" | "XA" | "XB") {
        return None;
    }
    names_of_countries(messages.locale)
        .of(&code)
        .map(String::from)
}

fn names_of_countries(locale: &str) -> Intl::DisplayNames {
    let options = options(&[("type", "region"), ("fallback", "none")]);
    Intl::DisplayNames::new(&Array::of1(&locale.into()), options.as_ref())
}

/// Name of a country in the page's language: of its code where there is no text or the text is in another script, of
/// the text where it is a code or an English name. `None` where the text itself is to be shown.
pub fn country_in(messages: &Messages, text: Option<&str>, code: Option<&str>) -> Option<String> {
    let Some(text) = text else {
        return country_name(messages, code?);
    };
    if let Some(name) = country_name(messages, text) {
        return Some(name);
    }
    let is_own_script = text.chars().any(is_arabic) == messages.is_arabic();
    if is_own_script {
        return None;
    }
    let code = code.or_else(|| {
        let names = names_of_countries("en");
        let is_named = |code: &&str| names.of(code).is_some_and(|name| name == *text);
        alpha_2_codes().find(is_named)
    });
    country_name(messages, code?)
}

/// True for a letter, digit or punctuation mark of the Arabic script, Persian ones included.
pub fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn long_day(messages: &Messages, system: &str, milliseconds: f64) -> String {
    let options = options(&[
        ("day", "numeric"),
        ("month", "long"),
        ("year", "numeric"),
        ("timeZone", "UTC"),
    ]);
    let text = Date::new(&milliseconds.into())
        .to_locale_date_string(&calendar(messages, system), &options);
    digits(messages, &String::from(text))
}

fn calendar(messages: &Messages, system: &str) -> String {
    [messages.locale, LATIN_DIGITS, "-ca-", system].concat()
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        // Setting a property on a fresh object cannot fail.
        let _ = Reflect::set(&object, &(*key).into(), &(*value).into());
    }
    object
}

fn utc_midnight(date: CivilDate) -> f64 {
    // Not `Date::utc`, which takes the years 0 to 99 for 1900 to 1999.
    let day = Date::new(&JsValue::from(0.0));
    day.set_utc_full_year_with_month_date(
        u32::try_from(date.year()).unwrap_or(0),
        i32::from(date.month()) - 1,
        i32::from(date.day()),
    );
    day.get_time()
}
