//! Reader of the responses of a session.

use contract::service_error::ServiceError;
use contract::staff::read_session;

use crate::support::{ANY_BODY, response};

#[test]
fn session_response_200_with_any_body_is_ok() {
    for body in ANY_BODY {
        assert_eq!(read_session(&response(200, body)), Ok(()));
    }
}

#[test]
fn session_response_401_is_session_over() {
    for body in ANY_BODY {
        assert_eq!(
            read_session(&response(401, body)),
            Err(ServiceError::SessionOver)
        );
    }
}

#[test]
fn session_response_403_is_not_allowed() {
    for body in ANY_BODY {
        assert_eq!(
            read_session(&response(403, body)),
            Err(ServiceError::NotAllowed)
        );
    }
}
