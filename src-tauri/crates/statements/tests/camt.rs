//! camt.052, .053 and .054: what entries become, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::time::{Duration, Instant};

use common::{amounts, lines, read, said, table};
use proptest::prelude::*;
use tieout_domain::Side;
use tieout_statements::{ColumnRole, DecodeOptions, Format, ReadError, Table, decode};

fn document(format: &str, body: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:{format}\">\n<{body}><GrpHdr><MsgId>M</MsgId></GrpHdr>{inner}</{body}></Document>"
    )
}

fn statement(inner: &str) -> String {
    let account = "<Id>S-1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>";
    document("camt.053.001.08", "BkToCstmrStmt", &format!("<Stmt>{account}{inner}</Stmt>"))
}

fn entry(amount: &str, direction: &str, more: &str) -> String {
    format!(
        "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
         <BookgDt><Dt>2024-01-05</Dt></BookgDt><ValDt><DtTm>2024-01-06T00:00:00+02:00</DtTm></ValDt>{more}</Ntry>"
    )
}

fn balance(code: &str, amount: &str, direction: &str) -> String {
    format!(
        "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt>\
         <CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>2024-01-31</Dt></Dt></Bal>"
    )
}

fn refusal(text: impl AsRef<[u8]>) -> String {
    decode(text.as_ref(), &DecodeOptions::default()).unwrap_err().to_string()
}

fn cell<'t>(table: &'t Table, row: usize, field: &str) -> &'t str {
    let column = table.header().iter().position(|name| name == field).unwrap();
    table.cell(row, column)
}

