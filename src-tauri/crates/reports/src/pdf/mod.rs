//! The report as a PDF: A4 or Letter, embedded typeface, the same bytes for the same data.

mod assemble;
mod attach;
mod audit;
mod carry;
mod chart;
mod closing;
mod decisions;
mod exceptions;
mod font;
mod front;
mod listings;
mod management;
mod marks;
mod measure;
mod overview;
mod proof;
mod quality;
mod scripts;
mod sheet;

use std::collections::HashMap;

use tieout_domain::{MoneyError, Side};

use crate::{
    Parts,
    data::{OutputFact, ReportData},
    twin::Twin,
};
pub(crate) use assemble::pdf_date;
pub(crate) use attach::checksum;
use font::Fonts;
pub(crate) use overview::named;
pub(crate) use proof::AMOUNTS_IN;
use sheet::Sheets;

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The typeface inside the program cannot be read.
    #[error("the report's typeface cannot be read: this copy of Tieout is damaged, install it again")]
    Font,
    /// Amounts of the balance proof do not add up to a number that fits.
    #[error("the balance proof cannot be computed: {0}")]
    Amount(#[from] MoneyError),
    /// The PDF could not be put together.
    #[error("the PDF cannot be written: {0}")]
    Write(String),
}

/// What all sections need to know.
struct Context<'d> {
    data: &'d ReportData<'d>,
    outputs: &'d [OutputFact],
    twin: &'d Twin<'d>,
    /// Short names of the files, such as `S1`, by side and name.
    tags: HashMap<(Side, &'d str), String>,
    /// Whether amounts need their currency beside them.
    coded: bool,
    /// The one currency, where there is just one.
    currency: Option<String>,
}

/// Renders the unsigned report without data inside it. `outputs` are the files written beside it, whose digests it carries
/// and prints.
pub fn render_pdf(data: &ReportData<'_>, outputs: &[OutputFact]) -> Result<Vec<u8>, ReportError> {
    render_pdf_with(data, outputs, &Twin::default())
}

/// The same with these files inside it.
pub fn render_pdf_with(data: &ReportData<'_>, outputs: &[OutputFact], twin: &Twin<'_>) -> Result<Vec<u8>, ReportError> {
    let fonts = Fonts::load()?;
    let context = Context::new(data, outputs, twin);
    let mut sheets = Sheets::new(&fonts, data.layout.paper);
    front::title(&mut sheets, &context);
    front::signed_period(&mut sheets, &context);
    front::notices(&mut sheets, &context)?;
    front::figures(&mut sheets, &context)?;
    proof::section(&mut sheets, &context)?;
    match data.layout.parts {
        Parts::Full => full(&mut sheets, &context)?,
        Parts::Statement => {
            exceptions::unmatched(&mut sheets, &context);
            decisions::sign_off(&mut sheets, &context);
            overview::files(&mut sheets, &context);
        }
        Parts::Management => {
            management::section(&mut sheets, &context)?;
            overview::summary(&mut sheets, &context);
            overview::causes(&mut sheets, &context);
            exceptions::ageing(&mut sheets, &context);
        }
    }
    closing::evidence(&mut sheets, &context);
    let signature = closing::signature(&mut sheets, &context);
    let (pages, bookmarks) = sheets.finish(&front::footer(&context));
    assemble::document(&context, fonts, &pages, &bookmarks, signature)
}

/// What stands between the proof and the evidence of a full report: what needs a person first.
fn full(sheets: &mut Sheets<'_>, context: &Context<'_>) -> Result<(), ReportError> {
    management::section(sheets, context)?;
    overview::summary(sheets, context);
    overview::causes(sheets, context);
    exceptions::ageing(sheets, context);
    exceptions::unmatched(sheets, context);
    listings::suggested(sheets, context);
    listings::matched(sheets, context);
    decisions::section(sheets, context);
    decisions::sign_off(sheets, context);
    overview::files(sheets, context);
    quality::section(sheets, context);
    audit::extract(sheets, context);
    closing::configuration(sheets, context);
    Ok(())
}

impl<'d> Context<'d> {
    fn new(data: &'d ReportData<'d>, outputs: &'d [OutputFact], twin: &'d Twin<'d>) -> Self {
        let mut tags = HashMap::new();
        let (mut statements, mut ledgers) = (0_u32, 0_u32);
        for file in &data.files {
            let (letter, number) = match file.side {
                Side::Statement => ('S', &mut statements),
                Side::Ledger => ('L', &mut ledgers),
            };
            *number += 1;
            tags.entry((file.side, file.name.as_str())).or_insert_with(|| format!("{letter}{number}"));
        }
        let currencies = currencies(data);
        let coded = currencies.len() > 1;
        let currency = currencies.into_iter().next().filter(|_| !coded);
        Self { data, outputs, twin, tags, coded, currency }
    }

    /// `S1:12`: file and row of a record, as the file table explains.
    fn source(&self, side: Side, file: &str, row: u32) -> String {
        match self.tags.get(&(side, file)) {
            Some(tag) => format!("{tag}:{row}"),
            None => format!("{file}:{row}"),
        }
    }
}

/// The currencies that occur, by code.
fn currencies(data: &ReportData<'_>) -> Vec<String> {
    let summary = data.tables.summary();
    let tallies = summary.matches.values().chain([&summary.unmatched_lines, &summary.unmatched_entries]);
    let of_rows = tallies.flat_map(|tally| tally.lines_sums.iter().chain(tally.entries_sums.iter()));
    let of_proofs = data.proofs.iter().map(|account| (account.proof.lines_total.currency(), 0));
    let mut codes: Vec<_> = of_rows
        .chain(of_proofs)
        .filter(|(currency, _)| !currency.is_none())
        .map(|(currency, _)| currency.to_string())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
