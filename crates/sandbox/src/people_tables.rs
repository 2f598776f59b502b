//! The sample people as tables for a terminal. The column that may contain Arabic is last, so that
//! its direction does not reorder the others.

use sandbox::people::People;
use std::fmt::Write;

pub(crate) fn render(people: &People) -> String {
    let patients = people.patients.iter().map(|patient| {
        let credentials = &patient.credentials;
        [
            credentials.phone.clone(),
            credentials.national_id.clone(),
            credentials
                .patient_id
                .clone()
                .unwrap_or_else(|| "–".to_owned()),
            credentials.note.clone(),
            credentials.name.clone(),
        ]
    });
    let staff = people.staff.iter().map(|staff| {
        let credentials = &staff.credentials;
        [
            credentials.username.clone(),
            credentials.client.clone(),
            credentials.note.clone(),
            // Quoted, because one of them begins and ends with spaces.
            format!("\"{}\"", credentials.password),
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
