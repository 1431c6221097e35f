//! `tieout workbook journal`: write-offs become journal entries, exported as CSV and XLSX, and taken back.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use serde_json::Value;

use crate::command::{Answer, Desk, text};

const BOOK: &str = "joinery.tieout";

/// A payment that is short by 1.50 as OFX, with the invoice it pays; its customer's name begins as a formula does.
const OFX: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n\
    COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>EUR\n\
    <BANKACCTFROM><BANKID>99950000<ACCTID>4711020<ACCTTYPE>CHECKING</BANKACCTFROM>\n\
    <BANKTRANLIST><DTSTART>20260112<DTEND>20260130\n<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260112<TRNAMT>98.50\
    <FITID>OFX-20260001<NAME>Alder GmbH<MEMO>RE-1 Danke</STMTTRN>\n</BANKTRANLIST><LEDGERBAL><BALAMT>98.50\
    <DTASOF>20260130</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";
const LEDGER: &str = "number,date,counterparty,amount,currency\nRE-1,2026-01-02,=Alder(1),100.00,EUR\n";
/// A bank charge as CAMT.053.
const CAMT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M</MsgId><CreDtTm>2026-02-28T06:00:00+01:00</CreDtTm></GrpHdr>
<Stmt><Id>2026-2</Id><CreDtTm>2026-02-28T06:00:00+01:00</CreDtTm>
<Acct><Id><IBAN>DE50999500000004711020</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-02-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">487.10</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-02-28</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">12.90</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-02-27</Dt></BookgDt>
<AcctSvcrRef>CAMT-77</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E2E-77</EndToEndId></Refs>
<RltdPties><Cdtr><Nm>Traveland Bank eG</Nm></Cdtr></RltdPties>
<RmtInf><Ustrd>Account fee 02/2026</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>"#;

/// Both write-offs are approved: the payment's fee goes where the chart says, the charge where the person said.
fn new_book(desk: &Desk) {
    let company = ["--company", "Joinery Ltd", "--user", "Ada Byron", "--single-user", "--currency", "EUR"];
    desk.tieout(["workbook", "new", BOOK].into_iter().chain(company)).with_code(0);
    let files = [("bank.ofx", OFX), ("camt.xml", CAMT), ("ledger.csv", LEDGER)];
    let [ofx, camt, ledger] = files.map(|(name, content)| text(&desk.write(name, content)));
    let import = |more: &[&str]| desk.tieout(["workbook", "import", BOOK].into_iter().chain(more.iter().copied()));
    import(&["--statement", &ofx, "--ledger", &ledger, "--account", "Current"]).with_code(0);
    import(&["--statement", &camt, "--account", "Savings"]).with_code(0);
    let open = desk.tieout(["exceptions", BOOK, "--json"]).with_code(0).json();
    let id = |impact: &str| {
        let rows = open["rows"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["impact"]["value"] == impact).expect("the record");
        row["id"].as_str().expect("an id").to_owned()
    };
    let by_hand =
        |more: &[&str]| desk.tieout(["workbook", "match-by-hand", BOOK].into_iter().chain(more.iter().copied()));
    by_hand(&["--line", &id("98.50"), "--entry", &id("100.00"), "--adjust", "fee"]).with_code(0);
    by_hand(&["--line", &id("12.90"), "--adjust", "fee@6859", "--text=-Account fee; \"February\""]).with_code(0);
}

fn journal(desk: &Desk, more: &[&str]) -> Answer {
    desk.tieout(["workbook", "journal", BOOK].into_iter().chain(more.iter().copied()))
}

/// Names every account that is needed.
fn name_accounts(desk: &Desk) {
    let accounts = journal(desk, &["accounts", "--json"]).with_code(0).json();
    let accounts = accounts.as_array().expect("accounts");
    let savings = accounts.iter().find(|account| account["name"] == "Savings").expect("the account");
    let savings = format!("{}=1810", savings["role"].as_str().expect("a role"));
    let set = ["accounts", "--set", "cause fee=6855", "--set", "receivables=1200", "--set", &savings];
    journal(desk, &set).with_code(0);
}

/// The cells of a CSV file (RFC 4180), read by nothing of Tieout's.
fn csv_cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            other => cell.push(other),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "a file ends with its last line");
    rows
}

/// A cell of a spreadsheet, as it is stored.
#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Text(String),
    Number(String),
}

