//! The arguments of `tieout workbook alerts …`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum AlertsCommand {
    /// Holds figures against their limits, and lists alerts and their deliveries
    #[command(after_help = "Example:\n  tieout workbook alerts list joinery.tieout --json")]
    List(ListArguments),
    /// Acknowledges alerts: somebody knows and looks after it
    #[command(
        after_help = "Examples:\n  tieout workbook alerts ack joinery.tieout 0192…\n  tieout workbook alerts ack joinery.tieout --all"
    )]
    Ack(AckArguments),
    /// Shows what is watched and where alerts go, or changes it
    #[command(
        after_help = "Examples:\n  tieout workbook alerts settings joinery.tieout\n  tieout workbook alerts settings joinery.tieout --quality 80 --days 45 --count off\n  tieout workbook alerts settings joinery.tieout --email on --smtp-host mail.example.com --smtp-port 587 \\\n    --security starttls --smtp-user tieout --smtp-password --from tieout@example.com --to ada@example.com\n  tieout workbook alerts settings joinery.tieout --webhook on --webhook-url\n\nThe limit of variances is variance_percent under [figures] of `tieout workbook config`. --smtp-password and\n--webhook-url take no value: it is asked for (or read from standard input) and kept in the keychain. Where there\nis none, set TIEOUT_SMTP_PASSWORD and TIEOUT_WEBHOOK_URL whenever alerts are sent; they also go before the keychain."
    )]
    Settings(Box<SettingsArguments>),
    /// Sends a test message and says precisely what went wrong
    #[command(after_help = "Example:\n  tieout workbook alerts test joinery.tieout email")]
    Test(TestArguments),
    /// Holds figures against their limits, and sends what is due
    #[command(
        after_help = "Examples:\n  tieout workbook alerts deliver joinery.tieout\n  tieout workbook alerts deliver joinery.tieout --again\n\nMeant for cron: what fails is tried again by the first call after a minute, then 2, 4, 8 … minutes, ten times.\nThe exit code is 3 where something was not delivered."
    )]
    Deliver(DeliverArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AckArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// The alerts
    #[arg(value_name = "ID", required_unless_present = "all")]
    pub(crate) ids: Vec<String>,
    /// All that are open
    #[arg(long, conflicts_with = "ids")]
    pub(crate) all: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}

impl Switch {
    pub(crate) const fn is_on(self) -> bool {
        matches!(self, Self::On)
    }
}

/// A limit, or `off`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit(pub(crate) Option<u32>);

fn limit(text: &str) -> Result<Limit, String> {
    if text == "off" {
        return Ok(Limit(None));
    }
    text.parse().map(|limit| Limit(Some(limit))).map_err(|_| "a whole number, or off".to_owned())
}

#[derive(Debug, Args)]
pub(crate) struct SettingsArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Watch variances of accounts' months
    #[arg(long)]
    pub(crate) variance: Option<Switch>,
    /// Watch for changed rates of jobs by which client and books differ
    #[arg(long)]
    pub(crate) rate_changes: Option<Switch>,
    /// Least data quality of an import, 0 to 100, or off
    #[arg(long, value_name = "LIMIT", value_parser = limit)]
    pub(crate) quality: Option<Limit>,
    /// Most days an exception may be open, or off
    #[arg(long, value_name = "LIMIT", value_parser = limit)]
    pub(crate) days: Option<Limit>,
    /// Most exceptions, or off
    #[arg(long, value_name = "LIMIT", value_parser = limit)]
    pub(crate) count: Option<Limit>,
    /// Most that may be open of all exceptions of a currency, in whole units, or off
    #[arg(long, value_name = "LIMIT", value_parser = limit)]
    pub(crate) sum: Option<Limit>,
    /// Send alerts by e-mail
    #[arg(long)]
    pub(crate) email: Option<Switch>,
    /// The mail server
    #[arg(long, value_name = "HOST")]
    pub(crate) smtp_host: Option<String>,
    /// Its port
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) smtp_port: Option<u16>,
    /// How the connection is protected
    #[arg(long, value_parser = ["tls", "starttls", "plain"])]
    pub(crate) security: Option<String>,
    /// Who signs in; '' for nobody
    #[arg(long, value_name = "USER")]
    pub(crate) smtp_user: Option<String>,
    /// Ask for the password and keep it in the keychain
    #[arg(long)]
    pub(crate) smtp_password: bool,
    /// A PEM file with a certificate to trust besides the system's; '' for none
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: Option<String>,
    /// Sender
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) from: Option<String>,
    /// Recipient; may be given more than once, and replaces those there are
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) to: Vec<String>,
    /// Post alerts to the webhook
    #[arg(long)]
    pub(crate) webhook: Option<Switch>,
    /// Ask for the webhook's address and keep it in the keychain
    #[arg(long)]
    pub(crate) webhook_url: bool,
    /// Send without TLS to other machines too
    #[arg(long)]
    pub(crate) allow_plain: Option<Switch>,
    /// Language of messages
    #[arg(long, value_parser = ["en", "de"])]
    pub(crate) language: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TestArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Through which channel
    #[arg(value_parser = ["email", "webhook"])]
    pub(crate) channel: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DeliverArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Try what was given up, and what waits, again now
    #[arg(long)]
    pub(crate) again: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
