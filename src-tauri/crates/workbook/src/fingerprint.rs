//! What makes two rows of different files the same record.
//!
//! A fingerprint is the first half of SHA-256 over what every export of the same record agrees on. For a statement line:
//! account, booking date, amount, currency, description, reference, other party and its account. For a ledger entry:
//! kind, number, document date, amount, currency, the other party's code (its name where there is none), reference, and,
//! where there is no number, the memo. For either, where it is a job: month, site, service type, quantity and rate. Text
//! is compared without regard to letter case and blanks. Running balance and record id are left out, since not every
//! export has them; the plan weighs them afterwards. What normalisation makes of the texts is left out too: it gets better
//! from version to version, and the record stays the same.

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use tieout_domain::{AccountId, Job, LedgerEntry, StatementLine};

pub(crate) type Fingerprint = [u8; 16];

pub(crate) fn of_line(account: AccountId, line: &StatementLine) -> Fingerprint {
    let mut hash = Hash::new(b"line 1");
    hash.bytes(account.uuid().as_bytes());
    hash.date(line.date);
    hash.bytes(&line.amount.minor_units().to_be_bytes());
    hash.bytes(line.amount.currency().code().as_bytes());
    hash.text(&line.description);
    hash.text(&line.reference);
    hash.text(&line.counterparty);
    hash.text(&line.counterparty_account);
    hash.job(line.job.as_deref());
    hash.finish()
}

pub(crate) fn of_entry(entry: &LedgerEntry) -> Fingerprint {
    let mut hash = Hash::new(b"entry 1");
    hash.bytes(entry.kind.as_str().as_bytes());
    hash.text(&entry.number);
    hash.date(entry.date);
    hash.bytes(&entry.amount.minor_units().to_be_bytes());
    hash.bytes(entry.amount.currency().code().as_bytes());
    hash.text(if entry.counterparty_code.is_empty() { &entry.counterparty } else { &entry.counterparty_code });
    hash.text(&entry.reference);
    hash.text(if entry.number.is_empty() { &entry.memo } else { "" });
    hash.job(entry.job.as_deref());
    hash.finish()
}

/// Collects what is hashed, so that it is hashed in one go.
struct Hash {
    content: Vec<u8>,
}

impl Hash {
    fn new(kind: &[u8]) -> Self {
        let mut hash = Self { content: Vec::with_capacity(384) };
        hash.bytes(kind);
        hash
    }

    /// Each part goes in with its length, so that no two lists of parts look alike.
    fn bytes(&mut self, part: &[u8]) {
        self.part(|content| content.extend_from_slice(part));
    }

    fn date(&mut self, date: Option<jiff::civil::Date>) {
        self.bytes(date.map(|date| date.to_string()).unwrap_or_default().as_bytes());
    }

    fn text(&mut self, text: &str) {
        self.part(|content| {
            if text.is_ascii() {
                // White space as Unicode has it: tab, line feed, vertical tab, form feed, carriage return, space.
                let letters = text.bytes().filter(|byte| !matches!(byte, b'\t'..=b'\r' | b' '));
                content.extend(letters.map(|byte| byte.to_ascii_lowercase()));
            } else {
                let letters = text.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase);
                let mut buffer = [0; 4];
                letters.for_each(|letter| content.extend_from_slice(letter.encode_utf8(&mut buffer).as_bytes()));
            }
        });
    }

    /// Nothing at all where there is no job, so that records taken in before jobs were read keep their fingerprint.
    fn job(&mut self, job: Option<&Job>) {
        let Some(job) = job else { return };
        let number = |value: Option<Decimal>| value.map(|value| value.normalize().to_string()).unwrap_or_default();
        self.bytes(b"job 1");
        self.date(job.month);
        self.text(&job.site);
        self.text(&job.service_type);
        self.bytes(number(job.quantity).as_bytes());
        self.bytes(number(job.rate).as_bytes());
    }

    fn part(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.content.len();
        self.content.extend_from_slice(&[0; 8]);
        write(&mut self.content);
        let length = (self.content.len() - start - 8) as u64;
        if let Some(place) = self.content.get_mut(start..start + 8) {
            place.copy_from_slice(&length.to_be_bytes());
        }
    }

    fn finish(self) -> Fingerprint {
        let digest: [u8; 32] = Sha256::digest(&self.content).into();
        std::array::from_fn(|i| digest[i])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::tests::{invoice, line};

    fn account() -> AccountId {
        AccountId::from_uuid(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001))
    }

    /// Written down when the first version was: workbooks hold them.
    #[test]
    fn fingerprints_stay_as_the_first_version_made_them() {
        let mut line = line(1, 2, -350, "Überweisung  Coffee 1");
        line.reference = "RF18".to_owned();
        assert_eq!(hex::encode(of_line(account(), &line)), "e35363e4cd65fce80271b36b5a3a9f10");
        let mut entry = invoice(1, 2, 8_000, "RE-1");
        assert_eq!(hex::encode(of_entry(&entry)), "e625097bcf74a5db281075387b233213");
        entry.number = String::new();
        entry.memo = "Türen  und Fenster".to_owned();
        entry.counterparty_code = String::new();
        assert_eq!(hex::encode(of_entry(&entry)), "b276a1066c59473d1fc4b61fa9b2b7df");
    }

    #[test]
    fn letter_case_and_blanks_do_not_matter_in_any_script() {
        let of = |text: &str| of_line(account(), &line(1, 2, -350, text));
        assert_eq!(of("Coffee\t to\u{b} go"), of("COFFEE TOGO"));
        assert_eq!(of("CAFÉ\u{a0}NOIR"), of("café noir"));
        assert_ne!(of("Coffee"), of("Cofee"));
        assert_ne!(of("a\u{1f}b"), of("ab"), "a control character is no blank");
    }

    #[test]
    fn jobs_at_two_sites_are_two_records() {
        let job = |site: &str, quantity: &str| {
            let mut line = line(1, 2, -350, "");
            line.job = Some(Box::new(Job {
                site: site.to_owned(),
                quantity: Some(quantity.parse().unwrap()),
                ..Job::default()
            }));
            of_line(account(), &line)
        };
        assert_ne!(job("North", "1"), job("South", "1"));
        assert_ne!(job("North", "1"), job("North", "2"));
        assert_eq!(job("North", "1.50"), job("north ", "1.5"));
    }
}
