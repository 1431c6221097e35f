//! Sums that run over pages, figures that stand in two places, and the edges of the paper.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail

mod fixture;

use std::process::Command;

use tieout_domain::Side;
use tieout_reports::{Layout, Paper, Parts, ReportData, Tables, render_pdf};

/// What `pdftotext` says of a PDF; none without poppler.
fn extracted(pdf: &[u8], options: &[&str]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, pdf).unwrap();
    let Ok(answer) = Command::new("pdftotext").args(options).args(["-enc", "UTF-8"]).arg(&file).arg("-").output()
    else {
        fixture::skipped("pdftotext is not installed (poppler-utils)");
        return None;
    };
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    Some(String::from_utf8(answer.stdout).unwrap())
}

/// The pages, each with its lines, runs of blanks made one.
fn pages(data: &ReportData<'_>) -> Option<Vec<Vec<String>>> {
    let text = extracted(&render_pdf(data, &fixture::outputs()).unwrap(), &["-layout"])?;
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text.split('\u{c}').map(|page| page.lines().map(line).filter(|line| !line.is_empty()).collect()).collect())
}

/// `-1,234.50` in cents.
fn cents(text: &str) -> i128 {
    text.replace([',', '.'], "").parse().unwrap_or_else(|_| panic!("{text} is no amount"))
}

/// The last two amounts of a line.
fn last_two(line: &str) -> [i128; 2] {
    let words: Vec<_> = line.split(' ').rev().take(2).collect();
    [cents(words[1]), cents(words[0])]
}

fn layout(paper: Paper, all_rows: bool) -> Layout {
    Layout { paper, all_rows, ..Layout::default() }
}

/// Adds up the rows of a table page by page: what is carried forward is what its rows come to, and is brought forward.
fn adds_up(pages: &[Vec<String>], tag: &str, section: &str, end: &str) -> ([i128; 2], usize) {
    let (mut sum, mut carried, mut total, mut breaks) = ([0; 2], None, None, 0);
    let lines = pages.iter().flatten().skip_while(|line| !line.ends_with(section)).skip(1);
    for line in lines.take_while(|line| !line.ends_with(end)) {
        if line.starts_with(tag) {
            let [amount, open] = last_two(line);
            sum = [sum[0] + amount, sum[1] + open];
        } else if line.starts_with("Carried forward ") {
            assert_eq!(last_two(line), sum, "{line}");
            carried = Some(sum);
            breaks += 1;
        } else if line.starts_with("Brought forward ") {
            assert_eq!(Some(last_two(line)), carried.take(), "{line}");
        } else if line.starts_with("Total ") {
            total = Some(last_two(line));
        }
    }
    assert_eq!(carried, None, "what was carried forward was brought forward");
    assert_eq!(total.unwrap(), sum, "the total is what the rows come to");
    (sum, breaks)
}

#[test]
fn sums_are_carried_from_page_to_page_and_come_to_the_total() {
    for paper in Paper::ALL {
        let mut tables = Tables::new();
        fixture::exceptions(400).into_iter().for_each(|row| tables.add_exception(row));
        let mut data = fixture::report(tables);
        data.layout = layout(paper, false);
        let Some(pages) = pages(&data) else { return };
        let summary = data.tables.summary();
        for (tag, section, end, tally) in [
            ("S1:", "Unmatched statement lines", "Unmatched ledger entries", &summary.unmatched_lines.lines_sums),
            (
                "L1:",
                "Unmatched ledger entries",
                "Statement lines outstanding in matches",
                &summary.unmatched_entries.entries_sums,
            ),
        ] {
            let ([amount, _], breaks) = adds_up(&pages, tag, section, end);
            assert!(breaks >= 10, "{breaks} breaks on {}", paper.as_str());
            assert_eq!(tally.iter().map(|(_, minor)| minor).collect::<Vec<_>>(), [amount], "as in the summary");
        }
    }
}

