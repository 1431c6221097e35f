//! A file that was looked at and can be read: as a whole, or piece by piece.

use tieout_domain::Side;

use crate::{
    DecodeOptions, Defaults, Mapping, Progress, ReadError, Reading, Recognition, Records, Source, Table,
    decode::{self, Stream},
    interpret::Interpreter,
    recognise,
};

/// A file that was looked at and can be read.
///
/// Spreadsheets, XML and the structured formats are held as one [`Table`]; of a long delimited text only a sample is
/// held, and reading goes through the source again.
#[derive(Debug, Clone)]
pub struct Document {
    sample: Table,
    stream: Option<Stream>,
}

impl Document {
    /// Looks at a file. What needs isolation ([`crate::needs_isolation`]) is to be decoded elsewhere and taken in by
    /// [`Document::of_table`].
    ///
    /// # Errors
    /// As [`crate::decode`], and where the bytes cannot be read.
    pub fn open(source: &dyn Source, options: &DecodeOptions) -> Result<Self, ReadError> {
        if let Some((stream, sample)) = Stream::open(source, options)? {
            return Ok(Self { sample, stream: Some(stream) });
        }
        decode::refuse_large(source.len(), &options.limits)?;
        let mut bytes = Vec::new();
        let read = source.open().and_then(|reader| std::io::Read::read_to_end(&mut { reader }, &mut bytes));
        read.map_err(|error| decode::unreadable(&error))?;
        decode::decode(&bytes, options).map(Self::of_table)
    }

    /// A file that was decoded as a whole.
    pub fn of_table(table: Table) -> Self {
        Self { sample: table, stream: None }
    }

    /// The whole table, or the beginning of a long one (its further rows are samples from all over the file).
    pub fn sample(&self) -> &Table {
        &self.sample
    }

    /// Data rows of the file.
    pub fn rows(&self) -> u64 {
        self.stream.as_ref().map_or(self.sample.row_count() as u64, |stream| u64::from(stream.rows()))
    }

    /// Whether reading goes through the source again.
    pub fn is_streamed(&self) -> bool {
        self.stream.is_some()
    }

    /// What its columns mean and how its values are written.
    pub fn recognise(&self, side: Option<Side>) -> Recognition {
        recognise::recognise(&self.sample, side)
    }

    /// Reads all rows and hands the records on as they come, in file order. `source` is what the document was opened
    /// from. An error of `consume` ends the reading.
    ///
    /// # Errors
    /// As [`crate::interpret`], and where the bytes cannot be read.
    pub fn read(
        &self,
        source: &dyn Source,
        side: Side,
        mapping: &Mapping,
        defaults: &Defaults,
        progress: &Progress<'_>,
        consume: &mut dyn FnMut(Records) -> Result<(), ReadError>,
    ) -> Result<Reading, ReadError> {
        let mut interpreter = Interpreter::new(&self.sample, side, mapping, defaults, self.rows())?;
        match &self.stream {
            None => interpreter.piece(&self.sample, progress, consume)?,
            Some(stream) => stream.pieces(source, &mut |piece| interpreter.piece(piece, progress, consume))?,
        }
        Ok(interpreter.finish())
    }
}
