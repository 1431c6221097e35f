//! Books in which something stands out, and books in which it only seems to.

mod after_period;
mod benford;
mod near_duplicate;
mod new_counterparty;
mod properties;
mod round_sum;
mod split;
mod unusual_amount;
mod weekend;

use jiff::civil::{Date, Weekday, date};
use rust_decimal::Decimal;
use tieout_domain::{Currency, LedgerKind, Money};

use super::*;

/// Records of an account, or of one kind of entry.
#[derive(Clone)]
pub(super) struct Books {
    currency: Currency,
    kind: Option<LedgerKind>,
    rows: Vec<Row>,
    import: u32,
    imports: Vec<Option<Date>>,
    pub(super) config: AnomalyConfig,
    dates: Dates,
}

#[derive(Clone, Default)]
struct Row {
    date: Option<Date>,
    value_date: Option<Date>,
    minor: i64,
    currency: Option<Currency>,
    account: String,
    party: String,
    code: String,
    number: String,
    reference: String,
    import: u32,
    is_known_duplicate: bool,
}

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

impl Books {
    fn new(code: &str, kind: Option<LedgerKind>) -> Self {
        Self {
            currency: currency(code),
            kind,
            rows: Vec::new(),
            import: 0,
            imports: Vec::new(),
            config: AnomalyConfig::default(),
            dates: Dates::default(),
        }
    }

    /// A bank account.
    pub(super) fn bank(code: &str) -> Self {
        Self::new(code, None)
    }

    /// Entries of a kind.
    pub(super) fn entries(kind: LedgerKind, code: &str) -> Self {
        Self::new(code, Some(kind))
    }

    /// So many payments on working days from the beginning of 2025 on, to a dozen suppliers by turns, of 80.01 to 1,480.99
    /// (in hundreds of minor units), none of them round or alike.
    pub(super) fn ordinary(self, count: u32) -> Self {
        self.payments(count, -1)
    }

    /// The same, received.
    pub(super) fn ordinary_in(self, count: u32) -> Self {
        self.payments(count, 1)
    }

    fn payments(mut self, count: u32, sign: i64) -> Self {
        let days = date(2025, 1, 2).series(jiff::Span::new().days(1));
        let days = days.filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
        for (at, day) in (0..i64::from(count)).zip(days) {
            let minor = (at * 7_919 % 1_400 + 80) * 100 + at % 98 + 1;
            let party = format!("Supplier {}", at % 12);
            self.rows.push(Row { date: Some(day), minor: sign * minor, party, import: self.import, ..Row::default() });
        }
        self
    }

    /// Adds a record: `2025-03-01 -1200.00 Groth`, with more behind it: `ref=`, `no=`, `value=`, `code=`, `account=`,
    /// `currency=`, `known`. `-` stands for no date or no name, `_` for a blank in a name.
    #[track_caller]
    pub(super) fn add(mut self, told: &str) -> Self {
        let mut words = told.split_whitespace();
        let mut word = || words.next().unwrap();
        let (day, amount, name) = (word(), word(), word());
        let mut row = Row { date: day.parse().ok(), import: self.import, ..Row::default() };
        if name != "-" {
            row.party = name.replace('_', " ");
        }
        for word in words {
            match word.split_once('=') {
                Some(("ref", text)) => row.reference = text.to_owned(),
                Some(("no", text)) => row.number = text.to_owned(),
                Some(("value", text)) => row.value_date = Some(text.parse().unwrap()),
                Some(("code", text)) => row.code = text.to_owned(),
                Some(("account", text)) => row.account = text.to_owned(),
                Some(("currency", text)) => row.currency = Some(currency(text)),
                _ if word == "known" => row.is_known_duplicate = true,
                _ => panic!("{told}"),
            }
        }
        let decimal: Decimal = amount.parse().unwrap();
        row.minor = Money::from_decimal(decimal, row.currency.unwrap_or(self.currency)).unwrap().minor_units();
        self.rows.push(row);
        self
    }