#[test]
fn both_sides_of_matches_are_carried_and_end_with_what_the_summary_says() {
    let data = fixture::report(fixture::tables(300, 0));
    let Some(pages) = pages(&data) else { return };
    let lines: Vec<_> = pages.iter().flatten().collect();
    let carried: Vec<_> = lines.iter().filter(|line| line.starts_with("Carried forward ")).collect();
    let brought: Vec<_> = lines.iter().filter(|line| line.starts_with("Brought forward ")).collect();
    assert!(carried.len() > 5);
    let sums = |lines: &[&&String]| lines.iter().map(|line| last_two(line)).collect::<Vec<_>>();
    assert_eq!(sums(&carried), sums(&brought));
    let of = |status| data.tables.summary().of(status);
    let sum = |tallies: [tieout_reports::Tally; 2]| {
        let mut sums = [0; 2];
        for tally in tallies {
            sums[0] += tally.lines_sums.iter().map(|(_, minor)| minor).sum::<i128>();
            sums[1] += tally.entries_sums.iter().map(|(_, minor)| minor).sum::<i128>();
        }
        sums
    };
    use tieout_reports::RowStatus::{Ambiguous, Approved, Auto, Suggested};
    let from = lines.iter().position(|line| line.ends_with("Suggested, to review")).unwrap();
    let totals: Vec<_> = lines[from..].iter().filter(|line| line.starts_with("Total ")).take(2).collect();
    assert_eq!(last_two(totals[0]), sum([of(Suggested), of(Ambiguous)]));
    assert_eq!(last_two(totals[1]), sum([of(Auto), of(Approved)]));
}

#[test]
fn of_a_long_table_the_rows_that_are_not_listed_have_a_sum_too() {
    let mut tables = Tables::new().listing(50);
    fixture::exceptions(200).into_iter().for_each(|row| tables.add_exception(row));
    let data = fixture::report(tables);
    let Some(pages) = pages(&data) else { return };
    let found = |label: &str| {
        let line = pages.iter().flatten().find(|line| line.starts_with(label)).unwrap();
        last_two(line)
    };
    let (listed, rest) = (found("Total of what is listed "), found("Not listed "));
    let all: i128 = data.tables.summary().unmatched_lines.lines_sums.iter().map(|(_, minor)| minor).sum();
    assert_eq!(listed[0] + rest[0], all);
    assert!(rest[0] != 0);
}

#[test]
fn every_row_is_listed_where_that_is_wanted() {
    let mut tables = Tables::new().listing(usize::MAX);
    fixture::matches(2_000).into_iter().for_each(|row| tables.add_match(row));
    let mut data = fixture::report(tables);
    data.layout = layout(Paper::A4, true);
    let Some(pages) = pages(&data) else { return };
    let rows = pages.iter().flatten().filter(|line| line.starts_with("one to one · auto")).count();
    assert_eq!(
        rows as u64 + 1,
        data.tables.summary().of(tieout_reports::RowStatus::Auto).rows,
        "one has three entries"
    );
}

#[test]
fn figures_of_the_summary_are_those_of_the_tables() {
    let data = fixture::report(fixture::tables(40, 15));
    let Some(pages) = pages(&data) else { return };
    let lines: Vec<_> = pages.iter().flatten().collect();
    let value = |label: &str| {
        let line = lines.iter().find(|line| line.starts_with(label)).unwrap_or_else(|| panic!("{label}"));
        line[label.len()..].trim().split(' ').next().unwrap().replace(',', "").parse::<u64>().unwrap()
    };
    let summary = data.tables.summary();
    let unmatched = summary.unmatched_lines.rows + summary.unmatched_entries.rows;
    assert_eq!(value("Records in no match "), unmatched);
    let rows =
        |tag: &str| lines.iter().filter(|line| line.starts_with(tag) && line.contains("2024-01-30")).count() as u64;
    assert_eq!(rows("S1:") + rows("L1:"), unmatched, "as many are listed");
    let causes: u64 = summary.exception_causes.values().map(|cause| cause.rows).sum();
    assert_eq!(causes, unmatched);
    let ages = summary.open_days.iter();
    let by_side =
        |of: Side| ages.clone().filter(|((side, _), _)| *side == of).map(|(_, tally)| tally.rows).sum::<u64>();
    assert_eq!(by_side(Side::Statement), summary.unmatched_lines.rows);
    assert_eq!(by_side(Side::Ledger), summary.unmatched_entries.rows);
    assert_eq!(summary.line_days.values().map(|day| day.lines).sum::<u64>(), summary.lines());
}

