//! Reader of a patient's sign-in.

use contract::MAX_BODY;
use contract::date::{BirthDate, CivilDate, HijriBirthDate, HijriDate};
use contract::patient::{Gender, Name, Patient, read_exists, read_login};
use contract::personal::Personal;
use contract::response::{Headers, Response};
use contract::service_error::{ResponseError, ServiceError};

use crate::support::{ANY_BODY, PATIENT, response, shown};

fn read(body: &str) -> Patient {
    read_login(&response(200, body)).unwrap()
}

fn error(body: &str) -> ServiceError {
    read_login(&response(200, body)).unwrap_err()
}

#[test]
fn patient_sample_of_the_document_is_read_completely() {
    let patient = read(PATIENT);
    for text in [
        &patient.patient_id,
        &patient.country_code,
        &patient.phone,
        &patient.national_id,
        &patient.email,
        &patient.name.first,
        &patient.name.middle,
        &patient.name.last,
        &patient.name_ar.first,
        &patient.name_ar.middle,
        &patient.name_ar.last,
        &patient.marital_status_code,
        &patient.nationality,
        &patient.nationality_iso,
        &patient.occupation,
    ] {
        assert_eq!(shown(text), Some("string"));
    }
    let born = CivilDate::new(2022, 9, 7).unwrap();
    assert_eq!(patient.date_of_birth, Some(BirthDate::Date(born)));
    let hijri = HijriBirthDate::Text(Personal::from("string"));
    assert_eq!(patient.date_of_birth_hijri, Some(hijri));
    assert_eq!(shown(&patient.marital_status), Some("0"));
    assert_eq!(shown(&patient.id_type), Some("10"));
    assert_eq!(patient.gender, Some(Gender::Code(Personal::from("0"))));
    for address in [&patient.billing, &patient.shipping] {
        let address = address.as_ref().unwrap();
        for text in [
            &address.first_name,
            &address.last_name,
            &address.email,
            &address.phone,
            &address.fax,
            &address.company,
            &address.city,
            &address.country,
            &address.state_province,
            &address.address1,
            &address.address2,
            &address.postal_code,
            &address.lat_long,
        ] {
            assert_eq!(shown(text), Some("string"));
        }
    }
    // Equal addresses compare equal: the page shows them as one.
    assert_eq!(patient.billing, patient.shipping);
}

