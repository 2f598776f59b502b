//! A phone number in place of a user name.

fn read(raw: &str) -> String {
    let name = input::staff_username(raw).unwrap().or_phone();
    name.as_str().to_owned()
}

#[test]
fn comes_in_plain_digits_without_separators() {
    assert_eq!(read("٠٧٦ ١٢٣ ٤٥٦"), "076123456");
    assert_eq!(read("(076) 123-456"), "076123456");
    assert_eq!(read("＋232 76 123456"), "+23276123456");
    assert_eq!(read("76123456"), "76123456");
}

#[test]
fn is_told_from_every_other_name() {
    for name in [
        "kavya+x@spice.mdt",
        "٠٧٦ ١٢٣ x",
        "a-1",
        "+",
        "-",
        "(x)",
        "1+2",
    ] {
        assert_eq!(read(name), name);
    }
}
