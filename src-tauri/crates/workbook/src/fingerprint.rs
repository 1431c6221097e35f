//! What makes two rows of different files the same record.
//!
//! A fingerprint is the first half of SHA-256 over what every export of the same record agrees on. For a statement line:
//! account, booking date, amount, currency, description, reference, other party and its account. For a ledger entry:
//! kind, number, document date, amount, currency, the other party's code (its name where there is none), reference, and,
//! where there is no number, the memo. Text is compared without regard to letter case and blanks. Running balance and
//! record id are left out, since not every export has them; the plan weighs them afterwards.

use sha2::{Digest, Sha256};
use tieout_domain::{AccountId, LedgerEntry, StatementLine};

pub(crate) type Fingerprint = [u8; 16];

pub(crate) fn of_line(account: AccountId, line: &StatementLine) -> Fingerprint {
    let mut hash = Hash::new(b"line 1");
    hash.bytes(account.uuid().as_bytes());
    hash.bytes(line.date.map(|date| date.to_string()).unwrap_or_default().as_bytes());
    hash.bytes(&line.amount.minor_units().to_be_bytes());
    hash.bytes(line.amount.currency().code().as_bytes());
    hash.text(&line.description);
    hash.text(&line.reference);
    hash.text(&line.counterparty);
    hash.text(&line.counterparty_account);
    hash.finish()
}

pub(crate) fn of_entry(entry: &LedgerEntry) -> Fingerprint {
    let mut hash = Hash::new(b"entry 1");
    hash.bytes(entry.kind.as_str().as_bytes());
    hash.text(&entry.number);
    hash.bytes(entry.date.map(|date| date.to_string()).unwrap_or_default().as_bytes());
    hash.bytes(&entry.amount.minor_units().to_be_bytes());
    hash.bytes(entry.amount.currency().code().as_bytes());
    hash.text(if entry.counterparty_code.is_empty() { &entry.counterparty } else { &entry.counterparty_code });
    hash.text(&entry.reference);
    hash.text(if entry.number.is_empty() { &entry.memo } else { "" });
    hash.finish()
}

struct Hash {
    sha: Sha256,
    folded: String,
}

impl Hash {
    fn new(kind: &[u8]) -> Self {
        let mut hash = Self { sha: Sha256::new(), folded: String::new() };
        hash.bytes(kind);
        hash
    }

    /// Each part goes in with its length, so that no two lists of parts look alike.
    fn bytes(&mut self, part: &[u8]) {
        self.sha.update((part.len() as u64).to_be_bytes());
        self.sha.update(part);
    }

    fn text(&mut self, text: &str) {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        let letters = text.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase);
        folded.extend(letters);
        self.bytes(folded.as_bytes());
        self.folded = folded;
    }

    fn finish(self) -> Fingerprint {
        let digest: [u8; 32] = self.sha.finalize().into();
        std::array::from_fn(|i| digest[i])
    }
}