#[test]
fn patient_object_in_an_envelope_is_read() {
    for word in ["success", "SUCCESS", " Success "] {
        let wrapped = format!(r#"{{"status":"{word}","data":{PATIENT}}}"#);
        assert_eq!(read(&wrapped), read(PATIENT));
    }
}

#[test]
fn patient_object_is_read_with_byte_order_mark_and_white_space() {
    assert_eq!(read(&format!("\u{feff}\r\n {PATIENT}\n")), read(PATIENT));
}

#[test]
fn every_documented_form_of_not_found_is_not_found() {
    for body in [
        "",
        " \r\n",
        "\u{feff}",
        "null",
        " null ",
        "\"\"",
        "\"  \"",
        "false",
        "No user found",
        "no user found",
        " NO USER FOUND\n",
        "\"No user found\"",
        "\" no User found \"",
        r#"{"status":"fail","errors":[{"domain":"x","reason":"y","message":"z"}]}"#,
        r#"{"status":"error","message":"Customer not found","code":404}"#,
        r#"{"status":"error","message":"m"}"#,
        r#"{"status":"FAIL"}"#,
        r#"{"status":" Error "}"#,
        r#"{"status":"fail","data":{"fileNo":"1"}}"#,
        r#"{"status":"fail","fileNo":"1"}"#,
        r#"{"status":"success","data":null}"#,
        r#"{"status":"success","data":""}"#,
        r#"{"status":"success","data":false}"#,
        r#"{"status":"success","data":"No user found"}"#,
    ] {
        assert_eq!(error(body), ServiceError::NotFound, "{body}");
    }
}

#[test]
fn documented_statuses_are_not_found_with_any_body() {
    let too_large = "x".repeat(MAX_BODY + 1);
    for status in [400, 401, 403, 404, 422] {
        for body in ANY_BODY.into_iter().chain([PATIENT, &too_large]) {
            assert_eq!(
                read_login(&response(status, body)),
                Err(ServiceError::NotFound)
            );
        }
    }
}

#[test]
fn login_response_of_another_shape_is_an_invalid_response() {
    for body in [
        "true",
        "0",
        "1",
        "\"x\"",
        "\"No users found\"",
        "[]",
        "[null]",
        r#"[{"fileNo":"1"}]"#,
        "{}",
        r#"{"status":"success"}"#,
        r#"{"status":"success","data":true}"#,
        r#"{"status":"success","data":[]}"#,
        r#"{"status":"success","data":7}"#,
        r#"{"status":"success","data":{}}"#,
        r#"{"status":"success","data":"x"}"#,
    ] {
        assert_eq!(
            error(body),
            ServiceError::InvalidResponse(ResponseError::WrongShape),
            "{body}"
        );
    }
}

#[test]
fn login_response_that_is_not_json_is_an_invalid_response() {
    for body in [
        "<html><body>Sign in to the Wi-Fi</body></html>",
        "Welcome",
        "{ \"fileNo\": ",
        "No user found.",
    ] {
        assert_eq!(
            error(body),
            ServiceError::InvalidResponse(ResponseError::NotJson),
            "{body}"
        );
    }
}

#[test]
fn object_without_patient_fields_is_an_invalid_response() {
    for body in [
        r#"{"message":"No user found"}"#,
        r#"{"ErrorEndUserMessage":"x","ErrorMessage":"y","ValidationErrors":{}}"#,
        r#"{"type":"about:blank","title":"Not Found","status":404}"#,
        r#"{"id":1,"name":"x","FileNo":"1"}"#,
        r#"{"name":{},"billingAddress":{"city":""}}"#,
    ] {
        assert_eq!(
            error(body),
            ServiceError::InvalidResponse(ResponseError::WrongShape),
            "{body}"
        );
    }
}

#[test]
fn only_the_documented_status_words_make_an_envelope() {
    // Any other `status` is an unknown field, which is ignored.
    for status in [
        "200",
        "\"200\"",
        "true",
        "null",
        "\"active\"",
        "{}",
        "\"success\"",
    ] {
        let patient = read(&format!(r#"{{"status":{status},"fileNo":"1"}}"#));
        assert_eq!(shown(&patient.patient_id), Some("1"), "{status}");
        assert_eq!(patient, read(r#"{"fileNo":"1"}"#));
    }
    // An envelope of another form is an error.
    for body in [
        r#"{"status":200,"data":{"fileNo":"1"}}"#,
        r#"{"data":{"fileNo":"1"}}"#,
    ] {
        assert_eq!(
            error(body),
            ServiceError::InvalidResponse(ResponseError::WrongShape),
            "{body}"
        );
    }
}

#[test]
fn identifiers_keep_their_digits_exactly() {
    let patient = read(
        r#"{"fileNo":"0000123","nationalID":12345678901234567890123,"phoneNo":5368798202,"idType":"07",
            "maritalStatus":1.50,"zipCode":"+966"}"#,
    );
    assert_eq!(shown(&patient.patient_id), Some("0000123"));
    assert_eq!(shown(&patient.national_id), Some("12345678901234567890123"));
    assert_eq!(shown(&patient.phone), Some("5368798202"));
    assert_eq!(shown(&patient.id_type), Some("07"));
    assert_eq!(shown(&patient.marital_status), Some("1.50"));
    assert_eq!(shown(&patient.country_code), Some("+966"));
}

#[test]
fn text_is_trimmed_and_blank_text_is_absent() {
    let patient = read(
        r#"{"fileNo":" 7 ","email":" \t\r\n","occupation":"\u00a0\u3000","nationality":" Saudi Arabian\n"}"#,
    );
    assert_eq!(shown(&patient.patient_id), Some("7"));
    assert_eq!(patient.email, None);
    assert_eq!(patient.occupation, None);
    assert_eq!(shown(&patient.nationality), Some("Saudi Arabian"));
}

#[test]
fn arabic_text_is_read_escaped_or_not() {
    for body in [
        r#"{"name":{"firstNameAr":"محمد"}}"#,
        r#"{"name":{"firstNameAr":"\u0645\u062D\u0645\u062f"}}"#,
    ] {
        assert_eq!(shown(&read(body).name_ar.first), Some("محمد"));
    }
}

#[test]
fn record_that_names_nobody_is_no_such_patient() {
    for body in [
        r#"{"fileNo":null}"#,
        r#"{"fileNo":null,"name":{},"billingAddress":{"city":""}}"#,
        r#"{"fileNo":"0","nationalID":"0000000000","phoneNo":0,"gender":0,"dateOfBirth":"0001-01-01T00:00:00"}"#,
        r#"{"nationality":"Saudi","dateOfBirth":"1990-01-15"}"#,
        r#"{"status":"success","data":{"fileNo":"","name":{"firstName":" "}}}"#,
    ] {
        assert_eq!(error(body), ServiceError::NotFound, "{body}");
    }
    for body in [
        r#"{"fileNo":"0000001"}"#,
        r#"{"nationalID":"string"}"#,
        r#"{"phoneNo":"512345678"}"#,
        r#"{"name":{"lastNameAr":"حرب"}}"#,
    ] {
        assert!(read_login(&response(200, body)).is_ok(), "{body}");
    }
}

#[test]
fn birth_in_the_hijri_calendar_written_as_gregorian_is_the_hijri_date() {
    let patient = read(r#"{"fileNo":"1","dateOfBirth":"1410-06-18T00:00:00"}"#);
    let hijri = HijriDate::new(1410, 6, 18).unwrap();
    assert_eq!(patient.date_of_birth, None);
    assert_eq!(
        patient.date_of_birth_hijri,
        Some(HijriBirthDate::Date(hijri))
    );
    // The field of its own counts more.
    let both = read(r#"{"fileNo":"1","dateOfBirth":"1410-06-18","dateOfBirthHijri":"14100619"}"#);
    let own = HijriDate::new(1410, 6, 19).unwrap();
    assert_eq!(both.date_of_birth_hijri, Some(HijriBirthDate::Date(own)));
}

#[test]
fn web_page_with_an_error_status_is_a_firewall_and_no_unknown_patient() {
    let page = |status, content_type: &str| Response {
        status,
        headers: Headers {
            content_type: Some(content_type.to_owned()),
            ..Headers::default()
        },
        body: b"<html>Request blocked</html>",
    };
    let outcome = |status, content_type| read_login(&page(status, content_type)).unwrap_err();
    for status in [400, 401, 403, 406, 422] {
        let blocked = ServiceError::InvalidResponse(ResponseError::WebPage(status));
        assert_eq!(outcome(status, "text/html; charset=utf-8"), blocked);
        assert_eq!(outcome(status, "TEXT/HTML"), blocked);
        let exists = read_exists(&page(status, "text/html"));
        assert_eq!(exists, Err(blocked));
    }
    assert_eq!(outcome(404, "text/html"), ServiceError::NotFound);
    assert_eq!(outcome(403, "text/htmlx"), ServiceError::NotFound);
    assert_eq!(outcome(403, "application/json"), ServiceError::NotFound);
    assert_eq!(outcome(502, "text/html"), ServiceError::ServiceDown);
}

#[test]
fn gender_is_a_word_or_a_code() {
    let gender = |json: &str| read(&format!(r#"{{"fileNo":"1","gender":{json}}}"#)).gender;
    for word in [
        "\"MALE\"",
        "\"male\"",
        "\" Male \"",
        "\"M\"",
        "\"m\"",
        "\"ذكر\"",
    ] {
        assert_eq!(gender(word), Some(Gender::Male));
    }
    for word in ["\"FEMALE\"", "\"Female\"", "\"F\"", "\"أنثى\""] {
        assert_eq!(gender(word), Some(Gender::Female));
    }
    for code in ["0", "1", "2", "99", "\"1\"", "\"X\"", "\"ولد\""] {
        let expected = Gender::Code(Personal::from(code.trim_matches('"')));
        assert_eq!(gender(code), Some(expected));
    }
    for absent in ["null", "\"\"", "{}", "[1]", "true"] {
        assert_eq!(gender(absent), None);
    }
}

#[test]
fn nationality_code_is_read_under_three_keys() {
    for key in [
        "nationalityISOCode",
        "nationalityIsoCode",
        "nationality_iso_code",
    ] {
        let patient = read(&format!(r#"{{"fileNo":"1","{key}":"SA"}}"#));
        assert_eq!(shown(&patient.nationality_iso), Some("SA"));
    }
    let all = r#"{"fileNo":"1","nationality_iso_code":"C","nationalityIsoCode":"B","nationalityISOCode":"A"}"#;
    assert_eq!(shown(&read(all).nationality_iso), Some("A"));
    let first_empty = r#"{"fileNo":"1","nationality_iso_code":"C","nationalityIsoCode":null,"nationalityISOCode":""}"#;
    assert_eq!(shown(&read(first_empty).nationality_iso), Some("C"));
}

#[test]
fn birth_date_as_a_number_is_read() {
    let patient =
        read(r#"{"fileNo":"1","dateOfBirth":"1990-01-14T21:00:00Z","dateOfBirthHijri":14100618}"#);
    let born = CivilDate::new(1990, 1, 15).unwrap();
    assert_eq!(patient.date_of_birth, Some(BirthDate::Date(born)));
    let Some(HijriBirthDate::Date(hijri)) = patient.date_of_birth_hijri else {
        panic!("not a date")
    };
    assert_eq!((hijri.year(), hijri.month(), hijri.day()), (1410, 6, 18));
}

#[test]
fn address_without_any_value_is_none() {
    for address in [
        "null",
        "{}",
        r#"{"city":"","country":null,"unknown":"x"}"#,
        "\"string\"",
        "[]",
        "7",
    ] {
        let patient = read(&format!(r#"{{"fileNo":"1","billingAddress":{address}}}"#));
        assert_eq!(patient.billing, None, "{address}");
    }
    let patient = read(r#"{"fileNo":"1","shippingAddress":{"zipPostalCode":12345}}"#);
    let address = patient.shipping.unwrap();
    assert_eq!(shown(&address.postal_code), Some("12345"));
}

#[test]
fn full_name_joins_the_parts_that_are_present() {
    let full = |json: &str| {
        let name = read(&format!(r#"{{"fileNo":"1","name":{json}}}"#)).name;
        assert_eq!(name.is_empty(), name.full().is_none());
        shown(&name.full()).map(str::to_owned)
    };
    let all = r#"{"firstName":"Noura","middleName":"A.","lastName":"Al-Qahtani"}"#;
    assert_eq!(full(all).as_deref(), Some("Noura A. Al-Qahtani"));
    let two = r#"{"firstName":"Noura","middleName":" ","lastName":"Al-Qahtani"}"#;
    assert_eq!(full(two).as_deref(), Some("Noura Al-Qahtani"));
    assert_eq!(
        full(r#"{"lastName":"Al-Qahtani"}"#).as_deref(),
        Some("Al-Qahtani")
    );
    for none in ["{}", "null", "\"Noura\"", "[]", r#"{"firstNameAr":"نورة"}"#] {
        assert_eq!(full(none), None);
    }
    assert!(Name::default().is_empty());
}

#[test]
fn unknown_fields_are_ignored() {
    let body = r#"{"fileNo":"1","token":"x","FILENO":2,"":[{"fileNo":3}],"data":{"fileNo":"4"},"errors":null}"#;
    assert_eq!(read(body), read(r#"{"fileNo":"1"}"#));
}

#[test]
fn field_that_appears_twice_is_an_error() {
    for body in [
        r#"{"fileNo":"1","fileNo":"2"}"#,
        r#"{"fileNo":"1","name":{"firstName":"A","firstName":"B"}}"#,
        r#"{"status":"success","data":{"fileNo":"1","fileNo":"1"}}"#,
    ] {
        assert_eq!(
            error(body),
            ServiceError::InvalidResponse(ResponseError::DuplicateKey)
        );
    }
}

#[test]
fn body_too_large_or_too_deep_is_an_error_before_parsing() {
    let padded = format!("{PATIENT}{}", " ".repeat(MAX_BODY));
    assert_eq!(
        error(&padded),
        ServiceError::InvalidResponse(ResponseError::TooLarge)
    );
    assert_eq!(
        error(&" ".repeat(MAX_BODY + 1)),
        ServiceError::InvalidResponse(ResponseError::TooLarge)
    );
    let deep = format!(
        r#"{{"fileNo":{}1{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(
        error(&deep),
        ServiceError::InvalidResponse(ResponseError::TooDeep)
    );
}
