//! The differences from the published servers that are meant.

use super::compare::Difference;
use recording::Exchange;

/// A difference that is meant.
pub struct Meant {
    /// The cases: a part of their names.
    pub cases: &'static str,
    /// What differs: the start of its name.
    pub what: &'static str,
    pub reason: &'static str,
}

const fn meant(cases: &'static str, what: &'static str, reason: &'static str) -> Meant {
    Meant {
        cases,
        what,
        reason,
    }
}

pub const MEANT: [Meant; 9] = [
    meant(
        "2: ",
        "body.entity.gender",
        "the same people had a gender in the database of the first recording and none in the second",
    ),
    meant(
        "2: ",
        "body.entity.organizations.sequence",
        "the organizations of the second recording were made without their place in a district",
    ),
    meant(
        "2: ",
        "body.entity.organizations.parentOrganizationId",
        "the organizations of the second recording were made without their place in a district",
    ),
    meant(
        "by",
        "body.roles.id",
        "the number of a role that was added by hand belongs to one database",
    ),
    meant(
        "authenticate",
        "body.userDetail.roles.id",
        "the number of a role that was added by hand belongs to one database",
    ),
    meant(
        "call",
        "body.entityList.length",
        "the sandbox has more people with the role SUPER_ADMIN: one for each role",
    ),
    meant(
        "call",
        "body.totalCount",
        "the sandbox has more people with the role SUPER_ADMIN: one for each role",
    ),
    meant(
        "another call",
        "body.entityList.gender",
        "the same people had a gender in the database of the first recording and none in the second",
    ),
    meant(
        "a call that the role may not make",
        "",
        "changing another account is no call of a portal, so the sandbox has no such call",
    ),
];

/// The row that covers a difference.
pub fn row(case: &Exchange, difference: &Difference) -> Option<usize> {
    MEANT.iter().position(|meant| {
        case.name.contains(meant.cases) && difference.what.starts_with(meant.what)
    })
}

#[test]
fn meant_differences_are_few_and_have_reasons() {
    assert!(MEANT.len() <= 20);
    assert!(MEANT.iter().all(|meant| meant.reason.len() > 20));
}
