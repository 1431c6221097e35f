//! Key figures against their limits, and charts of them. Each figure is one that a table has too.

use std::collections::BTreeMap;

use jiff::{ToSpan as _, civil::Date};
use tieout_domain::{JudgementReason, ProofState, RootCause, share};

use super::{
    Context, ReportError,
    chart::{self, Bar, Column, Fill, Place, Share},
    exceptions::{self, Band},
    overview,
    sheet::{LEFT, Running, Sheets, Style},
};
use crate::{data::RowStatus, judgement, sums::Sums, tables::DayTally, text};

/// Left edges of value, limit and judgement, on A4.
const COLUMNS: [f32; 3] = [170.0, 285.0, 400.0];
/// Causes that have a bar of their own.
const CAUSES_MAX: usize = 7;
/// Months or weeks that are shown, the newest.
const STEPS_MAX: usize = 12;
/// Days from which on months are shown, not weeks.
const MONTHS_FROM: i32 = 85;

/// A key figure: what, how much, the limit it is held against, and how it stands to it.
struct Figure {
    name: String,
    value: String,
    limit: String,
    /// `Some(false)`: beyond its limit.
    within: Option<bool>,
}

/// Verdict, figures and charts.
pub(super) fn section(sheets: &mut Sheets<'_>, context: &Context<'_>) -> Result<(), ReportError> {
    let figures = figures(context)?;
    // The table is read as a whole.
    let title = sheets.section("Key figures", 60.0 + 14.5 * figures.len() as f32);
    let data = context.data;
    let (findings, limits) = (judgement::findings(data)?, data.tables.limits());
    let words = format!(
        "Risk {} · {}",
        findings.risk(limits).as_str(),
        findings.compliance(limits).as_str().replace('_', " ").to_lowercase()
    );
    let reasons: Vec<_> = findings.reasons(limits).into_iter().map(reason).collect();
    let reasons =
        if reasons.is_empty() { "Nothing speaks against signing it off.".to_owned() } else { reasons.join(" ") };
    sheets.fill(LEFT, sheets.y, sheets.width(), 31.0, 0.95);
    sheets.fill(LEFT, sheets.y, 3.0, 31.0, 0.25);
    sheets.text(LEFT + 13.0, sheets.y + 12.5, &words, Style::semibold(10.0));
    sheets.text_fit(LEFT + 13.0, sheets.y + 24.5, sheets.width() - 20.0, &reasons, Style::regular(8.5));
    sheets.y += 40.0;
    sheets.table(Running { title, columns: heads, carry: None });
    for figure in &figures {
        row(sheets, figure);
    }
    sheets.end_table();
    sheets.y += 14.0;
    charts(sheets, context);
    Ok(())
}

fn reason(reason: JudgementReason) -> &'static str {
    match reason {
        JudgementReason::BalanceNotProved => "A balance proof does not hold.",
        JudgementReason::VarianceAboveLimit => "Bank and books differ by more than the limit.",
        JudgementReason::DiscrepancyRateHigh => "The share of the money that does not agree is high.",
        JudgementReason::DiscrepancyRateMedium => "The share of the money that does not agree is above the limit.",
        JudgementReason::HighValueMissing => "Records of high value are in no match.",
    }
}

