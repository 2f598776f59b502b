//! Tests of the reader: every way to import from another module.

use std::path::Path;

use super::modules::Crate;
use super::rules::{circles, upward};

const LAYERS: [&str; 4] = ["lib", "pages", "ui", "platform"];

/// A crate of these files.
fn read(files: &[(&str, &str)]) -> Crate {
    let text = |wanted: &Path| {
        let mut files = files.iter();
        let found = files.find(|(name, _)| Path::new("src").join(name) == wanted);
        found.map(|(_, text)| (*text).to_owned())
    };
    Crate::read(Path::new("src/lib.rs"), &text)
}

const LIB: &str = "pub mod pages; pub mod ui; pub mod platform;";

/// Upward imports of a crate where `ui/field.rs` has this text.
fn upward_from(field: &str) -> Vec<String> {
    let krate = read(&[
        ("lib.rs", LIB),
        (
            "pages/mod.rs",
            "mod profile; pub use profile::Profile; pub struct Own;",
        ),
        (
            "pages/profile.rs",
            "pub struct Profile; use crate::ui::Field;",
        ),
        (
            "ui/mod.rs",
            "mod field; pub use field::Field; pub use crate::platform::Clock;",
        ),
        ("ui/field.rs", field),
        ("platform.rs", "pub struct Clock;"),
    ]);
    upward(&krate, &LAYERS)
}

#[test]
fn upward_import_is_reported_with_its_line() {
    assert_eq!(
        upward_from("pub struct Field;\n\nuse crate::pages::Own;"),
        ["ui::field → pages, a layer above  src/ui/field.rs:3: crate::pages::Own"]
    );
}

#[test]
fn import_through_a_re_export_is_reported_at_its_definition() {
    assert_eq!(
        upward_from("use crate::pages::Profile;"),
        ["ui::field → pages::profile, a layer above  src/ui/field.rs:1: crate::pages::Profile"]
    );
    // A re-export from a layer below is no way around the rule, and no import from that layer.
    let krate = read(&[
        ("lib.rs", LIB),
        ("pages.rs", "pub struct Own;"),
        ("ui.rs", "use crate::platform::Shown;"),
        ("platform.rs", "pub use crate::pages::Own as Shown;"),
    ]);
    assert_eq!(
        upward(&krate, &LAYERS),
        [
            "ui → pages, a layer above  src/ui.rs:1: crate::platform::Shown",
            "platform → pages, a layer above  src/platform.rs:1: crate::pages::Own"
        ]
    );
}

#[test]
fn upward_import_is_found_in_every_position() {
    for field in [
        "fn f() { crate::pages::Own; }",
        "fn f() { super::super::pages::Own; }",
        "use crate::pages; fn f() -> pages::Own {}",
        "use crate::{ui, pages as up}; fn f() -> up::Own {}",
        "use crate::{platform::Clock, pages::{self}};",
        "use super::super::pages::*;",
        "fn f() { use crate::pages::Own as Mine; }",
        "fn f() { view! { <a href={crate::pages::Own}></a> } }",
        "macro_rules! m { () => { $crate::pages::Own } }",
        "macro_rules! m { () => { use crate::{pages::{Own}}; } }",
        "impl From<crate::pages::Own> for Field {}",
        "#[derive(X)] struct Field { #[serde(with = \"crate::pages::own\")] a: u8 }",
        "#[cfg(test)] mod tests { use crate::pages::Own; }",
        "#[cfg(test)] mod tests { use super::*; fn f() { super::super::super::pages::Own; } }",
        "mod inner { pub use crate::pages::Own; } use inner::Own;",
    ] {
        let found = upward_from(field);
        assert!(!found.is_empty(), "{field}");
        let right = |it: &String| it.starts_with("ui::field → pages") && it.contains("field.rs:1");
        assert!(found.iter().all(right), "{field}: {found:?}");
    }
}

#[test]
fn names_that_only_resemble_an_upward_import_are_not_reported() {
    for field in [
        "use crate::platform::Clock; use super::Clock as Same; use super::super::platform;",
        "/// [`crate::pages::Own`]\npub struct Field; // crate::pages::Own",
        "const TEXT: &str = \"crate::pages::Own\";",
        "use pages::Own; use other::pages; fn f() { pages::Own }",
        "pub(crate) struct Field; impl Field { fn f() { Self::pages(); } }",
    ] {
        assert_eq!(upward_from(field), [""; 0], "{field}");
    }
}

#[test]
fn module_without_a_layer_is_reported() {
    let krate = read(&[
        ("lib.rs", "mod ui; mod other;"),
        ("ui.rs", ""),
        ("other.rs", ""),
    ]);
    assert_eq!(upward(&krate, &LAYERS), ["other is in no layer"]);
}

#[test]
fn circle_of_three_modules_is_reported_with_each_step() {
    let krate = read(&[
        ("lib.rs", "mod one; mod two; mod three; mod four;"),
        ("one.rs", "use crate::two::Two;"),
        (
            "two/mod.rs",
            "pub struct Two;\nfn f() { crate::three::go(); }",
        ),
        (
            "three.rs",
            "pub fn go() {}\n#[cfg(test)]\nmod tests { use crate::one; }",
        ),
        ("four.rs", "use crate::one;"),
    ]);
    assert_eq!(
        circles(&krate.imports()),
        ["a circle:\
          \n    one → two  src/one.rs:1: crate::two::Two\
          \n    two → three  src/two/mod.rs:2: crate::three::go\
          \n    three → one  src/three.rs:3: crate::one"]
    );
}

#[test]
fn module_and_parent_are_a_circle_unless_the_parent_only_re_exports() {
    let own = [
        ("lib.rs", "mod a; pub use a::b::B; pub struct C;"),
        ("a/mod.rs", "pub mod b; pub struct A;"),
        ("a/b.rs", "pub struct B; use crate::C;"),
    ];
    let [circle] = circles(&read(&own).imports()).try_into().unwrap();
    assert!(
        circle.contains("lib → a::b  src/lib.rs:1: a::b::B"),
        "{circle}"
    );
    assert!(
        circle.contains("a::b → lib  src/a/b.rs:1: crate::C"),
        "{circle}"
    );
    let given_on = [
        ("lib.rs", "mod a; mod c; pub use a::b::B; pub use c::C;"),
        ("a/mod.rs", "pub mod b; pub struct A;"),
        ("a/b.rs", "pub struct B; use crate::C;"),
        ("c.rs", "pub struct C;"),
    ];
    assert_eq!(circles(&read(&given_on).imports()), [""; 0]);
}
