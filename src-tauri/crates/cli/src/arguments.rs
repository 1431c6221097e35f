//! The command line: DESIGN section 6.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::{
    alert_arguments::AlertsCommand,
    anomaly_arguments::{AnomaliesArguments, WorkbookAnomaliesArguments},
    audit_arguments::{self, AcceptHistoryArguments, AuditLogArguments, ForgetKeyArguments},
    backup::{BACKUP_HELP, BackupArguments, RESTORE_HELP, RestoreArguments},
    by_hand::ByHandArguments,
    category_arguments::{CategoriesArguments, WorkbookCategoriseArguments},
    close_arguments::{CLOSE_HELP, CloseArguments},
    customer_arguments::CustomersCommand,
    difference_arguments::{DifferencesArguments, FILES_HELP, WORKBOOK_HELP, WorkbookDifferencesArguments},
    journal_arguments::JournalArguments,
    list_arguments::{self, ListRowsArguments},
    notes::{HistoryArguments, NoteArguments},
    people_arguments::{PassphraseArguments, PeopleCommand},
    policy_arguments::PolicyCommand,
    report_arguments::{ExportArguments, LayoutArguments, VerifyArguments},
};

/// Ties out what the bank says with what the books say.
#[derive(Debug, Parser)]
#[command(name = "tieout", version, about, after_help = EXIT_CODES, propagate_version = true)]
pub(crate) struct Arguments {
    /// Who works in the workbook, where more than one person may or a secret is asked for (TIEOUT_USER_SECRET, or a prompt)
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) user: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes:\n  0 done\n  1 verification failed\n  2 wrong usage\n  3 done, but some rows were rejected\n  4 refused or unreadable";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Shows what the importer sees in a file, without a workbook
    #[command(after_help = "Example:\n  tieout inspect sample-data/bank/statement-2025.csv --json")]
    Inspect(InspectArguments),
    /// Matches statements with ledgers and writes matches, exceptions and a signed report into a folder
    #[command(
        after_help = "Example:\n  tieout reconcile --statement sample-data/bank/statement-2025.csv \\\n    --ledger sample-data/bank/ledger-2025.csv --out result\n\nA configuration (--config; every key may be left out):\n  profile = \"bank\"\n  [tolerance]\n  amount_absolute = \"0.05\"\n  [auto_approve]\n  confidence = 0.98\n  [[rule]]\n  name = \"Rent is never an invoice\"\n  when = [{ field = \"line.description\", regex = \"^rent\" }, { field = \"entry.kind\", equals = \"invoice\" }]\n  then = \"bar\"\n\nThe README lists all keys, and what rules can say."
    )]
    Reconcile(ReconcileArguments),
    /// Lists what an auditor would look at twice, such as unusual amounts and split payments, without a workbook
    #[command(
        after_help = "Examples:\n  tieout anomalies --statement sample-data/bank/statement-2025.csv --ledger sample-data/bank/ledger-2025.csv\n  tieout anomalies --ledger payments.csv --from 2025-03-01 --to 2025-03-31 --config limits.toml --json\n\nlimits.toml:\n  [anomalies.split_payment]\n  limits = [\"5000\", \"1000000 JPY\"]   # what needs no second signature\n  [anomalies.weekend_posting]\n  enabled = false\n\nThe README lists all kinds and keys. Anomalies prove nothing; they are found or not, the exit code is 0."
    )]
    Anomalies(AnomaliesArguments),
    /// Finds the category of each statement line by patterns, without a workbook
    #[command(
        after_help = "Example:\n  tieout categorise --statement sample-data/bank/statement-2025.csv \\\n    --patterns sample-data/categories/patterns.csv --out categories.csv\n\npatterns.csv:\n  pattern,category\n  Lidl,Groceries\n  Shell,Fuel\n\nA pattern fits a text that contains it, and a text of three letters or more that it contains itself;\nletter case does not matter, accents do. The counterparty is tried first, then the description, then the\nreference. The longest pattern that fits decides, the earliest of equally long ones."
    )]
    Categorise(CategoriseArguments),
    /// Says whether a signed PDF, a report folder, an audit log or a workbook is valid, or what was altered
    #[command(
        after_help = "Examples:\n  tieout verify result/report.pdf\n  tieout verify joinery.tieout --report january.pdf --report february.pdf\n\nA workbook's passphrase comes from the keychain, TIEOUT_PASSPHRASE or a prompt."
    )]
    Verify(VerifyArguments),
    /// Looks at what this machine and a workbook need to be sound: keychain, disk, clock, pages, chain, mail server
    #[command(
        after_help = "Example:\n  tieout doctor joinery.tieout --online --save help.zip\n\nThe exit code is 1 where something does not work. --save writes what may be handed over to whoever helps:\nhow the checks came out, versions, how much the workbook holds and the end of the log; no names, texts or amounts."
    )]
    Doctor(DoctorArguments),
    /// Sums up what came in and went out on an account, over at most 365 days
    #[command(
        after_help = "Example:\n  tieout summary joinery.tieout --account 'Current account' --from 2025-01-01 --to 2025-12-31"
    )]
    Summary(SummaryArguments),
    /// Lists what stands in the way: records in no match, with cause, impact and age
    #[command(
        after_help = "Examples:\n  tieout exceptions joinery.tieout --cause missing_in_ledger --min-impact 1000\n  tieout exceptions joinery.tieout --min-days 60 --csv > old.csv\n\nA cause is one of timing, missing_in_ledger, missing_in_bank, fee, discount, fx_rounding, rate_change, duplicate, transposition, sign_error, partial_payment, overpayment, reversal, reference_error, none."
    )]
    Exceptions(ExceptionsArguments),
    /// Tells how far both sides are apart, match by match and job by job, and where a rate changed, without a workbook
    #[command(after_help = FILES_HELP)]
    Differences(DifferencesArguments),
    /// Works on a workbook as the window does: for scripts
    #[command(subcommand)]
    Workbook(WorkbookCommand),
}

