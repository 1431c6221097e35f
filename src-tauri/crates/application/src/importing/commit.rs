//! Commit: exactly the plan that was shown, or nothing.

use std::{ops::ControlFlow, sync::mpsc, thread};

use tieout_domain::{AccountId, Side, StatementLine, said};
use tieout_statements::{ProofKind as ReadBy, Records, StatementReading};
use tieout_workbook::{
    ImportOutcome, LineImport, LinePlan, MappingScope, NewBatch, NewMapping, ProofKind, StatementFacts,
    StatementHandle, StatementProof, Workbook,
};

use super::{
    planning::{AccountPlan, How, Places, Planned, Surveyed},
    preview::Preview,
    understanding,
};
use crate::{
    ApplicationError, ImportResult, Progress, Session,
    error::{all_of, one_of, open_word},
    mapping_file,
    presence::Task,
    reading, validation,
};

impl Session {
    /// Stores what a preview showed. The preview stays when this is refused, so that the user can go on from there.
    pub fn commit_import(
        &self,
        token: &str,
        leave_out_rejected: bool,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportResult, ApplicationError> {
        let task = self.begin()?;
        let preview = self.previews.lock().remove(token).ok_or(ApplicationError::PreviewGone)?;
        let committed = self.commit(&task, &preview, leave_out_rejected, progress);
        if committed.is_err() {
            self.previews.lock().insert(token.to_owned(), preview);
        }
        committed
    }

    fn commit(
        &self,
        task: &Task<'_>,
        preview: &Preview,
        leave_out_rejected: bool,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportResult, ApplicationError> {
        let Some((planned, surveyed)) = &preview.planned else {
            return Err(ApplicationError::Unreadable(all_of(&preview.shown.blocking_problems)));
        };
        refuse_open(preview, surveyed, leave_out_rejected)?;
        let goes_on = |told: Progress| {
            progress(Progress { stage: "storing", ..told });
            !task.is_cancelled()
        };
        self.with_open(|open| store(&mut open.workbook, preview, planned, surveyed, &goes_on))
    }
}

/// What still needs the user's word keeps the file out.
fn refuse_open(preview: &Preview, surveyed: &Surveyed, leave_out_rejected: bool) -> Result<(), ApplicationError> {
    let rejected = surveyed.reading.rows_rejected;
    if rejected > 0 && !leave_out_rejected {
        return Err(ApplicationError::Invalid(said!(
            "import.rejects",
            "{count} rows cannot be read: correct the file, or agree to leave them out",
            count = rejected
        )));
    }
    if let Some(question) = preview.shown.questions.first() {
        return Err(ApplicationError::Invalid(said!(
            "import.asks",
            "{what} can be read in more than one way: {readings}; say which is right",
            what = open_word(question.what),
            readings = one_of(&question.readings)
        )));
    }
    if preview.shown.header_change.is_some() {
        return Err(ApplicationError::Invalid(said!(
            "import.otherHeader",
            "the columns are not those of the last file of this account: look at what they mean and confirm it"
        )));
    }
    if surveyed.records == 0 && surveyed.reading.statements.is_empty() {
        return Err(ApplicationError::Unreadable(said!(
            "import.noTransactions",
            "{file} holds no transactions",
            file = &preview.opened.name
        )));
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
    let text = report.map(validation::stored::to_text);
    let path = preview.path.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let batch = NewBatch {
        file_name: &preview.opened.name,
        file_hash: preview.opened.hash(),
        source_path: &path,
        format: preview.shown.format,
        mapping: &words,
        rows: surveyed.records,
        diagnostics: &surveyed.reading.diagnostics,
        rejected: u64::from(surveyed.reading.rows_rejected),
        report: text.as_deref(),
        quality: report.map(|report| report.score),
        retry_of: preview.retry_of.get().copied(),
        // The workbook itself refuses the same file for the same account.
        for_another_account: true,
    };
    let remembered = Remembered::of(preview, &words);
    let outcome = match planned {
        Planned::Lines(plans) => lines(workbook, preview, plans, surveyed, &batch, &remembered, goes_on)?,
        Planned::Entries(plan) => {
            let mut import = workbook.begin_entry_import(&batch, plan.as_ref())?;
            let read = read_all(preview, surveyed, goes_on, &mut |records| {
                if let Records::Ledger(entries) = records {
                    for entry in entries {
                        import.add_entry(entry)?;
                    }
                }
                Ok(())
            });
            if let Err(error) = read {
                import.give_up(&note(&error));
                return Err(error);
            }
            if let Some(mapping) = remembered.for_scope(MappingScope::Ledger) {
                import.remember_mapping(&mapping)?;
            }
            import.finish(&mut watch(goes_on))?
        }
    };
    Ok(result(outcome))
}

fn result(outcome: ImportOutcome) -> ImportResult {
    ImportResult {
        batch: outcome.batch,
        added: outcome.added,
        duplicates: outcome.duplicates,
        rejected: outcome.rejected,
    }
}

/// What stands beside a batch that was given up.
fn note(error: &ApplicationError) -> String {
    match error {
        ApplicationError::Cancelled => "cancelled".to_owned(),
        other => other.said().to_keep(),
    }
}

fn watch(goes_on: &dyn Fn(Progress) -> bool) -> impl FnMut(u64, u64) -> ControlFlow<()> + '_ {
    move |done, total| {
        if goes_on(Progress { stage: "storing", done, total }) {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

/// Pieces that may be read and wait, beside the one being stored and the one being read.
const READ_AHEAD: usize = 0;

/// Reads the file once more, on a thread of its own while what was read is stored, and refuses it if it does not read as
/// it did for the preview.
fn read_all(
    preview: &Preview,
    surveyed: &Surveyed,
    goes_on: &dyn Fn(Progress) -> bool,
    consume: &mut dyn FnMut(&Records) -> Result<(), ApplicationError>,
) -> Result<(), ApplicationError> {
    let How { side, mapping, currency } = &preview.understanding.how;
    let opened = &preview.opened;
    let (sender, receiver) = mpsc::sync_channel(READ_AHEAD);
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            reading::read(opened, *side, mapping, Some(*currency), &|_| true, &mut |records| {
                // Nobody listens any more: storing failed or was cancelled.
                sender.send(records).map_err(|_| ApplicationError::Cancelled)
            })
        });
        let stored = store_as_read(receiver, surveyed.records, goes_on, consume);
        let read = reader.join().unwrap_or_else(|_| Err(stale()));
        let count = stored?;
        read?;
        if count == surveyed.records { Ok(()) } else { Err(stale()) }
    })
}

/// Hands records on as they come. The receiver ends with it, so that the reader stops too.
fn store_as_read(
    receiver: mpsc::Receiver<Records>,
    total: u64,
    goes_on: &dyn Fn(Progress) -> bool,
    consume: &mut dyn FnMut(&Records) -> Result<(), ApplicationError>,
) -> Result<u64, ApplicationError> {
    let mut done = 0;
    for records in receiver {
        if !goes_on(Progress { stage: "storing", done, total }) {
            return Err(ApplicationError::Cancelled);
        }
        consume(&records)?;
        done += records.len() as u64;
    }
    Ok(done)
}

fn stale() -> ApplicationError {
    ApplicationError::Stale(said!(
        "import.fileChanged",
        "the file does not read as it did for the preview; look at it again"
    ))
}

/// How the file's columns were understood, to be remembered for the next file; nothing where the format itself says it.
struct Remembered<'p> {
    header: String,
    columns: String,
    words: &'p str,
    wanted: bool,
}

