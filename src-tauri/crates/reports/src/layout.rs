//! On what paper a report is laid out, which of its parts it has, and what it does not show.

use crate::Privacy;

/// Paper that reports are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// Both.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// The word on the command line and across IPC.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }

    /// The paper that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.as_str() == word)
    }

    /// Width and height in millimetres.
    pub(crate) const fn millimetres(self) -> (f32, f32) {
        match self {
            Self::A4 => (210.0, 297.0),
            Self::Letter => (215.9, 279.4),
        }
    }

    /// Width and height in points.
    pub(crate) fn points(self) -> (f32, f32) {
        let (width, height) = self.millimetres();
        (width * 72.0 / 25.4, height * 72.0 / 25.4)
    }
}

/// Which parts a report has. Proof, evidence and signature are in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Parts {
    /// All there is.
    #[default]
    Full,
    /// The proof with what is outstanding: what is filed with the accounts.
    Statement,
    /// Figures and charts, without lists.
    Management,
}

impl Parts {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Full, Self::Statement, Self::Management];

    /// The word on the command line and across IPC.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Statement => "statement",
            Self::Management => "management",
        }
    }

    /// The parts that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|parts| parts.as_str() == word)
    }

    /// What stands above the company's name.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Full => "Reconciliation report",
            Self::Statement => "Reconciliation statement",
            Self::Management => "Summary for management",
        }
    }
}

/// How a report is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Layout {
    /// On what paper.
    pub paper: Paper,
    /// What is in it.
    pub parts: Parts,
    /// Every row of every table is listed, not only those of greatest impact.
    pub all_rows: bool,
    /// What is not shown in full, in the report and in its files.
    pub privacy: Privacy,
}

impl Layout {
    /// How many rows of each table are listed.
    pub const fn listed_max(self) -> usize {
        if self.all_rows { usize::MAX } else { crate::LISTED_MAX }
    }
}