#[test]
fn the_summary_comes_to_what_all_records_come_to_and_says_whether_the_proof_has_as_much() {
    let mut data = fixture::report(fixture::tables(40, 15));
    let of_matches = fixture::matches(40).into_iter().flat_map(|row| row.parts).map(|part| part.record);
    let records: Vec<_> = of_matches.chain(fixture::exceptions(15).into_iter().map(|row| row.record)).collect();
    let sum = |of: Side| {
        let amounts = records.iter().filter(|record| record.side == of).map(|record| record.amount);
        tieout_domain::Money::total(amounts, fixture::eur(0).currency()).unwrap()
    };
    let all = [sum(Side::Statement), sum(Side::Ledger)];
    let read = |data: &ReportData<'_>| {
        let lines: Vec<_> = pages(data)?.into_iter().flatten().collect();
        let from = lines.iter().position(|line| line.ends_with(" Summary")).unwrap();
        let total = lines[from..].iter().find(|line| line.starts_with("Total ")).unwrap();
        let amounts: Vec<_> = total.split(' ').filter(|word| word.contains('.')).map(cents).collect();
        assert_eq!(amounts, all.map(|sum| i128::from(sum.minor_units())), "{total}");
        assert!(lines[from..].iter().any(|line| line.starts_with("Left open by these matches – – – ")), "{lines:?}");
        Some(lines.iter().any(|line| line == "Both totals are those of the balance proof."))
    };
    let Some(agrees) = read(&data) else { return };
    assert!(!agrees, "the proof of the fixture is of other records");
    data.proofs[0].proof.lines_total = all[0];
    data.proofs[0].proof.entries_total = all[1];
    assert_eq!(read(&data), Some(true));
}

#[test]
fn a_line_in_two_matches_is_one_line_of_its_day_however_the_rows_are_divided() {
    let rows = || {
        let mut rows = fixture::matches(20);
        let mut again = rows[5].clone();
        for row in [&mut rows[5], &mut again] {
            let half = tieout_domain::Money::from_minor(1, row.parts[0].record.amount.currency());
            fixture::use_of(&mut row.parts[0], half);
        }
        rows.push(again);
        rows
    };
    let mut whole = Tables::new();
    rows().into_iter().for_each(|row| whole.add_match(row));
    let mut joined = Tables::new();
    for row in rows() {
        let mut part = joined.part();
        part.add_match(row);
        joined.append(part);
    }
    assert_eq!(whole.summary(), joined.summary());
    assert_eq!(whole.summary().line_days.values().map(|day| day.lines).sum::<u64>(), whole.summary().lines());
}

/// An attribute of a line of `pdftotext -bbox`.
fn number(line: &str, name: &str) -> f32 {
    let from = line.find(name).unwrap() + name.len() + 2;
    line[from..].split('"').next().unwrap().parse().unwrap()
}

/// Words outside the margins of a paper of this size.
fn outside(html: &str, (width, height): (f32, f32)) -> Vec<&str> {
    let mut found = Vec::new();
    for line in html.lines().map(str::trim) {
        if line.starts_with("<page ") {
            let near = |name, wanted: f32| (number(line, name) - wanted).abs() < 0.01;
            assert!(near("width", width) && near("height", height), "{line}");
        } else if line.starts_with("<word ") {
            let inside = number(line, "xMin") >= 47.0
                && number(line, "xMax") <= width - 47.0
                && number(line, "yMin") >= 40.0
                && number(line, "yMax") <= height - 24.0;
            if !inside {
                found.push(line);
            }
        }
    }
    found
}

#[test]
fn nothing_stands_outside_the_margins_of_either_paper() {
    for paper in Paper::ALL {
        for parts in Parts::ALL {
            let mut data = fixture::report(fixture::tables(60, 120));
            data.layout = Layout { paper, parts, all_rows: true, ..Layout::default() };
            let long = "a name that is far too long to fit into any column ".repeat(12);
            data.trail.decisions.rows[0].subject.clone_from(&long);
            data.trail.decisions.rows[0].reason.clone_from(&long);
            data.trail.quality[1].issues[0].value.clone_from(&long);
            data.trail.quality[1].issues[0].expected.clone_from(&long);
            let event = &mut data.trail.audit.as_mut().unwrap().rows[0];
            event.details = "x".repeat(900);
            for text in [&mut event.subject, &mut event.actor, &mut event.machine, &mut event.action] {
                text.clone_from(&long);
            }
            data.held[0].record.reference = long.clone().into();
            data.company.clone_from(&long);
            let pdf = render_pdf(&data, &fixture::outputs()).unwrap();
            let Some(html) = extracted(&pdf, &["-bbox"]) else { return };
            let size = if paper == Paper::A4 { (595.276, 841.89) } else { (612.0, 792.0) };
            assert_eq!(outside(&html, size), Vec::<&str>::new(), "{paper:?} {parts:?}");
        }
    }
}
