//! Single values as files write them: amounts, dates, words. Nothing here knows tables or columns.

pub(crate) mod amount;
pub(crate) mod currency;
pub(crate) mod date;
pub(crate) mod months;
pub(crate) mod words;
