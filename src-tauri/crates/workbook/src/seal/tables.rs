//! Which tables are sealed, and which of their columns: those that never change once a row is there.
//!
//! What else these rows hold is worked out anew by [`crate::Workbook::damage`]: where a record or match stands follows from
//! legs and decisions, whether an act stands from its turns. A column that a later version adds is not in here, since
//! the rows that are there would get another digest: it takes an entry of its own.

/// A table of which rows are added, and stay.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(super) order: Order,
    /// What is sealed of a row.
    pub(crate) columns: &'static str,
    /// What a row is named by.
    pub(super) key: &'static str,
}

/// In which order rows came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// By `rowid`: SQLite gives each new row one more than the greatest, and nothing vacuums the file.
    Rowid,
    /// By the signature that items belong to, whose identifiers ascend, and by record.
    Signature,
}

impl Table {
    /// What orders rows: one column of it, and all.
    pub(super) const fn order(&self) -> (&'static str, &'static str) {
        match self.order {
            Order::Rowid => ("rowid", "rowid"),
            Order::Signature => ("signature", "signature, record_id"),
        }
    }

    /// Before the condition on [`Self::order`], so that an index is led by it.
    pub(super) const fn only(&self) -> &'static str {
        match self.order {
            Order::Rowid => "",
            Order::Signature => "company_id = (SELECT id FROM companies) AND ",
        }
    }
}

const fn by_rowid(name: &'static str, key: &'static str, columns: &'static str) -> Table {
    Table { name, order: Order::Rowid, columns, key }
}

/// By name.
pub(crate) const TABLES: [Table; 34] = [
    by_rowid("accounts", "id", "company_id, id, name, currency, created_at"),
    by_rowid(
        "act_records",
        "act_id, line_id, entry_id",
        "company_id, act_id, line_id, entry_id, deletion, deleted_at, deleted_by, reason",
    ),
    by_rowid("act_turns", "id", "company_id, id, act_id, turn, user_id, turned_at, reason"),
    by_rowid("acts", "id", "company_id, id, kind, title, items, amount, currency, user_id, done_at"),
    by_rowid(
        "alerts",
        "id",
        "company_id, id, kind, subject, occurrence, account, detail, severity, figure, limit_figure, currency, items, raised_at",
    ),
    by_rowid(
        "category_sweeps",
        "id",
        "company_id, id, swept_by, categoriser, list_version, through, covered, started_at",
    ),
    by_rowid("credit_rates", "id", "company_id, id, currency, amount, set_by, set_at"),
    by_rowid(
        "customer_transactions",
        "id",
        "company_id, id, customer_id, currency, number, kind, amount, rate, credits, balance_after, credits_after, part_after, \
         part_of, decision_id, match_id, line_id, entry_id, reverses, posted_at, posted_by, reason",
    ),
    by_rowid(
        "data_quality_checks",
        "id",
        "company_id, id, batch_id, data_row, file_line, column_name, value, expected, severity",
    ),
    by_rowid(
        "decisions",
        "id",
        "company_id, id, act_id, match_id, verdict, user_id, policy_version, decided_at, reason, content, status_before, \
         supersedes",
    ),
    by_rowid("evidence_files", "hash", "company_id, hash, content"),
    by_rowid(
        "import_batches",
        "id",
        "company_id, id, file_name, file_hash, side, format, mapping, imported_by, started_at, rejected, report, quality, \
         source_path, retry_of, repetition",
    ),
    by_rowid(
        "journal_batches",
        "number",
        "company_id, number, exported_by, exported_at, entries, file_name, layout, hash, content",
    ),
    by_rowid(
        "journal_entries",
        "batch, entry",
        "company_id, batch, entry, match_id, adjustment, reverses_batch, reverses_entry, date, cause, debit, credit, \
         debit_role, credit_role, amount, currency, base_amount, base_currency, text, counterparty, reference, \
         bank_reference, line_reference, approved_by",
    ),
    by_rowid("journal_take_backs", "batch", "company_id, batch, reason, taken_back_by, taken_back_at"),
    by_rowid(
        "ledger_entries",
        "id",
        "company_id, id, batch_id, kind, amount, currency, number, date, due_date, counterparty, counterparty_code, \
         counterparty_account, reference, memo, record_id, source_row, fingerprint, raw, job_site, job_service, job_month, \
         job_quantity, job_rate",
    ),
    by_rowid("marks", "id", "company_id, id, act_id, line_id, entry_id, match_id, kind, text, date, file"),
    by_rowid(
        "match_adjustments",
        "match_id, position",
        "company_id, match_id, position, cause, amount, account, posting_text",
    ),
    by_rowid(
        "match_legs",
        "match_id, position",
        "company_id, match_id, position, line_id, entry_id, amount_applied, amount_settled",
    ),
    by_rowid(
        "matches",
        "id",
        "company_id, id, run_id, kind, confidence, cause, score, currency, line_total, entry_total, difference, lines, \
         entries, alternatives, date, title, subtitle, search, explanation, content, created_at",
    ),
    by_rowid("period_causes", "event_id, change", "company_id, event_id, change, line_id, entry_id, records"),
    by_rowid(
        "period_events",
        "id",
        "company_id, id, period_id, kind, signature, user_id, at, reason, content, figures, single_user, name",
    ),
    Table {
        name: "period_items",
        order: Order::Signature,
        columns: "company_id, signature, record_id, side, rest",
        key: "signature, record_id",
    },
    by_rowid(
        "policies",
        "version",
        "company_id, version, written_by, written_at, reason, currency, confidence, default_owner",
    ),
    by_rowid("policy_causes", "version, cause", "company_id, version, cause, amount, percent, number, total, owner"),
    by_rowid(
        "policy_resolutions",
        "id",
        "company_id, id, policy_version, run_id, match_id, decision_id, line_id, entry_id, cause, impact, currency, counted, \
         account_id, month, resolved_at",
    ),
    by_rowid("policy_take_backs", "resolution_id", "company_id, resolution_id, taken_back_by, taken_back_at, reason"),
    by_rowid("run_totals", "run_id, currency", "company_id, run_id, currency, lines, entries"),
    by_rowid(
        "runs",
        "id",
        "company_id, id, stored_at, run_by, engine_version, model_version, policy_version, profile, configuration, lines, \
         entries, candidates, ambiguous, lines_unmatched, entries_unmatched, elapsed_ms",
    ),
    by_rowid("signer_revocations", "signer_id", "company_id, signer_id, revoked_by, revoked_at, reason"),
    by_rowid("signers", "id", "company_id, id, user_id, name, fingerprint, certificate, origin, added_at"),
    by_rowid(
        "statement_lines",
        "id",
        "company_id, id, statement_id, account_id, amount, currency, date, value_date, description, reference, counterparty, \
         counterparty_account, balance, record_id, file_account, source_row, fingerprint, raw, clean_description, \
         extracted_references, remittance, bank_code, job_site, job_service, job_month, job_quantity, job_rate",
    ),
    by_rowid(
        "statements",
        "id",
        "company_id, id, batch_id, account_id, currency, opening, closing, first_date, last_date, number, from_date, to_date, \
         interim, proof, proved, proved_of",
    ),
    by_rowid("user_names", "name", "company_id, name, user_id"),
];
