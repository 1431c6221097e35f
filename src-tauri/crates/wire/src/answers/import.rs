//! Import previews and mappings.

use tieout_application::{self as application, ColumnRole, DateOrder, DecimalMark, Mapping, Open, ProofKind};
use tieout_domain::{Diagnostic, Severity, ValidationReport};

use super::{all, amounts, at, count, iso};
use crate::{
    BatchReportView, ColumnRoleView, ColumnView, DateOrderView, DecimalMarkView, DeletedRecordView, DeletedRecordsView,
    DetectionView, DiagnosticView, HeaderChangeView, ImportPreview, ImportResult, MappingView, PreviewAction,
    PreviewRow, ProofKindView, QuestionKind, QuestionView, ReadingOptionView, ReadingProofView, StatementFactsView,
};

/// Two enums with the same names, one in each direction.
macro_rules! same_names {
    ($view:ident = $domain:ident { $($name:ident),+ $(,)? }) => {
        impl From<$domain> for $view {
            fn from(value: $domain) -> Self {
                match value { $($domain::$name => Self::$name),+ }
            }
        }

        impl From<$view> for $domain {
            fn from(value: $view) -> Self {
                match value { $($view::$name => Self::$name),+ }
            }
        }
    };
}

same_names!(
    ColumnRoleView = ColumnRole {
        Ignore,
        Id,
        Account,
        Date,
        ValueDate,
        DueDate,
        Description,
        Amount,
        Debit,
        Credit,
        Direction,
        Currency,
        Reference,
        Counterparty,
        CounterpartyCode,
        CounterpartyAccount,
        Balance,
        Number,
        Kind,
        Status,
        BankCode,
        Remittance,
        Month,
        Site,
        ServiceType,
        Quantity,
        Rate,
    }
);
same_names!(DateOrderView = DateOrder { YearMonthDay, DayMonthYear, MonthDayYear });
same_names!(DecimalMarkView = DecimalMark { Point, Comma });
same_names!(QuestionKind = Open { DateOrder, DecimalMark, Columns, Sign, Century });
same_names!(ProofKindView = ProofKind { None, ControlTotals, OpeningClosing, RunningBalance });

impl From<&MappingView> for Mapping {
    fn from(mapping: &MappingView) -> Self {
        Self {
            roles: mapping.roles.iter().map(|role| (*role).into()).collect(),
            date_order: mapping.date_order.into(),
            decimal_mark: mapping.decimal_mark.into(),
            invert_sign: mapping.invert_sign,
        }
    }
}

impl From<application::ImportPreview> for ImportPreview {
    fn from(preview: application::ImportPreview) -> Self {
        let columns = preview.columns.into_iter().zip(&preview.mapping.roles).enumerate();
        Self {
            token: preview.token,
            file_name: preview.file_name,
            file_size: preview.file_size,
            file_hash: preview.file_hash.to_string(),
            side: preview.side.into(),
            format: preview.format.to_owned(),
            encoding: preview.encoding,
            delimiter: preview.delimiter.map(String::from),
            detected: preview.detected.iter().map(Into::into).collect(),
            sheets: preview.sheets.clone(),
            columns_known: preview.columns_known,
            columns: columns
                .map(|(index, (column, role))| ColumnView {
                    index: count(index as u64),
                    header: column.header,
                    role: (*role).into(),
                    samples: column.samples,
                })
                .collect(),
            questions: preview.questions.into_iter().map(|question| of_question(question, &preview.sheet)).collect(),
            header_change: preview.header_change.map(Into::into),
            mapping: of_mapping(&preview.mapping, preview.sheet),
            mapping_remembered: preview.mapping_remembered,
            account_id: preview.account_id.map(|id| id.to_string()),
            account_name: preview.account_name,
            accounts_count: preview.accounts_count,
            currency: preview.currency.code().to_owned(),
            rows: all(preview.rows),
            rows_total: count(preview.rows_total),
            rows_to_add: count(preview.rows_to_add),
            rows_duplicate: count(preview.rows_duplicate),
            rows_deleted: count(preview.rows_deleted),
            rows_rejected: count(preview.rows_rejected),
            diagnostics: all(preview.diagnostics),
            first_date: iso(preview.first_date),
            last_date: iso(preview.last_date),
            totals: amounts(preview.totals),
            statements: preview.statements.iter().map(Into::into).collect(),
            proof: preview.proof.as_ref().map(Into::into),
            validation: preview.validation.as_ref().map(Into::into),
            imported_before: preview.imported_before.map(at),
            blocking_problems: all(preview.blocking_problems),
        }
    }
}

