//! A bank account in euro against invoices in dollars, with a file of exchange rates.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use tempfile::TempDir;
use tieout_application::{
    Configuration, Currency, Decide, Environment, ExportFolder, HandAdjustment, HandGroup, ImportFile, Layout,
    MatchByHand, NewWorkbook, OpenWorkbook, ProofRequest, QueueFilter, QueueRequest, RecordFacts, RecordId,
    ReviewDetail, RunSummary, Session, Side,
};
use tieout_domain::{FigureLimits, MatchId, RootCause};
use tieout_workbook::{MemoryKeyStore, SteppingClock};

const PASSPHRASE: &str = "correct horse battery";

type Paid = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// Invoice, customer, day, dollars owed, day paid, euro received: each at the rate of the day less what the bank took.
const PAID: [Paid; 4] = [
    ("INV-20417", "Harrow & Pike Inc", "2026-01-05", "1085.00", "2026-01-20", "998.00"),
    ("INV-20418", "Calder Freight LLC", "2026-01-06", "2420.50", "2026-01-22", "2213.16"),
    ("INV-20419", "Northgate Foods Corp", "2026-01-07", "731.28", "2026-01-23", "668.40"),
    ("INV-20421", "Osprey Marine Inc", "2026-01-08", "5160.00", "2026-01-27", "4693.04"),
];

struct Desk {
    session: Session,
    folder: TempDir,
}

fn environment(folder: &Path) -> Environment {
    Environment {
        clock: Arc::new(SteppingClock::from_ms(1_700_000_000_000)),
        keys: Arc::new(MemoryKeyStore::default()),
        reader: PathBuf::new(),
        data_folder: folder.join("data"),
        documents: folder.to_owned(),
    }
}

impl Desk {
    /// A workbook in euro with the payments and the invoices, and beside it `fx_rates.csv` and `matching.toml`, which
    /// names it and leaves all approval to people.
    fn new() -> Self {
        Self::with(&PAID)
    }

