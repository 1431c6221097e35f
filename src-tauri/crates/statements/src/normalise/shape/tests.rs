//! Tokens and what they look like.

use super::*;
use crate::normalise::token;

fn shape(text: &str) -> Shape {
    let token = token::next(text.as_bytes(), 0).unwrap_or_default();
    assert_eq!(token.text(text), text, "one token");
    of(&token, text.as_bytes())
}

#[test]
fn document_numbers_of_any_shape() {
    for text in [
        "RE-2024-0815",
        "INV/2024/118",
        "4500123456",
        "INV2024118",
        "N0003--0149-0002756",
        "123/123/12345-----L110",
        "201400-001",
        "422.986.811-1",
        "2222.44.111.B.02.444.0",
        "456930",
        "118/2024",
        "2024/118",
        "GB29482",
        "5c4bd790-c53f-47f1-b735-6e36681bfe04",
        "CUS72978841",
        "20170323001234567891234567891234",
        "R-12345",
        "FV/118/03/2024",
        "DE98ZZZ09999999999",
        "MLREFN000309677",
    ] {
        assert_eq!(shape(text), Strong, "{text}");
    }
}

#[test]
fn numbers_of_other_things() {
    for text in [
        "31.05.2024",
        "31/5/24",
        "2024-05-31",
        "05-31-2024",
        "31.05",
        "12:33",
        "12:33:44",
        "1.234,56",
        "1,234.56",
        "27,28",
        "10.000",
        "1'234.50",
        "4111111111111111",
        "XXXX1234",
        "12-09-2014T16",
        "233,15EUR",
        "CHF500000",
        "0.780162",
        "BG/000002459",
        "5402XXXXXXXX1234",
        "888-555-1212",
        "650-3198939",
        "12-34-56",
        "GENODEF1PFK",
        "RABONL2U",
        "12MAR24",
        "MAY09",
        "2019-02-15T20.10",
        "2023-02-09-08.37.18.552784",
        "01.12.25-31.12.25",
        "11773016-11111018-00000000",
        "61109010140000071219812874",
        "000000",
        "7",
        "AMZN.COM/1234",
    ] {
        assert_eq!(shape(text), Other, "{text}");
    }
}

#[test]
fn what_only_a_label_makes_a_reference() {
    for text in
        ["1234", "17", "20240531", "310524", "05/2024", "2023/24", "500KM", "1234AB", "A4", "0796455364", "118/24"]
    {
        assert_eq!(shape(text), Weak, "{text}");
    }
}
