//! Elements → statements and their transactions. Every transaction that begins is answered, however it ends.

use std::collections::VecDeque;

use jiff::civil::Date;

use super::{
    element::Element,
    event::{At, Event, Events},
    transaction::{Ending, Head, Text, Transaction},
    value::Habits,
};
use crate::{Limits, ReadError};

/// What a file holds, in its order.
pub(super) enum Item<'t> {
    /// A statement begins.
    Begin,
    /// The statement begun last is over, and this is what stood around its transactions.
    End(Box<Head<'t>>),
    /// A transaction of the statement begun last.
    Transaction(Box<Transaction<'t>>),
    /// The bank answered with an error in place of a statement.
    Refused { at: usize, answer: String },
}

/// Records that are no bank transactions, and are counted only.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Passed {
    pub(super) investments: u32,
    pub(super) loans: u32,
    pub(super) pending: u32,
}

/// Walks over a file.
pub(super) struct Walk<'t> {
    events: Events<'t>,
    /// Known aggregates that are open, each deeper than the one before it.
    stack: Vec<Element>,
    head: Head<'t>,
    in_statement: bool,
    transaction: Option<Box<Transaction<'t>>>,
    answer: Answer<'t>,
    queue: VecDeque<Item<'t>>,
    last_end: usize,
    root: Root,
    finished: bool,
    pub(super) passed: Passed,
}

/// What STATUS says.
#[derive(Debug, Default)]
struct Answer<'t> {
    at: usize,
    code: Text<'t>,
    severity: Text<'t>,
    message: Text<'t>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Root {
    Absent,
    Open,
    Closed,
}

impl<'t> Walk<'t> {
    /// Begins at an offset of the text, behind the header.
    pub(super) fn new(text: &'t str, at: usize, is_xml: bool, limits: &Limits) -> Self {
        Self {
            events: Events::new(text, at, is_xml, limits),
            stack: Vec::new(),
            head: Head::default(),
            in_statement: false,
            transaction: None,
            answer: Answer::default(),
            queue: VecDeque::new(),
            last_end: at,
            root: Root::Absent,
            finished: false,
            passed: Passed::default(),
        }
    }

    /// Whether the file ended before it said that it was complete.
    pub(super) fn was_cut(&self) -> bool {
        self.root == Root::Open
    }

    /// Whether a file that declares itself XML left leaves unclosed, as SGML does.
    pub(super) fn has_unclosed_leaves(&self) -> bool {
        self.events.has_unclosed_leaves()
    }

    fn take(&mut self, at: At<'t>) {
        let At { event, start, end } = at;
        match event {
            Event::Open(element) => self.open(element, start),
            Event::Close(element) => self.close(element, end),
            Event::Leaf(element, value) => self.leaf(element, value),
            Event::Stray(text) => {
                if let Some(transaction) = self.transaction.as_mut().filter(|found| found.stray.is_empty()) {
                    transaction.stray = text;
                }
            }
        }
        self.last_end = end;
    }

    fn open(&mut self, element: Element, start: usize) {
        let Some(level) = element.level() else { return };
        // The account a transaction comes from, within the transaction, says nothing new.
        if element == Element::AccountFrom && self.transaction.is_some() {
            return;
        }
        self.pop_to(level, Ending::Implied);
        match element {
            Element::Ofx => self.root = Root::Open,
            Element::MessageSet | Element::Response => self.head = Head::default(),
            Element::BankStatement | Element::CardStatement | Element::InvestmentStatement => {
                self.head = Head::default();
                self.begin(start);
            }
            Element::TransactionList => self.begin_unless_begun(start),
            Element::Status => self.answer = Answer { at: start, ..Answer::default() },
            Element::Transaction => {
                self.begin_unless_begun(start);
                self.transaction = Some(Box::new(Transaction::new(start)));
            }
            Element::InvestmentTransaction => self.passed.investments += 1,
            Element::LoanTransaction => self.passed.loans += 1,
            Element::PendingTransaction => self.passed.pending += 1,
            _ => {}
        }
        self.stack.push(element);
    }

    fn begin(&mut self, start: usize) {
        self.head.start = start;
        self.in_statement = true;
        self.queue.push_back(Item::Begin);
    }