impl<'p> Remembered<'p> {
    fn of(preview: &Preview, words: &'p str) -> Self {
        let table = preview.opened.document.sample();
        Self {
            header: tieout_statements::header_fingerprint(table).to_string(),
            columns: understanding::columns_to_text(table.header()),
            words,
            wanted: table.declared().is_none(),
        }
    }

    fn for_scope(&self, scope: MappingScope) -> Option<NewMapping<'_>> {
        self.wanted.then_some(NewMapping { scope, header: &self.header, columns: &self.columns, mapping: self.words })
    }
}

fn lines(
    workbook: &mut Workbook,
    preview: &Preview,
    plans: &[AccountPlan],
    surveyed: &Surveyed,
    batch: &NewBatch<'_>,
    remembered: &Remembered<'_>,
    goes_on: &dyn Fn(Progress) -> bool,
) -> Result<ImportOutcome, ApplicationError> {
    debug_assert_eq!(preview.understanding.how.side, Side::Statement);
    let frozen: Vec<LinePlan> = plans.iter().filter_map(|plan| plan.lines.clone()).collect();
    let mut import = workbook.begin_line_import(batch, &frozen)?;
    let written = write_lines(&mut import, preview, plans, surveyed, remembered, goes_on);
    match written {
        Ok(()) => Ok(import.finish(&mut watch(goes_on))?),
        Err(error) => {
            import.give_up(&note(&error));
            Err(error)
        }
    }
}

