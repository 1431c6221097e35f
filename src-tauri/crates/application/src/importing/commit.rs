//! Commit: exactly the plan that was shown, or nothing.

use tieout_domain::Side;
use tieout_statements::{Records, StatementReading};
use tieout_workbook::{
    FrozenPlan, Import, MappingScope, NewBatch, PlannedEntries, PlannedLines, StatementFacts, Workbook,
};

use super::{
    planning::{Cursor, Fate, Planned, Surveyed},
    preview::Preview,
    understanding,
};
use crate::{ApplicationError, ImportResult, Progress, Session, mapping_file, reading, session::lock, validation};

impl Session {
    /// Stores what a preview showed. The preview stays when this is refused, so that the user can go on from there.
    pub fn commit_import(
        &self,
        token: &str,
        leave_out_rejected: bool,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportResult, ApplicationError> {
        self.begin();
        let preview = lock(&self.previews).remove(token).ok_or(ApplicationError::PreviewGone)?;
        let committed = self.commit(&preview, leave_out_rejected, progress);
        if committed.is_err() {
            lock(&self.previews).insert(token.to_owned(), preview);
        }
        committed
    }

    fn commit(
        &self,
        preview: &Preview,
        leave_out_rejected: bool,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportResult, ApplicationError> {
        let Some((planned, surveyed)) = &preview.planned else {
            return Err(ApplicationError::Unreadable(preview.shown.blocking_problems.join("; ")));
        };
        refuse_open(preview, surveyed, leave_out_rejected)?;
        let goes_on = |told: Progress| {
            progress(Progress { stage: "storing", ..told });
            !self.is_cancelled()
        };
        self.with_open(|open| store(&mut open.workbook, preview, planned, surveyed, &goes_on))
    }
}

/// What still needs the user's word keeps the file out.
fn refuse_open(preview: &Preview, surveyed: &Surveyed, leave_out_rejected: bool) -> Result<(), ApplicationError> {
    let rejected = surveyed.reading.rows_rejected;
    if rejected > 0 && !leave_out_rejected {
        return Err(ApplicationError::Invalid(format!(
            "{rejected} rows cannot be read: correct the file, or agree to leave them out"
        )));
    }
    if let Some(question) = preview.shown.questions.first() {
        return Err(ApplicationError::Invalid(format!(
            "{} can be read in more than one way: {}; say which is right",
            question.what.as_str().replace('_', " "),
            question.readings.join(" or ")
        )));
    }
    if preview.shown.header_change.is_some() {
        return Err(ApplicationError::Invalid(
            "the columns are not those of the last file of this account: look at what they mean and confirm it".to_owned(),
        ));
    }
    if surveyed.records == 0 && surveyed.reading.statements.is_empty() {
        return Err(ApplicationError::Unreadable(format!("{} holds no transactions", preview.opened.name)));
    }
    Ok(())
}

fn store(
    workbook: &mut Workbook,
    preview: &Preview,
    planned: &Planned,
    surveyed: &Surveyed,
    goes_on: &dyn Fn(Progress) -> bool,
) -> Result<ImportResult, ApplicationError> {
    let how = &preview.understanding.how;
    let words = mapping_file::to_line(&how.mapping);
    let report = preview.report.as_ref();
    let text = report.map(validation::stored::to_text).unwrap_or_default();
    let path = preview.path.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let batch = NewBatch {
        file_name: &preview.opened.name,
        file_hash: preview.opened.hash(),
        side: how.side,
        format: preview.shown.format,
        mapping: &words,
        diagnostics: &surveyed.reading.diagnostics,
        rejected: u64::from(surveyed.reading.rows_rejected),
        report: &text,
        quality: report.map(|report| report.score),
        source_path: &path,
        retry_of: preview.retry_of,
    };
    let mut import = workbook.begin_import(&batch, &frozen(planned))?;
    let written = write(&mut import, preview, planned, surveyed, goes_on);
    let accounts = match written {
        Ok(accounts) => accounts,
        Err(error) => {
            import.fail(&error.to_string());
            return Err(error);
        }
    };
    let outcome = import.finish()?;
    let table = preview.opened.document.sample();
    if table.declared().is_none() {
        let header = tieout_statements::header_fingerprint(table).to_string();
        let columns = understanding::columns_to_text(table.header());
        for scope in accounts {
            workbook.remember_mapping(scope, &header, &columns, &words)?;
        }
    }
    Ok(ImportResult {
        batch: outcome.batch,
        added: outcome.added,
        duplicates: outcome.duplicates,
        rejected: outcome.rejected,
    })
}

fn frozen(planned: &Planned) -> FrozenPlan<'_> {
    match planned {
        Planned::Lines(plans) => FrozenPlan::Lines(
            plans
                .iter()
                .filter_map(|plan| {
                    let (keys, plan) = plan.lines.as_ref().map(|(keys, rows)| (keys.as_slice(), rows.as_slice()))
                        .zip(plan.account.choice.id)
                        .map(|((keys, rows), account)| (keys, (account, rows)))?;
                    Some(PlannedLines { account: plan.0, keys, plan: plan.1 })
                })
                .collect(),
        ),
        Planned::Entries(plan) => FrozenPlan::Entries(
            plan.entries.as_ref().map(|(keys, rows)| PlannedEntries { keys, plan: rows }),
        ),
    }
}

/// Reads the file once more and stores every record that the plan adds. Answers for what the mapping is remembered.
fn write(
    import: &mut Import<'_>,
    preview: &Preview,
    planned: &Planned,
    surveyed: &Surveyed,
    goes_on: &dyn Fn(Progress) -> bool,
) -> Result<Vec<MappingScope>, ApplicationError> {
    let how = &preview.understanding.how;
    let mut cursor = Cursor::new(planned);
    let mut statements = Statements::new(import, planned, &surveyed.reading.statements)?;
    let mut stored = 0_u64;
    reading::read(&preview.opened, how.side, &how.mapping, Some(how.currency), goes_on, &mut |records| {
        match &records {
            Records::Statement(lines) => {
                for line in lines {
                    let (account, fate) = cursor.line(line);
                    let statement = statements.next(account);
                    if fate == Fate::Add {
                        statements.write(import, account, statement, line)?;
                    } else {
                        import.skip_duplicate();
                    }
                }
            }
            Records::Ledger(entries) => {
                for entry in entries {
                    if cursor.entry() == Fate::Add {
                        import.add_entry(entry)?;
                    } else {
                        import.skip_duplicate();
                    }
                }
            }
        }
        stored += records.len() as u64;
        Ok(())
    })?;
    if stored != surveyed.records {
        return Err(ApplicationError::Stale("the file does not read as it did for the preview; look at it again".to_owned()));
    }
    statements.write_empty(import)?;
    Ok(match how.side {
        Side::Ledger => vec![MappingScope::Ledger],
        Side::Statement => statements.accounts.iter().map(|account| MappingScope::Account(account.id)).collect(),
    })
}

/// The statements of a file as they are written: each when its first new line comes.
struct Statements<'p> {
    readings: &'p [StatementReading],
    accounts: Vec<AccountStatements>,
}

