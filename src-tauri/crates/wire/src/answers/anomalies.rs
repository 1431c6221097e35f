//! Anomalies, both ways, and in words for a terminal.

use std::fmt;

use jiff::civil::Weekday;
use rust_decimal::Decimal;
use tieout_application::{self as application, anomalies as found};
use tieout_domain::{RecordRef, Side};

use super::{all, at, count, iso};
use crate::{
    Amount, AnomaliesRequest, AnomaliesView, AnomalyConfigView, AnomalyEvidenceView, AnomalyKindCount,
    AnomalyRecordView, AnomalySettingsView, AnomalyView, CommandError, DetectorView, DigitCountView, SetAsideView,
    SideView, ThresholdView, requests::parse_date,
};

/// Records of an anomaly that a terminal shows.
const RECORDS_TOLD: usize = 6;

impl TryFrom<AnomaliesRequest> for found::AnomaliesRequest {
    type Error = CommandError;

    fn try_from(request: AnomaliesRequest) -> Result<Self, CommandError> {
        Ok(Self {
            account: request.account.filter(|name| !name.is_empty()),
            from: parse_date(request.from.as_deref())?,
            to: parse_date(request.to.as_deref())?,
        })
    }
}

impl From<found::AnomalyReport> for AnomaliesView {
    fn from(report: found::AnomalyReport) -> Self {
        Self {
            records: count(report.records),
            found: all(report.found),
            set_aside: all(report.set_aside),
            kinds: all(report.kinds),
            rows_rejected: count(report.rows_rejected),
        }
    }
}

impl From<found::KindCount> for AnomalyKindCount {
    fn from(of: found::KindCount) -> Self {
        Self {
            kind: of.kind.as_str().to_owned(),
            enabled: of.enabled,
            found: count(of.found),
            left_out: count(of.left_out),
            set_aside: count(of.set_aside),
        }
    }
}

impl From<found::FoundAnomaly> for AnomalyView {
    fn from(anomaly: found::FoundAnomaly) -> Self {
        Self {
            key: anomaly.key.to_string(),
            kind: anomaly.kind.as_str().to_owned(),
            impact: anomaly.impact.into(),
            strength: anomaly.strength,
            evidence: anomaly.evidence.into(),
            records: all(anomaly.records),
            record_count: count(anomaly.record_count),
            set_aside: anomaly.set_aside.map(|word| SetAsideView {
                at: at(found::set_aside_at(&word)),
                reason: word.reason,
                by: word.by,
            }),
        }
    }
}

impl From<found::AnomalyRecord> for AnomalyRecordView {
    fn from(record: found::AnomalyRecord) -> Self {
        let row = record.row;
        Self {
            id: record.id.map(|id| match id {
                RecordRef::Line(id) => id.to_string(),
                RecordRef::Entry(id) => id.to_string(),
            }),
            side: match row.side {
                Side::Statement => SideView::Statement,
                Side::Ledger => SideView::Ledger,
            },
            source_file: row.source_file.into_owned(),
            source_row: row.source_row,
            record_id: row.record_id.into_owned(),
            date: iso(row.date),
            counterparty: row.counterparty.into_owned(),
            reference: row.reference.into_owned(),
            amount: row.amount.into(),
        }
    }
}

