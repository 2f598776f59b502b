//! Keyed hash of a password, against independent vectors and RFC 4231.

use contract::password::PasswordHash;

#[test]
fn password_hash_matches_the_vectors() {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../vectors/password_hash.json")).unwrap();
    let vectors = vectors.as_array().unwrap();
    assert_eq!(vectors.len(), 4);
    for vector in vectors {
        let text = |key: &str| vector[key].as_str().unwrap();
        let hash = PasswordHash::of(text("password"), text("key"));
        assert_eq!(hash.as_str(), text("hmac_sha512_hex"));
    }
}

#[test]
fn password_key_longer_than_a_block_is_hashed_first() {
    // HMAC replaces a key over 128 bytes by its SHA-512 of 64 bytes, so two long keys still differ.
    let (long, longer) = ("k".repeat(129), "k".repeat(5000));
    let hashes = [
        PasswordHash::of("p", &long),
        PasswordHash::of("p", &longer),
        PasswordHash::of("p", &"k".repeat(128)),
    ];
    assert!(hashes.iter().all(|hash| hash.as_str().len() == 128));
    assert_ne!(hashes[0].as_str(), hashes[1].as_str());
    assert_ne!(hashes[0].as_str(), hashes[2].as_str());
}

#[test]
fn password_hash_matches_rfc_4231_case_2() {
    assert_eq!(
        PasswordHash::of("what do ya want for nothing?", "Jefe").as_str(),
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
         9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    );
}

#[test]
fn password_is_hashed_without_trimming_case_change_or_truncation() {
    let hash = |password: &str| PasswordHash::of(password, "k").as_str().to_owned();
    assert_ne!(hash("secret"), hash(" secret"));
    assert_ne!(hash("secret"), hash("secret "));
    assert_ne!(hash("secret"), hash("Secret"));
    assert_ne!(hash(&"s".repeat(10_000)), hash(&"s".repeat(10_001)));
    assert_ne!(hash("é"), hash("e\u{301}"));
    assert_eq!(hash("").len(), 128);
}

#[test]
fn password_hash_is_128_lower_case_hexadecimal_digits() {
    for number in 0..200u32 {
        let hash = PasswordHash::of(&number.to_string(), "");
        assert_eq!(hash.as_str().len(), 128);
        assert!(
            hash.as_str()
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        );
    }
}