fn figures(context: &Context<'_>) -> Result<Vec<Figure>, ReportError> {
    let data = context.data;
    let (summary, limits) = (data.tables.summary(), data.tables.limits());
    let mut unexplained = Sums::default();
    let mut state = None;
    for account in &data.proofs {
        unexplained.add_magnitude(account.proof.unexplained()?);
        state = state.max(Some(account.proof.state()?));
    }
    let plain = |name: &str, value: String| Figure { name: name.to_owned(), value, limit: String::new(), within: None };
    let (proof, within) = match state {
        None => ("none", None),
        Some(ProofState::TiedOut) => ("holds", Some(true)),
        Some(ProofState::BalancesUnknown) => ("balances not stated", None),
        Some(ProofState::Open) => ("does NOT hold", Some(false)),
    };
    let unmatched = summary.unmatched_lines.rows + summary.unmatched_entries.rows;
    let review = summary.of(RowStatus::Suggested).rows + summary.of(RowStatus::Ambiguous).rows;
    let mut figures = vec![
        Figure { within, ..plain("Balance proof", proof.to_owned()) },
        plain("Unexplained difference", text::sums(&unexplained).join(", ")),
        plain("Match rate, of statement lines", text::percent(summary.match_rate())),
        plain("Matched automatically, of statement lines", text::percent(summary.automatic_rate())),
        plain("Matches to review", text::count(review)),
        plain("Records in no match", text::count(unmatched)),
    ];
    for variance in judgement::variances(data) {
        figures.push(Figure {
            name: format!("Variance, bank to books{}", coded(context, &variance.currency.to_string())),
            value: text::percent(variance.rate()),
            limit: text::percent(Some(u64::from(limits.variance))),
            within: Some(variance.is_within(limits)),
        });
    }
    for (currency, rate) in summary.discrepancy_rates() {
        figures.push(Figure {
            name: format!("Money that does not agree{}", coded(context, &currency.to_string())),
            value: text::percent(Some(rate)),
            limit: text::percent(Some(u64::from(limits.risk_medium))),
            within: Some(rate <= u64::from(limits.risk_medium)),
        });
    }
    figures.push(Figure {
        limit: format!("none from {} on", text::count(limits.high_value)),
        within: Some(summary.high_value.rows == 0),
        ..plain("Records of high value in no match", text::count(summary.high_value.rows))
    });
    Ok(figures)
}

fn coded(context: &Context<'_>, currency: &str) -> String {
    if context.coded { format!(", {currency}") } else { String::new() }
}

