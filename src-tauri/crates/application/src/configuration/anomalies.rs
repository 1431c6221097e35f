//! How anomalies are looked for in a configuration: `[anomalies]`, and the same as a form holds it.
//!
//! One list of keys serves the file, the form and the check of both: a new threshold is one line in [`fields`].

use jiff::civil::Weekday;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use tieout_classify::{AnomalyConfig, AnomalyKind, SplitLimit};
use tieout_domain::{Currency, Said, SaidValue, said};
use toml::{Table, Value};

use super::refused;
use crate::ApplicationError;

/// Most that are listed of one kind, whatever is asked for.
const LISTED_MAX: u32 = 1_000;

/// The configuration of anomalies as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnomalyConfigText {
    /// `listed_max`
    pub listed_max: String,
    /// The detectors, in a fixed order.
    pub detectors: Vec<DetectorText>,
}

/// One detector as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetectorText {
    /// What it finds.
    pub kind: AnomalyKind,
    /// Whether it is on.
    pub enabled: bool,
    /// Its thresholds: key and value.
    pub values: Vec<(String, String)>,
}

/// A threshold, and how it is written.
enum Field<'a> {
    /// A whole number within bounds.
    Whole(&'a mut u32, u32, u32),
    /// Kept in hundredths, with up to two decimals.
    Percent(&'a mut u32),
    /// Kept in thousandths, with up to three decimals.
    Score(&'a mut u32),
    /// A sum of major units.
    Amount(&'a mut Decimal),
    Days(&'a mut Vec<Weekday>),
    Units(&'a mut Vec<u32>),
    Limits(&'a mut Vec<SplitLimit>),
}

use Field::{Amount, Days, Limits, Percent, Score, Units, Whole};

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

/// The switch of a detector, and its thresholds by their keys.
fn fields(config: &mut AnomalyConfig, kind: AnomalyKind) -> (&mut bool, Vec<(&'static str, Field<'_>)>) {
    match kind {
        AnomalyKind::UnusualAmount => {
            let of = &mut config.unusual_amount;
            let fields = vec![
                ("score", Score(&mut of.score)),
                ("history", Whole(&mut of.history, 5, 100_000)),
                ("percent_of_usual", Whole(&mut of.times_usual, 100, 100_000)),
            ];
            (&mut of.enabled, fields)
        }
        AnomalyKind::WeekendPosting => {
            let of = &mut config.weekend_posting;
            let fields = vec![
                ("days", Days(&mut of.days)),
                ("share_percent", Percent(&mut of.share_max)),
                ("history", Whole(&mut of.history, 10, 1_000_000)),
            ];
            (&mut of.enabled, fields)
        }
        AnomalyKind::AfterPeriodPosting => {
            let of = &mut config.after_period_posting;
            let fields =
                vec![("grace_days", Whole(&mut of.grace_days, 0, 366)), ("share_percent", Percent(&mut of.share_max))];
            (&mut of.enabled, fields)
        }
        AnomalyKind::RoundSum => {
            let of = &mut config.round_sum;
            let fields = vec![
                ("units", Units(&mut of.units)),
                ("percentile", Whole(&mut of.percentile, 1, 99)),
                ("share_percent", Percent(&mut of.share_max)),
                ("history", Whole(&mut of.history, 10, 1_000_000)),
            ];
            (&mut of.enabled, fields)
        }
        AnomalyKind::SplitPayment => {
            let of = &mut config.split_payment;
            let fields = vec![
                ("limits", Limits(&mut of.limits)),
                ("from_percent", Whole(&mut of.from_percent, 50, 100)),
                ("days", Whole(&mut of.days, 0, 366)),
            ];
            (&mut of.enabled, fields)
        }
        AnomalyKind::NearDuplicate => {
            let of = &mut config.near_duplicate;
            let fields = vec![
                ("days", Whole(&mut of.days, 0, 366)),
                ("amount_within", Amount(&mut of.amount_within)),
                ("percentile", Whole(&mut of.percentile, 0, 99)),
            ];
            (&mut of.enabled, fields)
        }
        AnomalyKind::NewCounterparty => {
            let of = &mut config.new_counterparty;
            let fields = vec![
                ("percentile", Whole(&mut of.percentile, 1, 99)),
                ("known_days", Whole(&mut of.known_days, 0, 3_660)),
                ("share_percent", Percent(&mut of.share_max)),
                ("history", Whole(&mut of.history, 10, 1_000_000)),
            ];
            (&mut of.enabled, fields)
        }
        AnomalyKind::Benford => {
            let of = &mut config.benford;
            let fields = vec![
                ("records_min", Whole(&mut of.records_min, 100, 10_000_000)),
                ("two_digits_from", Whole(&mut of.two_digits_from, 1_000, 100_000_000)),
            ];
            (&mut of.enabled, fields)
        }
    }
}

impl Field<'_> {
    fn text(&self) -> String {
        let joined = |parts: Vec<String>| parts.join(", ");
        match self {
            Whole(number, ..) => number.to_string(),
            Percent(hundredths) => Decimal::new(i64::from(**hundredths), 2).normalize().to_string(),
            Score(thousandths) => Decimal::new(i64::from(**thousandths), 3).normalize().to_string(),
            Amount(amount) => amount.to_string(),
            Days(days) => {
                let named = WEEKDAYS.iter().filter(|(day, _)| days.contains(day));
                joined(named.map(|(_, word)| (*word).to_owned()).collect())
            }
            Units(units) => joined(units.iter().map(u32::to_string).collect()),
            Limits(limits) => joined(limits.iter().map(limit_text).collect()),
        }
    }

    /// What is expected, where it is not that.
    fn set(&mut self, text: &str) -> Result<(), Said> {
        match self {
            Whole(number, least, most) => {
                let found = text.parse().ok().filter(|found| (*least..=*most).contains(found));
                **number = found.ok_or_else(|| {
                    said!("anomaly.whole", "a whole number from {least} to {most}", least = *least, most = *most)
                })?;
            }
            Percent(hundredths) => {
                let found = scaled(text, 2).filter(|found| *found <= 10_000);
                **hundredths = found.ok_or_else(|| {
                    said!("anomaly.percent", "a percentage up to 100 with at most two decimals, such as 1.5")
                })?;
            }
            Score(thousandths) => {
                let found = scaled(text, 3).filter(|found| *found > 0);
                **thousandths = found.ok_or_else(|| {
                    said!("anomaly.score", "a number above 0 with at most three decimals, such as 3.5")
                })?;
            }
            Amount(amount) => {
                let found: Option<Decimal> = text.parse().ok();
                let fits = found.filter(|found| !found.is_sign_negative() && *found <= Decimal::from(1_000_000_000));
                **amount = fits.ok_or_else(|| said!("anomaly.amount", "an amount from 0 up, such as 0.05"))?;
            }
            Days(days) => {
                let named = |word: &str| {
                    let found = WEEKDAYS.iter().find(|(_, known)| known.eq_ignore_ascii_case(word));
                    found
                        .map(|(day, _)| *day)
                        .ok_or_else(|| said!("anomaly.days", "days of the week, such as saturday, sunday"))
                };
                **days = parts(text).map(named).collect::<Result<_, _>>()?;
            }
            Units(units) => {
                let unit = |word: &str| {
                    let found = word.parse().ok().filter(|unit| *unit > 0);
                    found.ok_or_else(|| said!("anomaly.units", "whole units above 0, such as 1000, 500"))
                };
                **units = parts(text).map(unit).collect::<Result<_, _>>()?;
            }
            Limits(limits) => **limits = parts(text).map(limit).collect::<Result<_, _>>()?,
        }
        Ok(())
    }

    fn value(&self) -> Value {
        match self {
            Whole(number, ..) => Value::Integer(i64::from(**number)),
            Days(_) | Limits(_) => {
                Value::Array(parts(&self.text()).map(|part| Value::String(part.to_owned())).collect())
            }
            Units(units) => Value::Array(units.iter().map(|unit| Value::Integer(i64::from(*unit))).collect()),
            Percent(_) | Score(_) | Amount(_) => Value::String(self.text()),
        }
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// A number with at most so many decimals, in units of the last.
fn scaled(text: &str, decimals: u32) -> Option<u32> {
    let number: Decimal = text.parse().ok()?;
    let scaled = number.checked_mul(Decimal::from(10_u32.pow(decimals)))?;
    scaled.to_u32().filter(|_| scaled.fract().is_zero() && !number.is_sign_negative())
}

fn limit_text(limit: &SplitLimit) -> String {
    limit.currency.map_or_else(|| limit.amount.to_string(), |currency| format!("{} {currency}", limit.amount))
}

/// `10000` or `5000 CHF`.
fn limit(text: &str) -> Result<SplitLimit, Said> {
    let expected =
        || said!("anomaly.limits", "amounts above 0, each with or without a currency, such as 10000, 5000 CHF");
    let (amount, currency) = match text.split_once(' ') {
        Some((amount, code)) => (amount, Some(Currency::parse(code).map_err(|_| expected())?)),
        None => (text, None),
    };
    let amount: Option<Decimal> = amount.parse().ok();
    let fits = amount.filter(|amount| *amount > Decimal::ZERO && *amount <= Decimal::from(1_000_000_000_000_i64));
    Ok(SplitLimit { amount: fits.ok_or_else(expected)?, currency })
}

/// Sets one threshold.
fn set(config: &mut AnomalyConfig, kind: AnomalyKind, key: &str, text: &str) -> Result<(), ApplicationError> {
    let (_, mut fields) = fields(config, kind);
    let known = fields.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ");
    let Some((_, field)) = fields.iter_mut().find(|(known, _)| *known == key) else {
        return Err(refused(said!(
            "anomaly.noKey",
            "anomalies.{kind}.{key} is no key: the keys are enabled, {known}",
            kind = kind.as_str(),
            key = key,
            known = known
        )));
    };
    let given = text.trim().chars().take(60).collect::<String>();
    field.set(text.trim()).map_err(|expected| {
        refused(said!(
            "anomaly.threshold",
            "anomalies.{kind}.{key} = \"{text}\" does not fit: expected {expected}",
            kind = SaidValue::key("anomalies.kind", kind.as_str()),
            key = SaidValue::key("anomalies.key", key.to_owned()),
            text = given,
            expected = expected
        ))
    })
}

fn listed_max(text: &str) -> Result<u32, ApplicationError> {
    let found = text.trim().parse().ok().filter(|number| (1..=LISTED_MAX).contains(number));
    found.ok_or_else(|| {
        refused(said!(
            "anomaly.listedMax",
            "anomalies.listed_max = \"{text}\" is no whole number from 1 to {most}",
            text = text.trim(),
            most = LISTED_MAX
        ))
    })
}

/// A value as it would stand in a form.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Array(items) => items.iter().map(text_of).collect::<Option<Vec<_>>>().map(|items| items.join(", ")),
        Value::Boolean(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}

/// Reads the table of a file. What is not said is the documented default.
pub(super) fn parse(table: &Table) -> Result<AnomalyConfig, ApplicationError> {
    let mut config = AnomalyConfig::default();
    for (name, value) in table {
        let wrong =
            |key: &str| refused(said!("anomaly.kind", "anomalies.{key} has a value of the wrong type", key = key));
        if name == "listed_max" {
            config.listed_max = listed_max(&text_of(value).ok_or_else(|| wrong(name))?)?;
            continue;
        }
        let kind = AnomalyKind::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or_else(|| {
            let known = AnomalyKind::ALL.map(AnomalyKind::as_str).join(", ");
            refused(said!(
                "anomaly.noDetector",
                "anomalies.{name} is no detector: these are {known}; and there is listed_max",
                name = name,
                known = known
            ))
        })?;
        for (key, value) in value.as_table().ok_or_else(|| wrong(name))? {
            let place = format!("{name}.{key}");
            if key == "enabled" {
                *fields(&mut config, kind).0 = value.as_bool().ok_or_else(|| wrong(&place))?;
            } else {
                set(&mut config, kind, key, &text_of(value).ok_or_else(|| wrong(&place))?)?;
            }
        }
    }
    Ok(config)
}

/// The table that reads back as this configuration.
pub(super) fn table(config: &AnomalyConfig) -> Table {
    let mut config = config.clone();
    let mut table = Table::new();
    table.insert("listed_max".to_owned(), Value::Integer(i64::from(config.listed_max)));
    for kind in AnomalyKind::ALL {
        let (enabled, fields) = fields(&mut config, kind);
        let mut of = Table::new();
        of.insert("enabled".to_owned(), Value::Boolean(*enabled));
        of.extend(fields.iter().map(|(key, field)| ((*key).to_owned(), field.value())));
        table.insert(kind.as_str().to_owned(), Value::Table(of));
    }
    table
}

impl From<&AnomalyConfig> for AnomalyConfigText {
    fn from(config: &AnomalyConfig) -> Self {
        let mut config = config.clone();
        let detectors = AnomalyKind::ALL.map(|kind| {
            let (enabled, fields) = fields(&mut config, kind);
            let values = fields.iter().map(|(key, field)| ((*key).to_owned(), field.text())).collect();
            DetectorText { kind, enabled: *enabled, values }
        });
        Self { listed_max: config.listed_max.to_string(), detectors: detectors.into() }
    }
}

impl AnomalyConfigText {
    /// Checks what a form holds. What it does not name is the documented default.
    pub fn config(&self) -> Result<AnomalyConfig, ApplicationError> {
        let mut config = AnomalyConfig { listed_max: listed_max(&self.listed_max)?, ..AnomalyConfig::default() };
        for detector in &self.detectors {
            *fields(&mut config, detector.kind).0 = detector.enabled;
            for (key, value) in &detector.values {
                set(&mut config, detector.kind, key, value)?;
            }
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Configuration;

    #[track_caller]
    fn refused_because(text: &str, because: &str) {
        let error = Configuration::parse(text, None).unwrap_err().to_string();
        assert!(error.contains(because), "{text}: {error}");
    }

    #[test]
    fn what_is_written_reads_back() {
        let mut config = AnomalyConfig { listed_max: 7, ..AnomalyConfig::default() };
        config.benford.enabled = false;
        config.unusual_amount.score = 4_250;
        config.weekend_posting.days = vec![Weekday::Friday, Weekday::Saturday];
        config.split_payment.limits = vec![limit("1500.50").unwrap(), limit("1000000 JPY").unwrap()];
        let all = Configuration { anomalies: Some(config.clone()), ..Configuration::defaults(Default::default()) };
        assert_eq!(Configuration::parse(&all.to_toml().unwrap(), None).unwrap().anomalies, Some(config.clone()));
        assert_eq!(AnomalyConfigText::from(&config).config().unwrap(), config);
    }

    #[test]
    fn what_is_not_said_is_the_default() {
        assert_eq!(Configuration::parse("", None).unwrap().anomalies, None);
        let read = Configuration::parse("[anomalies.round_sum]\nenabled = false\nshare_percent = 0.5\n", None);
        let read = read.unwrap().anomalies.unwrap();
        assert!(!read.round_sum.enabled);
        assert_eq!((read.round_sum.share_max, read.round_sum.percentile), (50, 95));
        assert_eq!(read.benford, AnomalyConfig::default().benford);
    }

    #[test]
    fn what_does_not_fit_says_what_would() {
        refused_because(
            "[anomalies]\nround_sums = {}",
            "anomalies.round_sums is no detector: these are unusual_amount,",
        );
        refused_because("[anomalies.round_sum]\nunit = 5", "no key: the keys are enabled, units, percentile,");
        refused_because(
            "[anomalies.round_sum]\npercentile = 100",
            "\"100\" does not fit: expected a whole number from 1 to",
        );
        refused_because(
            "[anomalies.round_sum]\nenabled = \"yes\"",
            "anomalies.round_sum.enabled has a value of the wrong",
        );
        refused_because(
            "[anomalies.split_payment]\nlimits = [\"10k\"]",
            "amounts above 0, each with or without a currency",
        );
        refused_because("[anomalies.split_payment]\nlimits = [\"5 XQZ\"]", "such as 10000, 5000 CHF");
        refused_because("[anomalies.weekend_posting]\ndays = [\"someday\"]", "expected days of the week");
        refused_because("[anomalies.unusual_amount]\nscore = -1", "expected a number above 0");
        refused_because("[anomalies]\nlisted_max = 0", "is no whole number from 1 to 1000");
        refused_because("[anomalies]\nbenford = 3", "anomalies.benford has a value of the wrong type");
    }
}
