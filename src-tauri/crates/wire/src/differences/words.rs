//! Differences in words for a terminal.

use std::fmt;

use super::{CauseSumView, DifferenceTrendsView, DifferenceView, DifferencesReport, RateChangeView};
use crate::Amount;

fn money(amount: &Amount) -> String {
    format!("{} {}", amount.value, amount.currency)
}

fn words(word: &str) -> String {
    word.replace('_', " ")
}

impl fmt::Display for DifferencesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.trends)?;
        if !self.page.rows.is_empty() {
            write!(f, "\n\n{} matches", self.page.total)?;
        }
        self.page.rows.iter().try_for_each(|row| write!(f, "\n{row}"))?;
        let hidden = self.page.total as usize - self.page.rows.len();
        if hidden > 0 { write!(f, "\n{hidden} more: --limit shows more, --json all") } else { Ok(()) }
    }
}

impl fmt::Display for DifferenceTrendsView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} matches differ", self.matches)?;
        if self.jobs > 0 {
            write!(f, "; {} matched jobs were looked at", self.jobs)?;
        }
        for sum in &self.by_cause {
            write!(f, "\n  {sum}")?;
        }
        if self.jobs > 0 {
            let none = if self.rate_changes.is_empty() { ": none" } else { "" };
            write!(f, "\n\nchanged rates{none}")?;
        }
        for change in &self.rate_changes {
            write!(f, "\n  {change}")?;
        }
        if !self.by_month.is_empty() {
            write!(f, "\n\nby month")?;
        }
        for of in &self.by_month {
            write!(f, "\n  {}  {}", of.month.as_deref().unwrap_or("no date"), of.sum)?;
        }
        Ok(())
    }
}

impl fmt::Display for CauseSumView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<17}{:>8}{:>20}", words(&self.cause), self.matches, money(&self.total))
    }
}

impl fmt::Display for DifferenceView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date.as_deref().unwrap_or("----------");
        let percent = self.percent.as_deref().map_or_else(|| "n/a".to_owned(), |percent| format!("{percent} %"));
        let cause = words(self.causes.first().map_or("", String::as_str));
        write!(f, "{date}  {:>16}  {percent:>10}  {cause:<16}  {:<9}  ", money(&self.difference), self.status)?;
        match &self.job {
            Some(job) => write!(f, "{}  {} · {}", job.number, job.service_type, job.site)?,
            None => write!(f, "{}  {}", self.title, self.subtitle)?,
        }
        let effects = self.job.as_ref().and_then(|job| job.price_effect.as_ref().zip(job.quantity_effect.as_ref()));
        match effects {
            Some((price, quantity)) => write!(f, "  (price {}, quantity {})", price.value, quantity.value),
            None => Ok(()),
        }
    }
}

impl fmt::Display for RateChangeView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |date: &str| if self.by_day { date.to_owned() } else { date.chars().take(7).collect() };
        write!(f, "{} · {}: {} → {} {}", self.service_type, self.site, self.from, self.to, self.currency)?;
        match self.from_the_start {
            true => write!(f, " from the first job on ({})", day(&self.since))?,
            false => write!(f, " since {}", day(&self.since))?,
        }
        if self.steps > 1 {
            write!(f, " in {} steps", self.steps)?;
        }
        let whose = match self.side.as_str() {
            "statement" => "the client pays other than booked",
            "ledger" => "the client does not pay what is booked",
            _ => "both sides changed",
        };
        write!(f, "; {whose}")?;
        let ended = self.ended.as_deref().map(day).unwrap_or_default();
        match self.state.as_str() {
            "followed" => write!(f, ", until {ended}, when the other side followed")?,
            "taken_back" => write!(f, "; taken back {ended}")?,
            "seasonal" => write!(f, ", with the seasons")?,
            _ => {}
        }
        write!(f, "; {} jobs, {} so far", self.jobs_after, money(&self.effect))?;
        if let Some(month) = &self.effect_per_month {
            write!(f, ", {} a month", money(month))?;
        }
        write!(f, " ({} % likely)", self.confidence)
    }
}
