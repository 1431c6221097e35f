//! How a file of journal entries is laid out: which columns in which order, and how dates, numbers and text are written.

use jiff::civil::Date;

use super::{DatePattern, JournalEntry, JournalSide, PostedAs};
use crate::{MessageLanguage, Money, PostingAccount};

/// Most columns of a layout.
pub const LAYOUT_COLUMNS_MAX: usize = 100;
/// Most characters of a layout's name, a heading or a constant.
pub(crate) const WORDS_CHARS_MAX: usize = 200;
/// Most characters of an entry's number: two numbers of 32 bits and the hyphen between them.
pub(crate) const NUMBER_CHARS_MAX: u16 = 21;

/// The text is none of the words of a layout.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{word}' is unknown: use {known}")]
pub struct UnknownJournalWord {
    /// What was given.
    pub word: String,
    /// What there is.
    pub known: String,
}

macro_rules! words {
    ($(#[$type_doc:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)? }) => {
        $(#[$type_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type {
            $($(#[$doc])* $name),+
        }

        impl $type {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in files and in the UI's catalogue.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }

        impl std::str::FromStr for $type {
            type Err = UnknownJournalWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or_else(|| UnknownJournalWord {
                    word: text.to_owned(),
                    known: [$($word),+].join(", "),
                })
            }
        }
    };
}

words! {
    /// What a column holds.
    JournalValue {
        /// Posting date.
        Date = "date",
        /// Number of the entry: batch, hyphen, entry. It is the same on both sides.
        Number = "number",
        /// Number of the batch.
        Batch = "batch",
        /// The account that is debited.
        DebitAccount = "debit_account",
        /// The account that is credited.
        CreditAccount = "credit_account",
        /// The account of the line's side; with one line an entry, the debit account.
        Account = "account",
        /// The other account.
        ContraAccount = "contra_account",
        /// The number of [`Self::Account`] alone, for books that know accounts by number only.
        AccountNumber = "account_number",
        /// The number of [`Self::ContraAccount`] alone.
        ContraAccountNumber = "contra_account_number",
        /// The amount, without a sign; in the base currency where no column holds the currency.
        Amount = "amount",
        /// The amount, below zero on the credit side.
        SignedAmount = "signed_amount",
        /// The amount on the debit side, empty on the other.
        Debit = "debit",
        /// The amount on the credit side, empty on the other.
        Credit = "credit",
        /// The letter for debit or credit.
        Letter = "letter",
        /// Currency of the amount.
        Currency = "currency",
        /// The amount in the company's base currency, without a sign.
        BaseAmount = "base_amount",
        /// The base currency.
        BaseCurrency = "base_currency",
        /// Posting text.
        Text = "text",
        /// Word of the cause.
        Cause = "cause",
        /// Name of the other party.
        Counterparty = "counterparty",
        /// Document numbers, or the line's reference.
        Reference = "reference",
        /// The bank's own identifier of the line: OFX `FITID`, CAMT `AcctSvcrRef`.
        BankReference = "bank_reference",
        /// The line's reference: `EndToEndId` where the bank names one.
        LineReference = "line_reference",
        /// Identifier of the match.
        Match = "match",
        /// Who approved.
        ApprovedBy = "approved_by",
        /// The same text on every line.
        Constant = "constant",
    }
}

words! {
    /// How many lines an entry takes.
    JournalLines {
        /// One, with both accounts.
        PerEntry = "entry",
        /// Two: the debit side, then the credit side.
        PerSide = "side",
    }
}

words! {
    /// How text becomes bytes.
    JournalEncoding {
        /// UTF-8.
        Utf8 = "utf-8",
        /// UTF-8 with a byte order mark, by which Excel knows it.
        Utf8Bom = "utf-8-bom",
        /// Windows-1252, which older programs expect. What it has no letter for is refused.
        Windows1252 = "windows-1252",
    }
}

/// A column of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalColumn {
    /// Its heading; may be empty.
    pub heading: String,
    /// What it holds.
    pub value: JournalValue,
    /// The text of a [`JournalValue::Constant`]; may be empty.
    pub constant: String,
    /// Most characters of a text; longer ones are cut.
    pub chars_max: Option<u16>,
}

/// Why a layout is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalLayoutError {
    /// It has no name, or one that is none.
    #[error("a layout needs a name of at most {WORDS_CHARS_MAX} printable characters")]
    Name,
    /// No columns, or too many.
    #[error("a layout has 1 to {LAYOUT_COLUMNS_MAX} columns, not {0}")]
    Columns(usize),
    /// A heading or constant is too long or has control characters.
    #[error("column {0}: headings and constants have at most {WORDS_CHARS_MAX} printable characters")]
    Words(usize),
    /// A text would be cut to nothing.
    #[error("column {0}: at least 1 character must be left of a text")]
    Cut(usize),
    /// An account, or what else means something else once it is cut.
    #[error(
        "column {column}: {word} is never cut, since what is left would mean something else: leave its length empty"
    )]
    Whole {
        /// The column, from 1.
        column: usize,
        /// Word of what it holds.
        word: &'static str,
    },
    /// The number of an entry would be cut.
    #[error("column {0}: the number of an entry takes up to {NUMBER_CHARS_MAX} characters")]
    NumberCut(usize),
    /// It leaves out how much.
    #[error("no column holds the amount")]
    NoAmount,
    /// It leaves out when.
    #[error("no column holds the date")]
    NoDate,
    /// Both lines of an entry would be the whole of it.
    #[error(
        "with two lines an entry, each names the account of its own side alone: a line with both accounts is an entry by \
         itself, and the books would take each twice; leave debit_account, credit_account and contra_account out, or take \
         one line an entry"
    )]
    Twice,
    /// It leaves out what is debited or what is credited.
    #[error("the columns do not say which account is debited and which is credited: {0}")]
    NoSides(&'static str),
    /// The separator is none that a CSV file has.
    #[error("'{0}' is no separator: use , ; | or a tab")]
    Separator(char),
    /// Numbers could not be told from columns.
    #[error("the decimal mark is '.' or ',', not '{0}'")]
    DecimalMark(char),
    /// The letters for debit and credit are the same, or empty.
    #[error("the letters for debit and credit must be two different ones")]
    Letters,
}