fn heads(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    sheets.text(LEFT, sheets.y + 7.0, "Figure", style);
    for (x, title) in COLUMNS.into_iter().zip(["Value", "Limit", "Judgement"]) {
        sheets.text(sheets.at(x), sheets.y + 7.0, title, style);
    }
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

fn row(sheets: &mut Sheets<'_>, figure: &Figure) {
    sheets.need(15.0);
    let baseline = sheets.y + 10.5;
    let judged = match figure.within {
        Some(true) if figure.limit.is_empty() => "✓ in order",
        Some(true) => "✓ within its limit",
        Some(false) if figure.limit.is_empty() => "✗ not in order",
        Some(false) => "✗ beyond its limit",
        None => "",
    };
    let style = if figure.within == Some(false) { Style::semibold(8.5) } else { Style::regular(8.5) };
    sheets.text_fit(LEFT, baseline, sheets.wide(COLUMNS[0]) - 6.0, &figure.name, style);
    sheets.text_fit(sheets.at(COLUMNS[0]), baseline, sheets.wide(110.0), &figure.value, Style::semibold(8.5));
    sheets.text_fit(sheets.at(COLUMNS[1]), baseline, sheets.wide(110.0), &figure.limit, Style::regular(8.5));
    sheets.text_fit(sheets.at(COLUMNS[2]), baseline, sheets.wide(99.0), judged, style);
    sheets.y += 14.5;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
}

/// Two rows of two.
fn charts(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let width = (sheets.width() - 26.0) / 2.0;
    let causes = causes(context);
    let second = 22.0 + (causes.len() as f32 * 14.0).max(108.0);
    for at in 0..2 {
        sheets.need(if at == 0 { 112.0 } else { second });
        let [left, right] = [LEFT, LEFT + width + 26.0].map(|x| Place { x, y: sheets.y, width });
        let heights = if at == 0 {
            chart::title(sheets, left, "Statement lines by how they stand");
            chart::title(sheets, right, "Records in no match by age");
            let ages: Vec<_> = exceptions::bands(context).iter().map(age_bar).collect();
            [chart::shares(sheets, left, &lines(context)), chart::bars(sheets, right, &ages)]
        } else {
            let (unit, steps) = steps(context);
            chart::title(sheets, left, "Records in no match by cause");
            chart::title(sheets, right, &format!("Match rate by {unit} of the statement line"));
            [chart::bars(sheets, left, &causes), chart::columns(sheets, right, &steps)]
        };
        sheets.y += heights[0].max(heights[1]) + 12.0;
    }
}

fn lines(context: &Context<'_>) -> Vec<Share> {
    let summary = context.data.tables.summary();
    let review = summary.of(RowStatus::Suggested).lines + summary.of(RowStatus::Ambiguous).lines;
    let parts = [
        ("matched automatically", summary.of(RowStatus::Auto).lines, Fill::Shade(0.35)),
        ("approved by a person", summary.of(RowStatus::Approved).lines, Fill::Hatched),
        ("to review", review, Fill::Shade(0.78)),
        ("in no match", summary.unmatched_lines.lines, Fill::Shade(1.0)),
    ];
    let all = summary.lines();
    let part = |(label, count, fill)| {
        let words = format!("{} · {}", text::count(count), text::percent(share(count, all)));
        Share { label, count, words, fill }
    };
    parts.into_iter().map(part).collect()
}

fn age_bar(band: &Band) -> Bar {
    Bar { label: band.name.to_owned(), count: band.rows(), words: text::count(band.rows()) }
}

/// The causes of most records, and the others as one.
fn causes(context: &Context<'_>) -> Vec<Bar> {
    let causes = &context.data.tables.summary().exception_causes;
    let mut causes: Vec<(RootCause, u64)> = causes.iter().map(|(cause, tally)| (*cause, tally.rows)).collect();
    causes.sort_by_key(|(cause, rows)| (std::cmp::Reverse(*rows), *cause));
    let kept = if causes.len() > CAUSES_MAX + 1 { CAUSES_MAX } else { causes.len() };
    let others: u64 = causes[kept..].iter().map(|(_, rows)| rows).sum();
    let bar = |label: String, count| Bar { label, count, words: text::count(count) };
    let mut bars: Vec<_> = causes[..kept].iter().map(|(cause, rows)| bar(overview::named(*cause), *rows)).collect();
    if others > 0 {
        bars.push(bar("others".to_owned(), others));
    }
    if bars.is_empty() {
        bars.push(bar("nothing".to_owned(), 0));
    }
    bars
}

/// What the columns stand for, and the newest of them.
fn steps(context: &Context<'_>) -> (&'static str, Vec<Column>) {
    let days = &context.data.tables.summary().line_days;
    let dated = || days.iter().filter_map(|(day, tally)| day.map(|day| (day, tally)));
    let (first, last) = (dated().next(), dated().next_back());
    let span =
        first.zip(last).and_then(|((first, _), (last, _))| last.since(first).ok()).map_or(0, |span| span.get_days());
    let monthly = span >= MONTHS_FROM;
    let mut steps: BTreeMap<Date, DayTally> = BTreeMap::new();
    for (day, tally) in dated() {
        let monday = || day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day);
        let begins = if monthly { day.first_of_month() } else { monday() };
        let own = steps.entry(begins).or_default();
        own.lines += tally.lines;
        own.settled += tally.settled;
    }
    let skipped = steps.len().saturating_sub(STEPS_MAX);
    let column = |(at, (day, tally)): (usize, (&Date, &DayTally))| {
        let rate = share(tally.settled, tally.lines);
        let first = at == 0 || (day.month() == 1 && (monthly || day.day() <= 7));
        let year = if first { day.year().to_string() } else { String::new() };
        let below = [day.strftime(if monthly { "%b" } else { "%m-%d" }).to_string(), year];
        Column { below, share: rate, words: rate.map_or_else(String::new, |rate| format!("{}%", rate / 100)) }
    };
    let unit = if monthly { "month" } else { "week" };
    (unit, steps.iter().skip(skipped).enumerate().map(column).collect())
}
