//! The journal through a session: from an approved difference to a file that the books take, and back.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]

mod desk;

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use tieout_application::{
    ApplicationError, Configuration, Existing, HandAdjustment, HandGroup, ImportFile, MatchByHand, OpenRecordsRequest,
    Posting, PostingRole, RecordId, RootCause, Session, Side,
    journal::{ExportJournal, JournalLayoutText, JournalPreview, JournalQuery},
};

/// Two payments each short by a fee, in a workbook with a bank account and two invoices, both matched by hand.
fn desk() -> (Session, TempDir) {
    let (session, folder, _) = desk::session(|_| {});
    let statement = "date,description,amount,currency,counterparty,reference,id\n\
                     2026-01-05,Payment,98.50,EUR,Łódź Sp. z o.o.,E2E-1,FIT-1\n\
                     2026-02-05,Payment,198.00,EUR,Müller,E2E-2,FIT-2\n";
    let ledger = "invoice_number,date,amount,currency,customer\nRE-1,2026-01-01,100.00,EUR,Łódź Sp. z o.o.\n\
                  RE-2,2026-02-01,200.00,EUR,Müller\n";
    import(&session, folder.path(), "bank.csv", statement, Side::Statement);
    import(&session, folder.path(), "books.csv", ledger, Side::Ledger);
    let open = |side| {
        let request =
            OpenRecordsRequest { side, search: String::new(), near_amount: None, currency: None, offset: 0, limit: 9 };
        let mut rows = session.open_records(&request).unwrap().rows;
        rows.sort_by_key(|row| row.amount.minor_units());
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    for (line, entry) in open(Side::Statement).into_iter().zip(open(Side::Ledger)) {
        let (RecordId::Line(line), RecordId::Entry(entry)) = (line, entry) else { panic!("a line and an entry") };
        let fee = HandAdjustment { cause: RootCause::Fee, amount: None, posting: None };
        let groups = vec![HandGroup { lines: vec![line.into()], entries: vec![entry.into()], adjustments: vec![fee] }];
        session.match_by_hand(&MatchByHand { groups, reason: String::new() }).unwrap();
    }
    (session, folder)
}

fn import(session: &Session, folder: &Path, name: &str, text: &str, side: Side) {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    let file = ImportFile { path, side, account: None, mapping: None, leave_out_rejected: false, file_bytes_max: None };
    session.import_file(&file, &|_| {}).unwrap();
}

fn name_accounts(session: &Session) {
    let named =
        [(PostingRole::Cause(RootCause::Fee), "6855".to_owned()), (PostingRole::Receivables, "1200".to_owned())];
    session.save_posting_accounts(&named).unwrap();
}

fn order(session: &Session, layout: &str, path: PathBuf) -> ExportJournal {
    ExportJournal {
        layout: session.find_journal_layout(layout).unwrap(),
        through: None,
        path,
        existing: Existing::Keep,
        seen: None,
    }
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, ApplicationError>) -> String {
    answer.unwrap_err().to_string()
}

fn query() -> JournalQuery {
    JournalQuery { limit: 99, ..JournalQuery::default() }
}

#[test]
fn nothing_is_exported_until_every_account_is_named_and_each_is_listed() {
    let (session, folder) = desk();
    let out = folder.path().join("journal.csv");
    let refused = refusal(session.export_journal(&order(&session, "generic", out.clone())));
    assert_eq!(
        refused,
        "no account of the books is named for cause fee (2 entries), receivables (2 entries): name it first; nothing was \
         exported"
    );
    assert!(!out.exists());
    assert_eq!(session.journal(&query()).unwrap().missing.len(), 2);
    name_accounts(&session);
    let page = session.journal(&query()).unwrap();
    assert_eq!((page.missing.len(), page.total, page.sums[0].amount.to_string().as_str()), (0, 2, "3.50 EUR"));
    assert_eq!(page.proposed_path, folder.path().join("Joinery Ltd journal 1.csv"));
    let exported = session.export_journal(&order(&session, "generic", out.clone())).unwrap();
    assert_eq!((exported.batch.number, exported.batch.entries), (1, 2));
    let text = fs::read_to_string(&out).unwrap();
    let first = text.lines().nth(1).unwrap();
    assert!(
        first.starts_with("1-1,2026-01-05,6855,1200,1.50,EUR,1.50,EUR,\"Fee: Łódź Sp. z o.o., RE-1\",fee,"),
        "{first}"
    );
    assert!(first.contains(",FIT-1,E2E-1,"), "{first}");
    assert_eq!(session.journal(&query()).unwrap().total, 0);
}

#[test]
fn a_file_is_written_again_byte_for_byte_and_the_newest_batch_taken_back() {
    let (session, folder) = desk();
    name_accounts(&session);
    let (out, again) = (folder.path().join("journal.xlsx"), folder.path().join("again.xlsx"));
    session.export_journal(&order(&session, "quickbooks", out.clone())).unwrap();
    session.write_journal_again(1, &again, Existing::Keep).unwrap();
    assert_eq!(fs::read(&out).unwrap(), fs::read(&again).unwrap());
    assert!(refusal(session.write_journal_again(2, &again, Existing::Replace)).contains("there is no batch 2"));
    session.take_journal_back(1, "wrong client").unwrap();
    assert_eq!(session.journal(&query()).unwrap().total, 2);
    let (batches, newest) = session.journal_batches(0, 9).unwrap();
    assert_eq!((batches.rows[0].taken_back.as_ref().unwrap().reason.as_str(), newest), ("wrong client", None));
    assert!(session.verify_workbook().unwrap().valid);
}

#[test]
fn a_file_that_cannot_be_written_leaves_nothing_exported() {
    let (session, folder) = desk();
    name_accounts(&session);
    let nowhere = folder.path().join("no such folder").join("journal.csv");
    assert!(session.export_journal(&order(&session, "generic", nowhere)).is_err());
    let refused = refusal(session.export_journal(&order(&session, "datev", folder.path().join("j.csv"))));
    assert!(refused.contains("'Ł', which windows-1252 does not have"), "{refused}");
    assert_eq!(session.journal(&query()).unwrap().total, 2);
    assert_eq!(session.journal_batches(0, 9).unwrap().0.total, 0);
}

#[test]
fn a_batch_whose_file_did_not_get_its_name_stands_and_is_written_elsewhere() {
    let (session, folder) = desk();
    name_accounts(&session);
    // A folder of that name: the file beside it can be written, and not be put in its place.
    let taken = folder.path().join("journal.csv");
    fs::create_dir_all(taken.join("full")).unwrap();
    let replacing = ExportJournal { existing: Existing::Replace, ..order(&session, "generic", taken) };
    let refused = refusal(session.export_journal(&replacing));
    assert!(refused.contains("batch 1 is kept nevertheless"), "{refused}");
    assert_eq!(session.journal(&query()).unwrap().total, 0);
    let elsewhere = folder.path().join("elsewhere.csv");
    session.write_journal_again(1, &elsewhere, Existing::Keep).unwrap();
    assert!(fs::read_to_string(&elsewhere).unwrap().contains("1-2,2026-02-05,6855,1200,2.00"));
}

#[test]
fn what_changed_since_it_was_shown_is_not_exported() {
    let (session, folder) = desk();
    name_accounts(&session);
    let shown = session.journal(&query()).unwrap();
    let entry = &shown.rows[0].entry.source;
    session.choose_journal_account(entry.match_id, entry.adjustment, true, "6859").unwrap();
    let out = folder.path().join("journal.csv");
    let stale = ExportJournal { seen: Some(shown.seen), ..order(&session, "generic", out.clone()) };
    assert!(matches!(session.export_journal(&stale), Err(ApplicationError::Stale(_))));
    let seen = Some(session.journal(&query()).unwrap().seen);
    session.export_journal(&ExportJournal { seen, ..stale }).unwrap();
    assert!(fs::read_to_string(&out).unwrap().contains(",6859,1200,"));
}

#[test]
fn a_month_is_exported_by_itself() {
    let (session, folder) = desk();
    name_accounts(&session);
    let through = "2026-01-31".parse().ok();
    let january = JournalQuery { through, ..query() };
    assert_eq!(session.journal(&january).unwrap().total, 1);
    let sum = |of: &JournalQuery| session.journal(of).unwrap().sums[0].amount.to_string();
    assert_eq!([&query(), &january, &query()].map(sum), ["3.50 EUR", "1.50 EUR", "3.50 EUR"]);
    let out = folder.path().join("january.csv");
    session.export_journal(&ExportJournal { through, ..order(&session, "generic", out) }).unwrap();
    assert_eq!(session.journal(&query()).unwrap().total, 1);
}

#[test]
fn a_layout_of_the_workbooks_own_is_saved_found_and_removed() {
    let (session, folder) = desk();
    let file = folder.path().join("ours.toml");
    let columns = "[[column]]\nheading = \"Datum\"\nvalue = \"date\"\n[[column]]\nheading = \"Konto\"\nvalue = \"account\"\n[[column]]\nheading = \"An\"\n\
                   value = \"contra_account\"\n[[column]]\nheading = \"Betrag\"\nvalue = \"amount\"\n";
    fs::write(&file, format!("name = \"Ours\"\nseparator = \"tab\"\n{columns}")).unwrap();
    let text: JournalLayoutText = session.find_journal_layout(file.to_str().unwrap()).unwrap();
    session.save_journal_layout(&text, None).unwrap();
    assert_eq!(session.find_journal_layout("Ours").unwrap(), text);
    let preview = session.preview_journal(&text, None, Path::new("x.csv")).unwrap();
    assert_eq!(preview.headings, ["Datum", "Konto", "An", "Betrag"]);
    assert_eq!(preview.rows[0], ["2026-01-05", "", "", "1.50"], "accounts that are missing are empty");
    let taken = JournalLayoutText { name: "datev".to_owned(), ..text };
    assert!(refusal(session.save_journal_layout(&taken, None)).contains("ready-made layout"));
    session.remove_journal_layout("Ours").unwrap();
    assert!(refusal(session.find_journal_layout("Ours")).contains("there is no layout and no file 'Ours'"));
}

#[test]
fn an_export_replaces_neither_the_workbook_nor_a_file_that_nobody_confirmed() {
    let (session, folder) = desk();
    name_accounts(&session);
    let (workbook, bank) = (folder.path().join("joinery.tieout"), folder.path().join("bank.csv"));
    let before = fs::read(&bank).unwrap();
    for existing in [Existing::Keep, Existing::Replace] {
        let order = ExportJournal { existing, ..order(&session, "generic", workbook.clone()) };
        assert!(refusal(session.export_journal(&order)).contains("belongs to the open workbook"));
    }
    let refused = refusal(session.export_journal(&order(&session, "generic", bank.clone())));
    assert!(refused.contains("there is already a file at"), "{refused}");
    assert_eq!(session.journal_batches(0, 9).unwrap().0.total, 0, "no batch is kept of what was not written");
    let exported = ExportJournal { existing: Existing::Replace, ..order(&session, "generic", bank.clone()) };
    session.export_journal(&exported).unwrap();
    assert!(fs::read_to_string(&bank).unwrap().starts_with("number,date"), "somebody confirmed it");
    // Writing it again is no other thing.
    assert!(refusal(session.write_journal_again(1, &workbook, Existing::Replace)).contains("the open workbook"));
    fs::write(&bank, &before).unwrap();
    assert!(refusal(session.write_journal_again(1, &bank, Existing::Keep)).contains("already a file"));
    assert_eq!(fs::read(&bank).unwrap(), before);
    assert!(session.verify_workbook().unwrap().valid);
}

/// A charge of 10.85 USD in a workbook in euro, written off.
fn dollars() -> (Session, TempDir) {
    let (session, folder) = desk();
    let path = folder.path().join("dollar.csv");
    let text =
        "date,description,amount,currency,counterparty,reference,id\n2026-01-15,Wire charge,-10.85,USD,Bank,,D-1\n";
    fs::write(&path, text).unwrap();
    let (side, account) = (Side::Statement, Some("Dollar".to_owned()));
    let file = ImportFile { path, side, account, mapping: None, leave_out_rejected: false, file_bytes_max: None };
    session.import_file(&file, &|_| {}).unwrap();
    let request =
        OpenRecordsRequest { side, search: String::new(), near_amount: None, currency: None, offset: 0, limit: 9 };
    let open = session.open_records(&request).unwrap().rows.remove(0);
    let RecordId::Line(line) = open.id else { panic!("a line") };
    let posting = Posting::new("6855".parse().unwrap(), "").ok();
    let fee = HandAdjustment { cause: RootCause::Fee, amount: None, posting };
    let groups = vec![HandGroup { lines: vec![line.into()], entries: Vec::new(), adjustments: vec![fee] }];
    session.match_by_hand(&MatchByHand { groups, reason: String::new() }).unwrap();
    name_accounts(&session);
    let accounts = session.posting_accounts().unwrap();
    let dollar = accounts.iter().find(|row| row.of.as_ref().is_some_and(|(name, _)| name == "Dollar")).unwrap();
    session.save_posting_accounts(&[(dollar.role, "1850".to_owned())]).unwrap();
    (session, folder)
}

/// Keeps a rate at which 10.85 USD are so many EUR.
fn keep_rate(session: &Session, folder: &Path, rate: &str) {
    fs::write(folder.join("fx_rates.csv"), format!("date,base,quote,rate\n2026-01-15,EUR,USD,{rate}\n")).unwrap();
    let settings = folder.join("matching.toml");
    fs::write(&settings, "[currency]\nrates = \"fx_rates.csv\"\n").unwrap();
    session.save_matching_settings(&Configuration::read(&settings, None).unwrap()).unwrap();
}

#[test]
fn a_layout_without_a_currency_has_the_amounts_in_the_companys() {
    let (session, folder) = dollars();
    let out = folder.path().join("xero.csv");
    let refused = refusal(session.export_journal(&order(&session, "xero", out.clone())));
    assert!(refused.contains("10.85 USD of 2026-01-15 has no rate of its day (1 in all have none)"), "{refused}");
    let layout = session.find_journal_layout("xero").unwrap();
    let preview = session.preview_journal(&layout, None, &out).unwrap();
    let problem = |preview: JournalPreview| preview.problem.expect("a problem").to_string();
    assert_eq!(problem(preview), refused, "it is said before");
    assert_eq!(problem(session.preview_journal(&layout, None, Path::new("xero.xlsx")).unwrap()), refused);
    assert!(!out.exists());
    keep_rate(&session, folder.path(), "1.0850");
    session.export_journal(&order(&session, "xero", out.clone())).unwrap();
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.contains(",6855,Tax Exempt,10.00,") && text.contains(",1850,Tax Exempt,-10.00,"), "{text}");
    assert!(!text.contains("10.85"), "{text}");
}