    /// The same with only these payments and invoices.
    fn with(paid: &[Paid]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::new(environment(folder.path()));
        session
            .create_workbook(NewWorkbook {
                path: folder.path().join("joinery.tieout"),
                passphrase: PASSPHRASE.to_owned().into(),
                company: "Lindqvist & Amara".to_owned(),
                user: "Ada".to_owned(),
                currency: Currency::parse("EUR").unwrap(),
                single_user: true,
                remember: false,
            })
            .unwrap();
        let desk = Self { session, folder };
        let mut bank = "date,description,counterparty,amount,currency,balance\n".to_owned();
        let mut books = "number,date,customer,amount,currency\n".to_owned();
        let mut balance = 1_000_000;
        for (number, customer, day, owed, paid_on, paid) in paid {
            balance += paid.replace('.', "").parse::<i64>().unwrap();
            writeln!(bank, "{paid_on},Payment {number},{customer},{paid},EUR,{}.{:02}", balance / 100, balance % 100)
                .unwrap();
            writeln!(books, "{number},{day},{customer},{owed},USD").unwrap();
        }
        desk.import("bank.csv", &bank, Side::Statement);
        desk.import("books.csv", &books, Side::Ledger);
        desk.write("fx_rates.csv", &rates(31));
        desk.write("matching.toml", "[auto_approve]\nconfidence = 1.0\n[currency]\nrates = \"fx_rates.csv\"\n");
        desk
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn import(&self, name: &str, text: &str, side: Side) {
        let file = ImportFile {
            path: self.write(name, text),
            side,
            account: None,
            mapping: None,
            leave_out_rejected: false,
            file_bytes_max: None,
        };
        let imported = self.session.import_file(&file, &|_| {}).unwrap();
        assert_eq!(imported.iter().map(|file| file.rejected).sum::<u64>(), 0);
    }

    fn configuration(&self) -> Configuration {
        Configuration::read(&self.folder.path().join("matching.toml"), None).unwrap()
    }

    fn run(&self, configuration: Option<&Configuration>) -> RunSummary {
        self.session.run_matching(configuration, &|_| {}).unwrap()
    }

    fn proposed(&self) -> Vec<MatchId> {
        let request = QueueRequest { filter: QueueFilter::Suggested, limit: 500, ..QueueRequest::default() };
        self.session.review_queue(&request).unwrap().rows.iter().map(|row| row.id.parse().unwrap()).collect()
    }

    fn detail(&self, id: MatchId) -> ReviewDetail {
        self.session.match_detail(id).unwrap()
    }

    /// The proposal of an invoice.
    fn of(&self, number: &str) -> (MatchId, ReviewDetail) {
        let ids = self.proposed();
        let mut details = ids.iter().map(|id| (*id, self.detail(*id)));
        details.find(|(_, detail)| detail.entries[0].number == number).unwrap()
    }

    fn decide(&self, id: MatchId, approve: bool) {
        let content = self.detail(id).content;
        self.session.decide(&Decide { match_id: id, approve, content, reason: String::new() }).unwrap();
    }

    /// Closes the workbook and opens it on a machine where it was never before.
    fn elsewhere(self) -> Self {
        self.session.close_workbook().unwrap();
        let session = Session::new(environment(self.folder.path()));
        session
            .open_workbook(OpenWorkbook {
                path: self.folder.path().join("joinery.tieout"),
                passphrase: Some(PASSPHRASE.to_owned().into()),
                remember: false,
            })
            .unwrap();
        Self { session, folder: self.folder }
    }
}

/// A rate for each day of January 2026 up to this one: 1.0850 dollars a euro at first, and rising.
fn rates(days: u32) -> String {
    let mut text = "date,base,quote,rate\n".to_owned();
    for day in 1..=days {
        writeln!(text, "2026-01-{day:02},EUR,USD,1.{:04}", 810 + day * 2).unwrap();
    }
    text
}

/// Amount, what is open, what the match applies and what that settles.
fn figures(record: &RecordFacts) -> [String; 4] {
    let shown = |money: Option<tieout_domain::Money>| money.map_or_else(String::new, |money| money.to_string());
    [Some(record.amount), Some(record.open), record.applied, record.settled].map(shown)
}

#[test]
fn payments_in_euro_meet_invoices_in_dollars_and_what_the_exchange_left_over_is_named() {
    let desk = Desk::new();
    let run = desk.run(Some(&desk.configuration()));
    assert_eq!((run.suggested, run.lines_unmatched, run.entries_unmatched), (4, 0, 0), "{run:?}");
    let (id, detail) = desk.of("INV-20417");
    // 1,085.00 dollars at the 1.0850 of the 20th.
    assert_eq!(figures(&detail.lines[0]), ["998.00 EUR", "998.00 EUR", "998.00 EUR", ""]);
    assert_eq!(figures(&detail.entries[0]), ["1085.00 USD", "1085.00 USD", "1000.00 EUR", "1085.00 USD"]);
    let [left_over] = detail.adjustments.as_slice() else { panic!("{:?}", detail.adjustments) };
    assert_eq!((left_over.cause, left_over.amount.to_string()), (RootCause::FxRounding, "-2.00 EUR".to_owned()));
    assert_eq!((detail.row.cause, detail.row.amount.to_string()), (RootCause::FxRounding, "998.00 EUR".to_owned()));

    desk.decide(id, true);
    let detail = desk.detail(id);
    assert_eq!(figures(&detail.lines[0])[1], "0.00 EUR");
    assert_eq!(figures(&detail.entries[0])[1], "0.00 USD");
    let again = desk.run(Some(&desk.configuration()));
    assert_eq!((again.lines, again.entries), (3, 3), "what is closed is not looked at again");

    desk.session.undo(None).unwrap();
    let detail = desk.detail(id);
    assert_eq!(figures(&detail.lines[0])[1], "998.00 EUR");
    assert_eq!(figures(&detail.entries[0])[1], "1085.00 USD");

    let (rejected, _) = desk.of("INV-20421");
    desk.decide(rejected, false);
    desk.run(Some(&desk.configuration()));
    let numbers: Vec<_> = desk.proposed().iter().map(|id| desk.detail(*id).entries[0].number.clone()).collect();
    assert!(!numbers.contains(&"INV-20421".to_owned()), "a rejected pair does not come back: {numbers:?}");
}

#[test]
fn the_account_ties_out_in_euro_and_its_report_says_what_was_settled_in_dollars() {
    let desk = Desk::new();
    desk.run(Some(&desk.configuration()));
    desk.proposed().into_iter().for_each(|id| desk.decide(id, true));
    let account = desk.session.workbook().unwrap().accounts[0].id;
    let proof = desk.session.balance_proof(&ProofRequest { account, from: None, to: None }).unwrap();
    assert_eq!(proof.proof.holds(), Ok(true));
    assert_eq!(proof.proof.lines_total.to_string(), "8572.60 EUR");
    assert_eq!((proof.outstanding_lines_count, proof.outstanding_entries_count), (0, 0));
    assert_eq!(proof.proof.adjustments, proof.proof.lines_total.checked_sub(proof.proof.entries_total).unwrap());
    assert!(proof.proof.adjustments.minor_units() < 0, "the bank took its share: {}", proof.proof.adjustments);

    let out = desk.folder.path().join("result");
    let export = ExportFolder {
        account: None,
        from: None,
        to: None,
        out: out.clone(),
        identity: None,
        layout: Layout::default(),
    };
    assert_eq!(desk.session.export_folder(&export).unwrap().matched, 4);
    let matches = std::fs::read_to_string(out.join("matches.csv")).unwrap();
    let row = matches.lines().find(|row| row.contains(",ledger,") && row.contains(",1085.00,")).unwrap();
    assert!(row.contains(",1085.00,1000.00,one_to_one,") && row.contains(",approved,fx_rounding,"), "{row}");
    let report = std::fs::read_to_string(out.join("report.json")).unwrap();
    assert!(report.contains("fx_rates.csv (31 rates, 2026-01-01 to 2026-01-31)"), "{report}");
}

#[test]
fn saved_settings_keep_the_rates_in_the_workbook_so_that_runs_need_no_file() {
    let desk = Desk::new();
    let saved = desk.session.save_matching_settings(&desk.configuration()).unwrap();
    let told = |configuration: &Configuration| {
        configuration.kept_rates().map(|kept| (kept.count, kept.first.to_string(), kept.last.to_string()))
    };
    let all = Some((31, "2026-01-01".to_owned(), "2026-01-31".to_owned()));
    assert_eq!(told(&saved.configuration), all);

    let desk = desk.elsewhere();
    std::fs::remove_file(desk.folder.path().join("fx_rates.csv")).unwrap();
    assert_eq!(desk.run(None).suggested, 4);
    // Other settings can be changed there, too.
    let mut other = desk.session.matching_settings().unwrap().configuration;
    other.engine.grouping.max_group = 5;
    assert_eq!(told(&desk.session.save_matching_settings(&other).unwrap().configuration), all);

    // Where the file is, saving reads it anew; leaving the key out forgets the rates.
    desk.write("fx_rates.csv", &rates(25));
    let fresh = desk.session.save_matching_settings(&other).unwrap();
    assert_eq!(told(&fresh.configuration), Some((25, "2026-01-01".to_owned(), "2026-01-25".to_owned())));
    other.rates = None;
    let none = desk.session.save_matching_settings(&other).unwrap();
    assert_eq!(told(&none.configuration), None);
    let settings = desk.session.matching_settings().unwrap();
    assert_eq!(told(&settings.configuration), None);
}

#[test]
fn a_run_says_how_many_lines_lack_a_rate_that_other_days_have() {
    // Payments of the 23rd and the 27th, too few to show a rate themselves. A rate reaches ten days.
    let desk = Desk::with(&PAID[2..]);
    for (days, unmatched) in [(9, 2), (13, 1), (31, 0)] {
        desk.write("fx_rates.csv", &rates(days));
        desk.session.save_matching_settings(&desk.configuration()).unwrap();
        let run = desk.run(None);
        assert_eq!((run.lines_unmatched, run.lines_without_rate), (unmatched, unmatched), "{run:?}");
    }
}

#[test]
fn a_file_of_rates_that_is_not_there_is_named_with_its_key_and_what_to_do() {
    let desk = Desk::new();
    let file = desk.folder.path().join("fx_rates.csv");
    std::fs::remove_file(&file).unwrap();
    let expected = format!(
        "configuration: the exchange rates {}, which currency.rates names: there is no such file; put it right, name \
         another file, or leave the key out",
        file.display()
    );
    let before = desk.session.matching_settings().unwrap().configuration.limits;
    let limits = FigureLimits { variance: 5_000, ..before.unwrap() };
    let configuration = Configuration { limits: Some(limits), ..desk.configuration() };
    let saved = desk.session.save_matching_settings(&configuration).unwrap_err();
    assert_eq!(saved.to_string(), expected);
    assert_eq!(desk.session.matching_settings().unwrap().configuration.limits, before);
    assert!(!desk.session.matching_settings().unwrap().is_stored, "nothing was kept");
    let run = desk.session.run_matching(Some(&configuration), &|_| {}).unwrap_err();
    assert_eq!(run.to_string(), expected);
}

#[test]
fn settings_of_an_older_version_that_name_a_file_never_read_say_what_to_do() {
    let desk = Desk::new();
    desk.session.close_workbook().unwrap();
    let path = desk.folder.path().join("joinery.tieout");
    let clock = Arc::new(SteppingClock::from_ms(1_800_000_000_000));
    let unlock = tieout_workbook::Unlock::Passphrase(PASSPHRASE);
    let keys = Arc::new(MemoryKeyStore::default());
    let mut workbook = tieout_workbook::Workbook::open(&path, unlock, clock, keys, false).unwrap().workbook;
    workbook.set_setting("matching.configuration", "[currency]\nrates = \"/home/ada/fx.csv\"\n").unwrap();
    workbook.close().unwrap();
    let desk = desk.elsewhere();
    let refused = desk.session.run_matching(None, &|_| {}).unwrap_err().to_string();
    let named = "configuration: the matching settings kept in the workbook name /home/ada/fx.csv as currency.rates, but it \
                 was never read: save the settings again where that file is, name another, or leave the key out";
    assert_eq!(refused, named);
    assert!(desk.session.matching_settings().unwrap().configuration.rates.is_some(), "they are shown to be put right");
}

#[test]
fn without_a_file_the_rates_are_those_that_quoted_documents_show() {
    let desk = Desk::new();
    desk.write("matching.toml", "[auto_approve]\nconfidence = 1.0\n");
    let run = desk.run(Some(&desk.configuration()));
    assert_eq!(run.suggested, 4, "{run:?}");
    let (_, detail) = desk.of("INV-20419");
    assert_eq!(figures(&detail.entries[0])[3], "731.28 USD");
}

/// The records of a proposal.
fn records(detail: &ReviewDetail) -> HandGroup {
    let (mut lines, mut entries) = (Vec::new(), Vec::new());
    for record in detail.lines.iter().chain(&detail.entries) {
        match record.id {
            RecordId::Line(id) => lines.push(id.into()),
            RecordId::Entry(id) => entries.push(id.into()),
        }
    }
    HandGroup { lines, entries, adjustments: Vec::new() }
}

impl Desk {
    fn by_hand(&self, records: &HandGroup, cause: RootCause) -> Result<ReviewDetail, String> {
        let adjustments = vec![HandAdjustment { cause, amount: None, posting: None }];
        let group = HandGroup { adjustments, ..records.clone() };
        let request = MatchByHand { groups: vec![group], reason: "the customer says so".to_owned() };
        let outcome = self.session.match_by_hand(&request).map_err(|error| error.to_string())?;
        Ok(self.detail(outcome.match_id.unwrap()))
    }

