//! Writes sample reports into the folder named as argument, to be looked at. With `--pages N` it makes one of at least so
//! many pages instead, and says how long that took.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use std::{path::Path, time::Instant};

use tieout_reports::{
    Layout, Paper, Parts, ReportData, SignerNote, SigningIdentity, Tables, render_pdf, sign_pdf, verify_pdf,
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
            let tables = if matched == 0 { Tables::new() } else { fixture::tables(matched, unmatched) };
            let mut data = fixture::report(tables);
            data.layout = Layout { paper, parts, all_rows: false };
            let pdf = signed(&mut data)?;
            let name = format!("{name}-{}-{}.pdf", paper.as_str(), parts.as_str());
            std::fs::write(folder.join(name), pdf)?;
        }
    }
    Ok(())
}

fn signed(data: &mut ReportData<'_>) -> Result<Vec<u8>, Failure> {
    let identity = SigningIdentity::generate("Anna Nowak", data.generated_at)?;
    data.signer =
        Some(SignerNote { name: identity.common_name(), fingerprint: identity.fingerprint(), one_time: true });
    let unsigned = render_pdf(data, &fixture::outputs())?;
    Ok(sign_pdf(&unsigned, &identity, data.generated_at, "Reconciliation report")?)
}

/// About 21 matches and 26 exceptions fit on a page.
#[allow(clippy::print_stdout)]
fn timed(pages: u32) -> Result<(), Failure> {
    let mut tables = Tables::new().listing(usize::MAX);
    fixture::matches(pages * 15).into_iter().for_each(|row| tables.add_match(row));
    fixture::exceptions(pages * 7).into_iter().for_each(|row| tables.add_exception(row));
    let mut data = fixture::report(tables);
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
