//! The parts a page is made of, one a file. They
//! know nothing of patients, staff, services or routes: they are given words and signals.

mod button;
mod choice;
mod copy;
mod countdown;
mod details;
mod error_summary;
mod field;
mod form;
mod heading;
mod link;
mod notice;
mod page_tools;
mod password;
mod press;
mod scan;
mod status;

pub use button::{Button, Countdown, SubmitButton};
pub use choice::{Choice, ChoiceOption};
pub use countdown::{clock, spoken_wait};
pub use details::{Badge, Cards, Outbound, Row, Scan, Section, Tone, Value};
pub use error_summary::ErrorSummary;
pub use field::{Field, FieldSpec, Reading, input_of, typed};
pub use form::{Alert, FieldProblem, Form};
pub use heading::{Heading, focus_heading};
pub use link::{Link, is_plain};
pub use notice::{Notice, NoticeLine};
pub use page_tools::PageTools;
pub use password::Password;
pub use press::{after_press, follow_presses};
pub use status::Status;

use leptos::prelude::*;

/// Runs `act` once what has just been set is on the page.
pub fn after_render(act: impl FnOnce() + 'static) {
    set_timeout(act, std::time::Duration::ZERO);
}
