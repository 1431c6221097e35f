//! Import previews and mappings.

use tieout_application::{self as application, ColumnRole, DateOrder, DecimalMark, Mapping};
use tieout_domain::{Diagnostic, Severity};

use super::{all, amounts, at, count, iso};
use crate::{
    AmbiguityView, ColumnRoleView, ColumnView, DateOrderView, DecimalMarkView, DiagnosticView, ImportPreview,
    ImportResult, MappingView, PreviewAction, PreviewRow,
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
            sheets: preview.sheets,
            columns: columns
                .map(|(index, (column, role))| ColumnView {
                    index: count(index as u64),
                    header: column.header,
                    role: (*role).into(),
                    samples: column.samples,
                })
                .collect(),
            mapping: MappingView {
                roles: preview.mapping.roles.iter().map(|role| (*role).into()).collect(),
                date_order: preview.mapping.date_order.into(),
                decimal_mark: preview.mapping.decimal_mark.into(),
                invert_sign: preview.mapping.invert_sign,
                sheet: preview.sheet,
            },
            mapping_remembered: preview.mapping_remembered,
            account_id: preview.account_id.map(|id| id.to_string()),
            account_name: preview.account_name,
            currency: preview.currency.code().to_owned(),
            rows: all(preview.rows),
            rows_total: count(preview.rows_total),
            rows_to_add: count(preview.rows_to_add),
            rows_duplicate: count(preview.rows_duplicate),
            rows_rejected: count(preview.rows_rejected),
            diagnostics: all(preview.diagnostics),
            ambiguities: all(preview.ambiguities),
            first_date: iso(preview.first_date),
            last_date: iso(preview.last_date),
            totals: amounts(preview.totals),
            opening: preview.opening.map(Into::into),
            closing: preview.closing.map(Into::into),
            proved_rows: preview.proved_rows.map(|(proved, of)| (count(proved), count(of))),
            imported_before: preview.imported_before.map(at),
            blocking_problems: preview.blocking_problems,
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
                application::RowAction::Reject => PreviewAction::Reject,
            },
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
            expected: diagnostic.expected,
            rejects_row: diagnostic.severity == Severity::Error,
        }
    }
}

impl From<application::OpenReading> for AmbiguityView {
    fn from(open: application::OpenReading) -> Self {
        Self { what: open.what, readings: open.readings }
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
