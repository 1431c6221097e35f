//! Files → records: [`decode`] bytes into a [`Table`], [`recognise`] what its columns mean, [`interpret`] its rows.
//!
//! Pure: bytes and options in, values out. This crate must not know a clock, disk, network, process, window, database
//! or JSON, and of our crates only `tieout-domain`. Whoever reads an untrusted spreadsheet runs [`decode`] in a child
//! process ([`needs_isolation`]) and carries the grid over with [`Table::write_to`] and [`Table::read_from`].

mod decode;
mod document;
mod error;
mod interpret;
mod limit;
mod normalise;
mod recognise;
mod record_table;
mod role;
mod source;
mod spot;
mod table;
mod table_io;
mod value;

pub use decode::{DecodeOptions, Member, archive_members, decode, is_zip, needs_isolation, refuse_large};
pub use document::Document;
pub use error::{Limits, ReadError};
pub use interpret::{
    Break, Defaults, Detail, Progress, ProofKind, Reading, ReadingProof, Records, StatementReading, interpret,
};
pub use recognise::{Ambiguity, Detection, Open, Recognition, Sureness, header_fingerprint, recognise};
pub use role::{ColumnRole, DateOrder, DecimalMark, Mapping, UnknownColumnRole, UnknownDateOrder, UnknownDecimalMark};
pub use source::Source;
pub use spot::Spot;
pub use table::{Control, Declared, Fault, Format, Note, Section, Table};
