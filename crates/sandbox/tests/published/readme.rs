//! The table of rules in the README.

const README: &str = include_str!("../../README.md");
const MODULES: [(&str, &str); 5] = [
    ("accounts", include_str!("accounts.rs")),
    ("installation", include_str!("installation.rs")),
    ("replay", include_str!("replay.rs")),
    ("rules", include_str!("rules.rs")),
    ("sessions", include_str!("sessions.rs")),
];

#[test]
fn each_rule_of_the_readme_names_a_test() {
    let start = README.find("### Rules").unwrap();
    let end = README.find("### What differs on purpose").unwrap();
    let rows: Vec<&str> = README[start..end]
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| **"))
        .skip(1)
        .collect();
    assert!(rows.len() > 40, "{}", rows.len());
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells.len(), 3, "{row}");
        let test = cells[2];
        let mut names = test.split('`').filter(|part| part.contains("::"));
        if !["the same", "both", "replay"]
            .iter()
            .any(|word| test.starts_with(word))
        {
            assert!(names.clone().next().is_some(), "{row}");
        }
        assert!(
            names.all(|name| {
                let (module, function) = name.split_once("::").unwrap();
                let source = MODULES.iter().find(|(known, _)| *known == module);
                source.is_some_and(|(_, text)| text.contains(&format!("#[test]\nfn {function}()")))
            }),
            "{row}"
        );
    }
}
