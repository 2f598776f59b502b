//! JSON writer over `Serialize`: one flat object of texts and numbers, in the order of its fields and
//! without spaces, into a text that is zeroed on drop.
//!
//! A number is its digits, through `serialize_bytes`, as [`crate::json`] reads one. Keys have no meaning
//! in this module.

use crate::personal::Personal;
use core::fmt;
use serde::ser::{self, Impossible, Serialize, SerializeStruct, Serializer};

/// Serializes the body of a request. Every body type of this crate is a struct of texts and numbers, so
/// the error case does not occur.
pub(crate) fn write(body: &impl Serialize) -> Personal {
    let mut out = Personal::with_capacity(128);
    let _ = body.serialize(Writer(&mut out));
    out
}

struct Writer<'a>(&'a mut Personal);

/// Error for any type other than an object of texts and numbers.
#[derive(Debug)]
struct Unsupported;

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an object of texts and numbers")
    }
}

impl core::error::Error for Unsupported {}

impl ser::Error for Unsupported {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

type Never<T = ()> = Impossible<T, Unsupported>;

macro_rules! unsupported {
    ($($name:ident($($argument:ty),*) -> $value:ty;)*) => {$(
        fn $name(self, $(_: $argument),*) -> Result<$value, Unsupported> {
            Err(Unsupported)
        }
    )*};
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Unsupported;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Never;

    /// Escapes `"`, `\` and the control characters (RFC 8259, section 7).
    fn serialize_str(self, text: &str) -> Result<(), Unsupported> {
        let out = self.0;
        out.push('"');
        for character in text.chars() {
            match character {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\0'..='\x1f' => {
                    out.push_str("\\u00");
                    out.push_hex(character as u8);
                }
                _ => out.push(character),
            }
        }
        out.push('"');
        Ok(())
    }

    fn serialize_bytes(self, digits: &[u8]) -> Result<(), Unsupported> {
        self.0
            .push_str(core::str::from_utf8(digits).map_err(|_| Unsupported)?);
        Ok(())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Unsupported> {
        Ok(Members(self.0, "{"))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Unsupported> {
        Err(Unsupported)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unsupported> {
        Err(Unsupported)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unsupported> {
        Err(Unsupported)
    }

    unsupported! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Never;
        serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
    }
}

/// The members of an object, and the separator before the next one.
struct Members<'a>(&'a mut Personal, &'static str);

impl SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Unsupported;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Unsupported> {
        self.0.push_str(self.1);
        self.1 = ",";
        Writer(self.0).serialize_str(key)?;
        self.0.push_str(":");
        value.serialize(Writer(self.0))
    }

    fn end(self) -> Result<(), Unsupported> {
        self.0.push_str("}");
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use serde::Serialize;

    use super::{Personal, Writer, write};

    #[derive(Serialize)]
    struct Wrapped(&'static str);

    #[derive(Serialize)]
    enum Choice {
        Wrapped(&'static str),
    }

    #[derive(Serialize)]
    struct Body {
        name: &'static str,
        other: &'static str,
    }

    #[test]
    fn object_of_texts_is_written_with_escapes() {
        let body = Body {
            name: "a\"\\\n\u{1f}ع",
            other: "",
        };
        let written = write(&body);
        assert_eq!(
            written.as_str(),
            "{\"name\":\"a\\\"\\\\\\u000a\\u001fع\",\"other\":\"\"}"
        );
    }

    #[test]
    fn any_other_type_is_an_error() {
        fn refused(value: &impl Serialize) -> String {
            let mut out = Personal::default();
            value.serialize(Writer(&mut out)).unwrap_err().to_string()
        }
        let expected = "not an object of texts and numbers";
        assert_eq!(refused(&Some("x")), expected);
        assert_eq!(refused(&Wrapped("x")), expected);
        assert_eq!(refused(&Choice::Wrapped("x")), expected);
        assert_eq!(refused(&true), expected);
    }
}