fn part(spreadsheet: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(File::open(spreadsheet).expect("the file")).expect("a spreadsheet");
    let mut text = String::new();
    archive.by_name(name).expect("a part of it").read_to_string(&mut text).expect("XML");
    text
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    Some(text.split_once(before)?.1.split_once(after)?.0)
}

/// The cells of the first sheet by row, without empty ones, read from the XML.
fn xlsx_cells(spreadsheet: &Path) -> Vec<Vec<Cell>> {
    let strings = part(spreadsheet, "xl/sharedStrings.xml");
    let strings: Vec<String> = strings
        .split("<si>")
        .skip(1)
        .map(|item| {
            let text = between(item, "<t", "</t>").and_then(|text| text.split_once('>')).expect("a text").1;
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
                .into_iter()
                .fold(text.to_owned(), |text, (escaped, letter)| text.replace(escaped, letter))
        })
        .collect();
    let sheet = part(spreadsheet, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "no cell is a formula");
    let cell = |cell: &str| {
        let value = between(cell, "<v>", "</v>")?;
        let is_text = cell.split_once('>').is_some_and(|(attributes, _)| attributes.contains("t=\"s\""));
        Some(if is_text {
            Cell::Text(strings[value.parse::<usize>().expect("an index")].clone())
        } else {
            Cell::Number(value.to_owned())
        })
    };
    sheet.split("<row ").skip(1).map(|row| row.split("<c ").skip(1).filter_map(cell).collect()).collect()
}

fn listed(desk: &Desk) -> Vec<Value> {
    journal(desk, &["list", "--json"]).with_code(0).json()["rows"].as_array().expect("rows").clone()
}

