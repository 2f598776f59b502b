//! Names, wrong passwords and locks: other people, other wrong passwords, and the moments at which a lock
//! ends.

use super::replay::PASSWORD;
use super::rules::{
    LOCKED, LOCKS, NO_PERMISSION, WRONG, WRONG_CLIENT, person, spice_1, spice_2, tries,
};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

#[test]
fn five_different_wrong_passwords_lock_an_account_for_all_clients() {
    let words = ["Horizon-7 e", "horizon-7 é", "Horizon-7 é ", "x", "0"];
    for (spice, client, other, role) in [
        (spice_1(), "spice mobile", "spice web", "PHARMACIST"),
        (spice_2(), "mob", "web", "SRN"),
    ] {
        let server = &spice.server;
        let name = person(role);
        for (number, word) in words.iter().enumerate() {
            let expected = if number < 4 { WRONG } else { LOCKS };
            // The client does not matter before the password is right.
            let client = if number % 2 == 0 { client } else { other };
            assert_eq!(tries(server, client, &name, word), expected);
        }
        assert_eq!(tries(server, client, &name, "x"), LOCKED);
        assert_eq!(tries(server, client, &name, PASSWORD), LOCKED);
        assert_eq!(tries(server, other, &name, PASSWORD), LOCKED);
        // Another account is not locked, and an unknown one never is.
        assert_eq!(tries(server, client, &person("PROVIDER"), PASSWORD), "in");
        for _ in 0..7 {
            assert_eq!(tries(server, client, "stranger@example.org", "x"), WRONG);
        }
    }
}

#[test]
fn right_password_clears_wrong_ones_even_if_the_client_refuses_the_role() {
    for (spice, client, other, refusal, role) in [
        (
            spice_1(),
            "spice mobile",
            "spice web",
            NO_PERMISSION,
            "HRIO",
        ),
        (spice_2(), "mob", "web", WRONG_CLIENT, "MCHA"),
    ] {
        let server = &spice.server;
        let name = person(role);
        for _ in 0..3 {
            for word in ["1", "2", "3", "4"] {
                assert_eq!(tries(server, client, &name, word), WRONG);
            }
            assert_eq!(tries(server, other, &name, PASSWORD), refusal);
        }
        assert_eq!(tries(server, client, &name, PASSWORD), "in");
    }
}

#[test]
fn time_takes_no_wrong_password_away() {
    for (mut spice, client) in [(spice_1(), "spice mobile"), (spice_2(), "mob")] {
        let name = person("PROVIDER");
        spice.wrong_passwords(client, &name, 4);
        spice.forward(365 * 24 * HOUR);
        assert_eq!(tries(&spice.server, client, &name, "x"), LOCKS);
    }
}

#[test]
fn lock_of_spice_2_lasts_six_minutes() {
    let mut spice = spice_2();
    let name = person("CHA");
    for (after, expected) in [
        (5 * MINUTE + 58_000, LOCKED),
        (6 * MINUTE, "in"),
        (24 * HOUR, "in"),
        (25 * HOUR, "in"),
    ] {
        spice.reset();
        spice.wrong_passwords("mob", &name, 5);
        spice.forward(after);
        let found = tries(&spice.server, "mob", &name, PASSWORD);
        assert_eq!(found, expected, "after {after} ms");
    }
}

#[test]
fn lock_of_spice_1_comes_back_for_two_hours_of_each_day() {
    let mut spice = spice_1();
    let name = person("HEALTH_COACH");
    for (after, expected) in [
        (2 * HOUR - 2_000, LOCKED),
        (2 * HOUR, "in"),
        (24 * HOUR - 2_000, "in"),
        (24 * HOUR, LOCKED),
        (26 * HOUR - 2_000, LOCKED),
        (26 * HOUR, "in"),
        (10 * 24 * HOUR, LOCKED),
    ] {
        spice.reset();
        spice.wrong_passwords("spice mobile", &name, 5);
        spice.forward(after);
        let found = tries(&spice.server, "spice mobile", &name, PASSWORD);
        assert_eq!(found, expected, "after {after} ms");
    }
}

#[test]
fn first_wrong_password_after_a_lock_counts_as_one() {
    for (mut spice, client) in [(spice_1(), "spice mobile"), (spice_2(), "mob")] {
        let name = person("PROVIDER");
        spice.wrong_passwords(client, &name, 5);
        spice.forward(3 * HOUR);
        for _ in 0..4 {
            assert_eq!(tries(&spice.server, client, &name, "x"), WRONG);
        }
        assert_eq!(tries(&spice.server, client, &name, "x"), LOCKS);
    }
}

#[test]
fn name_is_compared_without_case_and_spaces_around_it() {
    for (spice, client) in [(spice_1(), "spice mobile"), (spice_2(), "mob")] {
        for name in [
            "ROLE-Provider@Example.ORG",
            "\trole-provider@example.org  ",
            "ÜNAL.łUK@example.org",
        ] {
            assert_eq!(tries(&spice.server, client, name, PASSWORD), "in", "{name}");
        }
        let inside = "role-provider @example.org";
        assert_eq!(tries(&spice.server, client, inside, PASSWORD), WRONG);
    }
}

#[test]
fn phone_number_is_a_name_in_spice_2_as_it_stands_in_the_account() {
    let spice = spice_2();
    let told = |name: &str| tries(&spice.server, "mob", name, PASSWORD);
    assert_eq!(told("76000004"), "in");
    for other in [
        "+76000004",
        "076000004",
        "23276000004",
        "7600000",
        "76 000004",
    ] {
        assert_eq!(told(other), WRONG, "{other}");
    }
    // Two accounts have this one.
    assert_eq!(told("8522432431"), "");
    assert_eq!(
        tries(&spice_1().server, "spice mobile", "722000001", PASSWORD),
        WRONG
    );
}
