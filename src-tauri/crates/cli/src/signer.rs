//! `tieout workbook signer …`: what reports are signed with.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use tieout_application::{ApplicationError, Digest, Existing, Session, Signing};
use tieout_wire::{SigningView, parse_fingerprint};

use crate::{outcome::Outcome, reconcile, terminal, workbook::open};

#[derive(Debug, Subcommand)]
pub(crate) enum SignerCommand {
    /// Lists the certificates that reports of the workbook were signed with
    #[command(after_help = "Example:\n  tieout workbook signer list joinery.tieout --user 'Ada Byron'")]
    List(ListArguments),
    /// Takes a PKCS#12 file (.p12, .pfx) as the identity of whoever signs in, kept in the keychain
    #[command(
        after_help = "Example:\n  tieout workbook signer import joinery.tieout ada.p12 --user 'Ada Byron'\n\nIts passphrase comes from TIEOUT_PASSPHRASE or a prompt. Keys: ECDSA P-256 and P-384, RSA of 2,048 to 4,096 bits."
    )]
    Import(ImportArguments),
    /// Makes a new identity for whoever signs in, kept in the keychain
    #[command(after_help = "Example:\n  tieout workbook signer new joinery.tieout --user 'Ada Byron'")]
    New(ListArguments),
    /// Writes a certificate (DER), for those who want to trust it
    #[command(
        after_help = "Example:\n  tieout workbook signer certificate joinery.tieout --out ada.cer\n  tieout verify report.pdf --trust ada.cer"
    )]
    Certificate(CertificateArguments),
    /// Says that a certificate holds no more: its key may be in other hands
    #[command(
        after_help = "Example:\n  tieout workbook signer revoke joinery.tieout 5f0c…1d2e --reason 'the laptop was stolen'"
    )]
    Revoke(RevokeArguments),
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
pub(crate) struct ImportArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// The PKCS#12 file
    pub(crate) identity: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CertificateArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Which; one's own unless given
    #[arg(long)]
    pub(crate) fingerprint: Option<String>,
    /// The file to write; nothing may lie there
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct RevokeArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Which
    pub(crate) fingerprint: String,
    /// Why
    #[arg(long)]
    pub(crate) reason: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(command: SignerCommand) -> Result<Outcome, ApplicationError> {
    match command {
        SignerCommand::List(arguments) => {
            let session = open(&arguments.file)?;
            answer(&session, session.signing()?, arguments.json)
        }
        SignerCommand::Import(arguments) => {
            let session = open(&arguments.file)?;
            let identity = reconcile::identity(&arguments.identity)?;
            answer(&session, session.import_signer(&identity)?, arguments.json)
        }
        SignerCommand::New(arguments) => {
            let session = open(&arguments.file)?;
            answer(&session, session.make_signer()?, arguments.json)
        }
        SignerCommand::Certificate(arguments) => certificate(&arguments),
        SignerCommand::Revoke(arguments) => {
            let fingerprint = fingerprint(&arguments.fingerprint)?;
            let session = open(&arguments.file)?;
            answer(&session, session.revoke_signer(fingerprint, &arguments.reason)?, arguments.json)
        }
    }
}

fn certificate(arguments: &CertificateArguments) -> Result<Outcome, ApplicationError> {
    let named = arguments.fingerprint.as_deref().map(fingerprint).transpose()?;
    let session = open(&arguments.file)?;
    let signing = session.signing()?;
    let none = || ApplicationError::in_english("no identity is kept here yet: name a --fingerprint".to_owned());
    session.save_certificate(named.or(signing.own).ok_or_else(none)?, &arguments.out, Existing::Keep)?;
    session.close_workbook()?;
    Ok(Outcome::Done)
}

fn fingerprint(text: &str) -> Result<Digest, ApplicationError> {
    parse_fingerprint(text).map_err(|error| ApplicationError::in_english(error.to_string()))
}

fn answer(session: &Session, signing: Signing, json: bool) -> Result<Outcome, ApplicationError> {
    session.close_workbook()?;
    let view = SigningView::from(signing);
    if json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}
