//! JSON as the sign-in services print it (Jackson's default pretty printer): its length decides whether
//! a response is too large. And changes of objects.

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// Sets a member of an object; nothing for another value.
pub(crate) fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// The text of a value.
pub(crate) fn print(value: &Value) -> serde_json::Result<String> {
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(
        &mut text,
        Pretty::default(),
    ))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Members of objects on lines of their own, elements of arrays on one line.
#[derive(Default)]
struct Pretty {
    depth: usize,
    /// The last thing written was the start of an object.
    is_empty: bool,
}

impl Pretty {
    fn line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        out.write_all("  ".repeat(self.depth).as_bytes())
    }
}

impl Formatter for Pretty {
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        self.is_empty = true;
        out.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        if self.is_empty {
            out.write_all(b" ")?;
        } else {
            self.line(out)?;
        }
        self.is_empty = false;
        out.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        self.is_empty = false;
        self.line(out)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b" : ")
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b" ]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(if first { " " } else { ", " }.as_bytes())
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _out: &mut W) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::print;
    use serde_json::json;

    #[test]
    fn objects_are_printed_on_lines_and_arrays_on_one() {
        let value = json!({ "a": [], "b": [{ "c": 1 }, { "c": null }], "d": {}, "e": [11, 12] });
        assert_eq!(
            print(&value).unwrap(),
            "{\n  \"a\" : [ ],\n  \"b\" : [ {\n    \"c\" : 1\n  }, {\n    \"c\" : null\n  } ],\n  \
             \"d\" : { },\n  \"e\" : [ 11, 12 ]\n}"
        );
    }
}
