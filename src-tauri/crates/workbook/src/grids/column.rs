//! The grids and their columns.

use tieout_domain::RootCause;

/// Which grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GridKind {
    /// Statement lines.
    Lines,
    /// Ledger entries.
    Entries,
    /// Matches, but for those that others took the place of.
    Matches,
    /// Records of either side without a match, but for those that the policy accepted.
    Exceptions,
    /// Audit events.
    Events,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// An amount of money.
    Amount,
    /// A day.
    Date,
    /// A moment.
    Time,
    /// A whole number.
    Number,
    /// A share, kept in millionths and shown in percent.
    Percent,
    /// One of a few words.
    Word,
}

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $kind:ident);+ $(;)?) => {
        /// A column of a grid.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum GridColumn {
            $($(#[$doc])* $name),+
        }

        impl GridColumn {
            /// All columns of all grids.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name used in requests.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// What its cells are.
            pub const fn kind(self) -> ColumnKind {
                match self { $(Self::$name => ColumnKind::$kind),+ }
            }
        }
    };
}

columns! {
    /// Day of the record, or of the first line of a match.
    Date = "date", Date;
    /// Day from which the bank counts interest.
    ValueDate = "valueDate", Date;
    /// Day on which an invoice is due.
    DueDate = "dueDate", Date;
    /// Amount of the record.
    Amount = "amount", Amount;
    /// What no approved match uses of it; of an exception without its sign.
    Open = "open", Amount;
    /// The other party.
    Counterparty = "counterparty", Text;
    /// Its code in the books.
    CounterpartyCode = "counterpartyCode", Text;
    /// Its account at the bank.
    CounterpartyAccount = "counterpartyAccount", Text;
    /// Reference.
    Reference = "reference", Text;
    /// Description of a line, memo of an entry.
    Text = "text", Text;
    /// Number of a document.
    Number = "number", Text;
    /// Kind of an entry or match.
    Kind = "kind", Word;
    /// How far an invoice has come.
    InvoiceStatus = "invoiceStatus", Word;
    /// The account's name.
    Account = "account", Word;
    /// What a line is for.
    Category = "category", Word;
    /// Where a record stands.
    State = "state", Word;
    /// Balance after a line, as the bank says.
    Balance = "balance", Amount;
    /// The record's own identifier in its file.
    RecordId = "recordId", Text;
    /// The file it came from.
    File = "file", Word;
    /// Its row there.
    Row = "row", Number;
    /// Where a match stands.
    Status = "status", Word;
    /// How sure the engine is of a match.
    Confidence = "confidence", Percent;
    /// Why the sides differ, or why there is no match.
    Cause = "cause", Word;
    /// What a match's lines come to.
    LineTotal = "lineTotal", Amount;
    /// What its entries come to.
    EntryTotal = "entryTotal", Amount;
    /// The former less the latter.
    Difference = "difference", Amount;
    /// Lines in it.
    LineCount = "lineCount", Number;
    /// Entries in it.
    EntryCount = "entryCount", Number;
    /// The other party of a match, as best known.
    Title = "title", Text;
    /// When it last changed.
    ChangedAt = "changedAt", Time;
    /// Which side a record is of.
    Side = "side", Word;
    /// Days that it has been open.
    Age = "age", Number;
    /// Who looks after it.
    Owner = "owner", Word;
    /// Since when the workbook knows it for an exception.
    OpenedAt = "openedAt", Time;
    /// Position of an event in the chain.
    Sequence = "sequence", Number;
    /// When it happened.
    At = "at", Time;
    /// Who did it.
    Actor = "actor", Word;
    /// On which machine.
    Machine = "machine", Word;
    /// What was done.
    Action = "action", Word;
    /// To what.
    Subject = "subject", Text;
    /// What else is told of it.
    Details = "details", Text;
}

use GridColumn as C;

