//! What is told of the workbook as a file: machine, versions, keys, exports, an older copy.

use std::{fs, sync::Arc};

use jiff::tz::TimeZone;
use tieout_domain::AuditEvent;

use super::*;
use crate::{AnchorState, ChainFault, ChainFileFault, Clock, ExportNote, ExportedFile, check_chain_file, schema};

/// A clock on a machine that has a name.
struct OnAMachine(SteppingClock);

impl Clock for OnAMachine {
    fn now_ms(&self) -> i64 {
        self.0.now_ms()
    }

    fn random(&self) -> [u8; 10] {
        self.0.random()
    }

    fn zone(&self) -> TimeZone {
        TimeZone::UTC
    }

    fn machine(&self) -> &str {
        "ledger-pc \"3f9c01ab\""
    }
}

fn open_on_a_machine(desk: &Desk) -> Workbook {
    let clock = Arc::new(OnAMachine(SteppingClock::from_ms(1_800_000_000_000)));
    Workbook::open(&desk.path, Unlock::Passphrase(PASSPHRASE), clock, desk.store.clone(), false).unwrap().workbook
}

fn newest(workbook: &Workbook) -> AuditEvent {
    workbook.audit_page(0, 1).unwrap().events.remove(0)
}

#[test]
fn an_event_says_on_which_machine_it_was_done_and_older_ones_keep_their_hash() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    workbook.set_setting("letter", "a").unwrap();
    let without = newest(&workbook);
    workbook.close().unwrap();
    let mut workbook = open_on_a_machine(&desk);
    workbook.set_setting("letter", "b").unwrap();
    let with = newest(&workbook);
    assert_eq!((without.machine.as_str(), with.machine.as_str()), ("", "ledger-pc \"3f9c01ab\""));
    assert!(workbook.verify_chain().unwrap().holds());
    assert_eq!(workbook.audit_events(&[without.sequence]).unwrap(), [without]);
    let machine = crate::GridFilter {
        column: crate::GridColumn::Machine,
        test: crate::GridTest::OneOf,
        values: vec![with.machine],
    };
    let query = crate::GridQuery { filters: vec![machine], ..crate::GridQuery::all(crate::GridKind::Events) };
    assert_eq!(workbook.grid_page(&query, 0, 9).unwrap().total, 1);
}

#[test]
fn another_machine_in_an_event_is_found() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let mut workbook = open_on_a_machine(&desk);
    workbook.set_setting("letter", "a").unwrap();
    let sequence = newest(&workbook).sequence;
    workbook.close().unwrap();
    for machine in ["", "other-pc"] {
        let raw = desk.raw();
        raw.execute_batch("DROP TRIGGER IF EXISTS audit_events_never_change").unwrap();
        raw.execute(
            "UPDATE audit_events SET machine = ?1 WHERE sequence = ?2",
            (machine, i64::try_from(sequence).unwrap()),
        )
        .unwrap();
        drop(raw);
        let fault = desk.open().verify_chain().unwrap().fault;
        assert_eq!(fault, Some(ChainFault::Altered { sequence }), "{machine:?}");
    }
}

#[test]
fn a_file_brought_up_to_date_tells_of_it_once_and_keeps_its_chain() {
    let desk = Desk::new();
    super::migration::first_version(&desk);
    let raw = desk.raw();
    let old: Vec<u8> = raw.query_row("SELECT hash FROM audit_events WHERE sequence = 1", [], |row| row.get(0)).unwrap();
    drop(raw);
    let workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    let told = |workbook: &Workbook| -> Vec<AuditEvent> {
        let events = workbook.audit_page(0, 500).unwrap().events;
        events.into_iter().filter(|event| event.action == "workbook.migrated").collect()
    };
    let events = told(&workbook);
    assert_eq!(events.len(), 1);
    assert_eq!(
        events[0].details,
        format!("{{\"from\":1,\"rows\":\"sealed as found\",\"to\":{}}}", schema::SCHEMA_VERSION)
    );
    assert_eq!(events[0].actor, "system");
    assert_eq!(workbook.audit_events(&[1]).unwrap()[0].hash.as_bytes().as_slice(), old);
    assert!(workbook.verify_chain().unwrap().fault.is_none());
    workbook.close().unwrap();
    let workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(told(&workbook).len(), 1, "nothing was brought up to date again");
    // The program ended between both.
    let raw_sql = "DELETE FROM settings WHERE name = 'schema.told'";
    workbook.sql.execute_batch(raw_sql).unwrap();
    workbook.close().unwrap();
    let workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(told(&workbook)[0].details, format!("{{\"from\":null,\"to\":{}}}", schema::SCHEMA_VERSION));
    assert_eq!(told(&Desk::new().create()).len(), 0, "a new file is of this version");
}