    /// Transactions make a statement even where its own tags are missing.
    fn begin_unless_begun(&mut self, start: usize) {
        if !self.in_statement && !self.stack.contains(&Element::OtherStatement) {
            self.pop_to(3, Ending::Implied);
            self.stack.push(Element::BankStatement);
            self.begin(start);
        }
    }

    fn close(&mut self, element: Element, end: usize) {
        if element.level().is_none() {
            return;
        }
        let Some(place) = self.stack.iter().rposition(|open| *open == element) else { return };
        if element == Element::Transaction {
            self.last_end = end;
        }
        while self.stack.len() > place {
            let ending = if self.stack.last() == Some(&element) { Ending::Closed } else { Ending::Implied };
            self.pop(ending);
        }
        if element == Element::Ofx {
            self.root = Root::Closed;
        }
    }

    fn pop_to(&mut self, level: u8, ending: Ending) {
        while self.stack.last().and_then(|open| open.level()).is_some_and(|open| open >= level) {
            self.pop(ending);
        }
    }

    fn pop(&mut self, ending: Ending) {
        match self.stack.pop() {
            Some(Element::Transaction) => {
                if let Some(mut transaction) = self.transaction.take() {
                    (transaction.end, transaction.ending) = (self.last_end, ending);
                    self.queue.push_back(Item::Transaction(transaction));
                }
            }
            Some(Element::Status) if self.answer.severity.eq_ignore_ascii_case("error") => {
                let answer = format!("{} {}", self.answer.code, self.answer.message).trim().to_owned();
                self.queue.push_back(Item::Refused { at: self.answer.at, answer });
            }
            Some(element) if element.is_statement() && element != Element::OtherStatement => {
                self.in_statement = false;
                let head = std::mem::take(&mut self.head);
                self.queue.push_back(Item::End(Box::new(head)));
            }
            _ => {}
        }
    }

    fn leaf(&mut self, element: Element, value: Text<'t>) {
        let inside = self.stack.last().copied().unwrap_or(Element::Other);
        if let Some(transaction) = &mut self.transaction {
            transaction.take(element, inside, value);
            return;
        }
        if self.stack.contains(&Element::OtherStatement) {
            return;
        }
        let head = &mut self.head;
        let place = match (element, inside) {
            (Element::DefaultCurrency, _) => &mut head.currency,
            (Element::BankId, Element::AccountFrom) => &mut head.bank,
            (Element::BranchId, Element::AccountFrom) => &mut head.branch,
            (Element::AccountId, Element::AccountFrom) => &mut head.account,
            (Element::AccountKind, Element::AccountFrom) => &mut head.account_kind,
            (Element::BalanceAmount, Element::LedgerBalance) => &mut head.closing,
            (Element::Code, Element::Status) => &mut self.answer.code,
            (Element::Severity, Element::Status) => &mut self.answer.severity,
            (Element::Message, Element::Status) => &mut self.answer.message,
            (Element::AsOf, Element::LedgerBalance) => {
                head.closing_on = head.closing_on.or(Habits::default().date(&value).ok());
                return;
            }
            (Element::Start, Element::TransactionList) => {
                head.from = earliest(head.from, Habits::default().date(&value).ok());
                return;
            }
            (Element::End, Element::TransactionList) => {
                head.to = head.to.max(Habits::default().date(&value).ok());
                return;
            }
            _ => return,
        };
        if place.is_empty() {
            *place = value;
        }
    }
}

fn earliest(one: Option<Date>, other: Option<Date>) -> Option<Date> {
    one.into_iter().chain(other).min()
}

impl<'t> Iterator for Walk<'t> {
    type Item = Result<Item<'t>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.queue.pop_front() {
                return Some(Ok(item));
            }
            if self.finished {
                return None;
            }
            match self.events.next() {
                Some(Ok(at)) => self.take(at),
                Some(Err(error)) => {
                    self.finished = true;
                    return Some(Err(error));
                }
                None => {
                    self.finished = true;
                    self.pop_to(0, Ending::EndOfFile);
                }
            }
        }
    }
}