impl From<found::AnomalyEvidence> for AnomalyEvidenceView {
    fn from(evidence: found::AnomalyEvidence) -> Self {
        use found::AnomalyEvidence as Of;
        match evidence {
            Of::UnusualAmount { amount, usual, score, postings } => Self::UnusualAmount {
                amount: amount.into(),
                usual: usual.into(),
                score: Decimal::new(i64::from(score), 3).round_dp(1).to_string(),
                postings,
            },
            Of::WeekendPosting { day, date, weekend, all } => {
                Self::WeekendPosting { day: weekday(day).to_owned(), date: date.to_string(), weekend, all }
            }
            Of::AfterPeriodPosting { period_end, came, days, lateness } => Self::AfterPeriodPosting {
                period_end: period_end.to_string(),
                came: came.to_string(),
                days,
                lateness: match lateness {
                    found::Lateness::Booked => "booked",
                    found::Lateness::TakenIn => "taken_in",
                }
                .to_owned(),
            },
            Of::RoundSum { unit, round, postings, large_from } => {
                Self::RoundSum { unit: unit.into(), round, postings, large_from: large_from.into() }
            }
            Of::SplitPayment { limit, total, first, last } => Self::SplitPayment {
                limit: limit.into(),
                total: total.into(),
                first: first.to_string(),
                last: last.to_string(),
            },
            Of::NearDuplicate { amount, difference, days, same_reference } => {
                Self::NearDuplicate { amount: amount.into(), difference: difference.into(), days, same_reference }
            }
            Of::NewCounterparty { date, large_from, percentile, known_days } => {
                Self::NewCounterparty { date: date.to_string(), large_from: large_from.into(), percentile, known_days }
            }
            Of::Benford { from, to, incoming, postings, deviation, conformity, chi_square, digits } => Self::Benford {
                from: from.to_string(),
                to: to.to_string(),
                incoming,
                postings,
                deviation: Decimal::new(i64::from(deviation), 6).round_dp(4).to_string(),
                conformity: conformity_word(conformity).to_owned(),
                chi_square: Decimal::from_i128_with_scale(i128::from(chi_square), 3).round_dp(1).to_string(),
                digits: all(digits),
            },
        }
    }
}

impl From<found::DigitCount> for DigitCountView {
    fn from(of: found::DigitCount) -> Self {
        Self {
            digit: u32::from(of.digit),
            seen: of.seen,
            expected: count((of.expected + 500) / 1_000),
            sum: of.sum.into(),
            stands_out: of.stands_out,
        }
    }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

const fn conformity_word(conformity: found::Conformity) -> &'static str {
    match conformity {
        found::Conformity::Close => "close",
        found::Conformity::Acceptable => "acceptable",
        found::Conformity::Marginal => "marginal",
        found::Conformity::None => "none",
    }
}

impl From<application::AnomalyConfigText> for AnomalyConfigView {
    fn from(text: application::AnomalyConfigText) -> Self {
        Self { listed_max: text.listed_max, detectors: all(text.detectors) }
    }
}

impl From<application::DetectorText> for DetectorView {
    fn from(text: application::DetectorText) -> Self {
        let values = text.values.into_iter().map(|(key, value)| ThresholdView { key, value });
        Self { kind: text.kind.as_str().to_owned(), enabled: text.enabled, values: values.collect() }
    }
}

impl TryFrom<AnomalyConfigView> for found::AnomalyConfig {
    type Error = CommandError;

    fn try_from(view: AnomalyConfigView) -> Result<Self, CommandError> {
        let detectors = view.detectors.into_iter().map(|detector| {
            let known = found::AnomalyKind::ALL.into_iter().find(|kind| kind.as_str() == detector.kind);
            let kind = known.ok_or_else(|| CommandError::invalid(&format!("'{}' is no detector", detector.kind)))?;
            let values = detector.values.into_iter().map(|threshold| (threshold.key, threshold.value));
            Ok(application::DetectorText { kind, enabled: detector.enabled, values: values.collect() })
        });
        let text = application::AnomalyConfigText {
            listed_max: view.listed_max,
            detectors: detectors.collect::<Result<_, CommandError>>()?,
        };
        Ok(text.config()?)
    }
}

impl From<found::AnomalySettings> for AnomalySettingsView {
    fn from(settings: found::AnomalySettings) -> Self {
        let view = |config: &found::AnomalyConfig| application::AnomalyConfigText::from(config).into();
        Self {
            config: view(&settings.config),
            defaults: view(&found::AnomalyConfig::default()),
            is_stored: settings.is_stored,
        }
    }
}

/// In words for a terminal.
impl fmt::Display for AnomaliesView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: u32 = self.kinds.iter().map(|of| of.found).sum();
        write!(f, "{total} anomalies among {} records", self.records)?;
        for anomaly in &self.found {
            write!(f, "\n\n{anomaly}")?;
        }
        for anomaly in &self.set_aside {
            write!(f, "\n\nset aside: {anomaly}")?;
        }
        for of in self.kinds.iter().filter(|of| of.left_out > 0) {
            let kind = of.kind.replace('_', " ");
            write!(f, "\n\n{} more of kind {kind}, with smaller impact, are not listed (listed_max)", of.left_out)?;
        }
        let off: Vec<_> = self.kinds.iter().filter(|of| !of.enabled).map(|of| of.kind.replace('_', " ")).collect();
        if off.is_empty() { Ok(()) } else { write!(f, "\n\nnot looked for: {}", off.join(", ")) }
    }
}