#[test]
fn write_offs_are_exported_read_back_taken_back_and_reversed() {
    let desk = Desk::new();
    new_book(&desk);
    let refused = journal(&desk, &["export", "--out", "journal.csv"]).with_code(4).stderr;
    for missing in ["cause fee (1 entry)", "Savings (1 entry)", "receivables (1 entry)", "nothing was exported"] {
        assert!(refused.contains(missing), "{refused}");
    }
    assert!(!desk.path("journal.csv").exists());
    name_accounts(&desk);
    let told = journal(&desk, &[]).with_code(0).stdout;
    assert!(told.contains("2026-01-12  6855 / 1200  1.50 EUR  Fee: =Alder(1), RE-1"), "{told}");
    assert!(told.contains("2 entries, debit and credit 14.40 EUR"), "{told}");

    journal(&desk, &["export", "--out", "journal.csv"]).with_code(0);
    let file = fs::read_to_string(desk.path("journal.csv")).expect("the file");
    let rows = csv_cells(&file);
    let column = |name: &str| rows[0].iter().position(|heading| heading == name).expect("a column");
    let cells = |row: usize, names: &[&str]| -> Vec<String> {
        names.iter().map(|name| rows[row][column(name)].clone()).collect()
    };
    assert_eq!(rows.len(), 3);
    let posting = ["number", "date", "debit_account", "credit_account", "amount", "currency", "text", "counterparty"];
    assert_eq!(
        cells(1, &posting),
        ["1-1", "2026-01-12", "6855", "1200", "1.50", "EUR", "Fee: =Alder(1), RE-1", "'=Alder(1)"]
    );
    assert_eq!(
        cells(2, &posting),
        ["1-2", "2026-02-27", "6859", "1810", "12.90", "EUR", "'-Account fee; \"February\"", "Traveland Bank eG"]
    );
    // What the bank calls the line: FITID of OFX, AcctSvcrRef and EndToEndId of CAMT.
    assert_eq!(cells(1, &["bank_reference"]), ["OFX-20260001"]);
    assert_eq!(cells(2, &["bank_reference", "line_reference"]), ["CAMT-77", "E2E-77"]);
    assert_eq!(listed(&desk), Vec::<Value>::new());

    journal(&desk, &["take-back", "1", "--reason", ""]).with_code(4);
    journal(&desk, &["take-back", "1", "--reason", "the books want a spreadsheet"]).with_code(0);
    let exported =
        journal(&desk, &["export", "--layout", "quickbooks", "--out", "journal.xlsx", "--json"]).with_code(0).json();
    assert_eq!((&exported["batch"]["number"], &exported["batch"]["entries"]), (&2.into(), &2.into()));
    let sheet = xlsx_cells(&desk.path("journal.xlsx"));
    let text_of = |text: &str| Cell::Text(text.to_owned());
    let number = |number: &str| Cell::Number(number.to_owned());
    assert_eq!(sheet.len(), 5, "two lines an entry, under the headings");
    assert_eq!(sheet[0][0], text_of("JournalNo"));
    // 12 January 2026 is day 46034 of a spreadsheet.
    assert_eq!(sheet[1][..4], [text_of("2-1"), number("46034"), text_of("6855"), number("1.5")]);
    assert_eq!(sheet[2][..4], [text_of("2-1"), number("46034"), text_of("1200"), number("1.5")]);
    assert_eq!(sheet[1][5], text_of("=Alder(1)"), "a text as it stands");
    assert_eq!(sheet[3][3..5], [number("12.9"), text_of("-Account fee; \"February\"")]);
    journal(&desk, &["again", "2", "--out", "again.xlsx"]).with_code(0);
    assert_eq!(fs::read(desk.path("journal.xlsx")).unwrap(), fs::read(desk.path("again.xlsx")).unwrap());

    // The charge is no charge after all: what the books have of it is posted the other way round.
    desk.tieout(["workbook", "review", BOOK, "--undo"]).with_code(0);
    let rows = listed(&desk);
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["reverses"], &rows[0]["debit"]["account"]), (&2.into(), &"1810".into()));
    journal(&desk, &["export", "--layout", "xero", "--out", "reversal.csv"]).with_code(0);
    let reversal = csv_cells(&fs::read_to_string(desk.path("reversal.csv")).expect("the file"));
    assert_eq!(reversal[1][2..4], ["Reversal: -Account fee; \"February\"", "1810"]);
    assert_eq!([&reversal[1][5], &reversal[2][5]], ["12.90", "-12.90"], "amounts stay numbers");
    let batches = journal(&desk, &["batches"]).with_code(0).stdout;
    assert!(batches.contains("(taken back ") && batches.contains("the books want a spreadsheet)"), "{batches}");
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn a_ledger_that_wants_the_banks_reference_gets_a_layout_with_it() {
    let desk = Desk::new();
    new_book(&desk);
    name_accounts(&desk);
    let datev = journal(&desk, &["layouts", "--show", "datev"]).with_code(0).stdout;
    let ours = datev.replace("name = \"datev\"", "name = \"Ours\"")
        + "\n[[column]]\nheading = \"Bankreferenz\"\nvalue = \"bank_reference\"\nchars = 12\n\
           [[column]]\nheading = \"Ende-zu-Ende\"\nvalue = \"line_reference\"\n";
    let file = text(&desk.write("ours.toml", ours));
    journal(&desk, &["layouts", "--save", &file]).with_code(0);
    journal(&desk, &["export", "--layout", "Ours", "--out", "ours.csv"]).with_code(0);
    let bytes = fs::read(desk.path("ours.csv")).expect("the file");
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].ends_with(";Bankreferenz;Ende-zu-Ende"), "{text}");
    assert!(lines[1].starts_with("1,50;S;EUR;6855;1200;1201;1-1;") && lines[1].ends_with(";OFX-20260001;"), "{text}");
    assert!(lines[2].ends_with(";CAMT-77;E2E-77"), "{text}");
}

#[test]
fn an_export_lands_neither_on_the_workbook_nor_on_a_file_that_is_there() {
    let desk = Desk::new();
    new_book(&desk);
    name_accounts(&desk);
    let refused = |more: &[&str], told: &str| {
        let stderr = journal(&desk, more).with_code(4).stderr;
        assert!(stderr.contains(told), "{stderr}");
    };
    refused(&["export", "--out", BOOK], "belongs to the open workbook: choose another place");
    refused(&["export", "--out", BOOK, "--force"], "belongs to the open workbook: choose another place");
    refused(&["export", "--out", "ledger.csv"], "there is already a file at ledger.csv: choose another name");
    assert_eq!(fs::read_to_string(desk.path("ledger.csv")).expect("the ledger"), LEDGER);
    assert_eq!(listed(&desk).len(), 2, "nothing was exported");
    journal(&desk, &["export", "--out", "ledger.csv", "--force"]).with_code(0);
    refused(&["again", "1", "--out", "bank.ofx"], "there is already a file at");
    assert_eq!(fs::read_to_string(desk.path("bank.ofx")).expect("the statement"), OFX);
    desk.tieout(["workbook", "categories", BOOK, "export", BOOK, "--force"]).with_code(4);
    desk.tieout(["verify", BOOK]).with_code(0);
}
