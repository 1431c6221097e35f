//! Whether a file by a layout tells all that its journal entries are, so that the books can take none of them wrongly.

use jiff::civil::Date;

use super::{
    DatePattern, JournalColumn, JournalEntry, JournalLayout, JournalLayoutError, JournalLines, JournalSide,
    JournalValue, layout::NUMBER_CHARS_MAX,
};
use crate::{Money, PostingAccount};

/// Why a file by a layout would tell the books something else than the entries are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalGap {
    /// No column holds the currency, and an entry has no amount in the one that is meant.
    #[error(
        "the layout has no column for the currency, so that every amount is written in the company's, and {amount} of \
         {date} has no rate of its day ({entries} in all have none): import exchange rates, or take a layout with a column \
         for the currency"
    )]
    NoRate {
        /// The first such entry's amount.
        amount: Money,
        /// Its date.
        date: Date,
        /// How many there are.
        entries: usize,
    },
    /// A column takes the number of an account, and an account has none.
    #[error(
        "the layout writes accounts by their numbers, and '{account}' does not begin with one ({entries} entries name such \
         an account): give it a number, or take a layout with the accounts' names"
    )]
    NoNumber {
        /// The first such account.
        account: PostingAccount,
        /// How many entries name one.
        entries: usize,
    },
    /// Dates are written without the year, and there are several.
    #[error(
        "the layout writes dates without the year ({dates}), and the entries lie in {first} and in {last}: export those up \
         to {first}-12-31 first, or take a layout with the year"
    )]
    Years {
        /// How it writes them.
        dates: DatePattern,
        /// The first year.
        first: i16,
        /// The last one.
        last: i16,
    },
}

impl JournalLayout {
    /// The amount that is written of an entry: in its own currency where a column names that, else in the company's base
    /// currency, as which the books take an amount that has no currency beside it. `None`: there is no rate.
    pub fn amount(&self, entry: &JournalEntry) -> Option<Money> {
        if self.has(JournalValue::Currency) { Some(entry.amount) } else { entry.base_amount }
    }

    /// Refuses entries of which a file by this layout would say something else. `dates_as_text`: as CSV has them; a
    /// spreadsheet has whole dates.
    pub fn check<'e>(
        &self,
        entries: impl Iterator<Item = &'e JournalEntry> + Clone,
        dates_as_text: bool,
    ) -> Result<(), JournalGap> {
        let mut without = entries.clone().filter(|entry| self.amount(entry).is_none());
        if let Some(entry) = without.next() {
            return Err(JournalGap::NoRate { amount: entry.amount, date: entry.date, entries: 1 + without.count() });
        }
        self.check_numbers(entries.clone())?;
        let years = entries.map(|entry| entry.date.year());
        match (years.clone().min(), years.max()) {
            (Some(first), Some(last)) if first < last && dates_as_text && !self.dates.has_year() => {
                Err(JournalGap::Years { dates: self.dates.clone(), first, last })
            }
            _ => Ok(()),
        }
    }

    fn check_numbers<'e>(&self, entries: impl Iterator<Item = &'e JournalEntry>) -> Result<(), JournalGap> {
        if !self.has(JournalValue::AccountNumber) && !self.has(JournalValue::ContraAccountNumber) {
            return Ok(());
        }
        let unnumbered = |entry: &'e JournalEntry| {
            let accounts = [JournalSide::Debit, JournalSide::Credit].map(|side| entry.side(side).account.as_ref());
            accounts.into_iter().flatten().find(|account| account.number().is_none())
        };
        let mut without = entries.filter_map(unnumbered);
        match without.next() {
            Some(account) => Err(JournalGap::NoNumber { account: account.clone(), entries: 1 + without.count() }),
            None => Ok(()),
        }
    }

    pub(super) fn tells_all(&self) -> Result<(), JournalLayoutError> {
        use JournalValue::{
            Account, AccountNumber, Amount, ContraAccount, ContraAccountNumber, Credit, CreditAccount, Date, Debit,
            DebitAccount, Letter, SignedAmount,
        };
        let both = self.has(Debit) && self.has(Credit);
        if !(self.has(Amount) || self.has(SignedAmount) || both) {
            return Err(JournalLayoutError::NoAmount);
        }
        if !self.has(Date) {
            return Err(JournalLayoutError::NoDate);
        }
        let accounts = self.has(DebitAccount) && self.has(CreditAccount);
        let account = self.has(Account) || self.has(AccountNumber);
        let contra = self.has(ContraAccount) || self.has(ContraAccountNumber);
        match self.lines {
            JournalLines::PerEntry if accounts || (account && contra) => Ok(()),
            JournalLines::PerEntry => Err(JournalLayoutError::NoSides(
                "with one line an entry, take debit_account and credit_account, or account and contra_account",
            )),
            JournalLines::PerSide if self.has(DebitAccount) || self.has(CreditAccount) || contra => {
                Err(JournalLayoutError::Twice)
            }
            JournalLines::PerSide if account && (both || self.has(SignedAmount) || self.has(Letter)) => Ok(()),
            JournalLines::PerSide => Err(JournalLayoutError::NoSides(
                "with two lines an entry, take account with signed_amount, with debit and credit, or with letter",
            )),
        }
    }
}

