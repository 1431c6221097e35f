//! Whole lines: what banks of each country write, and what is made of it. All of them are of our own making.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use tieout_domain::{Currency, Digest, Money, Normalised, NormalisedTexts, Source};

use super::*;

fn line(description: &str) -> StatementLine {
    StatementLine {
        source: Source { file: Digest::from_bytes([0; 32]), row: 1 },
        record_id: String::new(),
        account: String::new(),
        date: None,
        value_date: None,
        amount: Money::zero(Currency::NONE),
        description: description.to_owned(),
        reference: String::new(),
        counterparty: String::new(),
        counterparty_account: String::new(),
        balance: None,
        normalised: Normalised::default(),
        job: None,
        raw: String::new(),
    }
}

/// A description and what is made of it: clean text, references apart by a blank and a bar, party, its account.
#[track_caller]
fn check(description: &str, clean: &str, references: &str, party: &str, account: &str) {
    let mut line = line(description);
    normalise(&mut line);
    let found = line.normalised.references.join(" | ");
    let said = [line.clean_description(), &found, &line.counterparty, &line.counterparty_account];
    assert_eq!(said, [clean, references, party, account], "{description}");
    let mut named = self::line(description);
    name_party(&mut named);
    assert_eq!([&named.counterparty, &named.counterparty_account], [party, account], "{description}");
}

/// A description and the structured creditor reference in it.
#[track_caller]
fn check_remittance(description: &str, reference: &str, remittance: &str) {
    let mut line = StatementLine { reference: reference.to_owned(), ..line(description) };
    normalise(&mut line);
    assert_eq!(line.normalised.remittance, remittance, "{description} / {reference}");
}

#[test]
fn germany_and_austria() {
    check(
        "EREF+2024-0815-7KREF+LAUF77MREF+M-4711CRED+DE98ZZZ09999999999SVWZ+Rechnung RE-2024-0815 vom 02.05.2024",
        "Rechnung RE-2024-0815 vom 02.05.2024",
        "2024-0815-7 | LAUF77 | M-4711 | DE98ZZZ09999999999 | RE-2024-0815",
        "",
        "",
    );
    check(
        "Rechnung 4711 Kd-Nr. 10023 EREF: NOTPROVIDED IBAN: DE89 3704 0044 0532 0130 00 BIC: COBADEFFXXX ABWA: Muster GmbH",
        "Rechnung 4711 Kd-Nr. 10023",
        "4711 | 10023",
        "Muster GmbH",
        "DE89370400440532013000",
    );
    check(
        "166?00GUTSCHRIFT?109310?20EREF+NONREF?21SVWZ+Rg.-Nr. 2024118?30COBADEFFXXX?31DE89370400440532013000?32HOLZ UND BAU?33GMBH",
        "Rg.-Nr. 2024118",
        "2024118",
        "HOLZ UND BAU GMBH",
        "DE89370400440532013000",
    );
    check("SEPA-Überweisung   Miete  Mai", "Miete Mai", "", "", "");
    check("Überweisung an Erika Muster Rechnung 17/24", "Rechnung 17/24", "17/24", "Erika Muster", "");
    check(
        "Kartenzahlung MARKT AM TOR//KOELN/DE 2024-03-12T10:33:44 KFN 1 VJ 2612",
        "MARKT AM TOR",
        "",
        "MARKT AM TOR",
        "",
    );
    check("Gutschrift Bausparen 2024", "Gutschrift Bausparen 2024", "", "", "");
}

#[test]
fn the_netherlands_and_belgium() {
    check(
        "/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/J JANSEN/REMI/FACTUUR 2024-118/EREF/NOTPROVIDED",
        "FACTUUR 2024-118",
        "2024-118",
        "J JANSEN",
        "NL91ABNA0417164300",
    );
    check(
        "/EREF/E12-7//CNTP/NL91ABNA0417164300/ABNANL2A/Jansen BV/Utrecht///REMI/USTD//Klantnr 4410 factuur 98/",
        "Klantnr 4410 factuur 98",
        "E12-7 | 4410 | 98",
        "Jansen BV",
        "NL91ABNA0417164300",
    );
    check(
        "SEPA Incasso algemeen doorlopend Incassant: NL12ZZZ301243580000  Naam: Water NV           Machtiging: M-100200  \
         Omschrijving: Termijn mei   IBAN: NL91ABNA0417164300",
        "Termijn mei",
        "NL12ZZZ301243580000 | M-100200",
        "Water NV",
        "NL91ABNA0417164300",
    );
    check("BEA, Betaalpas JUMBO BREDA,PAS123 NR:AB12C3, 12.03.24/12:33", "JUMBO BREDA", "", "JUMBO BREDA", "");
    check(
        "VIREMENT EN EUROS COMMUNICATION : FACTURE 2024-118 REFERENCE BANQUE : 2405021234567 DATE VALEUR : 02/05/2024",
        "FACTURE 2024-118",
        "2024-118",
        "",
        "",
    );
    check("Overschrijving van Peeters NV kenmerk 88120", "kenmerk 88120", "88120", "Peeters NV", "");
}

