//! What a person puts together: parts, divided lines, differences and whole records written off.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]

mod desk;

use tempfile::TempDir;
use tieout_application::{
    ActId, ActKind, Decimal, HandAdjustment, HandGroup, ImportFile, MatchByHand, OpenRecordsRequest, Posting, RecordId,
    RootCause, Session, Side,
};

struct Desk {
    session: Session,
    _folder: TempDir,
}

impl Desk {
    /// A payment of 298.50, a bank charge of 12.00 and a refund of 40.00; invoices of 100.00, 200.00 and 0.07.
    fn new() -> Self {
        let (session, folder, _) = desk::session(|_| {});
        let desk = Self { session, _folder: folder };
        desk.take_in(
            "bank.csv",
            Side::Statement,
            "date,description,counterparty,amount,currency\n2026-01-08,one for two,Alder GmbH,298.50,EUR\n\
             2026-01-30,Account fee,,-12.00,EUR\n2026-01-31,refund,Birch GmbH,-40.00,EUR\n",
        );
        desk.take_in(
            "ledger.csv",
            Side::Ledger,
            "number,date,counterparty,amount,currency\nRE-1,2026-01-02,Alder GmbH,100.00,EUR\n\
             RE-2,2026-01-03,Alder GmbH,200.00,EUR\nRE-3,2026-01-04,Cedar GmbH,0.07,EUR\n",
        );
        desk
    }

    fn take_in(&self, name: &str, side: Side, text: &str) {
        let path = self._folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let file =
            ImportFile { path, side, account: None, mapping: None, leave_out_rejected: false, file_bytes_max: None };
        self.session.import_file(&file, &|_| {}).unwrap();
    }

    /// The record whose whole amount this is, and what is open of it.
    fn record(&self, side: Side, amount: &str) -> Option<(RecordId, String)> {
        let request =
            OpenRecordsRequest { side, search: String::new(), near_amount: None, currency: None, offset: 0, limit: 50 };
        let rows = self.session.open_records(&request).unwrap().rows;
        let found = rows.into_iter().find(|row| row.amount.to_decimal().to_string() == amount);
        found.map(|row| (row.id, row.open.to_decimal().to_string()))
    }

    /// `298.50=100` is 100.00 of the record of 298.50.
    fn group(&self, lines: &[&str], entries: &[&str], adjustments: &[&str]) -> HandGroup {
        let mut group = HandGroup::default();
        let split = |text: &str| -> (String, Option<Decimal>) {
            let (amount, part) = text.split_once('=').map_or((text, None), |(amount, part)| (amount, Some(part)));
            (amount.to_owned(), part.map(|part| part.parse().unwrap()))
        };
        for (side, texts) in [(Side::Statement, lines), (Side::Ledger, entries)] {
            for text in texts {
                let (amount, part) = split(text);
                match self.record(side, &amount).unwrap().0 {
                    RecordId::Line(id) => group.lines.push(tieout_application::HandRecord { id, part, open: None }),
                    RecordId::Entry(id) => group.entries.push(tieout_application::HandRecord { id, part, open: None }),
                }
            }
        }
        for text in adjustments {
            let (what, account) = text.split_once('@').map_or((*text, None), |(what, code)| (what, Some(code)));
            let (cause, amount) = split(what);
            let posting = account.map(|code| Posting::new(code.parse().unwrap(), "by hand").unwrap());
            group.adjustments.push(HandAdjustment { cause: cause.parse().unwrap(), amount, posting });
        }
        group
    }

    /// Makes the groups: what is open afterwards of the records of these amounts (`-`: nothing), or the refusal.
    fn make(&self, groups: Vec<HandGroup>) -> Result<Vec<String>, String> {
        let request = MatchByHand { groups, reason: "looked at it".to_owned() };
        self.session.match_by_hand(&request).map_err(|error| error.to_string())?;
        let all = [(Side::Statement, ["298.50", "-12.00", "-40.00"]), (Side::Ledger, ["100.00", "200.00", "0.07"])];
        let open = all.iter().flat_map(|(side, amounts)| amounts.map(|amount| self.record(*side, amount)));
        Ok(open.map(|found| found.map_or("-".to_owned(), |(_, open)| open)).collect())
    }
}

