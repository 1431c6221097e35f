//! References in texts of our own making.

use super::*;

#[track_caller]
fn check(text: &str, references: &[&str]) {
    let mut found = Found::default();
    scan(text, false, &mut found);
    assert_eq!(found.references, references, "{text}");
}

#[test]
fn document_numbers_by_their_form() {
    check("Payment RE-2024-0815 thanks", &["RE-2024-0815"]);
    check("INV/2024/118, INV/2024/119 and PO 4500123456", &["INV/2024/118", "INV/2024/119", "4500123456"]);
    check("422.986.811-1 ABS. 11/25 Wanderer., Nuernberg", &["422.986.811-1"]);
    check("40-059254925/HDI Leben/Unser Schreiben vom 26.11.2025", &["40-059254925"]);
    check("2037 201407-323/201407-322/201407-321", &["201407-323", "201407-322", "201407-321"]);
    check("XBANKGO24007662 CAT XBANKGO24007662", &["XBANKGO24007662"]);
    check("1001234,1001235 paid", &["1001234", "1001235"]);
}

#[test]
fn short_numbers_by_the_word_before() {
    check("Rechnung Nr. 17 vom 12.03.2024", &["17"]);
    check("Rechnungen 1234, 1235 und 1236", &["1234", "1235", "1236"]);
    check("Rechnung vom 12.03.2024 Nr. 815", &["815"]);
    check("RE-NR123456 Lieferung", &["123456"]);
    check("Rech.Nr.4711/Kd-Nr. 12345", &["4711", "12345"]);
    check("facture n° 2024-17", &["2024-17"]);
    check("Fattura 118/24 e fattura 119/24", &["118/24", "119/24"]);
    check("invoice 410408", &["410408"]);
    check("Beleg Nr. 203037, Rech", &["203037"]);
    check("FV 12/03/2024/A", &["12/03/2024/A"]);
    check("pedido nº 5512", &["5512"]);
    check("Order #54429302", &["54429302"]);
    check("RE 2024 0815", &["0815"]);
    check("Check - 0000000112", &["0000000112"]);
    check("REF.SI00015059 FROM ACME", &["SI00015059"]);
    check("Nr rach 69 1010 1270 0004 5922 2100 0000", &[]);
    check("faktura 2217 och 2218", &["2217", "2218"]);
}

#[test]
fn dates_amounts_phones_cards_and_accounts_are_none() {
    for text in [
        "Rechnung 2024",
        "Tel 0171 4471200 order by phone",
        "call +49 171 4471200",
        "(888) 555-1212",
        "CLOUDFLARE 650-3198939, US 9.95 USD, 1 USD = 0.88241 EUR",
        "IBAN DE89 3704 0044 0532 0130 00",
        "NL28 INGB 1200 3244 16",
        "Konto 1234567 BLZ 37040044",
        "card 4111 1111 1111 1111",
        "4111111111111111",
        "CB*0123456",
        "EUR 1234567",
        "1234567 EUR",
        "£1200000",
        "01.12.25-31.12.25 um 16:57",
        "2019-02-15T20.10 Debit",
        "TRADER JOE'S #541 QPS",
        "12 MAR 24",
        "123456@example.com",
        "19% MwSt 20240531",
    ] {
        check(text, &[]);
    }
}

#[test]
fn customer_codes_are_kept_in_one_spelling() {
    for text in [
        "EFT CUS72978841",
        "cus72978841",
        "CUS 72978841",
        "CUS-72978841",
        "CUS7297 8841",
        "CUS:72978841",
        "TOPUP-CUS72978841",
        "CUST72978841",
        "CUS72 978 841",
        "C U S 72978841",
    ] {
        check(text, &["CUS72978841"]);
    }
    check("CUS729788412", &["CUS729788412"]);
}

#[test]
fn a_dutch_payment_reference_is_one() {
    check("Betalingskenmerk 7777 4444 2222 0001", &["7777444422220001"]);
}

#[test]
fn structured_references_are_set_apart() {
    let mut found = Found::default();
    scan("Zahlung RF18 5390 0754 7034 zu RE-1017", false, &mut found);
    assert_eq!(found.remittance, "RF18539007547034");
    assert_eq!(found.references, ["RE-1017"]);
    let mut found = Found::default();
    scan("+++090/9337/55493+++ viite 1232", false, &mut found);
    assert_eq!((found.remittance.as_str(), found.references.len()), ("090933755493", 0));
}