#[test]
fn france_spain_italy_and_portugal() {
    check(
        "VIR SEPA RECU /DE ACME SARL /MOTIF FACTURE F2024-118 /REF NOTPROVIDED",
        "FACTURE F2024-118",
        "F2024-118",
        "ACME SARL",
        "",
    );
    check(
        "PRLV SEPA ENERGIE SUD ID EMETTEUR/FR43ZZZ000425 MDT/++AB12 REF/2024X9 LIB/ECHEANCE MARS",
        "ECHEANCE MARS",
        "FR43ZZZ000425 | ++AB12 | 2024X9",
        "ENERGIE SUD",
        "",
    );
    check("VIR RECU DE: DUPONT SA REF: FAC2024118 MOTIF: ACOMPTE", "ACOMPTE", "FAC2024118", "DUPONT SA", "");
    check("CARTE 12/03/24 BOULANGERIE DU PORT CB*1234", "BOULANGERIE DU PORT", "", "BOULANGERIE DU PORT", "");
    check(
        "Transferencia de Obras Soria SL, Concepto Factura 2024/118",
        "Factura 2024/118",
        "2024/118",
        "Obras Soria SL",
        "",
    );
    check(
        "COMPRA TARJ. 5402XXXXXXXX1234 MERCADO CENTRAL-SORIA",
        "MERCADO CENTRAL-SORIA",
        "",
        "MERCADO CENTRAL-SORIA",
        "",
    );
    check(
        "BONIFICO A VOSTRO FAVORE DISPOSTO DA: ROSSI SRL CAUSALE: SALDO FT 118/2024",
        "SALDO FT 118/2024",
        "118/2024",
        "ROSSI SRL",
        "",
    );
    check("Bonifico da Rossi Srl saldo fattura n. 77/24", "saldo fattura n. 77/24", "77/24", "Rossi Srl", "");
    check("Pix recebido - Maria da Silva 23698004020", "23698004020", "23698004020", "Maria da Silva", "");
    check("Compra com Cartão - 02/11 16:57 PADARIA SOL", "PADARIA SOL", "", "PADARIA SOL", "");
}

#[test]
fn the_united_kingdom() {
    check("FP 12/03/24 REF INV-2041", "INV-2041", "INV-2041", "", "");
    check(
        "HARBOUR LTD , INV 2041 , VIA ONLINE - PYMT , FP 12/03/24 10 , 40123456789",
        "INV 2041",
        "2041",
        "HARBOUR LTD",
        "",
    );
    check(
        "J SMITH 300000001234567890 INV 77 123456 10 12MAR24 09:15",
        "INV 77",
        "300000001234567890 | 77",
        "J SMITH",
        "",
    );
    check("HARBOUR LTD        INV2041 BGC", "INV2041", "INV2041", "HARBOUR LTD", "");
    check(
        "DIRECT DEBIT PAYMENT TO WATER PLC REF GB12345678, MANDATE NO 0012",
        "REF GB12345678, MANDATE NO 0012",
        "GB12345678 | 0012",
        "WATER PLC",
        "",
    );
    check(
        "CARD PAYMENT TO TESCO STORES 3345,4.50 GBP, RATE 1.00/GBP ON 12-03-2024",
        "TESCO STORES",
        "",
        "TESCO STORES",
        "",
    );
    check("TRF B/O SALTIRE OPTICS BRANCH 4", "TRF B/O SALTIRE OPTICS BRANCH 4", "", "", "");
}