struct AccountStatements {
    id: tieout_domain::AccountId,
    /// Positions in `readings` of the account's statements in file order, with the lines each has.
    statements: Vec<(usize, u64)>,
    at: usize,
    seen: u64,
    written: Vec<Option<tieout_domain::StatementId>>,
}

impl<'p> Statements<'p> {
    fn new(
        import: &mut Import<'_>,
        planned: &Planned,
        readings: &'p [StatementReading],
    ) -> Result<Self, ApplicationError> {
        let Planned::Lines(plans) = planned else { return Ok(Self { readings, accounts: Vec::new() }) };
        let mut accounts = Vec::with_capacity(plans.len());
        for plan in plans {
            let account = &plan.account;
            let id = match account.choice.id {
                Some(id) => id,
                None => import.account(&account.choice.name, account.currency)?,
            };
            let statements: Vec<(usize, u64)> = readings
                .iter()
                .enumerate()
                .filter(|(_, reading)| reading.account == account.named && reading.currency == account.currency)
                .map(|(at, reading)| (at, reading.rows))
                .collect();
            let written = vec![None; statements.len()];
            accounts.push(AccountStatements { id, statements, at: 0, seen: 0, written });
        }
        Ok(Self { readings, accounts })
    }

    /// The statement, by its position within the account, that the account's next line belongs to.
    fn next(&mut self, account: usize) -> usize {
        let Some(account) = self.accounts.get_mut(account) else { return 0 };
        while account.statements.get(account.at).is_some_and(|(_, rows)| account.seen >= *rows) {
            account.at += 1;
            account.seen = 0;
        }
        account.seen += 1;
        account.at
    }

    fn write(
        &mut self,
        import: &mut Import<'_>,
        account: usize,
        statement: usize,
        line: &tieout_domain::StatementLine,
    ) -> Result<(), ApplicationError> {
        let missing = || ApplicationError::Stale("the file does not read as it did for the preview; look at it again".to_owned());
        let account = self.accounts.get_mut(account).ok_or_else(missing)?;
        let (reading, _) = account.statements.get(statement).ok_or_else(missing)?;
        let written = account.written.get_mut(statement).ok_or_else(missing)?;
        let id = match *written {
            Some(id) => id,
            None => {
                let reading = self.readings.get(*reading).ok_or_else(missing)?;
                *written.insert(import.begin_statement(account.id, &facts(reading))?)
            }
        };
        import.add_line(account.id, id, line)?;
        Ok(())
    }

    /// A statement without lines says that nothing happened: its balances count for the one after it.
    fn write_empty(&self, import: &mut Import<'_>) -> Result<(), ApplicationError> {
        for account in &self.accounts {
            for (at, rows) in &account.statements {
                let reading = self.readings.get(*at).filter(|_| *rows == 0);
                if let Some(reading) = reading.filter(|reading| reading.opening.is_some() || reading.closing.is_some()) {
                    import.begin_statement(account.id, &facts(reading))?;
                }
            }
        }
        Ok(())
    }
}

fn facts(reading: &StatementReading) -> StatementFacts<'_> {
    StatementFacts {
        number: &reading.number,
        currency: reading.currency,
        opening: reading.opening,
        closing: reading.closing,
        first_date: reading.first_date,
        last_date: reading.last_date,
        from: reading.from,
        to: reading.to,
        interim: reading.interim,
        proof_kind: reading.proof.kind.as_str(),
        proved: reading.proof.proved,
        of: reading.proof.of,
    }
}