/// Lines, entries and adjustments of one group; what is open afterwards, or why not.
#[track_caller]
fn check(lines: &[&str], entries: &[&str], adjustments: &[&str], expected: Result<&str, &str>) {
    let desk = Desk::new();
    let before = desk.session.acts(0, 1).unwrap().total;
    let answer = desk.make(vec![desk.group(lines, entries, adjustments)]);
    match (answer, expected) {
        (Ok(open), Ok(expected)) => assert_eq!(open.join(" "), expected),
        (Err(refused), Err(expected)) => {
            assert_eq!(refused, expected);
            assert_eq!(desk.session.acts(0, 1).unwrap().total, before, "nothing was done");
        }
        (answer, expected) => panic!("{answer:?} for {expected:?}"),
    }
}

#[test]
fn one_payment_settles_two_invoices_less_a_fee_that_goes_to_an_account() {
    check(&["298.50"], &["100.00", "200.00"], &["fee@6855"], Ok("- -12.00 -40.00 - - 0.07"));
    check(&["298.50"], &["100.00", "200.00"], &["fee=-1.00@6855", "discount@4730"], Ok("- -12.00 -40.00 - - 0.07"));
    let differ = "the two sides differ by -1.50 EUR: say why, or choose other records";
    check(&["298.50"], &["100.00", "200.00"], &[], Err(differ));
    let rest = "the two sides differ by -0.50 EUR: say why, or choose other records";
    check(&["298.50"], &["100.00", "200.00"], &["fee=-1.00@6855"], Err(rest));
}

#[test]
fn part_of_a_record_is_used_and_the_rest_stays_open() {
    check(&["298.50=100"], &["100.00"], &[], Ok("198.50 -12.00 -40.00 - 200.00 0.07"));
    check(&["298.50=60"], &["100.00=60.00"], &[], Ok("238.50 -12.00 -40.00 40.00 200.00 0.07"));
    check(&["298.50"], &["200.00"], &["overpayment"], Ok("98.50 -12.00 -40.00 100.00 - 0.07"));
    let too_much =
        "300.00 EUR of a record was asked for, and 298.50 EUR of it is open: use a part of that, with the same sign";
    check(&["298.50=300"], &["100.00", "200.00"], &[], Err(too_much));
    let other_sign =
        "-5.00 EUR of a record was asked for, and 298.50 EUR of it is open: use a part of that, with the same sign";
    check(&["298.50=-5"], &["100.00"], &[], Err(other_sign));
    let of_rest = "a part payment or an overpayment leaves open what is left: give it no amount";
    check(&["298.50"], &["200.00"], &["overpayment=98.50"], Err(of_rest));
}

#[test]
fn a_rest_stays_open_on_the_side_that_is_larger_after_the_other_differences() {
    check(&["298.50"], &["100.00", "200.00"], &["fee=-4.00@6855", "overpayment"], Ok("2.50 -12.00 -40.00 - - 0.07"));
    check(&["298.50"], &["200.00"], &["fee=100.00@6855", "partial_payment"], Ok("- -12.00 -40.00 100.00 1.50 0.07"));
}

#[test]
fn what_stays_open_is_told_before_as_it_is_afterwards() {
    let desk = Desk::new();
    let groups = vec![
        desk.group(&["298.50"], &["200.00"], &["overpayment"]),
        desk.group(&["298.50"], &["100.00"], &["fee@6855"]),
    ];
    let balances = desk.session.hand_balance(&groups).unwrap();
    let told: Vec<_> = balances.groups.iter().map(|group| group.difference.to_string()).collect();
    assert_eq!(told, ["98.50 EUR", "-1.50 EUR"], "the second group uses what the first leaves open");
    assert!(balances.left.iter().all(|left| left.left.is_zero()), "{:?}", balances.left);
    assert_eq!(desk.make(groups).unwrap().join(" "), "- -12.00 -40.00 - - 0.07");
}

#[test]
fn what_is_open_by_now_must_be_what_was_seen() {
    let desk = Desk::new();
    let seen = |mut group: HandGroup, open: &str| {
        group.lines[0].open = Some(open.parse().unwrap());
        group
    };
    let before = seen(desk.group(&["298.50"], &["200.00"], &["fee@6855"]), "298.50");
    desk.make(vec![desk.group(&["298.50=100"], &["100.00"], &[])]).unwrap();
    let refused = desk.make(vec![before]).unwrap_err();
    assert_eq!(refused, "198.50 EUR of a record is open by now, and not what was shown: look at it again");
    let after = seen(desk.group(&["298.50"], &["200.00"], &["fee@6855"]), "198.5");
    assert_eq!(desk.make(vec![after]).unwrap().join(" "), "- -12.00 -40.00 - - 0.07");
}