#[test]
fn the_united_states() {
    check(
        "ORIG CO NAME:ACME SUPPLY ORIG ID:1234567890 DESC DATE:240312 CO ENTRY DESCR:INV 55012 SEC:CCD TRACE#:021000021234567 IND NAME:MY FIRM",
        "INV 55012",
        "1234567890 | 55012 | 021000021234567",
        "ACME SUPPLY",
        "",
    );
    check(
        "ACME SUPPLY DES:PAYMENT ID:55012 INDN:MY FIRM LLC CO ID:1234567890 CCD",
        "PAYMENT",
        "55012 | 1234567890",
        "ACME SUPPLY",
        "",
    );
    check("CARD PURCHASE 1234 COFFEE HOUSE SEATTLE WA", "COFFEE HOUSE SEATTLE WA", "", "COFFEE HOUSE SEATTLE WA", "");
    check(
        "PURCHASE AUTHORIZED ON 03/12 HARDWARE BARN RENO NV S464072 CARD 1234",
        "HARDWARE BARN RENO NV",
        "",
        "HARDWARE BARN RENO NV",
        "",
    );
    check("Zelle payment from JANE DOE Conf# a1b2c3d44", "a1b2c3d44", "a1b2c3d44", "JANE DOE", "");
    check("Check 1042", "Check 1042", "1042", "", "");
}

#[test]
fn the_north_and_the_east() {
    check(
        "Nazwa nadawcy: ACME SP. Z O.O. Tytuł: FV 118/03/2024",
        "FV 118/03/2024",
        "118/03/2024",
        "ACME SP. Z O.O.",
        "",
    );
    check(
        "Rachunek nadawcy: 61 1090 1014 0000 0712 1981 2874 Nazwa nadawcy: JAN NOWAK Tytułem: zamówienie 5512",
        "zamówienie 5512",
        "5512",
        "JAN NOWAK",
        "61109010140000071219812874",
    );
    check("Partner neve: KOVÁCS KFT Közlemény: Számla 2024/118", "Számla 2024/118", "2024/118", "KOVÁCS KFT", "");
    check("Název protiúčtu: Novák s.r.o. Variabilní symbol: 20240118", "Novák s.r.o.", "20240118", "Novák s.r.o.", "");
    check("Kortköp 240312 ICA NARA", "ICA NARA", "", "ICA NARA", "");
    check("Dankort-nota DSB Kobenhavn  15149", "DSB Kobenhavn", "", "DSB Kobenhavn", "");
    check("Swish från Anna Berg faktura 2217", "faktura 2217", "2217", "Anna Berg", "");
}

#[test]
fn structured_creditor_references() {
    check_remittance("Zahlung RF18 5390 0754 7034", "", "RF18539007547034");
    check_remittance("", "210000000003139471430009017", "210000000003139471430009017");
    check_remittance("COMMUNICATION : +++090/9337/55493+++ DATE VALEUR : 02/05/2024", "", "090933755493");
    check_remittance("Viite 1232", "", "1232");
    check_remittance("Betalning OCR 1234567897", "", "1234567897");
    check_remittance("Innbetaling KID: 1234567897", "", "1234567897");
    check_remittance("Placilo SI12 1234567890120", "", "SI121234567890120");
    check_remittance("Uplata HR01 1234567890", "", "HR011234567890");
    check_remittance("/REMI/STRD/CUR/9001123412341234/NAME/X BV", "", "9001123412341234");
    check_remittance("order 1234567897", "1234567897", "");
    check_remittance("RF19 5390 0754 7034", "", "");
}

#[test]
fn what_the_file_fills_stays() {
    let before = StatementLine {
        reference: "RF18539007547034".into(),
        counterparty: "As the bank says".into(),
        counterparty_account: "1".into(),
        normalised: NormalisedTexts { remittance: "9".into(), bank_code: "PMNT".into(), ..NormalisedTexts::default() }
            .into(),
        raw: "raw".into(),
        ..line("/NAME/J JANSEN/IBAN/NL91ABNA0417164300/REMI/FACTUUR 2024-118")
    };
    let mut after = before.clone();
    normalise(&mut after);
    let expected = NormalisedTexts {
        clean: "FACTUUR 2024-118".into(),
        references: vec!["2024-118".into()],
        remittance: "9".into(),
        bank_code: "PMNT".into(),
    }
    .into();
    assert_eq!(after, StatementLine { normalised: expected, ..before });
}

#[test]
fn the_statements_own_account_is_not_the_other_partys() {
    let mut own = StatementLine {
        account: "NL91 ABNA 0417 1643 00".into(),
        ..line("/NAME/J JANSEN/IBAN/NL91ABNA0417164300/REMI/FACTUUR 2024-118")
    };
    normalise(&mut own);
    assert_eq!((own.counterparty.as_str(), own.counterparty_account.as_str()), ("J JANSEN", ""));
}

