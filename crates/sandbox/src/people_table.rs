//! The sample people as tables for a terminal. The column that may hold Arabic comes last, where
//! its direction cannot disturb the others.

use sandbox::people::People;
use std::fmt::Write;

pub(crate) fn render(people: &People) -> String {
    let patients = people.patients.iter().map(|patient| {
        let keys = &patient.keys;
        [
            keys.phone.clone(),
            keys.national_id.clone(),
            keys.patient_id.clone().unwrap_or_else(|| "–".to_owned()),
            keys.note.clone(),
            keys.name.clone(),
        ]
    });
    let staff = people.staff.iter().map(|staff| {
        let keys = &staff.keys;
        [
            keys.username.clone(),
            keys.client.clone(),
            keys.note.clone(),
            // In quotes: one of them begins and ends with spaces.
            format!("\"{}\"", keys.password),
        ]
    });
    format!(
        "Patients\n{}\nStaff\n{}",
        table(
            [
                "mobile number",
                "national ID",
                "Patient ID",
                "what is special",
                "name"
            ],
            patients
        ),
        table(
            ["user name", "client", "what is special", "password"],
            staff
        ),
    )
}

fn table<const N: usize>(
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]> + Clone,
) -> String {
    let mut widths = head.map(|title| title.chars().count());
    for row in rows.clone() {
        for (width, cell) in widths.iter_mut().zip(&row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let rule = widths.map(|width| "-".repeat(width));
    let mut text = String::new();
    for row in [head.map(str::to_owned), rule].into_iter().chain(rows) {
        let mut line = String::from(" ");
        for (cell, width) in row.iter().zip(widths) {
            // Writing to a String cannot fail.
            let _ = write!(line, " {cell:<width$} ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
