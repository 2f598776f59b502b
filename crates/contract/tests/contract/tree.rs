//! Any JSON as a tree, through the reader under test: everything that it passes to a type. Also used by
//! the fuzz targets.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

#[derive(Debug, PartialEq)]
pub enum Tree {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Tree;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Bool(value))
            }
            fn visit_bytes<E>(self, digits: &[u8]) -> Result<Tree, E> {
                Ok(Tree::Number(String::from_utf8(digits.to_vec()).unwrap()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
                Ok(Tree::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
                let mut array = Vec::new();
                while let Some(item) = items.next_element()? {
                    array.push(item);
                }
                Ok(Tree::Array(array))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
                let mut object = Vec::new();
                while let Some(member) = members.next_entry()? {
                    object.push(member);
                }
                Ok(Tree::Object(object))
            }
        }
        from.deserialize_any(Any)
    }
}

/// `true` if `serde_json` read the same value. Of a duplicate key it keeps the last.
pub fn same(ours: &Tree, theirs: &serde_json::Value) -> bool {
    match (ours, theirs) {
        (Tree::Null, serde_json::Value::Null) => true,
        (Tree::Bool(a), serde_json::Value::Bool(b)) => a == b,
        (Tree::Number(a), serde_json::Value::Number(b)) => {
            // `serde_json` may write `1E5` as `1e+5`.
            let plain = |digits: &str| digits.to_ascii_lowercase().replace("e+", "e");
            plain(a) == plain(&b.to_string())
        }
        (Tree::Text(a), serde_json::Value::String(b)) => a == b,
        (Tree::Array(a), serde_json::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Tree::Object(a), serde_json::Value::Object(b)) => {
            let last = |key: &str| a.iter().rev().find(|(name, _)| name == key);
            a.iter().all(|(key, _)| b.contains_key(key))
                && b.iter()
                    .all(|(key, b)| last(key).is_some_and(|(_, a)| same(a, b)))
        }
        _ => false,
    }
}
