//! Lenient field readers for `deserialize_with`: the services send a number as a string, a flag as a word
//! and anything as `null`. All such conversions are in this module; it has no names of fields.

use crate::date;
use crate::personal::Personal;
use core::fmt;
use core::marker::PhantomData;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A JSON value of any type, in which every object is a `T`.
#[derive(PartialEq)]
pub(crate) enum Any<T> {
    Null,
    Flag(bool),
    /// A number, with its digits unchanged.
    Number(Personal),
    Text(Personal),
    List(Vec<Any<T>>),
    Object(T),
}

/// Type that an object of a response is read as. Its default is the empty object.
pub(crate) trait Record: Default + PartialEq {
    /// The record that a bare text or number stands for in place of the object.
    fn from_text(_: Personal) -> Self {
        Self::default()
    }
}

impl<T: Record> Any<T> {
    /// The trimmed text of a string or a number; `None` if it is empty or means nothing.
    pub(crate) fn text(self) -> Option<Personal> {
        match self {
            Self::Text(text) => trimmed(&text),
            Self::Number(digits) => plain_number(digits.as_str()).map(Personal::from),
            _ => None,
        }
    }

    /// The record; `None` if it is empty.
    pub(crate) fn record(self) -> Option<T> {
        let record = match self {
            Self::Object(record) => record,
            scalar => T::from_text(scalar.text()?),
        };
        (record != T::default()).then_some(record)
    }
}

fn trimmed(text: &Personal) -> Option<Personal> {
    let inner = text.as_str().trim();
    (!is_placeholder(inner)).then(|| Personal::from(inner))
}

/// `true` for what stands in the place of a value that a service does not have: nothing, punctuation, and what programs
/// write for it. Capitalized, `Null` is a name.
fn is_placeholder(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_punctuation())
        || matches!(text, "null" | "undefined" | "NaN")
        || text.eq_ignore_ascii_case("n/a")
}

/// A number in plain digits, since services write an identifier as `1.2345E4` or `12345.0` where they hold it as a
/// floating-point number; any other keeps its digits. `None` for an exponent that leads to more than 20 digits.
fn plain_number(text: &str) -> Option<String> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return Some(without_zeros(text).to_owned());
    };
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    // Number of digits before the point, once it is moved.
    let point = exponent
        .parse::<i16>()
        .ok()?
        .checked_add(i16::try_from(whole.len()).ok()?)?;
    if !(-20..=20).contains(&point) {
        return None;
    }
    let zeros = |count: i16| "0".repeat(count.try_into().unwrap_or(0));
    let length = i16::try_from(digits.len()).ok()?;
    let digits = [zeros(1 - point), digits, zeros(point - length)].concat();
    let (whole, fraction) = digits.split_at_checked(point.max(1).unsigned_abs().into())?;
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    Some([sign, without_zeros(&[whole, ".", fraction].concat())].concat())
}

/// A decimal number without a fraction of zeros only.
fn without_zeros(number: &str) -> &str {
    match number.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
        _ => number,
    }
}

impl<'de, T: Record + Deserialize<'de>> Deserialize<'de> for Any<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AnyVisitor(PhantomData))
    }
}

struct AnyVisitor<T>(PhantomData<T>);

impl<'de, T: Record + Deserialize<'de>> Visitor<'de> for AnyVisitor<T> {
    type Value = Any<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Any<T>, E> {
        Ok(Any::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Any<T>, E> {
        Ok(Any::Flag(flag))
    }

    fn visit_str<E>(self, text: &str) -> Result<Any<T>, E> {
        Ok(Any::Text(text.into()))
    }

    /// A number; see [`crate::json`].
    fn visit_bytes<E>(self, digits: &[u8]) -> Result<Any<T>, E> {
        let digits = core::str::from_utf8(digits).unwrap_or_default();
        Ok(Any::Number(digits.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Any<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Any::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Any<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(Any::Object)
    }
}

/// Record for fields that are a text or a number: an object is read as the empty one.
#[derive(Default, PartialEq, Eq)]
pub(crate) struct Scalar(Option<Personal>);

impl Record for Scalar {
    fn from_text(text: Personal) -> Self {
        Self(Some(text))
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_ignored_any(IgnoredAny)?;
        Ok(Self(None))
    }
}

/// Reads a value of any type, with `null` distinct from an absent key.
pub(crate) fn any<'de, D: Deserializer<'de>, T: Record + Deserialize<'de>>(
    from: D,
) -> Result<Option<Any<T>>, D::Error> {
    Any::deserialize(from).map(Some)
}

/// Reads the trimmed text of a string or a number; an empty text and any other type are absent.
pub(crate) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Personal>, D::Error> {
    Any::<Scalar>::deserialize(from).map(Any::text)
}

/// Reads `true` and `false`, also as words in any case.
pub(crate) fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    Ok(match Any::<Scalar>::deserialize(from)? {
        Any::Flag(flag) => Some(flag),
        Any::Text(word) => {
            let word = word.as_str().trim();
            let flag = |known: bool, name: &str| word.eq_ignore_ascii_case(name).then_some(known);
            flag(true, "true").or_else(|| flag(false, "false"))
        }
        _ => None,
    })
}

/// Reads a moment, in milliseconds since 1970-01-01T00:00:00Z. A number that cannot be one is absent.
pub(crate) fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let text = text(from)?;
    let moment = text.and_then(|text| text.as_str().parse().ok());
    Ok(moment.filter(|moment| date::is_moment(*moment)))
}

/// Reads the offset of a time zone, unchanged. One that no zone has is absent.
pub(crate) fn offset<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Personal>, D::Error> {
    let text = text(from)?;
    Ok(text.filter(|text| date::is_offset(text.as_str())))
}

/// Reads a record; an empty one is absent.
pub(crate) fn one<'de, D: Deserializer<'de>, T: Record + Deserialize<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    Any::deserialize(from).map(Any::record)
}

/// Reads the records of a list without the empty ones. A single value is a list of one.
pub(crate) fn all<'de, D: Deserializer<'de>, T: Record + Deserialize<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    let items = match Any::deserialize(from)? {
        Any::List(items) => items,
        single => vec![single],
    };
    Ok(items.into_iter().filter_map(Any::record).collect())
}

/// Reads the texts and numbers of a list, as [`all`] and [`text`] do.
pub(crate) fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Personal>, D::Error> {
    let words: Vec<Scalar> = all(from)?;
    Ok(words.into_iter().filter_map(|word| word.0).collect())
}