impl JournalColumn {
    /// Refuses a length for what means something else once it is cut.
    pub(super) fn may_be_cut(&self, number: usize) -> Result<(), JournalLayoutError> {
        use JournalValue::{
            ApprovedBy, BankReference, Constant, Counterparty, LineReference, Match, Number, Reference, Text,
        };
        let Some(most) = self.chars_max else { return Ok(()) };
        match self.value {
            Text | Counterparty | Reference | BankReference | LineReference | Match | ApprovedBy | Constant
                if most > 0 =>
            {
                Ok(())
            }
            Text | Counterparty | Reference | BankReference | LineReference | Match | ApprovedBy | Constant => {
                Err(JournalLayoutError::Cut(number))
            }
            Number if most >= NUMBER_CHARS_MAX => Ok(()),
            Number => Err(JournalLayoutError::NumberCut(number)),
            other => Err(JournalLayoutError::Whole { column: number, word: other.as_str() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::{
        Currency, JournalCell, JournalSource, JournalText, MatchId, PostedAs, PostingRole, READY_LAYOUTS, RootCause,
        SideAccount,
    };

    fn money(minor: i64, currency: &str) -> Money {
        Money::from_minor(minor, Currency::parse(currency).unwrap())
    }

    fn entry(day: Date, amount: Money, base_amount: Option<Money>) -> JournalEntry {
        let side = |account: &str| SideAccount { role: PostingRole::Suspense, account: account.parse().ok() };
        JournalEntry {
            source: JournalSource { match_id: MatchId::from_uuid(Uuid::nil()), adjustment: 0, reverses: None },
            date: day,
            moved_from: None,
            debit: side("6855"),
            credit: side("1200"),
            amount,
            base_amount,
            cause: RootCause::Fee,
            text: JournalText::default(),
            bank_reference: String::new(),
            line_reference: String::new(),
            approved_by: String::new(),
        }
    }

    /// The amounts of a wire charge of 10.85 USD, worth 10.00 EUR, with the currencies beside them.
    fn amounts(layout: &JournalLayout, base_amount: Option<Money>) -> Vec<String> {
        let entry = entry(date(2026, 1, 15), money(1_085, "USD"), base_amount);
        let number = PostedAs { batch: 1, entry: 1 };
        let cells =
            layout.cells(&entry, number, "Wire charge").into_iter().flatten().zip(layout.columns.iter().cycle());
        let told = cells.filter_map(|(cell, column)| match cell {
            JournalCell::Amount(amount) if column.value != JournalValue::BaseAmount => {
                Some(amount.to_decimal().to_string())
            }
            JournalCell::Text(code) if column.value == JournalValue::Currency => Some(code),
            _ => None,
        });
        told.collect()
    }

    #[test]
    fn a_foreign_amount_has_its_currency_beside_it_or_is_written_in_the_companys() {
        let worth = Some(money(1_000, "EUR"));
        let foreign = entry(date(2026, 1, 15), money(1_085, "USD"), None);
        for (word, written) in [
            ("generic", ["10.85", "USD"].as_slice()),
            ("datev", &["10.85", "USD"]),
            ("xero", &["10.00", "-10.00"]),
            ("quickbooks", &["10.85", "USD", "10.85", "USD"]),
        ] {
            let layout = JournalLayout::ready(word).unwrap();
            assert_eq!(amounts(&layout, worth), written, "{word}");
            let refused = layout.check([&foreign].into_iter(), true);
            let gap = JournalGap::NoRate { amount: foreign.amount, date: foreign.date, entries: 1 };
            assert_eq!(refused, if layout.has(JournalValue::Currency) { Ok(()) } else { Err(gap) }, "{word}");
        }
        assert_eq!(READY_LAYOUTS.len(), 4, "each is looked at");
        // The same in every column that holds an amount.
        let mut own = JournalLayout::ready("quickbooks").unwrap();
        own.columns.retain(|column| column.value != JournalValue::Currency);
        assert_eq!(amounts(&own, worth), ["10.00", "10.00"]);
    }

    #[test]
    fn books_that_know_accounts_by_number_get_numbers_or_nothing() {
        let amount = money(150, "EUR");
        let mut named = entry(date(2026, 1, 5), amount, Some(amount));
        named.debit.account = "6855 Bank charges".parse().ok();
        let datev = JournalLayout::ready("datev").unwrap();
        assert_eq!(datev.check([&named].into_iter(), true), Ok(()));
        let cells = datev.cells(&named, PostedAs { batch: 1, entry: 1 }, "Fee").concat();
        assert_eq!(cells[3..5], [JournalCell::Text("6855".to_owned()), JournalCell::Text("1200".to_owned())]);
        named.credit.account = "Bank".parse().ok();
        for as_text in [true, false] {
            assert_eq!(
                datev.check([&named, &named].into_iter(), as_text),
                Err(JournalGap::NoNumber { account: "Bank".parse().unwrap(), entries: 2 })
            );
        }
        let quickbooks = JournalLayout::ready("quickbooks").unwrap();
        assert_eq!(quickbooks.check([&named].into_iter(), true), Ok(()), "there accounts have names");
    }

    #[test]
    fn dates_without_the_year_are_of_one_year() {
        let at = |year, month, day| entry(date(year, month, day), money(150, "EUR"), Some(money(150, "EUR")));
        let (december, january, other) = (at(2025, 12, 30), at(2026, 1, 5), at(2026, 12, 30));
        let datev = JournalLayout::ready("datev").unwrap();
        let refused = datev.check([&december, &january].into_iter(), true).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the layout writes dates without the year (ddMM), and the entries lie in 2025 and in 2026: export those up to \
             2025-12-31 first, or take a layout with the year"
        );
        assert_eq!(datev.check([&january, &other].into_iter(), true), Ok(()));
        assert_eq!(datev.check([&december, &january].into_iter(), false), Ok(()), "a spreadsheet has whole dates");
        let with_year = JournalLayout { dates: "ddMMyy".parse().unwrap(), ..datev };
        assert_eq!(with_year.check([&december, &january].into_iter(), true), Ok(()));
    }
}
