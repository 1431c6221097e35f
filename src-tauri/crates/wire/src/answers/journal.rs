//! Answers of the journal, and its requests.

use std::fmt;

use tieout_application::{
    self as application, Existing, MessageLanguage, PostingRole,
    journal::{
        ExportJournal, ExportedJournal, JournalBatch, JournalColumnText, JournalLayoutText, JournalPage,
        JournalPreview, JournalQuery, JournalRow, JournalSum, KnownJournalLayout, MissingAccount, PostingAccountRow,
    },
};
use tieout_domain::{SideAccount, UnknownPostingRole};

use super::{all, count, moment};
use crate::{
    CommandError, ExportJournalRequest, ExportedJournalView, JournalBatchView, JournalBatchesView, JournalColumnForm,
    JournalEntryView, JournalLayoutForm, JournalLayoutView, JournalPreviewView, JournalRequest, JournalSideView,
    JournalSumView, JournalTakenBackView, JournalView, MissingAccountView, NamedAccount, PostingAccountView,
    requests::{parse_day, parse_id},
};

/// Most entries of a page.
const PAGE_MAX: u32 = 500;

impl TryFrom<JournalRequest> for JournalQuery {
    type Error = CommandError;

    fn try_from(request: JournalRequest) -> Result<Self, Self::Error> {
        let language = MessageLanguage::ALL.into_iter().find(|language| language.as_str() == request.language);
        Ok(Self {
            through: request.through.as_deref().map(parse_day).transpose()?,
            only_missing: request.only_missing,
            language: language.ok_or_else(|| CommandError::invalid("the language is en or de"))?,
            offset: request.offset.into(),
            limit: request.limit.min(PAGE_MAX),
        })
    }
}

impl TryFrom<ExportJournalRequest> for ExportJournal {
    type Error = CommandError;

    fn try_from(request: ExportJournalRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            layout: request.layout.into(),
            through: request.through.as_deref().map(parse_day).transpose()?,
            path: request.path.into(),
            existing: Existing::Keep,
            seen: Some(parse_id(&request.seen)?),
        })
    }
}

impl TryFrom<NamedAccount> for (PostingRole, String) {
    type Error = CommandError;

    fn try_from(named: NamedAccount) -> Result<Self, Self::Error> {
        let role =
            named.role.parse().map_err(|problem: UnknownPostingRole| CommandError::invalid(&problem.to_string()))?;
        Ok((role, named.account))
    }
}

impl From<&SideAccount> for JournalSideView {
    fn from(side: &SideAccount) -> Self {
        Self {
            role: side.role.to_string(),
            account: side.account.as_ref().map(ToString::to_string),
            own: matches!(side.role, PostingRole::Cause(_) | PostingRole::Gain(_)),
        }
    }
}

impl From<JournalRow> for JournalEntryView {
    fn from(row: JournalRow) -> Self {
        let entry = row.entry;
        Self {
            match_id: entry.source.match_id.to_string(),
            adjustment: entry.source.adjustment,
            reverses: entry.source.reverses.map(|posted| posted.batch),
            date: entry.date.to_string(),
            moved_from: entry.moved_from.map(|day| day.to_string()),
            debit: (&entry.debit).into(),
            credit: (&entry.credit).into(),
            amount: entry.amount.into(),
            base_amount: entry.base_amount.map(Into::into),
            cause: entry.cause.as_str().to_owned(),
            text: row.text,
            counterparty: entry.text.counterparty,
            bank_reference: entry.bank_reference,
            approved_by: entry.approved_by,
        }
    }
}

impl From<JournalSum> for JournalSumView {
    fn from(sum: JournalSum) -> Self {
        Self { entries: count(sum.entries), amount: sum.amount.into() }
    }
}

impl From<MissingAccount> for MissingAccountView {
    fn from(missing: MissingAccount) -> Self {
        Self { role: missing.role.to_string(), name: missing.name, entries: count(missing.entries) }
    }
}

impl From<JournalPage> for JournalView {
    fn from(page: JournalPage) -> Self {
        Self {
            rows: all(page.rows),
            total: count(page.total),
            sums: all(page.sums),
            missing: all(page.missing),
            without_rate: count(page.without_rate),
            reversing: count(page.reversing),
            seen: page.seen.to_string(),
            proposed_path: page.proposed_path.display().to_string(),
            base: page.base.to_string(),
        }
    }
}

impl From<PostingAccountRow> for PostingAccountView {
    fn from(row: PostingAccountRow) -> Self {
        let (name, currency) = row.of.map(|(name, currency)| (name, currency.to_string())).unwrap_or_default();
        let account = row.account.map(|account| account.to_string()).unwrap_or_default();
        Self { role: row.role.to_string(), name, currency, account }
    }
}

impl From<JournalLayoutText> for JournalLayoutForm {
    fn from(text: JournalLayoutText) -> Self {
        let column = |column: JournalColumnText| JournalColumnForm {
            heading: column.heading,
            value: column.value,
            text: column.text,
            chars: column.chars,
        };
        Self {
            name: text.name,
            lines: text.lines,
            headings: text.headings,
            separator: text.separator,
            decimal: text.decimal,
            date: text.date,
            encoding: text.encoding,
            debit: text.debit,
            credit: text.credit,
            language: text.language,
            columns: text.columns.into_iter().map(column).collect(),
        }
    }
}

