//! What a trial lists is what applying does, whatever happened before.

use proptest::prelude::*;
use tieout_domain::{CauseLimit, PolicySubject, RecordRef, RootCause, Verdict};

use super::{
    policies::{exception, limit, policy},
    *,
};
use crate::{ExceptionQuery, NewException, QueueFilter, QueueQuery, RowState};

/// A proposal of one line for one invoice that leaves so many cents, how sure it is, and what a person does with it.
type Drawn = (i64, u32, bool, u8);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What a trial lists is what applying then does, whatever was resolved, decided and taken back before; a trial changes
    /// nothing; and the limits of a period hold over all versions of one policy's limits.
    #[test]
    fn a_trial_lists_what_applying_then_does(
        drawn in prop::collection::vec((1..200_i64, 850_000..1_000_000_u32, any::<bool>(), 0..6_u8), 1..12),
        charges in prop::collection::vec((1..120_i64, 0..3_usize, 1..28_i8), 0..12),
        count in prop::option::of(1..6_u32),
        total in prop::option::of(200..600_i64),
        shared in any::<bool>(),
    ) {
        let desk = Desk::new();
        let mut workbook = desk.create();
        let (lines, entries) = records(&drawn, &charges, shared);
        take_lines(&mut workbook, 1, &lines).unwrap();
        take_entries(&mut workbook, 2, &entries).unwrap();
        let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
        let proposals: Vec<Proposal> = drawn.iter().enumerate().map(|(i, (gap, ppm, rival, _))| {
            let status = if *rival && i % 3 == 0 { MatchStatus::Ambiguous } else { MatchStatus::Suggested };
            // Where they are shared, two proposals want the whole of one invoice.
            let entry = if shared { i / 2 } else { i };
            proposal(matched(&[(lines[i], 10_000 - gap)], &[(entries[entry], 10_000)]), status, *ppm)
        }).collect();
        let causes = [RootCause::Fee, RootCause::Timing, RootCause::Duplicate];
        let found: Vec<NewException> = charges.iter().enumerate().map(|(i, (minor, cause, _))| {
            exception(RecordRef::Line(lines[drawn.len() + i]), causes[*cause], *minor)
        }).collect();
        let first = CauseLimit { count: Some(2), ..limit(60) };
        workbook.save_policy(&policy(&[(RootCause::Fee, first)]), "first").unwrap();
        workbook.store_run(&run(), &proposals, &found, &mut go_on()).unwrap();
        people(&mut workbook, &drawn);

        let most = CauseLimit { count, total: total.map(cents), ..limit(150) };
        let draft = policy(&[(RootCause::Fee, most), (RootCause::Timing, most)]);
        let head = workbook.audit_head();
        let planned = workbook.plan_policy(&draft).unwrap();
        prop_assert_eq!(workbook.audit_head(), head);
        workbook.save_policy(&draft, "second").unwrap();
        let before = resolutions(&workbook);
        let applied = workbook.apply_policy(&mut go_on()).unwrap().plan;
        prop_assert_eq!(&planned, &applied);
        let expected: Vec<String> = planned.resolved.iter().map(|of| subject(of.subject)).collect();
        prop_assert_eq!(resolutions(&workbook)[before.len()..].to_vec(), expected);
        prop_assert_eq!(workbook.apply_policy(&mut go_on()).unwrap().plan.resolved, vec![]);
        prop_assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        prop_assert!(workbook.verify_chain().unwrap().holds());
    }
}

fn records(drawn: &[Drawn], charges: &[(i64, usize, i8)], shared: bool) -> (Vec<StatementLine>, Vec<LedgerEntry>) {
    let mut lines = Vec::new();
    for (gap, ..) in drawn {
        lines.push(line(
            lines.len() as u32 + 1,
            1 + (lines.len() % 28) as i8,
            10_000 - gap,
            &format!("paid {}", lines.len()),
        ));
    }
    for (minor, _, day) in charges {
        lines.push(line(lines.len() as u32 + 1, *day, -minor, &format!("charge {}", lines.len())));
    }
    let count = if shared { drawn.len().div_ceil(2) } else { drawn.len() };
    let entries = (0..count as u32).map(|i| invoice(i + 1, 1, 10_000, &format!("RE-{i}"))).collect();
    (lines, entries)
}

/// People decide some of what waits, and take some of what was resolved back.
fn people(workbook: &mut Workbook, drawn: &[Drawn]) {
    let waiting = proposed(workbook);
    for (id, (_, _, _, does)) in waiting.into_iter().zip(drawn) {
        // What made room for another is no longer there to be decided.
        let _ = match does {
            0 => approve(workbook, id).map(drop),
            1 => reject(workbook, id).map(drop),
            _ => Ok(()),
        };
    }
    let query = QueueQuery { filter: QueueFilter::Approved, limit: 100, ..QueueQuery::default() };
    for (row, (_, _, _, does)) in workbook.queue_page(&query).unwrap().rows.into_iter().zip(drawn) {
        if let (crate::QueueSubject::Match(id), RowState::AutoApproved, 0..3) = (row.subject, row.state, does) {
            assert_eq!(workbook.decisions_of(id).unwrap()[0].decision.verdict, Verdict::Approve);
            workbook.undo_decision(id, "").unwrap();
        }
    }
    let query = ExceptionQuery { accepted: true, limit: 100, ..Default::default() };
    for (row, (_, _, _, does)) in workbook.exceptions(&query).unwrap().rows.into_iter().zip(drawn) {
        if *does < 3 {
            workbook.take_back_acceptance(row.record.reference(), "").unwrap();
        }
    }
}

fn subject(subject: PolicySubject) -> String {
    match subject {
        PolicySubject::Match(id) => id.to_string(),
        PolicySubject::Record(RecordRef::Line(id)) => id.to_string(),
        PolicySubject::Record(RecordRef::Entry(id)) => id.to_string(),
    }
}

/// What was resolved, in the order in which it was.
fn resolutions(workbook: &Workbook) -> Vec<String> {
    let mut found = workbook
        .sql
        .prepare("SELECT ifnull(match_id, ifnull(line_id, entry_id)) FROM policy_resolutions ORDER BY id")
        .unwrap();
    let ids = found.query_map([], |row| row.get::<_, crate::rows::Blob>(0)).unwrap();
    ids.map(|id| id.unwrap().0.to_string()).collect()
}
