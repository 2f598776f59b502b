//! The people file of the stage published: e2e/published/staff.published.ts describes it.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The fewest people of all given services together.
const FEWEST: usize = 9;

/// A version of SPICE, and the staff clients by which its people sign in.
struct Service {
    version: &'static str,
    /// Each needs a person.
    required: [&'static str; 2],
    optional: &'static [&'static str],
}

const SERVICES: [Service; 2] = [
    Service {
        version: "1",
        required: ["spice mobile", "spice web"],
        optional: &["cfr web"],
    },
    Service {
        version: "2",
        required: ["web", "mob"],
        optional: &[],
    },
];

/// Checks that a people file has enough people for the given versions of SPICE, and one for each of their
/// staff clients. Returns the optional clients that have none.
pub fn check(file: &str, versions: &[&str]) -> Result<Vec<&'static str>> {
    if versions.is_empty() {
        bail!("--spice1 URL or --spice2 URL is missing");
    }
    let file: Value = serde_json::from_str(file)?;
    let entries = file.as_array().context("not a JSON array of people")?;
    let mut people = BTreeSet::new();
    let mut clients = BTreeSet::new();
    for (index, entry) in entries.iter().enumerate() {
        let text = |key: &str| {
            let value = entry.get(key).and_then(Value::as_str);
            value.with_context(|| format!("person {}: no text {key:?}", index + 1))
        };
        let version = text("spice")?;
        text("password")?;
        if versions.contains(&version) {
            people.insert((version, text("username")?.to_lowercase()));
            clients.insert((version, text("client")?));
        }
    }
    let mut problems = Vec::new();
    let mut left_out = Vec::new();
    for service in SERVICES
        .iter()
        .filter(|service| versions.contains(&service.version))
    {
        let is_missing = |client: &&&str| !clients.contains(&(service.version, **client));
        let missing = service.required.iter().filter(is_missing);
        problems.extend(missing.map(|client| {
            format!(
                "SPICE {}: no person with the client {client:?}",
                service.version
            )
        }));
        left_out.extend(service.optional.iter().filter(is_missing).copied());
    }
    if people.len() < FEWEST {
        problems.push(format!(
            "{} people of the given services; at least {FEWEST} are needed",
            people.len()
        ));
    }
    if !problems.is_empty() {
        bail!("{}", problems.join("; "));
    }
    Ok(left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BOTH: [&str; 2] = ["1", "2"];

    /// A file with a number of people for each version and client.
    fn file(groups: &[(&str, &str, usize)]) -> String {
        let mut people = Vec::new();
        for (version, client, number) in groups {
            for one in 0..*number {
                people.push(json!({
                    "spice": version, "client": client, "password": "x",
                    "username": format!("{client}-{one}@example.org"),
                }));
            }
        }
        json!(people).to_string()
    }

    fn error(groups: &[(&str, &str, usize)], versions: &[&str]) -> String {
        check(&file(groups), versions).unwrap_err().to_string()
    }

    #[test]
    fn file_with_nine_people_and_every_client_is_accepted() {
        let all = [
            ("1", "spice mobile", 3),
            ("1", "spice web", 2),
            ("1", "cfr web", 1),
            ("2", "web", 2),
            ("2", "mob", 1),
        ];
        assert_eq!(check(&file(&all), &BOTH).unwrap(), [""; 0]);
    }

    #[test]
    fn cfr_web_may_be_missing_and_is_named() {
        let without = [
            ("1", "spice mobile", 4),
            ("1", "spice web", 2),
            ("2", "web", 2),
            ("2", "mob", 1),
        ];
        assert_eq!(check(&file(&without), &BOTH).unwrap(), ["cfr web"]);
        let second_alone = [("2", "web", 5), ("2", "mob", 4)];
        assert_eq!(check(&file(&second_alone), &["2"]).unwrap(), [""; 0]);
    }

    #[test]
    fn every_other_client_of_a_given_service_needs_a_person() {
        for (version, client) in [
            ("1", "spice mobile"),
            ("1", "spice web"),
            ("2", "web"),
            ("2", "mob"),
        ] {
            let mut groups = vec![
                ("1", "spice mobile", 9),
                ("1", "spice web", 9),
                ("2", "web", 9),
                ("2", "mob", 9),
            ];
            groups.retain(|group| group.1 != client);
            // The same client of the other version is another one.
            groups.push((if version == "1" { "2" } else { "1" }, client, 1));
            let expected = format!("SPICE {version}: no person with the client {client:?}");
            assert_eq!(error(&groups, &BOTH), expected);
            let other: Vec<_> = BOTH.into_iter().filter(|one| *one != version).collect();
            assert!(check(&file(&groups), &other).is_ok(), "{client}");
        }
    }

    #[test]
    fn eight_people_are_too_few() {
        let eight = [
            ("1", "spice mobile", 3),
            ("1", "spice web", 2),
            ("2", "web", 2),
            ("2", "mob", 1),
        ];
        let expected = "8 people of the given services; at least 9 are needed";
        assert_eq!(error(&eight, &BOTH), expected);
        // Those of a service that is not given do not count.
        let nine = [&eight[..], &[("2", "mob", 5)]].concat();
        let all_errors = "5 people of the given services; at least 9 are needed";
        assert_eq!(error(&nine, &["1"]), all_errors);
        // Nor does a second client of the same person.
        let again = r#"{"spice":"2","client":"web","username":"MOB-0@example.org","password":"x"}"#;
        let again = file(&eight).replacen('[', &format!("[{again},"), 1);
        assert_eq!(check(&again, &BOTH).unwrap_err().to_string(), expected);
    }

    #[test]
    fn all_problems_are_named_at_once() {
        assert_eq!(
            error(&[], &["2"]),
            "SPICE 2: no person with the client \"web\"; \
             SPICE 2: no person with the client \"mob\"; \
             0 people of the given services; at least 9 are needed"
        );
    }

    #[test]
    fn file_of_another_shape_and_a_run_without_a_service_are_errors() {
        for (text, expected) in [
            ("{}", "not a JSON array of people"),
            (r#"[{"spice":"1"}]"#, "person 1: no text \"password\""),
            (
                r#"[{"spice":1,"password":"x"}]"#,
                "person 1: no text \"spice\"",
            ),
        ] {
            assert_eq!(check(text, &BOTH).unwrap_err().to_string(), expected);
        }
        assert!(check("[", &BOTH).is_err());
        let error = check("[]", &[]).unwrap_err().to_string();
        assert_eq!(error, "--spice1 URL or --spice2 URL is missing");
    }
}