impl From<application::PreviewRow> for PreviewRow {
    fn from(row: application::PreviewRow) -> Self {
        Self {
            row: row.row,
            action: match row.action {
                application::RowAction::Add => PreviewAction::Add,
                application::RowAction::Duplicate => PreviewAction::Duplicate,
                application::RowAction::Deleted => PreviewAction::Deleted,
                application::RowAction::Reject => PreviewAction::Reject,
            },
            because: row.because.map(Into::into),
            date: iso(row.date),
            second_date: iso(row.second_date),
            amount: row.amount.map(Into::into),
            counterparty: row.counterparty,
            description: row.description,
            reference: row.reference,
            balance: row.balance.map(Into::into),
        }
    }
}

impl From<Diagnostic> for DiagnosticView {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            row: diagnostic.row,
            file_line: diagnostic.file_line,
            column: diagnostic.column,
            value: diagnostic.value,
            expected: diagnostic.expected.into(),
            rejects_row: diagnostic.severity == Severity::Error,
        }
    }
}

fn of_mapping(mapping: &Mapping, sheet: Option<String>) -> MappingView {
    MappingView {
        roles: mapping.roles.iter().map(|role| (*role).into()).collect(),
        date_order: mapping.date_order.into(),
        decimal_mark: mapping.decimal_mark.into(),
        invert_sign: mapping.invert_sign,
        sheet,
    }
}

fn of_question(question: application::Question, sheet: &Option<String>) -> QuestionView {
    let option = |option: application::ReadingOption| ReadingOptionView {
        words: option.words.into(),
        mapping: of_mapping(&option.mapping, sheet.clone()),
        rows: all(option.rows),
    };
    QuestionView {
        what: question.what.into(),
        readings: all(question.readings),
        options: question.options.into_iter().map(option).collect(),
    }
}

impl From<application::HeaderChange> for HeaderChangeView {
    fn from(change: application::HeaderChange) -> Self {
        Self { before: change.before, now: change.now, added: change.added, removed: change.removed }
    }
}

impl From<&application::Detection> for DetectionView {
    fn from(detection: &application::Detection) -> Self {
        Self {
            what: detection.what.to_owned(),
            found: detection.found.to_string(),
            said: (&detection.found).into(),
            sureness: detection.sureness.as_str().to_owned(),
        }
    }
}

impl From<&application::ReadingProof> for ReadingProofView {
    fn from(proof: &application::ReadingProof) -> Self {
        Self { kind: proof.kind.into(), proved: count(proof.proved), of: count(proof.of) }
    }
}

impl From<&application::StatementReading> for StatementFactsView {
    fn from(facts: &application::StatementReading) -> Self {
        Self {
            account: facts.account.clone(),
            number: facts.number.clone(),
            rows: count(facts.rows),
            sum: facts.sum.into(),
            opening: facts.opening.map(Into::into),
            closing: facts.closing.map(Into::into),
            difference: facts.difference.map(Into::into),
            first_date: iso(facts.first_date),
            last_date: iso(facts.last_date),
            from: iso(facts.from),
            to: iso(facts.to),
            proof: (&facts.proof).into(),
        }
    }
}

impl BatchReportView {
    /// Diagnostics that are listed.
    const LISTED: usize = 200;

    /// The stored report of an import.
    pub fn new(validation: Option<&ValidationReport>, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            validation: validation.map(Into::into),
            diagnostics: diagnostics.into_iter().take(Self::LISTED).map(Into::into).collect(),
        }
    }
}

impl From<application::DeletedRecord> for DeletedRecordView {
    fn from(record: application::DeletedRecord) -> Self {
        Self {
            id: record.id,
            date: iso(record.date),
            amount: record.amount.into(),
            title: record.title,
            source: record.source,
            at: at(record.at),
            by: record.by,
            reason: record.reason,
        }
    }
}

impl DeletedRecordsView {
    /// A page of so many in all.
    pub fn new(rows: Vec<application::DeletedRecord>, total: u64) -> Self {
        Self { rows: all(rows), total: count(total) }
    }
}

impl From<application::ImportResult> for ImportResult {
    fn from(result: application::ImportResult) -> Self {
        Self {
            batch_id: result.batch.to_string(),
            added: count(result.added),
            duplicates: count(result.duplicates),
            rejected: count(result.rejected),
        }
    }
}