fn write_lines(
    import: &mut LineImport<'_>,
    preview: &Preview,
    plans: &[AccountPlan],
    surveyed: &Surveyed,
    remembered: &Remembered<'_>,
    goes_on: &dyn Fn(Progress) -> bool,
) -> Result<(), ApplicationError> {
    let mut places = Places::new(plans);
    let mut accounts = plans
        .iter()
        .map(|plan| AccountStatements::begin(import, plan, &surveyed.reading.statements))
        .collect::<Result<Vec<_>, _>>()?;
    read_all(preview, surveyed, goes_on, &mut |records| {
        if let Records::Statement(lines) = records {
            for line in lines {
                accounts.get_mut(places.of(line)).ok_or_else(stale)?.add(import, line)?;
            }
        }
        Ok(())
    })?;
    for account in &accounts {
        if let Some(mapping) = remembered.for_scope(MappingScope::Account(account.id)) {
            import.remember_mapping(&mapping)?;
        }
    }
    Ok(())
}

/// The statements that a file has of one account, in file order: lines fill one after the other.
struct AccountStatements {
    id: AccountId,
    /// Each with the lines it has.
    statements: Vec<(StatementHandle, u64)>,
    at: usize,
    seen: u64,
}

impl AccountStatements {
    fn begin(
        import: &mut LineImport<'_>,
        plan: &AccountPlan,
        readings: &[StatementReading],
    ) -> Result<Self, ApplicationError> {
        let account = &plan.account;
        let id = match account.choice.id {
            Some(id) => id,
            None => import.account(&account.choice.name, account.currency)?,
        };
        let of_account =
            readings.iter().filter(|reading| reading.account == account.named && reading.currency == account.currency);
        let mut statements = Vec::new();
        for reading in of_account {
            statements.push((import.statement(id, &facts(reading))?, reading.rows));
        }
        Ok(Self { id, statements, at: 0, seen: 0 })
    }

    fn add(&mut self, import: &mut LineImport<'_>, line: &StatementLine) -> Result<(), ApplicationError> {
        while self.statements.get(self.at).is_some_and(|(_, rows)| self.seen >= *rows) {
            self.at += 1;
            self.seen = 0;
        }
        self.seen += 1;
        let (statement, _) = self.statements.get(self.at).ok_or_else(stale)?;
        import.add_line(*statement, line)?;
        Ok(())
    }
}

fn facts(reading: &StatementReading) -> StatementFacts {
    let kind = match reading.proof.kind {
        ReadBy::None => ProofKind::None,
        ReadBy::ControlTotals => ProofKind::ControlTotals,
        ReadBy::OpeningClosing => ProofKind::OpeningClosing,
        ReadBy::RunningBalance => ProofKind::RunningBalance,
    };
    StatementFacts {
        number: reading.number.clone(),
        currency: reading.currency,
        opening: reading.opening,
        closing: reading.closing,
        first_date: reading.first_date,
        last_date: reading.last_date,
        from: reading.from,
        to: reading.to,
        interim: reading.interim,
        proof: Some(StatementProof { kind, proved: reading.proof.proved, of: reading.proof.of }),
    }
}
