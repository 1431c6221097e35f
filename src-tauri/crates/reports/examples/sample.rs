//! Writes sample reports into the folder named as argument, to be looked at. With `--pages N` it makes one of at least so
//! many pages instead, and says how long that took.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use std::{path::Path, time::Instant};

use tieout_domain::{Money, Side};
use tieout_reports::{
    ExceptionRow, Layout, MatchRow, Outstanding, Paper, Parts, ReportData, SignerNote, SigningIdentity, Tables,
    render_pdf, sign_pdf, verify_pdf,
};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("--pages") => timed(arguments.next().ok_or("say how many pages")?.parse()?),
        Some(folder) => samples(Path::new(folder)),
        None => Err("name a folder, or --pages N".into()),
    }
}

fn samples(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    for (name, matched, unmatched) in [("empty", 0, 0), ("small", 12, 5), ("large", 2_500, 1_200)] {
        for (paper, parts) in [
            (Paper::A4, Parts::Full),
            (Paper::Letter, Parts::Full),
            (Paper::A4, Parts::Statement),
            (Paper::Letter, Parts::Management),
        ] {
            let rows = if matched == 0 { Vec::new() } else { fixture::matches(matched) };
            let mut data = tied_out(Tables::new(), &rows, fixture::exceptions(unmatched))?;
            data.layout = Layout { paper, parts, ..Layout::default() };
            let pdf = signed(&mut data)?;
            let name = format!("{name}-{}-{}.pdf", paper.as_str(), parts.as_str());
            std::fs::write(folder.join(name), pdf)?;
        }
    }
    Ok(())
}

/// Whole records of matches that wait, and the rest of those that are settled in part.
fn held<'r>(matches: &[MatchRow<'r>]) -> Result<Vec<ExceptionRow<'r>>, Failure> {
    let mut held = Vec::new();
    for row in matches {
        let settled = row.status.is_settled();
        let why = if settled { "settled in part by a match" } else { "in a match to review" };
        for part in &row.parts {
            let amount = part.record.amount;
            let rest = if settled { amount.checked_sub(part.amount_settled)? } else { amount };
            if !rest.is_zero() {
                let record = part.record.clone();
                held.push(ExceptionRow { record, impact: rest, explanation: why.into(), ..fixture::held() });
            }
        }
    }
    Ok(held)
}

/// A report whose proof is of these records.
fn tied_out<'r>(
    mut tables: Tables<'r>,
    matches: &[MatchRow<'r>],
    exceptions: Vec<ExceptionRow<'r>>,
) -> Result<ReportData<'r>, Failure> {
    let euro = fixture::eur(0).currency();
    let parts = || matches.iter().flat_map(|row| &row.parts);
    let held = held(matches)?;
    let mut data = fixture::report(Tables::new());
    let account = &mut data.proofs[0];
    account.outstanding.clear();
    let mut totals = Vec::new();
    for side in [Side::Statement, Side::Ledger] {
        let listed = || exceptions.iter().filter(|row| row.record.side == side);
        let of_matches = parts().filter(|part| part.record.side == side).map(|part| part.record.amount);
        let all = Money::total(of_matches.chain(listed().map(|row| row.record.amount)), euro)?;
        let kinds = ["in no match", "in a match to review", "settled in part by a match"];
        let mut open = fixture::eur(0);
        for what in kinds {
            let of_kind = |row: &&ExceptionRow<'_>| row.record.side == side && row.explanation == what;
            let amounts: Vec<_> = match what {
                "in no match" => listed().map(|row| row.record.amount).collect(),
                _ => held.iter().filter(of_kind).map(ExceptionRow::open).collect(),
            };
            let (records, sum) = (amounts.len() as u64, Money::total(amounts, euro)?);
            open = open.checked_add(sum)?;
            if records > 0 {
                account.outstanding.push(Outstanding { side, what, records, sum });
            }
        }
        totals.push((all, open));
    }
    let settled = matches.iter().filter(|row| row.status.is_settled());
    let adjustments = settled.flat_map(|row| &row.adjustments).map(|adjustment| adjustment.amount);
    let proof = &mut account.proof;
    proof.adjustments = Money::total(adjustments, euro)?;
    [(proof.lines_total, proof.lines_outstanding), (proof.entries_total, proof.entries_outstanding)] =
        [totals[0], totals[1]];
    proof.closing = proof.opening.map(|opening| opening.checked_add(proof.lines_total)).transpose()?;
    matches.iter().cloned().for_each(|row| tables.add_match(row));
    exceptions.into_iter().for_each(|row| tables.add_exception(row));
    Ok(ReportData { held, tables, ..data })
}

fn signed(data: &mut ReportData<'_>) -> Result<Vec<u8>, Failure> {
    let identity = SigningIdentity::generate("Anna Nowak", data.generated_at)?;
    data.signer =
        Some(SignerNote { name: identity.common_name(), fingerprint: identity.fingerprint(), one_time: true });
    let unsigned = render_pdf(data, &fixture::outputs())?;
    Ok(sign_pdf(&unsigned, &identity, data.generated_at, "Reconciliation report")?)
}

/// About 14 matches and 22 exceptions fit on a page.
#[allow(clippy::print_stdout)]
fn timed(pages: u32) -> Result<(), Failure> {
    let tables = Tables::new().listing(usize::MAX);
    let mut data = tied_out(tables, &fixture::matches(pages * 9), fixture::exceptions(pages * 5))?;
    data.layout.all_rows = true;
    let began = Instant::now();
    let pdf = signed(&mut data)?;
    let made = began.elapsed();
    let began = Instant::now();
    let verified = verify_pdf(&pdf);
    println!(
        "{} pages, {:.1} MB: drawn and signed in {:.2} s, verified in {:.2} s ({})",
        verified.pages,
        pdf.len() as f64 / 1e6,
        made.as_secs_f64(),
        began.elapsed().as_secs_f64(),
        if verified.valid { "valid" } else { "NOT valid" }
    );
    if verified.pages < pages { Err("too few pages".into()) } else { Ok(()) }
}
