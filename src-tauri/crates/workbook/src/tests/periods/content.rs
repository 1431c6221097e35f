//! The hash that signatures name: it changes with the content and with nothing else.

use tieout_domain::PeriodState::*;

use super::*;

fn hash(firm: &Firm, id: PeriodId) -> Digest {
    firm.workbook.period_content(&firm.period(id)).unwrap()
}

/// The hash of January, open, after a change.
fn after(change: impl FnOnce(&mut Firm)) -> Digest {
    let mut firm = Firm::new();
    let id = firm.opened(JANUARY);
    firm.as_("Ada");
    change(&mut firm);
    hash(&firm, id)
}

#[test]
fn every_change_of_the_content_changes_the_hash() {
    let deleted = |firm: &mut Firm| {
        let fee = [RecordRef::Line(firm.line("fee"))];
        firm.workbook.delete_records(&fee, "").unwrap();
    };
    let booked = |firm: &mut Firm| {
        take_entries(&mut firm.workbook, 9, &[invoice(9, 3, -150, "F-1")]).unwrap();
    };
    let hashes = [
        after(|_| ()),
        after(deleted),
        after(booked),
        after(|firm| {
            booked(firm);
            firm.pair("fee", "F-1", (-150, -150)).unwrap();
        }),
        after(|firm| drop(firm.workbook.undo_decision(firm.match_of("RE-3"), "").unwrap())),
        after(|firm| {
            take_lines(&mut firm.workbook, 9, &[line(9, 31, 5, "interest")]).unwrap();
        }),
        after(|firm| {
            take_entries(&mut firm.workbook, 9, &[invoice(9, 3, -150, "F-7")]).unwrap();
        }),
    ];
    for (place, hash) in hashes.iter().enumerate() {
        assert!(!hashes[..place].contains(hash), "case {place} has the hash of another");
    }
}

#[test]
fn another_match_of_the_same_records_is_another_content() {
    let again = |confidence| {
        after(move |firm| {
            let id = firm.match_of("RE-3");
            firm.workbook.undo_decision(id, "").unwrap();
            let matched = matched(&[(firm.line("RE-3"), 4_000)], &[(firm.entry("RE-3"), 4_000)]);
            store(&mut firm.workbook, &[proposal(matched, MatchStatus::Approved, confidence)]);
        })
    };
    assert_ne!(again(700_000), again(800_000));
}

#[test]
fn what_is_not_in_the_period_does_not_change_the_hash() {
    let untouched = after(|_| ());
    let same = [
        after(|firm| {
            take_lines(&mut firm.workbook, 9, &[february(9, 20, 5, "interest")]).unwrap();
        }),
        after(|firm| {
            let entry = LedgerEntry { date: Some(date(2026, 2, 1)), ..invoice(9, 1, 5, "RE-9") };
            take_entries(&mut firm.workbook, 9, &[entry]).unwrap();
        }),
        after(|firm| {
            firm.pair("RE-2", "RE-2", (6_000, 6_000)).unwrap();
        }),
        after(|firm| {
            let matched = matched(&[(firm.line("fee"), -150)], &[(firm.entry("RE-2"), 6_000)]);
            store(&mut firm.workbook, &[proposal(matched, MatchStatus::Suggested, 500_000)]);
        }),
        after(|firm| {
            firm.opened(FEBRUARY);
        }),
    ];
    assert!(same.iter().all(|hash| *hash == untouched));
}

#[test]
fn each_signature_names_the_content_as_it_was_prepared() {
    let mut firm = Firm::new();
    let id = firm.opened(JANUARY);
    let open = hash(&firm, id);
    firm.bring(id, Locked);
    assert_eq!(hash(&firm, id), open);
    let events = firm.workbook.period_events(id).unwrap();
    assert_eq!(events.len(), 3);
    assert!(events.iter().all(|event| event.content == open && event.figures.proof.closing == Some(cents(63_850))));
}

#[test]
fn what_somebody_altered_behind_the_programs_back_shows() {
    let mut firm = Firm::new();
    let id = firm.brought_to(JANUARY, Prepared);
    assert!(firm.as_signed(id));
    let Firm { desk, workbook, account } = firm;
    workbook.close().unwrap();
    let raw = desk.raw();
    raw.execute_batch(
        "DROP TRIGGER statement_lines_keep_what_was_made_of_them;
         UPDATE statement_lines SET fingerprint = zeroblob(16) WHERE description = 'RE-3';",
    )
    .unwrap();
    drop(raw);
    let mut firm = Firm { workbook: desk.open(), desk, account };
    assert!(!firm.as_signed(id));
    refused(firm.as_("Ben").review_period(id, ""), "the period's content is not what was signed");
    assert_eq!(firm.state(id), Prepared);
}
