use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{DecodeOptions, Format, Limits, Table, decode};

fn table(text: &str) -> Table {
    decode(text.as_bytes(), &DecodeOptions::default()).unwrap()
}

fn refusal(text: &str) -> String {
    decode(text.as_bytes(), &DecodeOptions::default()).expect_err("it was read").to_string()
}

/// Rows as `date amount name/memo`; of refused rows, what is wrong.
fn rows(table: &Table) -> Vec<String> {
    (0..table.row_count())
        .map(|row| match errors(table, row).first() {
            Some(field) => format!("refused: {field}"),
            None => {
                let cell = |column| table.cell(row, column);
                format!("{} {} {}/{}", cell(0), cell(2), cell(8), cell(10))
            }
        })
        .collect()
}

fn errors(table: &Table, row: usize) -> Vec<&str> {
    let is_error = |severity| severity == tieout_domain::Severity::Error;
    table.faults_of(row).iter().filter(|fault| is_error(fault.severity)).map(|fault| fault.field.as_str()).collect()
}

/// A file of 1.x around the inside of its statement.
fn sgml(inside: &str) -> String {
    format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS>\
         <STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>7<ACCTID>42<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\
         {inside}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )
}

const GOOD: &str = "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240131<TRNAMT>-1.50<FITID>a<NAME>Shop</STMTTRN>";

#[track_caller]
fn check(inside: &str, expected: &[&str]) {
    assert_eq!(rows(&table(&sgml(inside))), expected, "{inside}");
}

#[test]
fn both_dialects_say_the_same() {
    let sgml = "OFXHEADER:100 DATA:OFXSGML VERSION:999<ofx><stmttrnrs><stmtrs><curdef>gbp<bankacctfrom><acctid>1\
                </bankacctfrom><banktranlist><dtstart>20240101<dtend>20240131<stmttrn><trntype>DEBIT<dtposted>\
                20240131235959[-5:EST]<trnamt>-1.50<fitid>a<name>A & B<memo>x &lt;y&gt;</stmttrn></banktranlist>\
                <ledgerbal><balamt>98,50<dtasof>20240131</ledgerbal></stmtrs></stmttrnrs></ofx>";
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?OFX OFXHEADER=\"200\" VERSION=\"211\"?>\n<OFX>\n<STMTTRNRS>\
               <STMTRS>\n<CURDEF>GBP</CURDEF><BANKACCTFROM><ACCTID>1</ACCTID></BANKACCTFROM><BANKTRANLIST><DTSTART>\
               20240101</DTSTART><DTEND>20240131</DTEND><!-- one --><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20240131\
               </DTPOSTED><TRNAMT>-1.50</TRNAMT><FITID>a</FITID><NAME>A &amp; B</NAME><MEMO><![CDATA[x <y>]]></MEMO>\
               </STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>98.50</BALAMT><DTASOF>20240131</DTASOF></LEDGERBAL></STMTRS>\
               </STMTTRNRS></OFX>";
    for text in [sgml, xml] {
        let table = table(text);
        assert_eq!((table.format(), rows(&table)), (Format::Ofx, vec!["2024-01-31 -1.5 A & B/x <y>".to_owned()]));
        let section = table.sections().first().unwrap();
        assert_eq!((section.account.as_str(), section.currency.unwrap().code()), ("1", "GBP"));
        assert_eq!(section.closing, Some(Decimal::new(9850, 2)));
        let days = (section.from.unwrap().to_string(), section.to.unwrap().to_string());
        assert_eq!(days, ("2024-01-01".to_owned(), "2024-01-31".to_owned()));
        assert!(!section.interim);
        assert!(table.notes().is_empty(), "{:?}", table.notes());
    }
}