    /// Adds several.
    #[track_caller]
    pub(super) fn all(self, told: impl IntoIterator<Item = String>) -> Self {
        told.into_iter().fold(self, |books, told| books.add(&told))
    }

    /// The same amount for a counterparty on the first working day of so many months from January 2025 on.
    #[track_caller]
    pub(super) fn monthly(self, months: i32, amount: &str, party: &str) -> Self {
        let day = |month: i32| format!("{}-{:02}-03 {amount} {party}", 2025 + month / 12, month % 12 + 1);
        self.all((0..months).map(day))
    }

    /// What is added from now on came with the next import, on that day.
    pub(super) fn next_import(mut self, day: &str) -> Self {
        self.import += 1;
        self.imports.resize(self.import as usize, None);
        self.imports.push(day.parse().ok());
        self
    }

    /// What was added so far came on that day.
    pub(super) fn first_import(mut self, day: &str) -> Self {
        self.imports = vec![day.parse().ok()];
        self
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut AnomalyConfig)) -> Self {
        change(&mut self.config);
        self
    }

    pub(super) fn between(mut self, from: &str, to: &str) -> Self {
        self.dates = Dates { from: from.parse().ok(), to: to.parse().ok() };
        self
    }

    /// The records in this order of their places.
    pub(super) fn postings(&self, order: impl Iterator<Item = usize>) -> Postings {
        let mut postings = Postings::default();
        for at in order {
            let row = &self.rows[at];
            postings.add(&Facts {
                id: at as u128,
                kind: self.kind,
                account: &row.account,
                counterparty: &row.party,
                counterparty_code: &row.code,
                number: &row.number,
                reference: &row.reference,
                date: row.date,
                value_date: row.value_date,
                amount: Money::from_minor(row.minor, row.currency.unwrap_or(self.currency)),
                import: row.import,
                is_known_duplicate: row.is_known_duplicate,
            });
        }
        postings.set_imports(self.imports.clone());
        postings
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The anomalies with the records by their places, in the order in which they are listed.
    pub(super) fn detect_in(&self, order: impl Iterator<Item = usize>) -> Vec<(Anomaly, Vec<u128>)> {
        let postings = self.postings(order);
        let ids = |anomaly: &Anomaly| anomaly.postings.iter().map(|at| postings.get(*at).id).collect();
        let found = detect(&postings, &self.config, self.dates).into_iter();
        found.map(|anomaly| (Anomaly { postings: Vec::new(), ..anomaly.clone() }, ids(&anomaly))).collect()
    }

    /// What is found of a kind: each as the amounts and dates of its records.
    fn found(&self, kind: AnomalyKind) -> Vec<String> {
        let told = |at: &u128| {
            let row = &self.rows[usize::try_from(*at).unwrap()];
            let amount = Money::from_minor(row.minor, row.currency.unwrap_or(self.currency)).to_decimal();
            let day = row.date.map_or_else(|| "-".to_owned(), |day| day.to_string());
            format!("{day} {amount}")
        };
        let found = self.detect_in(0..self.rows.len()).into_iter().filter(|(anomaly, _)| anomaly.kind == kind);
        found.map(|(_, records)| records.iter().map(told).collect::<Vec<_>>().join(" + ")).collect()
    }

    /// The one anomaly of a kind.
    #[track_caller]
    pub(super) fn only(&self, kind: AnomalyKind) -> Anomaly {
        let mut found: Vec<Anomaly> = self
            .detect_in(0..self.len())
            .into_iter()
            .map(|(anomaly, _)| anomaly)
            .filter(|of| of.kind == kind)
            .collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }
}

/// In each of the books exactly these are found; an empty list: none.
#[track_caller]
pub(super) fn check(kind: AnomalyKind, cases: Vec<(&str, Books, &[&str])>) {
    for (name, books, expected) in cases {
        assert_eq!(books.found(kind), expected, "{name}");
    }
}
