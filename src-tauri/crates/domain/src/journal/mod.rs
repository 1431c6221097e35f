//! Journal entries: what the differences inside approved matches ask of the books.

mod accounts;
mod entry;
mod layout;
mod pattern;
mod ready;
#[cfg(test)]
mod sign_table;
mod telling;
mod text;

pub use accounts::{PostingChart, PostingRole, UnknownPostingRole};
pub use entry::{
    BookableDifference, DifferenceEntry, DifferenceLine, JournalEntry, JournalSide, JournalSource, PostedAs,
    SideAccount, counter_role, in_open_period,
};
pub use layout::{
    JournalCell, JournalColumn, JournalEncoding, JournalLayout, JournalLayoutError, JournalLines, JournalValue,
    LAYOUT_COLUMNS_MAX, UnknownJournalWord,
};
pub(crate) use layout::{NUMBER_CHARS_MAX, WORDS_CHARS_MAX};
pub use pattern::{DatePattern, NoDatePattern};
pub use ready::READY_LAYOUTS;
pub use telling::JournalGap;
pub use text::JournalText;