#[test]
fn the_source_of_a_row_is_its_own_text_and_line() {
    let table = table(&sgml(&format!("\n{GOOD}\r\n{GOOD}")));
    assert_eq!((table.raw_row(1), table.file_line(0), table.file_line(1)), (GOOD, 8, 9));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_kept() {
    for (row, field) in [
        ("<STMTTRN><TRNTYPE>DEBIT<TRNAMT>-1<FITID>b</STMTTRN>", "DTPOSTED"),
        ("<STMTTRN><DTPOSTED>20240230<TRNAMT>-1</STMTTRN>", "DTPOSTED"),
        ("<STMTTRN><DTPOSTED>20240101</STMTTRN>", "TRNAMT"),
        ("<STMTTRN><DTPOSTED>20240101<TRNAMT> . </STMTTRN>", "TRNAMT"),
        ("<STMTTRN><DTPOSTED>20240101<TRNAMT>1.234</STMTTRN>", "TRNAMT"),
        ("<STMTTRN><DTPOSTED>20240101<TRNAMT>1.0001</STMTTRN>", "TRNAMT"),
        ("<STMTTRN><DTPOSTED>20240101<TRNAMT>US$ 5.00</STMTTRN>", "TRNAMT"),
        ("<STMTTRN><DTPOSTED>20240101<TRNAMT>-1<TRNAMT>-2</STMTTRN>", "TRNAMT"),
        ("<STMTTRN><DTPOSTED>20240101<TRNAMT>-1<CURRENCY><CURSYM>ZZZ</CURRENCY></STMTTRN>", "CURSYM"),
        ("<STMTTRN><DTPOSTED>20240101<TRNAMT>-1.5<CURRENCY><CURSYM>JPY</CURRENCY></STMTTRN>", "TRNAMT"),
        ("<STMTTRN><DTPOSTED>20240101<TRNAMT>-1<CORRECTFITID>a<CORRECTACTION>DELETE</STMTTRN>", "CORRECTACTION"),
        ("<STMTTRN/>", "DTPOSTED"),
    ] {
        check(
            &format!("{GOOD}{row}{GOOD}"),
            &["2024-01-31 -1.5 Shop/", &format!("refused: {field}"), "2024-01-31 -1.5 Shop/"],
        );
    }
    assert!(refusal(&sgml("<STMTTRN><DTPOSTED>20240101</STMTTRN>")).contains("TRNAMT is missing"));
}

#[test]
fn a_currency_that_nobody_knows_refuses_its_rows() {
    let text = sgml(GOOD).replace("<CURDEF>EUR", "<CURDEF>QQQ");
    assert!(refusal(&text).contains("CURDEF is 'QQQ'"));
    assert_eq!(rows(&table(&sgml(GOOD).replace("<CURDEF>EUR", "<CURDEF>"))), ["2024-01-31 -1.5 Shop/"]);
}

#[test]
fn a_missing_end_of_a_transaction_loses_none() {
    let unclosed = GOOD.replace("</STMTTRN>", "");
    let table = table(&sgml(&format!("{unclosed}{GOOD}{unclosed}")));
    assert_eq!(rows(&table).len(), 3);
    assert_eq!(rows(&table)[0], "2024-01-31 -1.5 Shop/");
    assert_eq!((table.faults_of(0).len(), table.faults_of(1).len(), table.faults_of(2).len()), (1, 0, 1));
}

#[test]
fn statements_keep_their_accounts_apart() {
    let statement = |kind: &str, from: &str, account: &str| {
        format!(
            "<{kind}TRNRS><{kind}RS><CURDEF>EUR<{from}ACCTFROM><BANKID>1<ACCTID>{account}</{from}ACCTFROM><BANKTRANLIST>{GOOD}\
             </BANKTRANLIST></{kind}RS></{kind}TRNRS>"
        )
    };
    let inside = [statement("STMT", "BANK", "1"), statement("CCSTMT", "CC", "2"), statement("INVSTMT", "INV", "3")];
    let table = table(&format!("<OFX>{}</OFX>", inside.concat()));
    let found: Vec<(&str, u32)> =
        table.sections().iter().map(|section| (section.account.as_str(), section.rows)).collect();
    assert_eq!(found, [("1", 1), ("2", 1), ("3", 1)]);
}

#[test]
fn accounts_of_one_number_are_told_apart() {
    let statement = |kind: &str| {
        format!(
            "<STMTRS><BANKACCTFROM><ACCTID>9<ACCTTYPE>{kind}</BANKACCTFROM><BANKTRANLIST>{GOOD}</BANKTRANLIST></STMTRS>"
        )
    };
    let table = table(&format!("<OFX>{}{}</OFX>", statement("CHECKING"), statement("SAVINGS")));
    let found: Vec<&str> = table.sections().iter().map(|section| section.account.as_str()).collect();
    assert_eq!(found, ["9 CHECKING", "9 SAVINGS"]);
}

#[test]
fn what_stands_after_the_transactions_counts_too() {
    let text =
        format!("<OFX><STMTRS><BANKTRANLIST>{GOOD}</BANKTRANLIST><CURDEF>JPY<BANKACCTFROM><ACCTID>5</STMTRS></OFX>");
    assert!(refusal(&text).contains("as JPY has"));
    let table = table(&text.replace("JPY", "CHF"));
    assert_eq!(table.sections()[0].account, "5");
}

#[test]
fn the_other_party_is_in_its_own_aggregate() {
    let inside = "<STMTTRN><DTPOSTED>20240101<TRNAMT>5<NAME>Transfer<PAYEE><NAME>Ann<ADDR1>x</PAYEE><BANKACCTTO><BANKID>1\
                  <ACCTID>77</BANKACCTTO><ORIGCURRENCY><CURRATE>2<CURSYM>USD</ORIGCURRENCY><CURRENCY><CURSYM>EUR</CURRENCY>\
                  <CHECKNUM>12<REFNUM>R1<MEMO>one\ntwo</STMTTRN>";
    let table = table(&sgml(inside));
    let cells: Vec<&str> = (0..table.column_count()).map(|column| table.cell(0, column)).collect();
    assert_eq!(
        cells,
        ["2024-01-01", "", "5", "EUR", "", "", "12", "R1", "Transfer", "", "one two", "Ann", "77", "USD"]
    );
}

#[test]
fn a_balance_of_another_day_closes_nothing() {
    for (day, interim) in [("20240131", false), ("20240130", true), ("", false)] {
        let text = sgml(GOOD).replace("</STMTRS>", &format!("<LEDGERBAL><BALAMT>1<DTASOF>{day}</LEDGERBAL></STMTRS>"));
        assert_eq!(table(&text).sections()[0].interim, interim, "{day}");
    }
}

#[test]
fn records_that_are_no_bank_transactions_are_counted() {
    let inside = "<STMTTRNP><TRNAMT>-3</STMTTRNP><BUYMF><INVBUY><INVTRAN><FITID>1<MEMO>m</INVTRAN></INVBUY></BUYMF>";
    let table = table(&sgml(&format!("{GOOD}{inside}")));
    assert_eq!(rows(&table).len(), 1);
    let notes: Vec<&str> = table.notes().iter().map(|note| note.why.code()).collect();
    assert_eq!(notes, ["ofx.investments", "ofx.notBooked"]);
    let first = table.notes()[0].why.english();
    assert!(first.starts_with("transactions of investments (1 in all)"), "{first}");
}

#[test]
fn an_answer_that_is_an_error_is_passed_on() {
    let answer = "<STMTTRNRS><STATUS><CODE>2003<SEVERITY>ERROR<MESSAGE>Account not found</STATUS></STMTTRNRS>";
    assert!(refusal(&format!("<OFX>{answer}</OFX>")).contains("the error '2003 Account not found'"));
    let text =
        format!("<OFX>{answer}<STMTTRNRS><STMTRS><BANKTRANLIST>{GOOD}</BANKTRANLIST></STMTRS></STMTTRNRS></OFX>");
    assert_eq!(table(&text).notes()[0].text, "2003 Account not found");
    let list =
        "<OFX><SIGNUPMSGSRSV1><ACCTINFO><BANKACCTFROM><ACCTID>1</BANKACCTFROM></ACCTINFO></SIGNUPMSGSRSV1></OFX>";
    assert!(refusal(list).contains("no transactions"));
}

#[test]
fn debits_without_a_sign_are_pointed_out() {
    let notes = |amount: &str| table(&sgml(&GOOD.replace("-1.50", amount))).notes().len();
    assert_eq!((notes("1.50"), notes("-1.50")), (1, 0));
}

#[test]
fn damaged_files_are_refused() {
    let xml =
        |inside: &str| format!("<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\"?><OFX><STMTRS>{inside}</STMTRS></OFX>");
    let list = format!("<BANKTRANLIST>{GOOD}</BANKTRANLIST>");
    for (text, reason) in [
        (xml(&list), "neither an account"),
        (xml(&format!("<CURDEF>EUR</CURDEF><BANKTRANLIST>{GOOD}")), "</STMTRS> stands where </BANKTRANLIST>"),
        (xml("<CURDEF>EUR</CURDEF></STMTRS>"), "</STMTRS> stands where </OFX>"),
        (xml(&format!("<CURDEF>EUR</CURDEF>{list}<!-- open")), "a comment begins"),
        (
            format!("<?xml version=\"1.0\"?><!DOCTYPE OFX [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{}", sgml("")),
            "entities",
        ),
        ("OFXHEADER:100\nDATA:OFXSGML\n".to_owned(), "nothing follows"),
        (sgml(GOOD).replace("<ACCTID>42", &format!("<ACCTID>{}", "4".repeat(300))), "account number"),
        (sgml(&GOOD.replace("Shop", &"x".repeat(2 << 20))), "an element"),
    ] {
        assert!(refusal(&text).contains(reason), "{reason}: {}", refusal(&text));
    }
    assert_eq!(rows(&table(&xml(&format!("<CURDEF>EUR</CURDEF>{list}")))), ["2024-01-31 -1.5 Shop/"]);
}

#[test]
fn other_markup_is_not_taken_for_ofx() {
    for text in [
        "<html><body>OFX</body></html>",
        "<Document><BkToCstmrStmt/></Document>",
        "<?xml version=\"1.0\"?><a/>",
        "<STATUS>1</STATUS>",
    ] {
        assert!(!super::is(text), "{text}");
    }
    for text in
        ["<OFX>", "<!-- OFXHEADER:100\nENCODING:UTF-8 -->\n<ofx>", "DATA:OFXSGML\nCHARSET: 1252\n\n<OFX>", "<STMTTRN>"]
    {
        assert!(super::is(text), "{text}");
    }
}

#[test]
fn hostile_repetition_is_answered() {
    for piece in ["<STMTTRN>", "<A>", "<", "<MEMO>&", "</STMTRS>", "<PAYEE><NAME>x"] {
        let text = sgml(&format!("{GOOD}{}", piece.repeat(200_000)));
        let limits = Limits { rows: 1_000, ..Limits::default() };
        let found = decode(text.as_bytes(), &DecodeOptions { limits, ..DecodeOptions::default() });
        assert_eq!(found.is_err(), piece == "<STMTTRN>", "{piece}");
        assert!(found.is_ok_and(|table| rows(&table) == ["2024-01-31 -1.5 Shop/"]) || piece == "<STMTTRN>", "{piece}");
    }
}

#[derive(Debug, Clone)]
struct Written {
    day: String,
    cents: i64,
    name: String,
    memo: String,
}

fn written() -> impl Strategy<Value = Written> {
    let text = "[a-zA-Zé&<>\"';/ .]{0,12}";
    (2000_i16..2100, 1_i8..=12, 1_i8..=28, -9_999_999_i64..9_999_999, text, text).prop_map(
        |(year, month, day, cents, name, memo)| Written {
            day: format!("{year}-{month:02}-{day:02}"),
            cents,
            name: format!("x{name}").trim().to_owned(),
            memo: memo.trim().to_owned(),
        },
    )
}

fn write(rows: &[Written], closed: bool) -> String {
    let leaf = |name: &str, value: &str| {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        if closed { format!("<{name}>{value}</{name}>") } else { format!("<{name}>{value}\n") }
    };
    let one = |row: &Written| {
        let amount = Decimal::new(row.cents, 2).to_string();
        let fields = [
            leaf("TRNTYPE", "OTHER"),
            leaf("DTPOSTED", &row.day.replace('-', "")),
            leaf("TRNAMT", &amount),
            leaf("FITID", "1"),
            leaf("NAME", &row.name),
            leaf("MEMO", &row.memo),
        ];
        format!("<STMTTRN>{}</STMTTRN>\n", fields.concat())
    };
    let head = if closed {
        "<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\" VERSION=\"211\"?>"
    } else {
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:103\n\n"
    };
    let account = leaf("CURDEF", "EUR") + "<BANKACCTFROM>" + &leaf("ACCTID", "7") + "</BANKACCTFROM>";
    let rows: String = rows.iter().map(one).collect();
    format!("{head}<OFX><STMTRS>{account}<BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS></OFX>\n")
}

fn read_back(table: &Table) -> Vec<(String, Decimal, String, String)> {
    (0..table.row_count())
        .filter(|row| errors(table, *row).is_empty())
        .map(|row| {
            let cell = |column| table.cell(row, column).to_owned();
            (cell(0), cell(2).parse().unwrap(), cell(8), cell(10))
        })
        .collect()
}

/// The digits of a number that say its value, without zeros at its ends.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect::<String>().trim_matches('0').to_owned()
}

