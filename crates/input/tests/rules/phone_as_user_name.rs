//! Phone numbers used as user names.

fn read(raw: &str) -> String {
    let name = input::staff_username(raw).unwrap().normalize_phone();
    name.as_str().to_owned()
}

#[test]
fn phone_as_user_name_becomes_ascii_digits_without_separators() {
    assert_eq!(read("٠٧٦ ١٢٣ ٤٥٦"), "076123456");
    assert_eq!(read("(076) 123-456"), "076123456");
    assert_eq!(read("＋232 76 123456"), "+23276123456");
    assert_eq!(read("76123456"), "76123456");
    assert_eq!(read("232 76 123456+"), "+23276123456");
}

#[test]
fn user_name_that_is_no_phone_number_is_unchanged() {
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