fn of_role(table: &Table, row: usize, role: ColumnRole) -> Vec<String> {
    let roles = &table.declared().unwrap().roles;
    let columns = (0..roles.len()).filter(|column| roles[*column] == role);
    columns.map(|column| table.cell(row, column).to_owned()).filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn an_entry_with_everything_in_it() {
    let details = "<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId><InstrId>I-1</InstrId><MndtId>M-1</MndtId></Refs>\
        <Amt Ccy=\"EUR\">12.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
        <RltdPties><Dbtr><Pty><Nm>M&#252;ller &amp; Co</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></DbtrAcct>\
        <UltmtDbtr><Nm>A Child</Nm></UltmtDbtr><Cdtr><Nm>Us</Nm></Cdtr></RltdPties>\
        <RmtInf><Ustrd>Invoice\n   17</Ustrd><Ustrd><![CDATA[and <18>]]></Ustrd>\
        <Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf><RfrdDocInf><Nb>INV-9</Nb></RfrdDocInf></Strd></RmtInf>\
        <AddtlTxInf>more</AddtlTxInf></TxDtls></NtryDtls><AddtlNtryInf>GUTSCHRIFT</AddtlNtryInf>";
    let code = "<AcctSvcrRef>BANK-1</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>";
    let text = statement(&entry("12.50", "CRDT", &format!("{code}{details}")));
    let (_, reading) = read(&text, Some(Side::Statement));
    let line = &lines(&reading)[0];
    assert_eq!(line.amount.minor_units(), 1250);
    assert_eq!(line.amount.currency().code(), "EUR");
    assert_eq!(line.date.unwrap().to_string(), "2024-01-05");
    assert_eq!(line.value_date.unwrap().to_string(), "2024-01-06");
    assert_eq!((line.record_id.as_str(), line.account.as_str()), ("BANK-1", "DE89370400440532013000"));
    assert_eq!((line.counterparty.as_str(), line.counterparty_account.as_str()), ("Müller & Co", "NL91ABNA0417164300"));
    assert_eq!(line.reference, "I-1 M-1 INV-9");
    assert_eq!(line.description, "Invoice 17 and <18> A Child more GUTSCHRIFT");
    assert_eq!(line.normalised.bank_code, "PMNT.RCDT.ESCT");
    assert_eq!(line.normalised.remittance, "RF18539007547034");
    assert!(line.raw.starts_with("<Ntry>") && line.raw.ends_with("</Ntry>"));
    assert_eq!(said(&reading), Vec::<String>::new());
}

#[test]
fn a_batch_is_split_where_its_parts_add_up() {
    let part = |amount: &str, name: &str| {
        format!("<TxDtls><Refs><EndToEndId>{name}</EndToEndId></Refs><Amt Ccy=\"EUR\">{amount}</Amt></TxDtls>")
    };
    let of = |details: &str| entry("30.00", "DBIT", &format!("<NtryDtls>{details}</NtryDtls>"));
    let whole = of(&format!("{}{}", part("10.00", "A"), part("20", "B")));
    let lacking = of(&format!("{}{}", part("10.00", "A"), part("19", "B")));
    let silent = of(
        "<TxDtls><Refs><EndToEndId>A</EndToEndId></Refs></TxDtls><TxDtls><Refs><EndToEndId>B</EndToEndId></Refs></TxDtls>",
    );
    let mixed = "<NtryDtls><TxDtls><Amt Ccy=\"EUR\">5</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls><TxDtls><Amt Ccy=\"EUR\">35</Amt></TxDtls></NtryDtls>";
    let older = "<NtryDtls><TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">29</Amt></TxAmt></AmtDtls></TxDtls><TxDtls><AmtDtls><InstdAmt><Amt Ccy=\"USD\">2</Amt></InstdAmt><TxAmt><Amt Ccy=\"EUR\">1</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls>";
    for (inner, cents) in [
        (whole.as_str(), vec![-1000, -2000]),
        (&lacking, vec![-3000]),
        (&silent, vec![-3000]),
        (&entry("30.00", "DBIT", mixed), vec![500, -3500]),
        (&entry("30.00", "DBIT", older), vec![-2900, -100]),
    ] {
        let text = statement(inner);
        let (_, reading) = read(&text, Some(Side::Statement));
        assert_eq!(amounts(&reading), cents, "{inner}");
        let joined: String = lines(&reading).iter().map(|line| line.raw.as_str()).collect();
        assert_eq!(joined, inner, "the pieces are the whole entry");
    }
    let table = table(statement(&silent));
    assert_eq!(cell(&table, 0, "EndToEndId"), "A B");
}

#[test]
fn a_reversal_has_the_direction_it_states() {
    let parties = "<RvslInd>true</RvslInd><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Customer</Nm></Dbtr><Cdtr><Nm>Us</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>";
    let (_, reading) = read(statement(&entry("8.00", "DBIT", parties)), Some(Side::Statement));
    assert_eq!(amounts(&reading), [-800]);
    assert_eq!(lines(&reading)[0].counterparty, "Customer");
}

#[test]
fn the_account_of_the_statement_is_not_the_other_party() {
    let parties = "<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Us</Nm></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct><Cdtr><Nm>Them</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>";
    let (_, reading) = read(statement(&entry("8.00", "CRDT", parties)), Some(Side::Statement));
    assert_eq!(lines(&reading)[0].counterparty, "Them");
}

#[test]
fn a_statement_says_what_stands_around_its_entries() {
    let summary = "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries><Sum>15.00</Sum><TtlNetNtryAmt>5.00</TtlNetNtryAmt><CdtDbtInd>CRDT</CdtDbtInd></TtlNtries>\
        <TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>10.00</Sum></TtlCdtNtries><TtlDbtNtries><NbOfNtries>2</NbOfNtries><Sum>-5.00</Sum></TtlDbtNtries></TxsSummry>";
    let inner = format!(
        "<FrToDt><FrDtTm>2024-01-01T00:00:00</FrDtTm><ToDtTm>2024-01-31T23:59:59Z</ToDtTm></FrToDt>{}{}{}{summary}{}{}",
        balance("CLAV", "999", "CRDT"),
        balance("PRCD", "7.00", "DBIT"),
        balance("CLBD", "2.00", "DBIT"),
        entry("10.00", "CRDT", ""),
        entry("5.00", "DBIT", "")
    );
    let table = table(statement(&inner));
    let [section] = table.sections() else { panic!() };
    assert_eq!(table.format(), Format::Camt053);
    assert_eq!((section.account.as_str(), section.number.as_str()), ("DE89370400440532013000", "S-1"));
    assert_eq!((section.opening, section.closing), ("-7.00".parse().ok(), "-2.00".parse().ok()));
    assert_eq!(section.from.unwrap().to_string() + &section.to.unwrap().to_string(), "2024-01-012024-01-31");
    let failing: Vec<&str> = section.controls.iter().filter(|one| !one.holds()).map(|one| one.what.english()).collect();
    assert_eq!((section.controls.len(), failing), (7, vec!["number of debits"]));
    assert!(!section.interim);
}

#[test]
fn a_report_of_the_day_ends_with_an_interim_balance() {
    let inner = format!(
        "<Rpt><Acct><Id><Othr><Id>77</Id></Othr></Id></Acct>{}{}{}</Rpt>",
        balance("ITBD", "1.00", "CRDT").replace("01-31", "01-30"),
        balance("ITBD", "4.00", "CRDT"),
        entry("3.00", "CRDT", "")
    );
    let table = table(document("camt.052.001.13", "BkToCstmrAcctRpt", &inner));
    let [section] = table.sections() else { panic!() };
    assert_eq!(table.format(), Format::Camt052);
    assert_eq!((section.opening, section.closing, section.interim), ("1.00".parse().ok(), "4.00".parse().ok(), true));
    assert_eq!((section.account.as_str(), section.currency.unwrap().code()), ("77", "EUR"));
}

#[test]
fn pending_entries_are_told() {
    let pending = entry("9.00", "CRDT", "").replace("BOOK", "PDNG");
    let undated = pending.replace("<BookgDt><Dt>2024-01-05</Dt></BookgDt>", "");
    let booked = entry("1.00", "CRDT", "");
    let (opening, closing) = (balance("OPBD", "1.00", "CRDT"), balance("CLBD", "2.00", "CRDT"));
    for (inner, cents, word) in [
        (format!("{opening}{closing}{pending}{booked}"), vec![100], "the booked balances hold without it"),
        (format!("{booked}{pending}"), vec![100, 900], "this one is pending"),
        (format!("{booked}{undated}"), vec![100], "until it has a booking date"),
    ] {
        let (_, reading) = read(statement(&inner), Some(Side::Statement));
        assert_eq!(amounts(&reading), cents);
        assert!(said(&reading).iter().any(|one| one.contains(word)), "{:?}", said(&reading));
    }
}

#[test]
fn an_entry_that_cannot_be_read_is_refused_and_counted() {
    let good = entry("1.00", "CRDT", "");
    for (bad, field) in [
        (entry("1,00", "CRDT", ""), "Amt"),
        (entry("1e2", "CRDT", ""), "Amt"),
        (entry("-1.00", "CRDT", ""), "Amt"),
        (entry("", "CRDT", ""), "Amt"),
        (entry("1.00", "CREDIT", ""), "CdtDbtInd"),
        (entry("1.00", "CRDT", "<CdtDbtInd>DBIT</CdtDbtInd>"), "CdtDbtInd"),
        (entry("1.00", "CRDT", "").replace("2024-01-05", "2024-02-30"), "BookgDt"),
        (entry("1.00", "CRDT", "").replace("2024-01-05", "05.01.2024"), "BookgDt"),
        (entry("1.005", "CRDT", ""), "Amt"),
    ] {
        let (_, reading) = read(statement(&format!("{good}{bad}")), Some(Side::Statement));
        assert_eq!((amounts(&reading), reading.rows_rejected), (vec![100], 1), "{bad}");
        assert!(said(&reading)[0].contains(field), "{:?}", said(&reading));
    }
}

#[test]
fn zeros_beyond_the_cents_are_nothing() {
    let (_, reading) = read(statement(&entry("8.85000", "CRDT", "")), Some(Side::Statement));
    assert_eq!(amounts(&reading), [885]);
}

#[test]
fn national_variants_prefixes_and_envelopes() {
    let text = statement(&entry("1.00", "CRDT", ""));
    let austrian =
        text.replace("urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", "ISO:camt.053.001.02:APC:STUZZA:payments:003");
    let mut prefixed = String::new();
    for part in text.replace(" xmlns=", " xmlns:n=").split_inclusive('<') {
        let is_tag = part.starts_with(|letter: char| letter.is_ascii_uppercase());
        let part = if is_tag { format!("n:{part}") } else { part.to_owned() };
        prefixed += &part.strip_prefix('/').map_or(part.clone(), |rest| format!("/n:{rest}"));
    }
    let declaration = text.find('\n').unwrap();
    let wrapped = format!("<Env xmlns=\"urn:other\"><Head>x</Head>{}</Env>", &text[declaration..]);
    let twice = format!("{text}{}", &text[declaration..]);
    let doctype = text.replacen('\n', "\n<!DOCTYPE Document>\n", 1);
    for (text, rows) in [(&austrian, 1), (&prefixed, 1), (&wrapped, 1), (&twice, 2), (&doctype, 1)] {
        assert_eq!(table(text).row_count(), rows, "{text}");
    }
    let nameless = text.replace(" xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"", "");
    assert!(table(nameless).notes()[0].why.english().contains("names no namespace"));
}

#[test]
fn other_documents_are_refused_by_name() {
    let empty = statement("").replace("Stmt>", "Stmt2>").replace("BkToCstmrStmt2", "BkToCstmrStmt");
    let order = document("pain.001.001.03", "CstmrCdtTfrInitn", "");
    let inner = statement(&entry("1.00", "CRDT", ""));
    let foreign = inner.replace("<Ntry>", "<Ntry xmlns=\"urn:x\">");
    for (text, why) in [
        (empty.as_str(), "it holds no statement"),
        (&order, "a credit transfer order (pain.001)"),
        ("<?xml version=\"1.0\"?><note><to>x</to></note>", "an XML file that is no account statement"),
        (&foreign, "'Ntry' is of another namespace"),
        (&format!("{inner}tail"), "outside of all elements"),
        (&inner.replace("</Amt>", "</Amx>"), "'Amt' is closed by 'Amx'"),
        (&inner.replace("BOOK", "B&OK"), "ampersand"),
    ] {
        assert!(refusal(text).contains(why), "{text}: {}", refusal(text));
    }
}

#[test]
fn hostile_files_are_refused_at_once() {
    let laughs: String =
        (1..10).map(|level| format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10))).collect();
    let bomb = statement("&l9;").replacen('\n', &format!("\n<!DOCTYPE Document [<!ENTITY l0 \"lol\">{laughs}]>\n"), 1);
    let external = statement("").replacen('\n', "\n<!DOCTYPE Document SYSTEM \"http://example.invalid/x.dtd\">\n", 1);
    let file =
        statement("&x;").replacen('\n', "\n<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n", 1);
    let deep = statement(&format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000)));
    let long = statement(&format!("<Id>{}</Id>", "x".repeat(20 << 20)));
    let spaces: String = (0..200).map(|number| format!(" xmlns:n{number}=\"u\"")).collect();
    let tag = statement(&format!("<a {}/>", "b=\"c\" ".repeat(10_000)));
    for (text, why) in [
        (bomb, "whose DOCTYPE declares entities"),
        (external, "whose DOCTYPE refers to another file"),
        (file, "whose DOCTYPE declares entities"),
        (deep, "64 levels"),
        (long, "64 KiB"),
        (statement("<Id>&lol;</Id>"), "'&lol;' is not one of XML's own"),
        (statement(&format!("<a{spaces}/>")), "namespaces"),
        (tag, "a tag is beyond the limit"),
    ] {
        let begun = Instant::now();
        let refused = refusal(&text);
        assert!(refused.contains(why), "{refused}");
        assert!(begun.elapsed() < Duration::from_secs(1), "{why}: {:?}", begun.elapsed());
    }
}