#[derive(Debug, Args)]
pub(crate) struct InspectArguments {
    /// Statement or ledger, of any format; or a ZIP of such files
    pub(crate) file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// List every row as it would be stored
    #[arg(long)]
    pub(crate) rows: bool,
    /// Read the file with this mapping (TOML) instead of the recognised one
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// Write what the columns mean into this mapping file (TOML)
    #[arg(long, value_name = "FILE")]
    pub(crate) write_mapping: Option<PathBuf>,
    /// Take files of up to so many MiB that have to be read as a whole (spreadsheets, XML, MT940 …); 50 unless given
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) max_size: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct ReconcileArguments {
    /// Statement file; may be given more than once
    #[arg(long, required = true, value_name = "FILE")]
    pub(crate) statement: Vec<PathBuf>,
    /// Ledger file; may be given more than once
    #[arg(long, required = true, value_name = "FILE")]
    pub(crate) ledger: Vec<PathBuf>,
    /// bank, processor, jobs, deposits
    #[arg(long)]
    pub(crate) profile: Option<String>,
    /// Configuration (TOML)
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Threads to use; all cores unless given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Folder to write into
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Sign with this identity (PKCS#12); its passphrase comes from TIEOUT_PASSPHRASE or a prompt
    #[arg(long, value_name = "FILE")]
    pub(crate) identity: Option<PathBuf>,
    /// Take files of up to so many MiB that have to be read as a whole (spreadsheets, XML, MT940 …); 50 unless given
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) max_size: Option<u32>,
    #[command(flatten)]
    pub(crate) layout: LayoutArguments,
    /// Print one JSON object instead of a summary for people
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CategoriseArguments {
    /// Statement file of any format; may be given more than once
    #[arg(long, required = true, value_name = "FILE")]
    pub(crate) statement: Vec<PathBuf>,
    /// Patterns: CSV with the columns pattern,category
    #[arg(long, value_name = "FILE")]
    pub(crate) patterns: PathBuf,
    /// CSV file to write, every line with its category; - for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Threads to use; all cores unless given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Take files of up to so many MiB that have to be read as a whole (spreadsheets, XML, MT940 …); 50 unless given
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) max_size: Option<u32>,
    /// Print one JSON object instead of a summary for people
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArguments {
    /// A workbook to be looked at too
    pub(crate) file: Option<PathBuf>,
    /// Ask the mail server that is set for alerts whether it would take a message
    #[arg(long)]
    pub(crate) online: bool,
    /// Write an archive (ZIP) to be handed over to whoever helps
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Print one JSON array
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SummaryArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Account; may be left out where there is only one
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: String,
    /// Last day; at most 365 days with the first
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExceptionsArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Only exceptions with this cause; may be given more than once
    #[arg(long)]
    pub(crate) cause: Vec<String>,
    /// Only those of which at least so much is open, in whole units such as 250 or 99.50
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) min_impact: Option<String>,
    /// Only those at least so many days old
    #[arg(long, value_name = "DAYS")]
    pub(crate) min_days: Option<u32>,
    /// Only those that the policy accepted, which are not listed otherwise
    #[arg(long)]
    pub(crate) accepted: bool,
    /// Count ages up to this day; today (UTC) unless given
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<String>,
    /// Rows to list, largest first; 50 unless given, all with --json and --csv
    #[arg(long, value_name = "ROWS")]
    pub(crate) limit: Option<u32>,
    /// Print CSV
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum WorkbookCommand {
    /// Makes a new workbook
    #[command(
        after_help = "Example:\n  TIEOUT_PASSPHRASE='a long phrase' tieout workbook new joinery.tieout \\\n    --company 'Joinery Ltd' --user 'Ada Byron' --currency EUR"
    )]
    New(NewArguments),
    /// Takes statements and ledgers in
    #[command(
        after_help = "Example:\n  tieout workbook import joinery.tieout --statement bank.csv --ledger invoices.xlsx"
    )]
    Import(ImportArguments),
    /// Lists what was taken in, and takes an import back as a whole
    #[command(
        after_help = "Examples:\n  tieout workbook imports joinery.tieout\n  tieout workbook imports joinery.tieout --undo 0192…"
    )]
    Imports(ImportsArguments),
    /// Runs the engine over what is open
    #[command(after_help = "Example:\n  tieout workbook match joinery.tieout")]
    Match(MatchArguments),
    /// Shows what rules would have done with past decisions, without changing anything
    #[command(
        after_help = "Examples:\n  tieout workbook try-rules joinery.tieout --config rules.toml\n\nrules.toml:\n  [[rule]]\n  name = \"Card fees\"\n  enabled = false   # tried all the same\n  when = [{ field = \"line.counterparty\", contains = \"card\" }]\n  then = \"write_off\"\n  up_to = \"5.00\"\n  cause = \"fee\"\n  account = \"6855\"\n\nIn the answer, + agrees with the decision, ! contradicts it."
    )]
    TryRules(TryRulesArguments),
    /// Shows the matching settings kept in the workbook, or replaces them
    #[command(
        after_help = "Examples:\n  tieout workbook config joinery.tieout > matching.toml\n  tieout workbook config joinery.tieout --set matching.toml"
    )]
    Config(ConfigArguments),
    /// Lists what needs a person, and takes decisions
    #[command(
        after_help = "Examples:\n  tieout workbook review joinery.tieout\n  tieout workbook review joinery.tieout --approve 0192… --reason 'seen the remittance'\n  tieout workbook review joinery.tieout --approve-above 95"
    )]
    Review(ReviewArguments),
    /// Gives every line that is pending its category, by the patterns kept in the workbook
    #[command(
        after_help = "Examples:\n  tieout workbook categorise joinery.tieout\n  tieout workbook categorise joinery.tieout --again --out categories.csv\n\nA line that has a category keeps it unless --again is given; one that none fitted is looked at again once\ncategories or patterns have changed. What a person chose stays."
    )]
    Categorise(WorkbookCategoriseArguments),
    /// Lists categories and patterns, and changes them
    #[command(
        after_help = "Examples:\n  tieout workbook categories joinery.tieout\n  tieout workbook categories joinery.tieout import patterns.csv\n  tieout workbook categories joinery.tieout add Travel\n  tieout workbook categories joinery.tieout add-pattern 'Deutsche Bahn' --category Travel\n  tieout workbook categories joinery.tieout set --line 0192… --category Travel"
    )]
    Categories(CategoriesArguments),
    /// Tells match rate, variance, exceptions by cause and age, and cash not allocated
    #[command(
        after_help = "Examples:\n  tieout workbook figures joinery.tieout\n  tieout workbook figures joinery.tieout --account 'Current account' --from 2025-01-01 --to 2025-03-31 --json\n\n--json tells the newest runs and the history by day besides. What variance and high value are held against stands under [figures] of `tieout workbook config`:\n  [figures]\n  variance_percent = \"1.0\"\n  high_value = 10000          # whole units of each record's currency\n  risk_medium_percent = \"1.0\"\n  risk_high_percent = \"5.0\""
    )]
    Figures(FiguresArguments),
    /// Lists what an auditor would look at twice, and sets aside what is in order
    #[command(
        after_help = "Examples:\n  tieout workbook anomalies joinery.tieout\n  tieout workbook anomalies joinery.tieout --account 'Current account' --from 2025-01-01 --to 2025-03-31 --json\n  tieout workbook anomalies joinery.tieout --set-aside 3f9c… --reason 'deposit for the new saw, contract seen'\n  tieout workbook anomalies joinery.tieout --restore 3f9c…\n\nAn anomaly stays set aside as long as it is found with the same records. How anomalies are looked for\nstands under [anomalies] of `tieout workbook config`."
    )]
    Anomalies(WorkbookAnomaliesArguments),
    /// Tells how far both sides are apart, match by match and job by job, and where a rate changed
    #[command(after_help = WORKBOOK_HELP)]
    Differences(WorkbookDifferencesArguments),
    /// Lists lines, entries, matches, exceptions or audit events, filtered, sorted and searched
    #[command(after_help = list_arguments::HELP)]
    List(ListRowsArguments),
    /// Lists an account's periods; prepares, reviews, locks and reopens them
    #[command(after_help = CLOSE_HELP)]
    Close(CloseArguments),
    /// Writes matches, exceptions and the signed report into a folder
    #[command(
        after_help = "Examples:\n  tieout workbook export joinery.tieout --out result\n  tieout workbook export joinery.tieout --out filed --from 2025-01-01 --to 2025-01-31 --parts statement --paper letter"
    )]
    Export(ExportArguments),
    /// Alerts when variance or data quality passes a limit or exceptions age: in the app, by e-mail and by webhook
    #[command(subcommand)]
    Alerts(AlertsCommand),
    /// Customers, the accounts that approved deposits credit, and what a credit costs
    #[command(subcommand)]
    Customers(CustomersCommand),
    /// Who works here and as what: names, roles, secrets
    #[command(subcommand)]
    People(PeopleCommand),
    /// Changes the passphrase that opens the workbook
    #[command(
        after_help = "Example:\n  tieout workbook passphrase joinery.tieout\n\nThe present passphrase comes from TIEOUT_PASSPHRASE and the new one from TIEOUT_NEW_PASSPHRASE, or both from a\nprompt. The keychain is told if it held the old key."
    )]
    Passphrase(PassphraseArguments),
    /// Writes the audit log into a file that can be checked without the workbook
    #[command(after_help = audit_arguments::LOG_HELP)]
    AuditLog(AuditLogArguments),
    /// Goes on with a workbook that is an older copy, or has another history, than this machine knows
    #[command(after_help = audit_arguments::ACCEPT_HELP)]
    AcceptHistory(AcceptHistoryArguments),
    /// Takes the workbook's key out of this machine's keychain: the passphrase is asked for from then on
    #[command(after_help = "Example:\n  tieout workbook forget-key joinery.tieout")]
    ForgetKey(ForgetKeyArguments),
    /// The policy: what is resolved without a person, within which limits, and who looks after what stays
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Matches records by hand: any group, parts of records, and what is written off to an account of the books
    #[command(
        after_help = "Examples:\n  tieout workbook match-by-hand joinery.tieout --line 0192… --entry 0193… --entry 0194…\n  tieout workbook match-by-hand joinery.tieout --line 0192… --entry 0193… --adjust fee@6855\n  tieout workbook match-by-hand joinery.tieout --line 0192… --adjust fee@6855 --text 'Account fee January'\n  tieout workbook match-by-hand joinery.tieout --line 0192…=100.00 --entry 0193… --dry-run --json\n\nCauses: fee, discount, fx_rounding, rate_change …; partial_payment and overpayment leave the rest open.\n--groups takes [{\"lines\": [{\"id\": \"0192…\", \"part\": \"60.00\"}], \"entries\": [{\"id\": \"0193…\", \"part\": null}],\n\"adjustments\": []}, …]: a record that stands in several is divided over them."
    )]
    MatchByHand(ByHandArguments),
    /// Notes on records and matches who looks after them, until when they are snoozed, comments and evidence
    #[command(
        after_help = "Examples:\n  tieout workbook note joinery.tieout 0192… --owner 'Petra Klein'\n  tieout workbook note joinery.tieout 0192… 0193… --snooze 2026-01-15\n  tieout workbook note joinery.tieout 0192… --expected 2026-01-05 --reason 'cheque sent on 30 December'\n  tieout workbook note joinery.tieout 0192… --attach remittance.pdf\n\nIdentifiers stand in `tieout workbook review --json` and `tieout exceptions --json`. Without an owner of its own\na record belongs to whom the policy names for its cause. Each note is one act: `review --undo` takes it back."
    )]
    Note(NoteArguments),
    /// Lists all that people did, newest first, and whether it stands
    #[command(after_help = "Example:\n  tieout workbook history joinery.tieout --json")]
    History(HistoryArguments),
    /// Journal entries that approved matches ask of the books
    Journal(JournalArguments),
    /// Makes a backup, lists backups, or checks them
    #[command(after_help = BACKUP_HELP)]
    Backup(BackupArguments),
    /// Makes a workbook of a backup
    #[command(after_help = RESTORE_HELP)]
    Restore(RestoreArguments),
}

