//! One record while it is read: its cells, and the two parties it may name.

/// One cell: bytes of the text where it stands as it is, else a text of its own.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    There { start: usize, end: usize, is_number: bool },
    Own(String, bool),
}

/// The record that is being read.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) start: usize,
    pub(super) line: u32,
    /// The place of the list's items.
    pub(super) list: usize,
    pub(super) cells: Vec<Option<Cell>>,
    /// A column that the record fills twice.
    pub(super) doubled: Option<usize>,
    /// Names and accounts of creditor and debtor, as [`super::values::party_part`] counts them.
    parties: [Option<String>; 4],
}

impl Record {
    pub(super) fn new(start: usize, line: u32, list: usize) -> Self {
        Self { start, line, list, cells: Vec::new(), doubled: None, parties: Default::default() }
    }

    fn slot(&mut self, column: usize) -> Option<&mut Option<Cell>> {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, None);
        }
        self.cells.get_mut(column)
    }

    /// Sets a cell that is not set yet.
    pub(super) fn set(&mut self, column: usize, cell: Cell) {
        let is_set = self.slot(column).is_some_and(|slot| slot.replace(cell).is_some());
        if is_set {
            self.doubled = Some(column);
        }
    }

    /// Sets a cell, unless the record has one there already.
    pub(super) fn fill(&mut self, column: usize, text: String) {
        if let Some(slot) = self.slot(column) {
            slot.get_or_insert(Cell::Own(text, false));
        }
    }

    /// Adds an item of a list to the list's cell.
    pub(super) fn join(&mut self, column: usize, item: &str) {
        match self.slot(column) {
            Some(Some(Cell::Own(text, _))) => {
                text.push(' ');
                text.push_str(item);
            }
            Some(slot) => *slot = Some(Cell::Own(item.to_owned(), false)),
            None => {}
        }
    }

    /// Keeps a part of a party.
    pub(super) fn set_party(&mut self, part: usize, value: String) {
        if let Some(slot) = self.parties.get_mut(part) {
            slot.get_or_insert(value);
        }
    }

    /// Name and account of the other party: the creditor of money out, the debtor of money in, or the only one named.
    pub(super) fn take_party(&mut self, is_out: bool) -> (Option<String>, Option<String>) {
        let [creditor, creditor_account, debtor, debtor_account] = std::mem::take(&mut self.parties);
        let of_creditor = creditor.is_some() || creditor_account.is_some();
        let of_debtor = debtor.is_some() || debtor_account.is_some();
        if of_creditor && (is_out || !of_debtor) { (creditor, creditor_account) } else { (debtor, debtor_account) }
    }
}