#[test]
fn a_reference_field_of_several_words_is_looked_through() {
    let mut line = StatementLine { reference: "PO 118 | INV-3307".into(), ..line("Harbour Lane") };
    normalise(&mut line);
    assert_eq!(line.normalised.references, ["118", "INV-3307"]);
}

#[test]
fn a_plain_line_asks_for_no_memory() {
    let mut plain = line("Harbour Lane Bakery");
    normalise(&mut plain);
    assert_eq!(plain.normalised, Normalised::default());
    assert_eq!(plain.normalised.clean.capacity() + plain.normalised.references.capacity(), 0);
}

/// Texts from pieces that the readers look for, which random characters would hardly hit.
fn narratives() -> impl Strategy<Value = String> {
    const PIECES: [&str; 60] = [
        "EREF+",
        "SVWZ+",
        "IBAN+",
        "BIC+",
        "EREF:",
        "IBAN: ",
        "/NAME/",
        "/REMI/",
        "/CNTP/",
        "/STRD/",
        "/BENM//",
        "?20",
        "?32",
        "166?00",
        "+++",
        "***",
        "RF18",
        "539007547034",
        " 5390 0754 7034",
        "DE89370400440532013000",
        "NL91 ABNA 0417 1643 00",
        "CUS",
        "12345678",
        "1234 ",
        "Rechnung ",
        "Nr. ",
        "INV-2041",
        "INV/2024/118",
        "VIR ",
        "/DE ",
        "/MOTIF ",
        "FP 12/03/24 ",
        " , VIA ",
        " BGC",
        "CARD PURCHASE ",
        "CARTE ",
        "Transferencia de ",
        " REF ",
        "12MAR24 09:15",
        "300000001234567890",
        "SI12 ",
        "HR01 ",
        "KID ",
        "Viite ",
        "1.234,56",
        "02.05.2024",
        "+49 171 ",
        "Naam: ",
        "Omschrijving : ",
        "€",
        "ß",
        "Ł",
        "\u{a0}",
        "\n",
        "\0",
        "=",
        "@",
        " ",
        "//",
        "090/9337/55493",
    ];
    prop::collection::vec(prop_oneof![prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned), ".{0,6}"], 0..24)
        .prop_map(|pieces| pieces.concat())
}

/// Letters and digits alone, in small letters: how a reference and its text are compared.
fn bare(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn references_are_of_the_text_and_a_second_time_changes_nothing(text in narratives(), reference in narratives()) {
        let mut once = StatementLine { reference, ..line(&text) };
        normalise(&mut once);
        let texts = [bare(&once.description), bare(&once.reference)];
        for found in &once.normalised.references {
            let found = bare(found);
            // A customer's code is kept in one spelling: "CUST 1234 5678" is CUS12345678.
            let digits = found.strip_prefix("cus").unwrap_or(&found);
            let unfolded = text.contains('?');
            prop_assert!(unfolded || texts.iter().any(|text| text.contains(&found) || text.contains(digits)), "{found} in {text}");
        }
        prop_assert_eq!((&once.description, once.raw.as_str()), (&text, ""));
        let mut twice = once.clone();
        normalise(&mut twice);
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn any_text_is_answered(text: String, reference: String, account: String) {
        let mut line = StatementLine { reference, account, ..line(&text) };
        normalise(&mut line);
        prop_assert!(!line.normalised.clean.contains(['\n', '\t']));
    }

    #[test]
    fn the_party_alone_is_the_same(text in narratives(), account in "[A-Z0-9]{0,8}") {
        let mut whole = StatementLine { account, ..line(&text) };
        let mut named = whole.clone();
        normalise(&mut whole);
        name_party(&mut named);
        prop_assert_eq!(named, StatementLine { normalised: Normalised::default(), ..whole });
    }
}

/// Long texts of what each reader looks for: one that took the square of the length would be felt here.
#[test]
fn long_texts_are_answered() {
    for piece in [
        "1",
        "1 ",
        "a",
        "+",
        "EREF+",
        "/NAME/",
        "/",
        ":",
        "IBAN: ",
        "x:",
        " ,",
        "?20",
        "DE89 ",
        "RF18 ",
        "1/",
        "Ref.",
        "12-",
        "INV-2041 ",
        "A ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let mut long = StatementLine { reference: text.clone(), ..line(&text) };
        normalise(&mut long);
        assert_eq!(long.description, text);
        assert!(long.normalised.references.len() <= 40);
    }
}