#[test]
fn another_rate_since_it_was_shown_is_another_journal() {
    let (session, folder) = dollars();
    keep_rate(&session, folder.path(), "1.0850");
    let shown = session.journal(&query()).unwrap();
    keep_rate(&session, folder.path(), "1.0900");
    let seen = Some(shown.seen);
    let stale = ExportJournal { seen, ..order(&session, "generic", folder.path().join("journal.csv")) };
    assert!(matches!(session.export_journal(&stale), Err(ApplicationError::Stale(_))));
    assert_ne!(session.journal(&query()).unwrap().seen, shown.seen, "what is kept is not shown again");
}

#[test]
fn december_and_january_do_not_become_one_year() {
    let (session, folder) = desk();
    name_accounts(&session);
    let (out, through) = (folder.path().join("datev.csv"), "2025-12-31".parse().ok());
    let line = "date,description,amount,currency,counterparty,reference,id\n2025-12-30,Charge,-3.00,EUR,Bank,,C-1\n";
    import(&session, folder.path(), "december.csv", line, Side::Statement);
    let request = OpenRecordsRequest {
        side: Side::Statement,
        search: String::new(),
        near_amount: None,
        currency: None,
        offset: 0,
        limit: 9,
    };
    let RecordId::Line(charge) = session.open_records(&request).unwrap().rows.remove(0).id else { panic!("a line") };
    let posting = Posting::new("6855".parse().unwrap(), "").ok();
    let fee = HandAdjustment { cause: RootCause::Fee, amount: None, posting };
    let groups = vec![HandGroup { lines: vec![charge.into()], entries: Vec::new(), adjustments: vec![fee] }];
    session.match_by_hand(&MatchByHand { groups, reason: String::new() }).unwrap();
    let bank = session.posting_accounts().unwrap().into_iter().find(|row| row.of.is_some()).unwrap().role;
    session.save_posting_accounts(&[(bank, "1800".to_owned())]).unwrap();
    // The letter that windows-1252 lacks is no matter here.
    let mut layout = session.find_journal_layout("datev").unwrap();
    layout.encoding = "utf-8".to_owned();
    let all = ExportJournal { layout, ..order(&session, "datev", out.clone()) };
    let refused = refusal(session.export_journal(&all));
    assert!(refused.contains("the entries lie in 2025 and in 2026: export those up to 2025-12-31 first"), "{refused}");
    session.export_journal(&ExportJournal { through, ..all.clone() }).unwrap();
    assert!(fs::read_to_string(&out).unwrap().contains(";3012;"));
    session.export_journal(&ExportJournal { path: folder.path().join("2026.csv"), ..all }).unwrap();
}

#[test]
fn a_layout_is_read_from_a_small_file_only() {
    let (session, folder) = desk();
    let large = folder.path().join("large.toml");
    fs::File::create(&large).unwrap().set_len(5 << 20).unwrap();
    assert!(refusal(session.read_journal_layout(&large)).contains("larger than 1 MiB"));
    #[cfg(unix)]
    assert!(refusal(session.read_journal_layout(Path::new("/dev/null"))).contains("a device or a pipe"));
}

#[test]
fn what_was_posted_without_a_rate_is_reversed_with_that_of_its_own_day() {
    let (session, folder) = dollars();
    session.export_journal(&order(&session, "generic", folder.path().join("journal.csv"))).unwrap();
    session.undo(None).unwrap();
    keep_rate(&session, folder.path(), "1.0850");
    let reversing = session.journal(&query()).unwrap().rows.remove(0).entry;
    assert!(reversing.source.reverses.is_some());
    assert_eq!(reversing.base_amount.unwrap().to_string(), "10.00 EUR");
}