impl fmt::Display for AnomalyView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.replace('_', " ");
        write!(f, "{} {}  {kind}: {}", self.impact.value, self.impact.currency, self.evidence)?;
        if let Some(word) = &self.set_aside {
            write!(f, "\n  in order according to {} ({}): {}", word.by, word.at, word.reason)?;
        }
        for record in self.records.iter().take(RECORDS_TOLD) {
            write!(f, "\n  {record}")?;
        }
        let hidden = self.record_count.saturating_sub(count(self.records.len().min(RECORDS_TOLD) as u64));
        if hidden > 0 {
            write!(f, "\n  and {hidden} more records")?;
        }
        // Records of files are set aside by nobody.
        if self.records.iter().any(|record| record.id.is_some()) { write!(f, "\n  key {}", self.key) } else { Ok(()) }
    }
}

impl fmt::Display for AnomalyRecordView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date.as_deref().unwrap_or("----------");
        write!(f, "{date} {:>14} {}  ", self.amount.value, self.amount.currency)?;
        for text in [&self.counterparty, &self.reference].into_iter().filter(|text| !text.is_empty()) {
            write!(f, "{text}  ")?;
        }
        write!(f, "({} row {})", self.source_file, self.source_row)
    }
}

impl fmt::Display for AnomalyEvidenceView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnusualAmount { amount, usual, score, postings } => write!(
                f,
                "{} where {} is usual for this counterparty ({postings} postings; robust z-score {score})",
                amount.value, usual.value
            ),
            Self::WeekendPosting { day, date, weekend, all } => {
                let of = if *weekend == 1 { "is the only one" } else { "are all" };
                write!(f, "posted on {day} {date}; {weekend} {of} at weekends of {all} postings")
            }
            Self::AfterPeriodPosting { period_end, came, days, lateness } => {
                let how = if lateness == "booked" { "booked" } else { "first taken in" };
                write!(f, "belongs to the month that ended on {period_end}, and was {how} on {came}, {days} days later")
            }
            Self::RoundSum { unit, round, postings, large_from } => write!(
                f,
                "a multiple of {}, as {round} of {postings} postings are; large from {} on",
                unit.value, large_from.value
            ),
            Self::SplitPayment { limit, total, first, last } => write!(
                f,
                "each just under the limit of {}, together {}, from {first} to {last}",
                limit.value, total.value
            ),
            Self::NearDuplicate { amount, days, same_reference, difference } => {
                let within =
                    if is_nothing(difference) { String::new() } else { format!(", give or take {}", difference.value) };
                let named = if *same_reference { ", with the same reference" } else { "" };
                write!(
                    f,
                    "{}{within} for the same counterparty within {days} days and at no other time{named}",
                    amount.value
                )
            }
            Self::NewCounterparty { date, large_from, percentile, known_days } => write!(
                f,
                "first seen on {date}, after {known_days} days of records, and above {} as {percentile} % of postings are not",
                large_from.value
            ),
            Self::Benford { .. } => self.write_benford(f),
        }
    }
}

impl AnomalyEvidenceView {
    fn write_benford(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Benford { from, to, incoming, postings, deviation, chi_square, digits, .. } = self else {
            return Ok(());
        };
        let way = if *incoming { "in" } else { "out" };
        write!(f, "leading digits of {postings} postings {way}, {from} to {to}, are not those of Benford's law ")?;
        write!(f, "(mean deviation {deviation}, chi-square {chi_square}); too often: ")?;
        for (place, of) in digits.iter().filter(|of| of.stands_out).enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            write!(f, "{comma}{} ({} instead of {}, sum {})", of.digit, of.seen, of.expected, of.sum.value)?;
        }
        Ok(())
    }
}

fn is_nothing(amount: &Amount) -> bool {
    amount.value.chars().all(|letter| matches!(letter, '0' | '.'))
}