    fn balance(&self, records: &HandGroup) -> Result<[String; 3], String> {
        let balances = self.session.hand_balance(std::slice::from_ref(records)).map_err(|error| error.to_string())?;
        let balance = balances.groups.first().unwrap().clone();
        Ok([balance.statement, balance.ledger, balance.difference].map(|money| money.to_string()))
    }
}

#[test]
fn a_person_puts_a_payment_and_an_invoice_of_two_currencies_together_at_the_rates_the_workbook_keeps() {
    let desk = Desk::new();
    desk.run(Some(&desk.configuration()));
    let records = records(&desk.of("INV-20417").1);
    let no_rate = "there is no exchange rate between USD and EUR for 2026-01-20: name a file that has it in the matching \
                   settings";
    assert_eq!(desk.balance(&records), Err(no_rate.to_owned()));
    assert_eq!(desk.by_hand(&records, RootCause::FxRounding).err().as_deref(), Some(no_rate));

    desk.session.save_matching_settings(&desk.configuration()).unwrap();
    let told = ["998.00 EUR", "1000.00 EUR", "-2.00 EUR"].map(str::to_owned);
    assert_eq!(desk.balance(&records), Ok(told));
    let detail = desk.by_hand(&records, RootCause::FxRounding).unwrap();
    assert_eq!(figures(&detail.lines[0]), ["998.00 EUR", "0.00 EUR", "998.00 EUR", ""]);
    assert_eq!(figures(&detail.entries[0]), ["1085.00 USD", "0.00 USD", "1000.00 EUR", "1085.00 USD"]);
    assert_eq!(detail.adjustments.iter().map(|left| left.amount.to_string()).collect::<Vec<_>>(), ["-2.00 EUR"]);
    desk.session.undo(None).unwrap();
    let (_, detail) = desk.of("INV-20417");
    assert_eq!(
        (figures(&detail.lines[0])[1].as_str(), figures(&detail.entries[0])[1].as_str()),
        ("998.00 EUR", "1085.00 USD")
    );
}

#[test]
fn a_part_payment_by_hand_leaves_the_rest_of_the_invoice_open_in_its_own_currency() {
    let desk = Desk::new();
    desk.session.save_matching_settings(&desk.configuration()).unwrap();
    desk.run(None);
    let records = records(&desk.of("INV-20417").1);
    let detail = desk.by_hand(&records, RootCause::PartialPayment).unwrap();
    // 998.00 euro at the 1.0850 of the day are 1,082.83 dollars.
    assert_eq!(figures(&detail.entries[0]), ["1085.00 USD", "2.17 USD", "998.00 EUR", "1082.83 USD"]);
    assert_eq!((detail.adjustments.len(), figures(&detail.lines[0])[1].as_str()), (0, "0.00 EUR"));
}

#[test]
fn a_payment_that_is_not_enough_for_two_invoices_in_dollars_fills_them_in_the_order_they_were_chosen() {
    let desk = Desk::new();
    desk.session.save_matching_settings(&desk.configuration()).unwrap();
    desk.run(None);
    let [first, mut chosen] = ["INV-20417", "INV-20418"].map(|number| records(&desk.of(number).1));
    chosen.entries.insert(0, first.entries[0]);
    let detail = desk.by_hand(&chosen, RootCause::PartialPayment).unwrap();
    let entry = |number: &str| figures(detail.entries.iter().find(|entry| entry.number == number).unwrap());
    // 1.0854 on the 22nd: 1,085.00 dollars are 999.63 euro, and what is left of 2,213.16 are 1,317.17 dollars.
    assert_eq!(entry("INV-20417"), ["1085.00 USD", "0.00 USD", "999.63 EUR", "1085.00 USD"]);
    assert_eq!(entry("INV-20418"), ["2420.50 USD", "1103.33 USD", "1213.53 EUR", "1317.17 USD"]);
}

#[test]
fn the_first_file_of_a_new_account_is_not_held_against_the_columns_of_the_only_other_one() {
    let desk = Desk::new();
    let text = "date,description,amount,currency\n2026-01-12,Wire charge,-10.85,USD\n";
    let path = desk.write("dollar.csv", text);
    let file = |account: &str| ImportFile {
        path: path.clone(),
        side: Side::Statement,
        account: Some(account.to_owned()),
        mapping: None,
        leave_out_rejected: false,
        file_bytes_max: None,
    };
    let only = desk.session.account_named(None).unwrap();
    let of_the_only_one = desk.session.periods(only).unwrap().account;
    let refused = desk.session.import_file(&file(&of_the_only_one), &|_| {}).unwrap_err().to_string();
    assert!(refused.contains("the columns are not those of the last file of this account"), "{refused}");
    desk.session.import_file(&file("Dollar"), &|_| {}).unwrap();
    assert!(desk.session.account_named(Some("Dollar")).is_ok());
}