const LINES: &[C] = &[
    C::Date,
    C::ValueDate,
    C::Counterparty,
    C::Text,
    C::Reference,
    C::Amount,
    C::Open,
    C::State,
    C::Category,
    C::Account,
    C::Balance,
    C::CounterpartyAccount,
    C::RecordId,
    C::File,
    C::Row,
];
const ENTRIES: &[C] = &[
    C::Date,
    C::DueDate,
    C::Kind,
    C::Number,
    C::Counterparty,
    C::Reference,
    C::Text,
    C::Amount,
    C::Open,
    C::State,
    C::InvoiceStatus,
    C::CounterpartyCode,
    C::CounterpartyAccount,
    C::RecordId,
    C::File,
    C::Row,
];
const MATCHES: &[C] = &[
    C::Date,
    C::Title,
    C::LineTotal,
    C::EntryTotal,
    C::Difference,
    C::LineCount,
    C::EntryCount,
    C::Kind,
    C::Status,
    C::Confidence,
    C::Cause,
    C::ChangedAt,
];
const EXCEPTIONS: &[C] = &[
    C::Date,
    C::Side,
    C::Counterparty,
    C::Text,
    C::Reference,
    C::Open,
    C::Cause,
    C::Age,
    C::Owner,
    C::Account,
    C::OpenedAt,
];
const EVENTS: &[C] = &[C::Sequence, C::At, C::Actor, C::Action, C::Subject, C::Details, C::Machine];

const STATES: &[&str] = &["unmatched", "proposed", "settled", "dormant"];
const ENTRY_KINDS: &[&str] = &["invoice", "payment", "job", "transaction", "customer_account"];
const MATCH_KINDS: &[&str] =
    &["one_to_one", "one_to_many", "many_to_one", "many_to_many", "settlement", "reversal", "duplicate"];
const INVOICE_STATUSES: &[&str] = &["draft", "open", "partly_paid", "paid", "void"];
const STATUSES: &[&str] = &["ambiguous", "suggested", "approved", "rejected"];
const SIDES: &[&str] = &["statement", "ledger"];
const CAUSES: &[&str] = &{
    let mut words = [""; RootCause::ALL.len()];
    let mut i = 0;
    while i < words.len() {
        words[i] = RootCause::ALL[i].as_str();
        i += 1;
    }
    words
};

impl GridKind {
    /// All grids.
    pub const ALL: [Self; 5] = [Self::Lines, Self::Entries, Self::Matches, Self::Exceptions, Self::Events];

    /// The name used in requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Entries => "entries",
            Self::Matches => "matches",
            Self::Exceptions => "exceptions",
            Self::Events => "events",
        }
    }

    /// Its columns, in their order.
    pub const fn columns(self) -> &'static [GridColumn] {
        match self {
            Self::Lines => LINES,
            Self::Entries => ENTRIES,
            Self::Matches => MATCHES,
            Self::Exceptions => EXCEPTIONS,
            Self::Events => EVENTS,
        }
    }

    /// The order where none is asked for: newest first, of exceptions largest first.
    pub(super) const fn default_sort(self) -> GridColumn {
        match self {
            Self::Lines | Self::Entries | Self::Matches => GridColumn::Date,
            Self::Exceptions => GridColumn::Open,
            Self::Events => GridColumn::Sequence,
        }
    }

    /// All words of a column that has the same ones in every workbook, in the order of work; `None` where they come
    /// from the data.
    pub(crate) const fn words(self, column: GridColumn) -> Option<&'static [&'static str]> {
        match (self, column) {
            (_, GridColumn::State) => Some(STATES),
            (Self::Entries, GridColumn::Kind) => Some(ENTRY_KINDS),
            (_, GridColumn::Kind) => Some(MATCH_KINDS),
            (_, GridColumn::InvoiceStatus) => Some(INVOICE_STATUSES),
            (_, GridColumn::Status) => Some(STATUSES),
            (_, GridColumn::Side) => Some(SIDES),
            (_, GridColumn::Cause) => Some(CAUSES),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_all_columns_stand_in_a_grid() {
        for (i, column) in GridColumn::ALL.iter().enumerate() {
            assert!(!GridColumn::ALL[..i].iter().any(|other| other.as_str() == column.as_str()), "{column:?}");
            assert!(GridKind::ALL.iter().any(|grid| grid.columns().contains(column)), "{column:?}");
        }
        assert_eq!(CAUSES.last(), Some(&"none"));
    }
}
