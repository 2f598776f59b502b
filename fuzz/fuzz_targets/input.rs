//! What people type: what is accepted is clean, and cleaning it again changes nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    if let Ok(phone) = input::phone(typed, &["966"]) {
        let phone = phone.value.as_str();
        assert!(phone.bytes().all(|byte| byte.is_ascii_digit()));
        assert!((8..=15).contains(&phone.len()) && !phone.starts_with('0'));
        assert_eq!(input::phone(phone, &["966"]).unwrap().value.as_str(), phone);
    }
    if let Ok(id) = input::national_id(typed) {
        let id = id.value.as_str();
        assert!(id.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(input::national_id(id).unwrap().value.as_str(), id);
    }
    if let Ok(number) = input::patient_id(typed) {
        let number = number.value.as_str();
        assert!(number.chars().count() <= 32);
        assert_eq!(input::patient_id(number).unwrap().value.as_str(), number);
    }
    if let Ok(name) = input::staff_username(typed) {
        let name = name.as_str();
        assert!(!name.is_empty() && name == name.trim() && typed.contains(name));
        assert_eq!(input::staff_username(name).unwrap().as_str(), name);
        let number = input::staff_username(name).unwrap().normalize_phone();
        let again = input::staff_username(number.as_str()).unwrap().normalize_phone();
        assert_eq!(again, number);
    }
    if let Ok(code) = input::one_time_code(typed) {
        let code = code.as_str();
        assert!(code.bytes().all(|byte| byte.is_ascii_digit()) && (4..=10).contains(&code.len()));
        assert_eq!(input::one_time_code(code).unwrap().as_str(), code);
    }
    let once: String = input::sanitize_digits(typed).collect();
    assert!(input::sanitize_digits(&once).eq(once.chars()));
});
