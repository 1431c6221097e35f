//! The file with daily exchange rates: `date,base,quote,rate`, one unit of the base being `rate` of the quote currency.

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
};

use serde::Deserialize;
use tieout_domain::{Currency, ExchangeRates, LedgerEntry, Said, StatementLine, said};
use tieout_matching::Outcome;

use crate::{ApplicationError, error::in_words};

/// Most bytes of such a file: a hundred years of fifty currencies.
const BYTES_MAX: u64 = 64 << 20;

#[derive(Deserialize)]
struct Row {
    date: String,
    base: String,
    quote: String,
    rate: String,
}

/// Reads the file that `currency.rates` names.
pub(crate) fn read(path: &Path) -> Result<ExchangeRates, ApplicationError> {
    let refused = |what: Said| {
        ApplicationError::Configuration(said!(
            "rates.file",
            "the exchange rates {path}, which currency.rates names: {why}; put it right, name another file, or leave the \
             key out",
            path = path.display(),
            why = what
        ))
    };
    let metadata = std::fs::metadata(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => refused(said!("rates.file.missing", "there is no such file")),
        _ => refused(in_words(&source)),
    })?;
    if !metadata.is_file() {
        return Err(refused(said!("rates.file.none", "this is no file")));
    }
    if metadata.len() > BYTES_MAX {
        return Err(refused(said!(
            "rates.file.large",
            "more than {most} MiB are too large for rates",
            most = BYTES_MAX >> 20
        )));
    }
    let text = crate::foreign::read(path).map_err(|source| refused(in_words(&source)))?;
    parse(&text).map_err(refused)
}

/// How many lines in no match are of a day for which a rate is missing that other days have, between their currency and
/// that of any entry: with newer rates they might find one.
pub(crate) fn lines_without_rate(
    rates: &ExchangeRates,
    lines: &[StatementLine],
    entries: &[LedgerEntry],
    outcome: &Outcome,
) -> u64 {
    if rates.is_empty() {
        return 0;
    }
    let owed: BTreeSet<Currency> = entries.iter().map(|entry| entry.amount.currency()).collect();
    let matched: HashSet<usize> = outcome.proposals.iter().flat_map(|proposal| proposal.matched.lines()).collect();
    let lacks_rate = |line: &StatementLine| {
        let (paid, day) = (line.amount.currency(), line.date.or(line.value_date));
        let has = |other: &Currency, on| rates.rate(*other, paid, on).is_some();
        day.is_some() && owed.iter().any(|other| *other != paid && has(other, None) && !has(other, day))
    };
    lines.iter().enumerate().filter(|(at, line)| !matched.contains(at) && lacks_rate(line)).count() as u64
}

fn parse(text: &[u8]) -> Result<ExchangeRates, Said> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
    let mut rates = ExchangeRates::default();
    for (index, row) in reader.deserialize::<Row>().enumerate() {
        let wrong = |what: Said| said!("inRow", "row {row}: {why}", row = index + 1, why = what);
        let row = row.map_err(|_| wrong(said!("rates.file.columns", "expected the columns date,base,quote,rate")))?;
        let date = row
            .date
            .parse()
            .map_err(|_| wrong(said!("rates.file.date", "'{text}' is no date such as 2024-05-31", text = &row.date)))?;
        let currency = |code: &str| Currency::parse(code).map_err(|error| wrong(error.into()));
        let rate = row
            .rate
            .parse()
            .map_err(|_| wrong(said!("rates.file.rate", "'{text}' is no rate such as 1.0850", text = &row.rate)))?;
        rates.insert(date, currency(&row.base)?, currency(&row.quote)?, rate).map_err(|error| wrong(error.into()))?;
    }
    if rates.is_empty() { Err(said!("rates.file.empty", "it holds no rate")) } else { Ok(rates) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, refused: Option<&str>) {
        assert_eq!(parse(text.as_bytes()).err().map(|said| said.to_string()).as_deref(), refused, "{text}");
    }

    #[test]
    fn a_file_that_is_of_no_use_is_named_with_its_key_and_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fx_rates.csv");
        let refused = || read(&path).unwrap_err().to_string();
        let named = format!("configuration: the exchange rates {}, which currency.rates names: ", path.display());
        let remedy = "; put it right, name another file, or leave the key out";
        assert_eq!(refused(), format!("{named}there is no such file{remedy}"));
        std::fs::write(&path, "date,base,quote,rate\n").unwrap();
        assert_eq!(refused(), format!("{named}it holds no rate{remedy}"));
        let of_folder = read(folder.path()).unwrap_err().to_string();
        assert!(of_folder.contains("currency.rates names: this is no file"), "{of_folder}");
    }

    #[test]
    fn rates_are_read_and_mistakes_are_named_with_their_row() {
        check("date,base,quote,rate\n2024-05-13,EUR,USD,1.0850\n", None);
        check("\u{feff}quote,date,rate,base\nUSD, 2024-05-13 ,1.0850,EUR\n", None);
        check("", Some("it holds no rate"));
        check("date,base,quote,rate\n", Some("it holds no rate"));
        check("day,from,to,rate\n2024-05-13,EUR,USD,1\n", Some("row 1: expected the columns date,base,quote,rate"));
        check("date,base,quote,rate\n13.05.24,EUR,USD,1\n", Some("row 1: '13.05.24' is no date such as 2024-05-31"));
        check("date,base,quote,rate\n2024-05-13,EUR,USD,0\n", Some("row 1: a rate of 0 is not above zero"));
        check("date,base,quote,rate\n2024-05-13,EUR,EUR,1\n", Some("row 1: EUR against itself has no rate"));
    }
}