#[test]
fn a_key_that_is_kept_or_forgotten_on_a_machine_is_told_of_once() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    assert_eq!(newest(&workbook).action, "key.remembered");
    let head = workbook.audit_head();
    assert!(workbook.remember());
    assert_eq!(workbook.audit_head(), head, "it is there already");
    workbook.forget_key().unwrap();
    assert_eq!(newest(&workbook).action, "key.forgotten");
    let head = workbook.audit_head();
    workbook.forget_key().unwrap();
    assert_eq!(workbook.audit_head(), head, "there is none to forget");
    workbook.close().unwrap();
    assert!(matches!(desk.try_open(Unlock::Keychain), Err(OpenError::PassphraseNeeded)));
}

#[test]
fn an_export_is_told_of_without_making_work_outdated() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    workbook.set_setting("letter", "a").unwrap();
    let version = workbook.work_version().unwrap();
    let file = ExportedFile { name: "joinery.pdf".to_owned(), sha256: Digest::from_bytes([7; 32]), bytes: 1_234 };
    let note = ExportNote {
        kind: "report",
        scope: "Current account".to_owned(),
        files: vec![file],
        place: "Reports".to_owned(),
        signer: Some(("Ada".to_owned(), Digest::from_bytes([9; 32]), true)),
        masked: vec![("accounts", "mask"), ("names", "omit")],
    };
    workbook.tell_export(&note).unwrap();
    let event = newest(&workbook);
    let (seven, nine) = ("07".repeat(32), "09".repeat(32));
    assert_eq!((event.action.as_str(), event.subject.as_str()), ("report.exported", "report Current account"));
    assert_eq!(
        event.details,
        format!(
            "{{\"certificate\":\"{nine}\",\"files\":[{{\"bytes\":1234,\"name\":\"joinery.pdf\",\"sha256\":\"{seven}\"}}],\
             \"kind\":\"report\",\"masked\":{{\"accounts\":\"mask\",\"names\":\"omit\"}},\"one_time\":true,\"place\":\"Reports\",\"signer\":\"Ada\"}}"
        )
    );
    workbook.tell_export(&ExportNote { kind: "patterns", scope: String::new(), signer: None, ..note }).unwrap();
    assert_eq!((newest(&workbook).action.as_str(), newest(&workbook).subject.as_str()), ("data.exported", "patterns"));
    workbook.forget_key().unwrap();
    assert_eq!(workbook.work_version().unwrap(), version);
}

/// A workbook that was put in the place of a newer one.
fn restored(desk: &Desk) -> Workbook {
    let mut workbook = desk.create();
    workbook.set_setting("letter", "a").unwrap();
    workbook.close().unwrap();
    let older = fs::read(&desk.path).unwrap();
    let mut workbook = desk.open();
    workbook.set_setting("letter", "b").unwrap();
    workbook.close().unwrap();
    fs::write(&desk.path, older).unwrap();
    desk.open()
}

#[test]
fn an_older_copy_is_accepted_with_a_reason_and_with_what_was_known() {
    let desk = Desk::new();
    let mut workbook = restored(&desk);
    let found = workbook.audit_head().sequence;
    assert_eq!(workbook.anchor_state(), AnchorState::Behind { anchored: found + 1, found });
    assert!(matches!(workbook.accept_history("  "), Err(WorkbookError::Name(_))));
    assert!(workbook.anchor_state().is_rolled_back(), "a refusal leaves the warning");
    workbook.accept_history("the disk failed").unwrap();
    let details: serde_json::Value = serde_json::from_str(&newest(&workbook).details).unwrap();
    assert_eq!(details["found"], "behind");
    assert_eq!(details["reason"], "the disk failed");
    assert_eq!(details["anchored"]["sequence"], found + 1);
    assert!(details["anchored"]["at"].is_null(), "its event is not in this file");
    assert_eq!(details["present"]["sequence"], found);
    assert!(details["present"]["at"].is_number());
    assert!(workbook.verify_chain().unwrap().holds());
    assert!(matches!(workbook.accept_history("again"), Err(WorkbookError::Name(_))), "there is nothing to accept");
}

#[test]
fn a_history_that_could_not_be_accepted_keeps_its_warning() {
    let desk = Desk::new();
    let mut workbook = restored(&desk);
    workbook
        .sql
        .execute_batch(
            "CREATE TEMP TRIGGER no_more BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'full'); END",
        )
        .unwrap();
    workbook.accept_history("the disk failed").unwrap_err();
    assert!(workbook.anchor_state().is_rolled_back());
}

#[test]
fn a_change_that_tells_nothing_of_itself_is_not_stored() {
    let mut workbook = Desk::new().create();
    let refused = workbook.change(tieout_domain::Permission::Upkeep, |change| {
        change.sql.execute("UPDATE companies SET industry = 'banking'", [])?;
        Ok(())
    });
    assert!(matches!(refused, Err(WorkbookError::Untold)), "{refused:?}");
    let industry: String = workbook.sql.query_row("SELECT industry FROM companies", [], |row| row.get(0)).unwrap();
    assert_eq!(industry, "carpentry");
    workbook.change(tieout_domain::Permission::Upkeep, |_| Ok(())).unwrap();
}