/// How a file of journal entries is laid out. Made by [`JournalLayout::checked`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalLayout {
    /// What it is called.
    pub name: String,
    /// How many lines an entry takes.
    pub lines: JournalLines,
    /// Whether headings stand in the first line.
    pub headings: bool,
    /// Between the columns of a CSV file.
    pub separator: char,
    /// Between the whole and the fraction of a number in a CSV file.
    pub decimal_mark: char,
    /// How a CSV file writes dates.
    pub dates: DatePattern,
    /// How a CSV file's text becomes bytes.
    pub encoding: JournalEncoding,
    /// The letters for debit and for credit.
    pub letters: [String; 2],
    /// The language of posting texts that nobody wrote.
    pub language: MessageLanguage,
    /// The columns.
    pub columns: Vec<JournalColumn>,
}

/// What stands in a cell, before it is written as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalCell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// An amount with its sign.
    Amount(Money),
    /// A date.
    Date(Date),
}

impl JournalLayout {
    /// The layout, if a file by it says all that a journal entry is.
    pub fn checked(self) -> Result<Self, JournalLayoutError> {
        let printable = |text: &str| text.chars().count() <= WORDS_CHARS_MAX && !text.chars().any(char::is_control);
        if self.name.trim().is_empty() || !printable(&self.name) {
            return Err(JournalLayoutError::Name);
        }
        if self.columns.is_empty() || self.columns.len() > LAYOUT_COLUMNS_MAX {
            return Err(JournalLayoutError::Columns(self.columns.len()));
        }
        for (number, column) in (1..).zip(&self.columns) {
            if !printable(&column.heading) || !printable(&column.constant) {
                return Err(JournalLayoutError::Words(number));
            }
            column.may_be_cut(number)?;
        }
        if ![',', ';', '|', '\t'].contains(&self.separator) {
            return Err(JournalLayoutError::Separator(self.separator));
        }
        if !['.', ','].contains(&self.decimal_mark) {
            return Err(JournalLayoutError::DecimalMark(self.decimal_mark));
        }
        if self.letters[0] == self.letters[1]
            || self.letters.iter().any(|letter| letter.is_empty() || !printable(letter))
        {
            return Err(JournalLayoutError::Letters);
        }
        self.tells_all()?;
        Ok(self)
    }

