//! What a report does not show of account numbers, e-mail addresses and names. Amounts, dates and document numbers stay.

mod scan;

use std::borrow::Cow;

use crate::{
    AuditRow, DecisionRow, FileQuality,
    data::{ExceptionRow, MatchRow, RecordRow, ReportData},
};

/// How something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Showing {
    /// As it is.
    #[default]
    Keep,
    /// So much of it that one is told from another.
    Mask,
    /// Not at all.
    Omit,
}

impl Showing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Mask, Self::Omit];

    /// The word on the command line, in `report.json` and in the audit chain.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Mask => "mask",
            Self::Omit => "omit",
        }
    }
}

/// What a report shows of what is personal. Names are those of other parties; who prepared, approved and signed stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Privacy {
    /// Account and card numbers: masked, their last four characters.
    pub accounts: Showing,
    /// E-mail addresses: masked, the first letters.
    pub emails: Showing,
    /// Names: masked, initials.
    pub names: Showing,
}

impl Privacy {
    /// Reads `accounts,emails,names=omit`: what is named is masked, unless told otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let mut privacy = Self::default();
        for part in text.split(',').map(str::trim) {
            let (what, how) = part.split_once('=').unwrap_or((part, "mask"));
            let how = Showing::ALL.into_iter().find(|showing| showing.as_str() == how)?;
            match what {
                "accounts" => privacy.accounts = how,
                "emails" => privacy.emails = how,
                "names" => privacy.names = how,
                _ => return None,
            }
        }
        Some(privacy)
    }

    /// Whether everything is shown as it is.
    pub fn is_open(self) -> bool {
        self == Self::default()
    }

    /// What is not shown as it is, by its word.
    pub fn told(self) -> Vec<(&'static str, &'static str)> {
        let all = [("accounts", self.accounts), ("emails", self.emails), ("names", self.names)];
        all.into_iter().filter(|(_, how)| *how != Showing::Keep).map(|(what, how)| (what, how.as_str())).collect()
    }

    /// The same for a reader of the report; none where everything is shown.
    pub(crate) fn sentence(self) -> Option<String> {
        let words = |how, what: &str, part: &str| match how {
            Showing::Keep => None,
            Showing::Mask => Some(format!("{what} ({part})")),
            Showing::Omit => Some(format!("{what} (left out)")),
        };
        let parts = [
            words(self.accounts, "account and card numbers", "last four characters"),
            words(self.emails, "e-mail addresses", "first letters"),
            words(self.names, "names of other parties", "initials"),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| {
            let what = parts.join(", ");
            format!("By choice this report and the data inside and beside it do not show in full: {what}.")
        })
    }

    /// A match as it is shown.
    pub fn match_row<'a>(self, row: MatchRow<'a>) -> MatchRow<'a> {
        if self.is_open() {
            return row;
        }
        let names: Vec<_> = row.parts.iter().map(|part| part.record.counterparty.to_string()).collect();
        let explanation = self.explanation(&row.explanation, &names).into();
        let mut row = MatchRow { explanation, ..row };
        for part in &mut row.parts {
            self.record(&mut part.record, &names);
        }
        row
    }

    /// A record in no match as it is shown.
    pub fn exception_row<'a>(self, mut row: ExceptionRow<'a>) -> ExceptionRow<'a> {
        if !self.is_open() {
            let names = [row.record.counterparty.to_string()];
            row.explanation = self.explanation(&row.explanation, &names).into();
            row.fix = self.free(&row.fix, &names).into();
            self.record(&mut row.record, &names);
        }
        row
    }

    fn record(self, record: &mut RecordRow<'_>, names: &[String]) {
        record.source_file = Cow::Owned(self.file(&record.source_file));
        record.record_id = Cow::Owned(self.text(&record.record_id));
        record.counterparty = Cow::Owned(self.name(&record.counterparty));
        record.reference = Cow::Owned(self.free(&record.reference, names));
    }

    /// Everything in a report but its tables, which rows go into as they are shown.
    pub fn apply(self, data: &mut ReportData<'_>) {
        if self.is_open() {
            return;
        }
        data.accounts.iter_mut().for_each(|name| *name = self.account(name));
        data.proofs.iter_mut().for_each(|proof| proof.account = self.account(&proof.account));
        data.files.iter_mut().for_each(|file| file.name = self.file(&file.name));
        data.held = std::mem::take(&mut data.held).into_iter().map(|row| self.exception_row(row)).collect();
        if let Some(signed) = &mut data.signed {
            let sentences = signed.by_hand.iter_mut().chain(&mut signed.since).chain(&mut signed.difference);
            sentences.for_each(|sentence| *sentence = self.account(sentence));
        }
        let trail = &mut data.trail;
        trail.decisions.rows.iter_mut().for_each(|row| self.decision(row));
        trail.sign_off.iter_mut().for_each(|row| row.reason = self.account(&row.reason));
        trail.audit.iter_mut().flat_map(|audit| &mut audit.rows).for_each(|row| self.event(row));
        trail.quality.iter_mut().for_each(|file| self.quality(file));
    }

    /// What a decision is about begins with a name.
    fn decision(self, row: &mut DecisionRow) {
        let (name, rest) = row.subject.split_once(" · ").unwrap_or((&row.subject, ""));
        let names = [name.to_owned()];
        row.reason = self.free(&row.reason, &names);
        row.change = self.free(&row.change, &names);
        let parts = [self.name(name), self.free(rest, &names)];
        row.subject = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    }

    /// The values before and after may hold anything; the event's hash stands for them.
    fn event(self, row: &mut AuditRow) {
        row.details.clear();
        row.subject = if self.names == Showing::Keep { self.account(&row.subject) } else { String::new() };
    }

    fn quality(self, file: &mut FileQuality) {
        file.file = self.file(&file.file);
        file.findings.iter_mut().for_each(|finding| *finding = self.account(finding));
        for issue in &mut file.issues {
            issue.value = if self.names == Showing::Keep { self.account(&issue.value) } else { String::new() };
            issue.expected = self.account(&issue.expected);
        }
    }

    /// A text with whatever has the shape of an account number, a card number or an e-mail address.
    fn text(self, text: &str) -> String {
        scan::masked(text, self.accounts, self.emails)
    }

    /// A text that names an account: long numbers count as account numbers, too.
    fn account(self, text: &str) -> String {
        let text = self.text(text);
        if self.accounts == Showing::Keep { text } else { scan::long_numbers(&text, self.accounts) }
    }

    /// The name of a file; one that is not shown in full has a part of its digest, so that two files stay two.
    fn file(self, name: &str) -> String {
        let shown = self.text(name);
        if shown == name { shown } else { format!("{shown} ({})", &crate::sha256(name.as_bytes()).to_string()[..6]) }
    }

    /// The name of another party.
    fn name(self, name: &str) -> String {
        match self.names {
            Showing::Keep => self.text(name),
            Showing::Mask => name.split_whitespace().filter_map(initial).collect::<Vec<_>>().join(" "),
            Showing::Omit => String::new(),
        }
    }

    /// Why something is believed: evidence quotes names and accounts of the record it compares with, too.
    fn explanation(self, text: &str, names: &[String]) -> String {
        let mut shown = self.free(text, names);
        let named = |value: &str| value.split(" / ").map(|name| self.name(name)).collect::<Vec<_>>().join(" / ");
        let accounts = |value: &str| self.account(value);
        for how in ["same", "close", "differs"] {
            shown = inside(&shown, &format!("name {how} ("), named);
            shown = inside(&shown, &format!("account {how} ("), accounts);
        }
        inside(&shown, "payer seen before (", |value| match value.split_once(" / ") {
            Some((account, name)) => format!("{} / {}", self.account(account), named(name)),
            None => self.account(value),
        })
    }

    /// A text that may have words of these names in it.
    fn free(self, text: &str, names: &[String]) -> String {
        let text = self.text(text);
        if self.names == Showing::Keep {
            return text;
        }
        let split = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
            words.map(str::to_lowercase).collect()
        };
        let names: Vec<String> =
            names.iter().flat_map(|name| split(name)).filter(|word| !OURS.contains(&&**word)).collect();
        let mut shown = String::with_capacity(text.len());
        for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            if names.contains(&word.to_lowercase()) {
                let short = if self.names == Showing::Mask { initial(word) } else { None };
                shown.push_str(short.as_deref().unwrap_or("…"));
                shown.push_str(&piece[word.len()..]);
            } else {
                shown.push_str(piece);
            }
        }
        shown
    }
}

