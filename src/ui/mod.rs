//! Components, one a file. They are given messages and signals, and know nothing of patients, staff,
//! services or routes.

mod after_render;
mod barcode;
mod button;
mod cards;
mod choice;
mod clipboard;
mod countdown;
mod description_list;
mod error_summary;
mod field;
mod forgot_password;
mod form;
mod heading;
mod help_phone;
mod icon;
mod link;
mod live_region;
mod page_actions;
mod password;
mod pointer;
mod timer;
mod toast;
mod wake_lock;

pub use after_render::after_render;
pub use barcode::Barcode;
pub use button::{Button, Countdown, SubmitButton};
pub use cards::{Cards, ExternalLink, Section, SectionKind, Support};
pub use choice::{Choice, ChoiceOption};
pub use countdown::{countdown_text, spoken_seconds};
pub use description_list::{Badge, Layout, Row, Tone, Value};
pub use error_summary::ErrorSummary;
pub use field::{Field, FieldSpec, ReadBack, input_of, set_typed, typed};
pub use forgot_password::ForgotPassword;
pub use form::{FieldError, Form, FormError, Help, SubmissionError};
pub use heading::{Heading, MESSAGE, focus_heading};
pub use help_phone::HelpPhone;
pub use link::{Link, OutwardLinks, is_plain_click};
pub use live_region::LiveRegion;
pub use page_actions::PrintButton;
pub use password::Password;
pub use pointer::{after_release, track_pointer};
pub use timer::Timer;
pub use toast::{Toast, ToastRegion};
