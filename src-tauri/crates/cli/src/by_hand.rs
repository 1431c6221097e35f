//! `tieout workbook match-by-hand`: records that a person puts together, or writes off.

use std::path::{Path, PathBuf};

use clap::Args;
use tieout_application::{ApplicationError, HandGroup, MatchByHand, read_text_file};
use tieout_wire::{
    CommandError, DecisionOutcome, HandAdjustmentRequest, HandBalancesView, HandGroupRequest, HandRecordRequest,
    hand_groups,
};

use crate::{outcome::Outcome, terminal, workbook::open};

#[derive(Debug, Args)]
pub(crate) struct ByHandArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// A statement line, or part of it; may be given more than once
    #[arg(long, value_name = "ID[=PART]", required_unless_present_any = ["entry", "groups"])]
    pub(crate) line: Vec<String>,
    /// A ledger entry, or part of it; may be given more than once
    #[arg(long, value_name = "ID[=PART]")]
    pub(crate) entry: Vec<String>,
    /// Why the sides differ, by how much (else: all that is left) and to which account of the books
    #[arg(long, value_name = "CAUSE[=AMOUNT][@ACCOUNT]")]
    pub(crate) adjust: Vec<String>,
    /// Text of the postings
    #[arg(long, default_value = "")]
    pub(crate) text: String,
    /// Groups over which records are divided, as JSON
    #[arg(long, value_name = "FILE", conflicts_with_all = ["line", "entry", "adjust", "text"])]
    pub(crate) groups: Option<PathBuf>,
    /// Why
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
    /// Change nothing: say what the sides come to
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn match_by_hand(arguments: &ByHandArguments) -> Result<Outcome, ApplicationError> {
    let groups = groups_of(arguments)?;
    let session = open(&arguments.file)?;
    if arguments.dry_run {
        let balances = HandBalancesView::from(session.hand_balance(&groups)?);
        session.close_workbook()?;
        if arguments.json {
            terminal::print_json(&balances)?;
        } else {
            terminal::print(&balances.to_string());
        }
        return Ok(Outcome::Done);
    }
    let outcome = session.match_by_hand(&MatchByHand { groups, reason: arguments.reason.clone() })?;
    session.close_workbook()?;
    if arguments.json {
        terminal::print_json(&DecisionOutcome::from(outcome))?;
    } else {
        terminal::say("matched; `tieout workbook review --undo` takes it back");
    }
    Ok(Outcome::Done)
}

fn groups_of(arguments: &ByHandArguments) -> Result<Vec<HandGroup>, ApplicationError> {
    let refused = |error: CommandError| ApplicationError::in_english(error.to_string());
    let requests = match &arguments.groups {
        Some(path) => groups_in(path, &read_text_file(path)?)?,
        None => vec![HandGroupRequest {
            lines: arguments.line.iter().map(|text| record(text)).collect(),
            entries: arguments.entry.iter().map(|text| record(text)).collect(),
            adjustments: arguments.adjust.iter().map(|text| adjustment(text, &arguments.text)).collect(),
        }],
    };
    hand_groups(requests).map_err(refused)
}

/// Groups from a file's text; a word that means nothing is refused, since the amount behind it would count as left out.
fn groups_in(path: &Path, text: &str) -> Result<Vec<HandGroupRequest>, ApplicationError> {
    serde_json::from_str(text).map_err(|error| ApplicationError::in_english(format!("{}: {error}", path.display())))
}

/// `0192…=12.50`: part of a record; without the amount all that is open of it.
fn record(text: &str) -> HandRecordRequest {
    match text.split_once('=') {
        Some((id, part)) => HandRecordRequest { id: id.to_owned(), part: Some(part.to_owned()), open: None },
        None => HandRecordRequest { id: text.to_owned(), part: None, open: None },
    }
}

/// `fee=-1.50@6855`: cause, amount and account, of which the last two may be left out.
fn adjustment(given: &str, text: &str) -> HandAdjustmentRequest {
    let (what, account) = match given.split_once('@') {
        Some((what, account)) => (what, Some(account.to_owned())),
        None => (given, None),
    };
    let (cause, amount) = match what.split_once('=') {
        Some((cause, amount)) => (cause, Some(amount.to_owned())),
        None => (what, None),
    };
    HandAdjustmentRequest { cause: cause.to_owned(), amount, account, text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many groups a file with this text has, or what is said against it.
    fn taken(text: &str) -> Result<usize, String> {
        groups_in(Path::new("groups.json"), text).map(|groups| groups.len()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_word_that_is_misspelt_is_no_amount_left_out() {
        let group = |line: &str, adjustment: &str| {
            format!(r#"[{{"lines": [{line}], "entries": [], "adjustments": [{adjustment}]}}]"#)
        };
        let fee = r#"{"cause": "fee", "amount": "1.00", "text": ""}"#;
        assert_eq!(taken(&group(r#"{"id": "a", "part": "10.00"}"#, fee)), Ok(1));
        assert_eq!(taken(&group(r#"{"id": "a"}"#, fee)), Ok(1), "all that is open");
        for (line, adjustment, word) in [
            (r#"{"id": "a", "parts": "10.00"}"#, fee, "parts"),
            (r#"{"id": "a"}"#, r#"{"cause": "fee", "amout": "1.00", "text": ""}"#, "amout"),
        ] {
            let refused = taken(&group(line, adjustment)).unwrap_err();
            assert!(refused.contains("groups.json") && refused.contains(word), "{refused}");
        }
        let refused = taken(r#"[{"lines": [], "entries": [], "adjustments": [], "adjustment": []}]"#).unwrap_err();
        assert!(refused.contains("adjustment"), "{refused}");
    }
}