#[test]
fn a_bank_charge_and_what_nobody_will_pay_are_written_off_whole_or_in_part() {
    check(&["-12.00"], &[], &["fee@6855"], Ok("298.50 - -40.00 100.00 200.00 0.07"));
    check(&["-12.00=-5.00"], &[], &["fee@6855"], Ok("298.50 -7.00 -40.00 100.00 200.00 0.07"));
    check(&["-12.00"], &[], &["fee=-2.00@6855", "none@6800"], Ok("298.50 - -40.00 100.00 200.00 0.07"));
    check(&[], &["0.07"], &["discount@4730"], Ok("298.50 -12.00 -40.00 100.00 200.00 -"));
    let alone = "choose at least one ledger entry, or the account of the books that stands in for it";
    check(&["-12.00"], &[], &[], Err(alone));
    check(
        &[],
        &["0.07"],
        &[],
        Err("choose at least one statement line, or the account of the books that stands in for it"),
    );
    check(&[], &[], &["fee@6855"], Err("choose at least one record"));
}

#[test]
fn a_line_is_divided_over_invoices_and_an_account_in_one_act() {
    let desk = Desk::new();
    let groups = vec![
        desk.group(&["298.50=100.00"], &["100.00"], &[]),
        desk.group(&["298.50=8.50"], &[], &["none@2650"]),
        desk.group(&["298.50"], &["200.00"], &["fee@6855"]),
    ];
    let balances = desk.session.hand_balance(&groups).unwrap();
    let told: Vec<_> = balances.groups.iter().map(|group| group.difference.to_string()).collect();
    assert_eq!(told, ["0.00 EUR", "8.50 EUR", "-10.00 EUR"], "each before the rest of its adjustments");
    let left = balances.left.iter().map(|left| left.left.to_string());
    assert_eq!(left.collect::<Vec<_>>(), ["0.00 EUR", "0.00 EUR", "0.00 EUR"]);
    assert_eq!(desk.make(groups).unwrap().join(" "), "- -12.00 -40.00 - - 0.07");
    let act = &desk.session.acts(0, 1).unwrap().rows[0];
    assert_eq!((act.kind, act.items, act.amount.unwrap().to_string()), (ActKind::Split, 3, "298.50 EUR".to_owned()));
    let another = ActId::from_uuid(uuid::Uuid::nil());
    let refused = desk.session.undo(Some(another)).unwrap_err().to_string();
    assert_eq!(refused, "something else was done or taken back meanwhile: look at what is next");
    desk.session.undo(Some(act.id)).unwrap();
    assert_eq!(desk.record(Side::Statement, "298.50").unwrap().1, "298.50");
    assert!(desk.session.redo(Some(another)).is_err());
    desk.session.redo(Some(act.id)).unwrap();
    assert_eq!(desk.record(Side::Statement, "298.50"), None);
    let verified = desk.session.verify_workbook().unwrap();
    assert!(verified.valid, "{:?}", verified.findings);
}

#[test]
fn more_than_a_line_has_is_not_divided() {
    let desk = Desk::new();
    let groups =
        vec![desk.group(&["298.50=200.00"], &["200.00"], &[]), desk.group(&["298.50=100.00"], &["100.00"], &[])];
    let refused = desk.make(groups).unwrap_err();
    let expected =
        "100.00 EUR of a record was asked for, and 98.50 EUR of it is open: use a part of that, with the same sign";
    assert_eq!(refused, expected);
    assert_eq!(desk.record(Side::Ledger, "200.00").unwrap().1, "200.00", "neither is made");
}

#[test]
fn the_bench_shows_the_account_that_was_chosen() {
    let desk = Desk::new();
    let request = MatchByHand { groups: vec![desk.group(&["-12.00"], &[], &["fee@6855"])], reason: String::new() };
    let id = desk.session.match_by_hand(&request).unwrap().match_id.unwrap();
    assert_eq!(desk.session.acts(0, 1).unwrap().rows[0].kind, ActKind::WriteOff);
    let detail = desk.session.match_detail(id).unwrap();
    assert_eq!(
        (detail.adjustments[0].cause, detail.row.difference.unwrap().to_string()),
        (RootCause::Fee, "-12.00 EUR".to_owned())
    );
    let posting = detail.postings[0].as_ref().unwrap();
    assert_eq!((posting.account().as_str(), posting.text()), ("6855", "by hand"));
}
