//! The parts a page is made of, one a file. They
//! know nothing of patients, staff, services or routes: they are given words and signals.

mod button;
mod choice;
mod countdown;
mod details;
mod error_summary;
mod field;
mod form;
mod heading;
mod link;
mod password;
mod press;

pub use button::SubmitButton;
pub use choice::{Choice, ChoiceOption};
pub use countdown::{clock, spoken_wait};
pub use details::{Row, Section, Value, sections};
pub use error_summary::ErrorSummary;
pub use field::{Field, FieldSpec, Reading, input_of, typed};
pub use form::{Alert, FieldProblem, Form};
pub use heading::Heading;
pub use link::{Link, is_plain};
pub use password::Password;
pub use press::{after_press, follow_presses};

use leptos::prelude::*;

/// Runs `act` once what has just been set is on the page.
pub fn after_render(act: impl FnOnce() + 'static) {
    set_timeout(act, std::time::Duration::ZERO);
}