    /// Whether a column holds this.
    pub fn has(&self, value: JournalValue) -> bool {
        self.columns.iter().any(|column| column.value == value)
    }

    /// The lines that an entry takes, cell by cell. Its posting text is `text`.
    pub fn cells(&self, entry: &JournalEntry, number: PostedAs, text: &str) -> Vec<Vec<JournalCell>> {
        let sides: &[JournalSide] = match self.lines {
            JournalLines::PerEntry => &[JournalSide::Debit],
            JournalLines::PerSide => &[JournalSide::Debit, JournalSide::Credit],
        };
        let line = |side: &JournalSide| {
            self.columns.iter().map(|column| self.cell(column, entry, *side, number, text)).collect()
        };
        sides.iter().map(line).collect()
    }

    fn cell(
        &self,
        column: &JournalColumn,
        entry: &JournalEntry,
        side: JournalSide,
        number: PostedAs,
        text: &str,
    ) -> JournalCell {
        use JournalCell::{Date, Empty};
        let amount = self.amount(entry);
        let written = |amount: Option<Money>| amount.map_or(Empty, JournalCell::Amount);
        let short = |text: &str| shortened(text, column.chars_max);
        let account = |side| short(entry.side(side).account.as_ref().map_or("", PostingAccount::as_str));
        let number_of =
            |side| short(entry.side(side).account.as_ref().and_then(PostingAccount::number).unwrap_or_default());
        let (debit, other) = match side {
            JournalSide::Debit => (true, JournalSide::Credit),
            JournalSide::Credit => (false, JournalSide::Debit),
        };
        let per_entry = self.lines == JournalLines::PerEntry;
        match column.value {
            JournalValue::Date => Date(entry.date),
            JournalValue::Number => short(&format!("{}-{}", number.batch, number.entry)),
            JournalValue::Batch => short(&number.batch.to_string()),
            JournalValue::DebitAccount => account(JournalSide::Debit),
            JournalValue::CreditAccount => account(JournalSide::Credit),
            JournalValue::Account => account(side),
            JournalValue::ContraAccount => account(other),
            JournalValue::AccountNumber => number_of(side),
            JournalValue::ContraAccountNumber => number_of(other),
            JournalValue::Amount => written(amount),
            JournalValue::SignedAmount if debit => written(amount),
            // An amount above zero always has its negative.
            JournalValue::SignedAmount => written(amount.and_then(|amount| amount.checked_neg().ok())),
            JournalValue::Debit if debit => written(amount),
            JournalValue::Credit if !debit || per_entry => written(amount),
            JournalValue::Debit | JournalValue::Credit => Empty,
            JournalValue::Letter => short(&self.letters[usize::from(!debit)]),
            JournalValue::Currency => short(entry.amount.currency().code()),
            JournalValue::BaseAmount => written(entry.base_amount),
            JournalValue::BaseCurrency => entry.base_amount.map_or(Empty, |base| short(base.currency().code())),
            JournalValue::Text => short(text),
            JournalValue::Cause => short(entry.cause.as_str()),
            JournalValue::Counterparty => short(&entry.text.counterparty),
            JournalValue::Reference => short(&entry.text.reference),
            JournalValue::BankReference => short(&entry.bank_reference),
            JournalValue::LineReference => short(&entry.line_reference),
            JournalValue::Match => short(&entry.source.match_id.to_string()),
            JournalValue::ApprovedBy => short(&entry.approved_by),
            JournalValue::Constant => short(&column.constant),
        }
    }
}

/// The text without line breaks and outer spaces, and no longer than the column takes.
fn shortened(text: &str, chars_max: Option<u16>) -> JournalCell {
    let most = chars_max.map_or(usize::MAX, usize::from);
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let text: String = text.trim().chars().take(most).collect();
    if text.is_empty() { JournalCell::Empty } else { JournalCell::Text(text) }
}