fn chain_of(desk: &Desk) -> String {
    let mut workbook = open_on_a_machine(desk);
    for letter in ["a", "b\u{1}\"\\é", "c"] {
        workbook.set_setting("letter", letter).unwrap();
    }
    let all = workbook.chain_lines(0, usize::MAX).unwrap();
    assert_eq!(all.through, workbook.audit_head().sequence);
    let (mut pieces, mut through) = (String::new(), 0);
    while through < all.through {
        let next = workbook.chain_lines(through, 700).unwrap();
        assert!(next.through > through);
        pieces += &next.text;
        through = next.through;
    }
    assert_eq!(pieces, all.text);
    assert_eq!(workbook.chain_lines(through, 700).unwrap().text, "");
    all.text
}

#[test]
fn a_chain_file_is_checked_without_the_workbook() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let file = chain_of(&desk);
    let head = check_chain_file(file.as_bytes()).unwrap();
    assert_eq!(head, desk.open().audit_head());
    assert_eq!(file.lines().count() as u64, head.sequence);
}

#[test]
fn an_act_on_half_a_million_matches_is_still_a_line_of_the_chain() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let ids = "01a21fda-6dbf-703f-8738-a3e58e41e49b,".repeat(500_000);
    workbook.set_setting("ids", &ids).unwrap();
    let lines = workbook.chain_lines(0, usize::MAX).unwrap();
    assert_eq!(check_chain_file(lines.text.as_bytes()).unwrap(), workbook.audit_head());
}

#[test]
fn every_changed_byte_of_a_chain_file_is_found() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let file = chain_of(&desk);
    for at in 0..file.len() {
        let mut bytes = file.clone().into_bytes();
        bytes[at] ^= 1;
        assert!(check_chain_file(bytes.as_slice()).is_err(), "byte {at} of {}", file.len());
    }
}

#[test]
fn what_is_missing_or_put_into_a_chain_file_is_found() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let file = chain_of(&desk);
    let lines: Vec<&str> = file.split_inclusive('\n').collect();
    let without =
        |gone: usize| lines.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| *line).collect::<String>();
    assert!(matches!(
        check_chain_file(without(1).as_bytes()),
        Err(ChainFileFault::Chain(ChainFault::Gap { expected: 2, found: 3 }))
    ));
    assert!(matches!(check_chain_file(&b""[..]), Err(ChainFileFault::Empty)));
    let added = file.replacen("{\"action\"", "{\"extra\":1,\"action\"", 1);
    assert!(matches!(check_chain_file(added.as_bytes()), Err(ChainFileFault::NoEvent { line: 1, .. })));
    let cut = file.trim_end();
    assert!(matches!(check_chain_file(cut.as_bytes()), Err(ChainFileFault::NoEvent { .. })));
    let other = Desk::new();
    other.create().close().unwrap();
    let foreign = format!("{}{}", lines[0], chain_of(&other).split_inclusive('\n').skip(1).collect::<String>());
    assert!(check_chain_file(foreign.as_bytes()).is_err());
}

#[test]
fn what_a_run_stored_and_what_an_import_reported_cannot_be_changed() {
    let workbook = Desk::new().create();
    let refused = |sql: &str| {
        let error = workbook.sql.execute_batch(sql).unwrap_err().to_string();
        assert!(error.contains("runs") || error.contains("data_quality_checks"), "{error}");
    };
    workbook
        .sql
        .execute_batch(
            "INSERT INTO runs (company_id, id, stored_at, run_by, engine_version, policy_version, profile, configuration,
                 lines, entries, candidates, approved, suggested, ambiguous, lines_unmatched, entries_unmatched, elapsed_ms)
             SELECT company_id, randomblob(16), 1, id, '1', '', 'bank', '', 1, 1, 1, 0, 1, 0, 0, 0, 1 FROM users;
             INSERT INTO import_batches (company_id, id, file_name, file_hash, side, format, mapping, state, imported_by,
                 started_at, ended_at, rejected)
             SELECT company_id, x'01900000000070008000000000000011', 'a.csv', zeroblob(32), 'ledger', 'csv', '{}', 'completed',
                 id, 1, 1, 1 FROM users;
             INSERT INTO data_quality_checks (company_id, id, batch_id, value, expected, severity)
             SELECT company_id, randomblob(16), x'01900000000070008000000000000011', 'x', 'y', 'error' FROM users;",
        )
        .unwrap();
    refused("UPDATE runs SET candidates = 9");
    refused("DELETE FROM runs");
    refused("UPDATE data_quality_checks SET value = 'z'");
    refused("DELETE FROM data_quality_checks");
    workbook.sql.execute_batch("UPDATE runs SET approved = 1, suggested = 0").unwrap();
}
