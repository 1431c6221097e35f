//! What an alert says to people outside the app: figures, the account's and the company's name, and nothing else.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use tieout_domain::{AlertKind, AlertReading, AlertSeverity, Digest, MessageLanguage, Money};
use tieout_workbook::Alert;

/// Longest name in a message, in characters.
const NAME_CHARS_MAX: usize = 120;

/// Longest detail, such as a job's service and site, in characters.
const DETAIL_CHARS_MAX: usize = 160;

/// Longest title that Slack is posted, in characters: it refuses blocks of more than 3,000, and an escape has five.
const SLACK_CHARS_MAX: usize = 580;

/// A message, in words that any channel can carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// One line.
    pub(super) title: String,
    /// Further lines, each one line.
    pub(super) lines: Vec<String>,
    /// The key that every copy of it has.
    pub(super) key: String,
}

impl Message {
    /// What is told of an alert.
    pub(super) fn of_alert(alert: &Alert, company: &str, language: MessageLanguage, key: Digest) -> Self {
        let company = one_line(company, NAME_CHARS_MAX);
        let since = Timestamp::from_millisecond(alert.raised_at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
        let since = since.strftime("%Y-%m-%d %H:%M UTC");
        let lines = match language {
            MessageLanguage::English => {
                let severity = match alert.severity {
                    AlertSeverity::Warning => "The limit is passed.",
                    AlertSeverity::Critical => "Far beyond the limit.",
                };
                vec![
                    severity.to_owned(),
                    format!("Company: {company}"),
                    format!("Found: {since}"),
                    "Look into it in Tieout. This is told once, as long as it lasts.".to_owned(),
                ]
            }
            MessageLanguage::German => {
                let severity = match alert.severity {
                    AlertSeverity::Warning => "Die Grenze ist überschritten.",
                    AlertSeverity::Critical => "Weit jenseits der Grenze.",
                };
                vec![
                    severity.to_owned(),
                    format!("Unternehmen: {company}"),
                    format!("Festgestellt: {since}"),
                    "Einzelheiten stehen in Tieout. Dies wird einmal gemeldet, solange es andauert.".to_owned(),
                ]
            }
        };
        Self { title: format!("{company}: {}", headline(&alert.reading, language)), lines, key: short(key) }
    }

    /// What tries a channel out.
    pub(super) fn test(company: &str, language: MessageLanguage, key: Digest) -> Self {
        let company = one_line(company, NAME_CHARS_MAX);
        let (title, line) = match language {
            MessageLanguage::English => {
                ("a test of Tieout's alerts", "This message was sent on demand. Nothing is wrong.")
            }
            MessageLanguage::German => {
                ("ein Test der Meldungen von Tieout", "Diese Nachricht wurde zur Probe gesendet. Es liegt nichts vor.")
            }
        };
        Self { title: format!("{company}: {title}"), lines: vec![line.to_owned()], key: short(key) }
    }

    /// The body of a mail.
    pub(super) fn body(&self) -> String {
        let mut body = format!("{}\n\n", self.title);
        for line in &self.lines {
            body.push_str(line);
            body.push('\n');
        }
        body
    }

    /// What Slack, and whoever takes its webhooks, is posted.
    pub(super) fn slack(&self) -> Value {
        let title = escaped(&one_line(&self.title, SLACK_CHARS_MAX));
        let lines = self.lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("\n");
        // Plain text, so that a name can neither be formatted nor become a link.
        json!({
            "text": title,
            "mrkdwn": false,
            "blocks": [
                {"type": "section", "text": {"type": "plain_text", "emoji": false, "text": title}},
                {"type": "section", "text": {"type": "plain_text", "emoji": false, "text": lines}},
            ],
        })
    }
}

/// Half of the digest is unique enough.
fn short(key: Digest) -> String {
    key.to_string().chars().take(32).collect()
}

/// What stands in the way, in one line.
pub(super) fn headline(reading: &AlertReading, language: MessageLanguage) -> String {
    match language {
        MessageLanguage::English => english(reading),
        MessageLanguage::German => german(reading),
    }
}

fn english(reading: &AlertReading) -> String {
    let AlertReading { kind, items, limit, .. } = reading;
    let detail = one_line(&reading.detail, DETAIL_CHARS_MAX);
    let (account, figure) = (name_of(reading, "the ledger"), reading.figure.unwrap_or(0));
    match (kind, reading.figure) {
        (AlertKind::Variance, None) => {
            format!("the variance of {account}, {detail}, cannot be measured: the books have nothing to compare with")
        }
        (AlertKind::Variance, Some(rate)) => {
            format!("the variance of {account}, {detail}, is {} (limit {})", percent(rate), percent(*limit))
        }
        (AlertKind::DataQuality, _) => {
            format!("the data quality of an import into {account} is {figure} of 100 (at least {limit})")
        }
        (AlertKind::ExceptionsAged, _) => {
            format!("{items} exceptions are open for more than {limit} days, the oldest for {figure}")
        }
        (AlertKind::ExceptionsCount, _) => format!("{figure} exceptions are open (limit {limit})"),
        (AlertKind::ExceptionsSum, _) => {
            format!("exceptions of {} are open (limit {})", sum(reading, figure), sum(reading, *limit))
        }
        (AlertKind::RateChange, _) => {
            format!("a rate has changed ({detail}): {} in {items} jobs so far", sum(reading, figure))
        }
    }
}

fn german(reading: &AlertReading) -> String {
    let AlertReading { kind, items, limit, .. } = reading;
    let detail = one_line(&reading.detail, DETAIL_CHARS_MAX);
    let (account, figure) = (name_of(reading, "die Bücher"), reading.figure.unwrap_or(0));
    match (kind, reading.figure) {
        (AlertKind::Variance, None) => {
            format!(
                "die Abweichung von {account}, {detail}, ist nicht messbar: die Bücher enthalten nichts zum Vergleich"
            )
        }
        (AlertKind::Variance, Some(rate)) => {
            format!(
                "die Abweichung von {account}, {detail}, beträgt {} (Grenze {})",
                comma(&percent(rate)),
                comma(&percent(*limit))
            )
        }
        (AlertKind::DataQuality, _) => {
            format!("die Datenqualität eines Imports in {account} beträgt {figure} von 100 (mindestens {limit})")
        }
        (AlertKind::ExceptionsAged, _) => {
            format!("{items} Ausnahmen sind seit mehr als {limit} Tagen offen, die älteste seit {figure}")
        }
        (AlertKind::ExceptionsCount, _) => format!("{figure} Ausnahmen sind offen (Grenze {limit})"),
        (AlertKind::ExceptionsSum, _) => {
            format!(
                "Ausnahmen über {} sind offen (Grenze {})",
                comma(&sum(reading, figure)),
                comma(&sum(reading, *limit))
            )
        }
        (AlertKind::RateChange, _) => {
            format!(
                "ein Satz hat sich geändert ({detail}): bisher {} in {items} Aufträgen",
                comma(&sum(reading, figure))
            )
        }
    }
}

/// The decimal mark of German.
fn comma(number: &str) -> String {
    number.replace('.', ",")
}

fn name_of(reading: &AlertReading, otherwise: &str) -> String {
    let name = one_line(&reading.account, NAME_CHARS_MAX);
    if name.is_empty() { otherwise.to_owned() } else { name }
}

fn percent(hundredths: i64) -> String {
    format!("{} %", Decimal::new(hundredths, 2))
}

fn sum(reading: &AlertReading, minor_units: i64) -> String {
    reading
        .currency
        .map_or_else(|| minor_units.to_string(), |currency| Money::from_minor(minor_units, currency).to_string())
}

/// Text as one line of so many characters at most: whatever breaks or turns lines becomes a blank.
pub(super) fn one_line(text: &str, chars_max: usize) -> String {
    let turns =
        |letter: char| matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String =
        text.chars().map(|letter| if letter.is_control() || turns(letter) { ' ' } else { letter }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= chars_max {
        return words;
    }
    let mut cut: String = words.chars().take(chars_max.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// Slack's three escapes: without them a name could call everybody (`<!channel>`) or carry a link.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use tieout_domain::Currency;

    use super::*;

    fn reading(kind: AlertKind, figure: Option<i64>, limit: i64) -> AlertReading {
        AlertReading {
            kind,
            subject: "x".to_owned(),
            account: "Giro 1.2".to_owned(),
            detail: "2026-01".to_owned(),
            figure,
            limit,
            currency: Currency::parse("EUR").ok(),
            items: 3,
        }
    }

    #[test]
    fn every_kind_has_its_sentence_in_both_languages() {
        let figures =
            [(AlertKind::Variance, 1_218, 100), (AlertKind::DataQuality, 45, 70), (AlertKind::ExceptionsAged, 93, 60)];
        let told: Vec<_> = figures
            .into_iter()
            .map(|(kind, figure, limit)| headline(&reading(kind, Some(figure), limit), MessageLanguage::English))
            .collect();
        assert_eq!(
            told,
            [
                "the variance of Giro 1.2, 2026-01, is 12.18 % (limit 1.00 %)",
                "the data quality of an import into Giro 1.2 is 45 of 100 (at least 70)",
                "3 exceptions are open for more than 60 days, the oldest for 93",
            ]
        );
        let sum = reading(AlertKind::ExceptionsSum, Some(123_450), 100_000);
        assert_eq!(headline(&sum, MessageLanguage::English), "exceptions of 1234.50 EUR are open (limit 1000.00 EUR)");
        let german = headline(&reading(AlertKind::Variance, Some(1_218), 100), MessageLanguage::German);
        assert_eq!(german, "die Abweichung von Giro 1.2, 2026-01, beträgt 12,18 % (Grenze 1,00 %)");
    }

    #[test]
    fn names_cannot_break_lines_or_call_everybody() {
        let mut hostile = reading(AlertKind::Variance, Some(1_218), 100);
        hostile.account = "Giro\r\nBcc: x@evil.example\u{2028}<!channel>".to_owned();
        let mut rate = reading(AlertKind::RateChange, Some(1_218), 0);
        rate.detail = format!("York\n\nNothing is wrong. <!channel> *Pay* {}", "to DE00 ".repeat(1_000));
        for hostile in [hostile, rate] {
            for language in [MessageLanguage::English, MessageLanguage::German] {
                let message = Message { title: headline(&hostile, language), lines: vec![], key: String::new() };
                assert!(!message.title.contains(['\r', '\n', '\u{2028}']), "{}", message.title);
                assert!(message.title.chars().count() < 400, "{}", message.title);
                let slack = message.slack().to_string();
                assert!(slack.contains("&lt;!channel&gt;") && !slack.contains("<!channel>"), "{slack}");
                assert!(!slack.contains("\"mrkdwn\",") && slack.contains("plain_text"), "{slack}");
            }
        }
        let long = Message { title: "<".repeat(5_000), lines: vec![], key: String::new() }.slack();
        assert!(long["blocks"][0]["text"]["text"].as_str().is_some_and(|text| text.len() <= 3_000));
    }
}