/// Every amount that was read stands in its own record.
fn amounts_are_literal(table: &Table) -> bool {
    (0..table.row_count()).filter(|row| errors(table, *row).is_empty()).all(|row| {
        let raw = table.raw_row(row).to_ascii_uppercase();
        raw.split("TRNAMT").any(|part| {
            let value = part.split_once('>').map_or("", |(_, value)| value).split('<').next().unwrap_or("");
            digits(value) == digits(table.cell(row, 2))
        })
    })
}

proptest! {
    #[test]
    fn written_and_read_back(rows in prop::collection::vec(written(), 1..6), closed: bool) {
        let expected: Vec<_> = rows
            .iter()
            .map(|row| (row.day.clone(), Decimal::new(row.cents, 2), row.name.clone(), row.memo.clone()))
            .collect();
        prop_assert_eq!(read_back(&table(&write(&rows, closed))), expected);
    }

    #[test]
    fn a_cut_file_gives_no_row_that_was_not_whole(
        rows in prop::collection::vec(written(), 1..4), closed: bool, cut in any::<prop::sample::Index>(),
    ) {
        let text = write(&rows, closed);
        let whole = read_back(&table(&text));
        let bytes = text.as_bytes();
        let bytes = &bytes[..cut.index(bytes.len())];
        if let Ok(table) = decode(bytes, &DecodeOptions::default()) && table.format() == Format::Ofx {
            prop_assert!(whole.starts_with(&read_back(&table)));
            prop_assert!(!closed || bytes.ends_with(b"</OFX>"));
            let is_complete = bytes.ends_with(b"</OFX>");
            prop_assert!(is_complete || !table.notes().is_empty() || table.row_count() == 0);
        }
    }

    #[test]
    fn a_changed_byte_invents_no_amount(
        rows in prop::collection::vec(written(), 1..4), closed: bool, at in any::<prop::sample::Index>(), byte: u8,
    ) {
        let mut bytes = write(&rows, closed).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(table) = decode(&bytes, &DecodeOptions::default()) && table.format() == Format::Ofx {
            prop_assert!(amounts_are_literal(&table));
        }
    }

    #[test]
    fn any_tags_are_answered(text in "(<OFX>|</?STMTRS>|</?STMTTRN>|<TRNAMT>|<DTPOSTED>|20240101|-1|\\.|<PAYEE>|<!--|-->|<\\?xml\\?>|<|>|&|é){0,30}") {
        if let Ok(table) = super::read(&text, "UTF-8".to_owned(), &Limits::default()) {
            prop_assert!(amounts_are_literal(&table));
        }
    }
}
