//! Parser of coordinates.

use contract::patient::coordinates;
use proptest::prelude::*;

fn read(text: &str) -> Option<(String, String)> {
    coordinates(text).map(|place| {
        (
            place.latitude.as_str().to_owned(),
            place.longitude.as_str().to_owned(),
        )
    })
}

#[test]
fn coordinates_in_every_documented_form_are_read() {
    let riyadh = Some(("24.7136".to_owned(), "46.6753".to_owned()));
    for text in [
        "24.7136,46.6753",
        "24.7136;46.6753",
        "24.7136 46.6753",
        "(24.7136, 46.6753)",
        "(24.7136;46.6753)",
        "( 24.7136 46.6753 )",
        "  24.7136 , 46.6753  ",
        "24.7136   46.6753",
        "24.7136\t46.6753",
        "+24.7136,+46.6753",
    ] {
        assert_eq!(read(text), riyadh, "{text}");
    }
}

#[test]
fn coordinates_keep_their_digits() {
    let read = read("-024.70,-0046.0000000000001").unwrap();
    assert_eq!(
        read,
        ("-024.70".to_owned(), "-0046.0000000000001".to_owned())
    );
}

#[test]
fn coordinates_outside_the_ranges_are_none() {
    for inside in [
        "90,180",
        "-90,-180",
        "90.000,180.0",
        "0,1",
        "-0.0,0.001",
        "89.9999999,179.9999999",
    ] {
        assert!(coordinates(inside).is_some(), "{inside}");
    }
    for outside in [
        "90.0001,0",
        "-91,0",
        "0,180.01",
        "0,-181",
        "900,0",
        "0,99999999999999999999",
    ] {
        assert!(coordinates(outside).is_none(), "{outside}");
    }
}

#[test]
fn coordinates_of_zero_and_zero_are_none() {
    for nowhere in ["0,0", "0.0,0.00", "-0,+0", "(0, 0)", "000;000.000"] {
        assert!(coordinates(nowhere).is_none(), "{nowhere}");
    }
}

#[test]
fn text_in_any_other_form_is_no_coordinates() {
    for text in [
        "",
        " ",
        "string",
        "24.7",
        "24.7,",
        ",46.6",
        "24.7,46.6,12",
        "24.7 46.6 12",
        "24,7;46,6",
        "1e1,2",
        "NaN,1",
        "inf,1",
        "24.,46",
        ".5,46",
        "--1,2",
        "+-1,2",
        "(24,46",
        "24,46)",
        "((24,46))",
        "24°,46°",
        "٢٤,٤٦",
        "0x1,2",
        "24.7136,46.6753\u{202e}",
        "1.2.3,4",
        "- 1,2",
    ] {
        assert!(coordinates(text).is_none(), "{text}");
    }
    for (digits, is_number) in [(30, true), (31, false)] {
        let text = format!("1.{},2", "0".repeat(digits));
        assert_eq!(coordinates(&text).is_some(), is_number, "{text}");
    }
}

proptest! {
    #[test]
    fn coordinates_that_are_read_are_in_range(text in "[(]?[-+]?[0-9]{1,4}(\\.[0-9]{1,4})?[,; ][-+]?[0-9]{1,4}(\\.[0-9]{1,4})?[)]?") {
        if let Some((latitude, longitude)) = read(&text) {
            let (latitude, longitude): (f64, f64) = (latitude.parse().unwrap(), longitude.parse().unwrap());
            prop_assert!(latitude.abs() <= 90.0 && longitude.abs() <= 180.0);
            prop_assert!(latitude != 0.0 || longitude != 0.0);
        }
    }

    #[test]
    fn coordinates_of_any_place_on_earth_are_read(latitude in -90.0..90.0f64, longitude in -180.0..180.0f64) {
        let text = format!("{latitude:.6},{longitude:.6}");
        prop_assert!(coordinates(&text).is_some());
    }
}
