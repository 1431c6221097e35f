//! The file with daily exchange rates: `date,base,quote,rate`, one unit of the base being `rate` of the quote currency.

use std::path::Path;

use serde::Deserialize;
use tieout_domain::{Currency, ExchangeRates};

use crate::ApplicationError;

/// Most bytes of such a file: a hundred years of fifty currencies.
const BYTES_MAX: u64 = 64 << 20;

#[derive(Deserialize)]
struct Row {
    date: String,
    base: String,
    quote: String,
    rate: String,
}

/// Reads the file.
pub(crate) fn read(path: &Path) -> Result<ExchangeRates, ApplicationError> {
    let file = |source| ApplicationError::file(path, source);
    if std::fs::metadata(path).map_err(file)?.len() > BYTES_MAX {
        return Err(ApplicationError::Configuration(format!("{}: too large for a file of rates", path.display())));
    }
    let text = std::fs::read(path).map_err(file)?;
    parse(&text).map_err(|what| ApplicationError::Configuration(format!("{}: {what}", path.display())))
}

fn parse(text: &[u8]) -> Result<ExchangeRates, String> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
    let mut rates = ExchangeRates::default();
    for (index, row) in reader.deserialize::<Row>().enumerate() {
        let wrong = |what: String| format!("row {}: {what}", index + 1);
        let row = row.map_err(|_| wrong("expected the columns date,base,quote,rate".to_owned()))?;
        let date = row.date.parse().map_err(|_| wrong(format!("'{}' is no date such as 2024-05-31", row.date)))?;
        let currency = |code: &str| Currency::parse(code).map_err(|error| wrong(error.to_string()));
        let rate = row.rate.parse().map_err(|_| wrong(format!("'{}' is no rate such as 1.0850", row.rate)))?;
        rates
            .insert(date, currency(&row.base)?, currency(&row.quote)?, rate)
            .map_err(|error| wrong(error.to_string()))?;
    }
    if rates.is_empty() { Err("it holds no rate".to_owned()) } else { Ok(rates) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, refused: Option<&str>) {
        assert_eq!(parse(text.as_bytes()).err().as_deref(), refused, "{text}");
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
