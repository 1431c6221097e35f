//! References of each scheme, right and wrong.

use super::*;

fn found(text: &str, label: &str) -> Option<String> {
    at(text, label).map(|found| format!("{}+{}", found.value, text.len() - found.len))
}

#[test]
fn references_with_a_form_of_their_own() {
    for (text, value) in [
        ("RF18539007547034", "RF18539007547034+0"),
        ("RF18 5390 0754 7034 Acme", "RF18539007547034+5"),
        ("rf18539007547034", "RF18539007547034+0"),
        ("210000000003139471430009017", "210000000003139471430009017+0"),
        ("21 00000 00003 13947 14300 09017 CHF", "210000000003139471430009017+4"),
        ("090/9337/55493+++", "090933755493+3"),
        ("SI12 1234567890120", "SI121234567890120+0"),
        ("SI00 2024-118", "SI002024-118+0"),
        ("HR00 2024-118", "HR002024-118+0"),
        ("HR01 1234567890", "HR011234567890+0"),
    ] {
        assert_eq!(found(text, "").as_deref(), Some(value), "{text}");
    }
}

#[test]
fn a_wrong_check_digit_makes_no_reference() {
    for text in [
        "RF19539007547034",
        "RFID 12",
        "210000000003139471430009018",
        "000000000000000000000000000",
        "090/9337/55494",
        "123/123/12345",
        "SI12 1234567890121",
        "HR01 1234567891",
        "HR99 123",
        "SI00015059",
        "5390 0754 7034",
    ] {
        assert_eq!(found(text, ""), None, "{text}");
    }
}

#[test]
fn plain_numbers_need_their_label() {
    for (label, text, value) in [
        ("Viite", "1232", "1232+0"),
        ("viitenumero", "12 32 Oy", "1232+3"),
        ("KID", "1234567897", "1234567897+0"),
        ("KID", "0100013", "0100013+0"),
        ("OCR", "1234567897 tack", "1234567897+5"),
    ] {
        assert_eq!(found(text, label).as_deref(), Some(value), "{label} {text}");
        assert_eq!(found(text, ""), None, "{text}");
    }
    assert_eq!(found("1233", "viite"), None);
    assert_eq!(found("1234567890", "OCR"), None);
}

#[test]
fn a_field_is_a_reference_as_a_whole_or_not_at_all() {
    let of = |text| of_field(text).map(|found| found.value);
    assert_eq!(of("+++090/9337/55493+++").as_deref(), Some("090933755493"));
    assert_eq!(of("***090/9337/55493***").as_deref(), Some("090933755493"));
    assert_eq!(of(" RF18 5390 0754 7034 ").as_deref(), Some("RF18539007547034"));
    assert_eq!(of("OCR: 1234567897").as_deref(), Some("1234567897"));
    assert_eq!(of("RF18539007547034 and more"), None);
    assert_eq!(of("1234567897"), None);
    assert_eq!(of(""), None);
}