/// The whole set of facts that a reader can get wrong, written as a bank writes them.
fn written(rows: &[(i64, bool, u8, String)]) -> String {
    let entries: String = rows
        .iter()
        .map(|(cents, is_credit, day, text)| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            format!(
                "<Ntry><Amt Ccy=\"EUR\">{}.{:02}</Amt><CdtDbtInd>{}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2024-01-{day:02}</Dt></BookgDt>\
                 <NtryDtls><TxDtls><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>",
                cents / 100,
                cents % 100,
                if *is_credit { "CRDT" } else { "DBIT" }
            )
        })
        .collect();
    statement(&entries)
}

fn rows() -> impl Strategy<Value = Vec<(i64, bool, u8, String)>> {
    prop::collection::vec((0_i64..1_000_000_000, any::<bool>(), 1_u8..=31, "[a-zA-Z&<>äß漢\"']{0,20}"), 1..12)
}

proptest! {
    #[test]
    fn written_and_read_back(rows in rows()) {
        let (_, reading) = read(written(&rows), Some(Side::Statement));
        let cents: Vec<i64> = rows.iter().map(|(cents, is_credit, ..)| if *is_credit { *cents } else { -cents }).collect();
        prop_assert_eq!(amounts(&reading), cents);
        for (line, (_, _, day, text)) in lines(&reading).iter().zip(&rows) {
            prop_assert_eq!(line.date.unwrap().day(), i8::try_from(*day).unwrap());
            prop_assert_eq!(&line.description, text);
        }
    }

    #[test]
    fn a_cut_file_is_refused(rows in rows(), cut in 0.0_f64..1.0) {
        let text = written(&rows);
        let at = (text.len() as f64 * cut) as usize;
        prop_assert!(decode(&text.as_bytes()[..at], &DecodeOptions::default()).is_err());
    }

    #[test]
    fn a_flipped_bit_invents_no_amount(rows in rows(), place in 0.0_f64..1.0, bit in 0_u8..8) {
        let mut bytes = written(&rows).into_bytes();
        let at = (bytes.len() as f64 * place) as usize;
        bytes[at] ^= 1 << bit;
        let Ok(table) = decode(&bytes, &DecodeOptions::default()) else { return Ok(()) };
        if table.declared().is_none() {
            return Ok(());
        }
        prop_assert_eq!(table.row_count(), rows.len());
        let text = String::from_utf8_lossy(&bytes);
        for row in 0..table.row_count() {
            for amount in of_role(&table, row, ColumnRole::Amount) {
                let written = amount.trim_start_matches('-');
                prop_assert!(text.contains(written) || text.contains(written.trim_start_matches('0')), "{}", amount);
            }
        }
    }
}

#[test]
fn a_limit_names_its_line() {
    let options =
        DecodeOptions { limits: tieout_statements::Limits { rows: 1, ..Default::default() }, ..Default::default() };
    let text = statement(&format!("\n{}\n{}", entry("1.00", "CRDT", ""), entry("1.00", "CRDT", "")));
    let refused = decode(text.as_bytes(), &options);
    assert!(
        matches!(refused, Err(ReadError::TooLarge { ref place, .. }) if place.to_string() == " (line 5)"),
        "{refused:?}"
    );
}