impl From<JournalLayoutForm> for JournalLayoutText {
    fn from(form: JournalLayoutForm) -> Self {
        let column = |column: JournalColumnForm| JournalColumnText {
            heading: column.heading,
            value: column.value,
            text: column.text,
            chars: column.chars,
        };
        Self {
            name: form.name,
            lines: form.lines,
            headings: form.headings,
            separator: form.separator,
            decimal: form.decimal,
            date: form.date,
            encoding: form.encoding,
            debit: form.debit,
            credit: form.credit,
            language: form.language,
            columns: form.columns.into_iter().map(column).collect(),
        }
    }
}

impl From<KnownJournalLayout> for JournalLayoutView {
    fn from(known: KnownJournalLayout) -> Self {
        Self { form: known.text.into(), ready_made: known.ready_made }
    }
}

impl From<JournalPreview> for JournalPreviewView {
    fn from(preview: JournalPreview) -> Self {
        Self { headings: preview.headings, rows: preview.rows, problem: preview.problem.map(Into::into) }
    }
}

impl From<JournalBatch> for JournalBatchView {
    fn from(batch: JournalBatch) -> Self {
        let taken_back = batch.taken_back.map(|back| JournalTakenBackView {
            by: back.by,
            at: moment(back.at_ms),
            reason: back.reason,
        });
        Self {
            number: batch.number,
            by: batch.by,
            at: moment(batch.at_ms),
            entries: count(batch.entries),
            sums: all(batch.sums),
            file_name: batch.file_name,
            hash: batch.hash.to_string(),
            taken_back,
        }
    }
}

impl From<(application::Page<JournalBatch>, Option<u32>)> for JournalBatchesView {
    fn from((page, newest): (application::Page<JournalBatch>, Option<u32>)) -> Self {
        Self { rows: all(page.rows), total: count(page.total), newest }
    }
}

impl From<ExportedJournal> for ExportedJournalView {
    fn from(exported: ExportedJournal) -> Self {
        Self { batch: exported.batch.into(), path: exported.path.display().to_string() }
    }
}

fn counted(entries: u32) -> String {
    if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") }
}

impl fmt::Display for JournalView {
    /// A line an entry as an accountant writes it, then the sums and what is missing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.total == 0 {
            return f.write_str("nothing is to be posted");
        }
        let account = |side: &JournalSideView| match &side.account {
            Some(account) => account.clone(),
            None => format!("[account missing: {}]", side.role),
        };
        for row in &self.rows {
            let amount = &row.amount;
            let (debit, credit) = (account(&row.debit), account(&row.credit));
            write!(f, "{}  {debit} / {credit}  {} {}  {}", row.date, amount.value, amount.currency, row.text)?;
            match &row.moved_from {
                Some(day) => writeln!(f, "  (not {day}: that period is locked)")?,
                None => writeln!(f)?,
            }
        }
        for sum in &self.sums {
            let amount = &sum.amount;
            writeln!(f, "{}, debit and credit {} {}", counted(sum.entries), amount.value, amount.currency)?;
        }
        for missing in &self.missing {
            writeln!(f, "account missing: {} ({})", missing.name, counted(missing.entries))?;
        }
        if self.without_rate > 0 {
            writeln!(f, "{} without an amount in {}: there is no rate", counted(self.without_rate), self.base)?;
        }
        Ok(())
    }
}

impl fmt::Display for PostingAccountView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let account = if self.account.is_empty() { "-" } else { &self.account };
        write!(f, "{}: {account}", self.role)?;
        if self.name.is_empty() { Ok(()) } else { write!(f, "  ({} {})", self.name, self.currency) }
    }
}

impl fmt::Display for JournalBatchView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "batch {}  {}  {}  {}", self.number, self.at, self.by, counted(self.entries))?;
        for sum in &self.sums {
            write!(f, "  {} {}", sum.amount.value, sum.amount.currency)?;
        }
        write!(f, "  {}  sha256 {}", self.file_name, self.hash)?;
        match &self.taken_back {
            Some(back) => write!(f, "  (taken back {} by {}: {})", back.at, back.by, back.reason),
            None => Ok(()),
        }
    }
}

impl fmt::Display for JournalBatchesView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rows.is_empty() {
            return f.write_str("nothing was exported yet");
        }
        for (at, batch) in self.rows.iter().enumerate() {
            write!(f, "{}{batch}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl fmt::Display for ExportedJournalView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.path, self.batch)
    }
}

impl fmt::Display for JournalLayoutView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = &self.form;
        let lines = if form.lines == "side" { "a line for each side" } else { "a line for each entry" };
        let ready = if self.ready_made { "  (ready-made)" } else { "" };
        write!(f, "{}: {lines}, {} columns, {}{ready}", form.name, form.columns.len(), form.encoding)
    }
}