#[derive(Debug, Args)]
pub(crate) struct NewArguments {
    /// File to make
    pub(crate) file: PathBuf,
    /// The company's name
    #[arg(long)]
    pub(crate) company: String,
    /// Your name, as it will stand in reports
    #[arg(long)]
    pub(crate) user: String,
    /// Base currency, ISO 4217
    #[arg(long, default_value = "EUR")]
    pub(crate) currency: String,
    /// One person may prepare and review; reports say so
    #[arg(long)]
    pub(crate) single_user: bool,
    /// Keep the key in the OS keychain
    #[arg(long)]
    pub(crate) remember: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ImportsArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Take the import with this identifier back: its rows are withdrawn, and the file can be taken in anew
    #[arg(long, value_name = "ID")]
    pub(crate) undo: Option<String>,
    /// Print one JSON array
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Statement file; may be given more than once
    #[arg(long, value_name = "FILE", required_unless_present = "ledger")]
    pub(crate) statement: Vec<PathBuf>,
    /// Ledger file; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Vec<PathBuf>,
    /// Account of the statement; taken from the file or its name unless given
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// Read the files with this mapping (TOML) instead of the recognised one
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// Take files of up to so many MiB that have to be read as a whole (spreadsheets, XML, MT940 …); 50 unless given
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) max_size: Option<u32>,
    /// Take the good rows in although some cannot be read
    #[arg(long)]
    pub(crate) leave_out_rejected: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MatchArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Configuration (TOML); the one kept in the workbook unless given
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TryRulesArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Configuration (TOML) with the rules; those kept in the workbook unless given
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Keep this configuration (TOML) from now on, with the exchange rates of the file it names
    #[arg(long, value_name = "FILE")]
    pub(crate) set: Option<PathBuf>,
    /// Print one JSON object instead of TOML
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ReviewArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Approve this match; may be given more than once
    #[arg(long, value_name = "MATCH")]
    pub(crate) approve: Vec<String>,
    /// Reject this match; may be given more than once
    #[arg(long, value_name = "MATCH")]
    pub(crate) reject: Vec<String>,
    /// Approve all unambiguous matches from this confidence up, in percent
    #[arg(long, value_name = "PERCENT")]
    pub(crate) approve_above: Option<String>,
    /// Take back what you did last: a decision or a note
    #[arg(long, conflicts_with_all = ["approve", "reject", "approve_above"])]
    pub(crate) undo: bool,
    /// Do again what you took back last
    #[arg(long, conflicts_with_all = ["approve", "reject", "approve_above", "undo"])]
    pub(crate) redo: bool,
    /// Why
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct FiguresArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Account; without account and days the figures are those of the whole company
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<String>,
    /// Last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<String>,
    /// Count ages up to this day; today (UTC) unless given
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
