//! The limits of reading in words, each with its unit.

use tieout_domain::{Said, SaidValue, said};

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident = |$most:ident| $said:expr;)+) => {
        $($(#[$doc])*
        pub(crate) fn $name<T>($most: T) -> Said
        where
            SaidValue: From<T>,
        {
            $said
        })+
    };
}

limits! {
    /// So many data rows.
    rows = |most| said!("limit.rows", "{most} rows", most = most);
    /// So many rows that a sheet names once and repeats.
    repeated_rows = |most| said!("limit.repeatedRows", "{most} repeated rows", most = most);
    /// So many columns of a row.
    columns = |most| said!("limit.columns", "{most} columns", most = most);
    /// So many cells.
    cells = |most| said!("limit.cells", "{most} cells", most = most);
    /// So many sheets of a workbook.
    sheets = |most| said!("limit.sheets", "{most} sheets", most = most);
    /// So many entries of an archive.
    entries = |most| said!("limit.entries", "{most} entries", most = most);
    /// So many things in one another.
    levels = |most| said!("limit.levels", "{most} levels", most = most);
    /// So many transactions of an entry.
    transactions = |most| said!("limit.transactions", "{most} transactions", most = most);
    /// A number whose unit is said elsewhere.
    number = |most| said!("limit.number", "{most}", most = most);
}

/// So many bytes, in the unit that suits them.
pub(crate) fn bytes(most: impl TryInto<u64>) -> Said {
    match most.try_into().unwrap_or(u64::MAX) {
        few if few < 1 << 10 => said!("limit.bytes", "{most} bytes", most = few),
        some if some < 1 << 30 => said!("limit.kib", "{most} KiB", most = some >> 10),
        many => said!("limit.gib", "{most} GiB", most = many >> 30),
    }
}

/// So many bytes of text in the cells of a spreadsheet.
pub(crate) fn text(most: usize) -> Said {
    said!("limit.text", "{most} MiB of text", most = most >> 20)
}

/// So many bytes after decompression.
pub(crate) fn inflated(most: u64) -> Said {
    said!("limit.inflated", "{most} MiB after decompression", most = most >> 20)
}
