//! Answers in mid-session.

use contract::refusal::Refusal;
use contract::staff::session_answer;

use crate::support::{ANY_BODY, answer};

#[test]
fn a_200_is_well_whatever_it_says() {
    for body in ANY_BODY {
        assert_eq!(session_answer(&answer(200, body)), Ok(()));
    }
}

#[test]
fn a_401_is_the_end_of_the_session() {
    for body in ANY_BODY {
        assert_eq!(
            session_answer(&answer(401, body)),
            Err(Refusal::SessionOver)
        );
    }
}

#[test]
fn a_403_is_not_allowed_and_the_session_stays() {
    for body in ANY_BODY {
        assert_eq!(session_answer(&answer(403, body)), Err(Refusal::NotAllowed));
    }
}