/// The text with what stands in parentheses after such a beginning shown otherwise. Weights follow the parentheses.
fn inside(text: &str, beginning: &str, shown: impl Fn(&str) -> String) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(beginning) {
        let ends = [") +", ") -"].into_iter().filter_map(|end| after.find(end));
        let to = ends.min().or_else(|| after.rfind(')')).unwrap_or(after.len());
        done.push_str(before);
        done.push_str(beginning);
        done.push_str(&shown(&after[..to]));
        rest = &after[to..];
    }
    done + rest
}

/// Words of our own sentences, which tell nobody's name.
const OURS: [&str; 6] = ["and", "bank", "books", "customer", "for", "the"];

/// `A.` of `Ada`.
fn initial(word: &str) -> Option<String> {
    let first = word.chars().find(|c| c.is_alphanumeric())?;
    Some(format!("{}.", first.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_masked_is_said_in_a_word_each() {
        let all = Privacy::parse("accounts, names=omit").unwrap();
        assert_eq!(all.told(), [("accounts", "mask"), ("names", "omit")]);
        assert!(Privacy::parse("names=keep").unwrap().is_open());
        for text in ["", "amounts", "names=hide", "names,"] {
            assert_eq!(Privacy::parse(text), None, "{text}");
        }
    }

    #[test]
    fn names_are_masked_in_what_is_said_of_them() {
        let names = ["Ada Byron GmbH".to_owned()];
        let text = "Rechnung 4711 BYRON, Ada; name close (Ada Byron / Byron & Lovelace (UK) Ltd) +8.1; payer seen before \
                    (DE89370400440532013000 / Jan Petersen) +1.8; account same (1234567890) +2.0";
        let masked = Privacy::parse("accounts,names").unwrap();
        assert_eq!(
            masked.explanation(text, &names),
            "Rechnung 4711 B., A.; name close (A. B. / B. L. U. L.) +8.1; payer seen before (…3000 / J. P.) +1.8; \
             account same (…7890) +2.0"
        );
        let omitted = Privacy::parse("names=omit").unwrap();
        assert!(omitted.explanation(text, &names).starts_with("Rechnung 4711 …, …; name close ( / ) +8.1; payer"));
        assert_eq!(Privacy::default().explanation(text, &names), text);
        assert_eq!(masked.explanation("The bank paid Anker.", &["Anker Bank".to_owned()]), "The bank paid A..");
    }

    #[test]
    fn two_files_stay_two() {
        let masked = Privacy::parse("accounts").unwrap();
        let [one, other] =
            ["DE89370400440532013000 a.csv", "DE89 3704 0044 0532 0130 00 a.csv"].map(|name| masked.file(name));
        assert!(one.starts_with("…3000 a.csv (") && other.starts_with("…3000 a.csv ("), "{one} {other}");
        assert_ne!(one, other);
        assert_eq!(masked.file("statement.csv"), "statement.csv");
    }
}
