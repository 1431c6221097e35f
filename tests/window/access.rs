//! Every command × everybody who may be there, through the window's own way to the core: nobody does what they may not, and
//! what is refused changes nothing.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    driver::Window,
    steps::{Key, PASSPHRASE, create_workbook},
};

/// Answered always: they tell nothing of a workbook, or say who is there.
const ALWAYS: &[&str] = &["app_state", "presence", "lock_now", "unlock", "sign_out", "cancel_task"];
/// Answered whoever is there, unless the window is locked.
const UNLOCKED: &[&str] = &[
    "create_workbook",
    "open_workbook",
    "close_workbook",
    "sign_in_choices",
    "sign_in",
    "pick_workbook_path",
    "restore_backup",
    "restore_points",
    "pick_backup_path",
    "pick_folder_path",
];
/// For whoever is signed in: they read, or change only what is theirs.
const SIGNED_IN: &[&str] = &[
    "workbook",
    "people",
    "change_own_secret",
    "alerts",
    "count_open_alerts",
    "backups",
    "back_up",
    "check_backups",
    "signing",
    "make_signer",
    "import_signer",
    "save_certificate",
    "pick_identity_path",
    "pick_certificate_path",
    "anomalies",
    "anomaly_settings",
    "list_batches",
    "batch_report",
    "deleted_records",
    "review_queue",
    "match_detail",
    "exception_detail",
    "hand_balance",
    "open_records",
    "matching_settings",
    "try_rules",
    "exceptions",
    "exception_totals",
    "figures",
    "judgement",
    "daily_history",
    "account_summary",
    "standing",
    "standing_rates",
    "categories",
    "category_sums",
    "category_lines",
    "try_category_text",
    "export_category_patterns",
    "customers",
    "customer",
    "waiting_deposits",
    "credit_rates",
    "policy",
    "try_policy",
    "accepted_records",
    "differences",
    "difference_trends",
    "balance_proof",
    "acts",
    "selection",
    "save_evidence",
    "pick_evidence_path",
    "grid_page",
    "grid_place",
    "grid_selection",
    "grid_text",
    "periods",
    "period",
    "check_period",
    "period_items",
    "late_entries",
    "journal",
    "posting_accounts",
    "journal_layouts",
    "preview_journal",
    "journal_batches",
    "write_journal_again",
    "pick_journal_path",
    "proposed_report_path",
    "export_report",
    "audit_log",
    "export_audit_log",
    "verify_workbook",
    "examine",
    "diagnostics",
    "save_diagnostics",
    "pick_diagnostics_path",
    "pick_report_path",
    "pick_import_paths",
    "pick_mapping_path",
    "pick_rates_path",
    "pick_patterns_path",
    "pick_audit_path",
    "reveal",
];
/// For preparers and admins.
const IMPORT: &[&str] = &[
    "preview_import",
    "preview_import_file",
    "revise_import",
    "commit_import",
    "discard_import",
    "preview_rows",
    "export_mapping",
    "import_mapping",
    "undo_import",
    "retry_import",
    "delete_records",
    "restore_records",
    "run_matching",
    "save_category_pattern",
    "remove_category_pattern",
    "rename_category",
    "remove_category",
    "import_category_patterns",
    "sweep_categories",
    "new_customer",
    "apply_policy",
];
/// For everybody who is signed in, whatever the role: they decide.
const DECIDE: &[&str] = &[
    "acknowledge_alerts",
    "retry_alert_deliveries",
    "set_anomaly_aside",
    "restore_anomaly",
    "decide",
    "match_by_hand",
    "undo",
    "undo_decision",
    "approve_above",
    "set_line_category",
    "adjust_customer",
    "allocate_deposit",
    "take_back_transaction",
    "take_back_acceptance",
    "redo",
    "decide_many",
    "mark",
    "attach",
    "attach_bytes",
    "choose_journal_account",
    "take_period_back",
    "request_reopening",
    "withdraw_reopening",
];
/// For preparers and admins: periods, and exports of the journal.
const PREPARE: &[&str] = &["open_period", "remove_period", "prepare_period", "export_journal", "take_journal_back"];
/// For reviewers and admins.
const SIGN_OFF: &[&str] = &["review_period", "lock_period", "reopen_period", "decline_reopening"];
/// The admin's own.
const SECRET: &str = "471199";
/// For admins: settings.
const CONFIGURE: &[&str] = &[
    "set_idle_minutes",
    "save_alert_settings",
    "save_backup_settings",
    "test_alert_channel",
    "save_anomaly_settings",
    "save_matching_settings",
    "set_credit_rate",
    "save_policy",
    "save_posting_accounts",
    "save_journal_layout",
    "remove_journal_layout",
    "read_journal_layout",
];
/// For admins: people.
const MANAGE_PEOPLE: &[&str] = &[
    "add_person",
    "change_person",
    "reset_secret",
    "set_single_user",
    "change_passphrase",
    "accept_history",
    "revoke_signer",
];
/// What would do something, or open a dialog of the system, without being told anything more: not tried where it is allowed.
const TOLD_NOTHING: &[&str] = &[
    "close_workbook",
    "lock_now",
    "pick_backup_path",
    "pick_folder_path",
    "make_signer",
    "pick_identity_path",
    "pick_import_paths",
    "pick_patterns_path",
    "pick_rates_path",
    "redo",
    "sign_out",
    "undo",
];

const REFUSALS: [&str; 3] = ["locked", "notAllowed", "notSignedIn"];

/// Who is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum There {
    Nobody,
    Locked,
    Preparer,
    Reviewer,
    Admin,
}

/// With which of the refusals a command answers; none: it is let through.
fn refusal(command: &str, there: There) -> Option<&'static str> {
    let holds = |list: &[&str]| list.contains(&command);
    let is_admins = holds(CONFIGURE) || holds(MANAGE_PEOPLE);
    match there {
        _ if holds(ALWAYS) => None,
        There::Locked => Some("locked"),
        _ if holds(UNLOCKED) => None,
        There::Nobody => Some("notSignedIn"),
        There::Preparer if is_admins || holds(SIGN_OFF) => Some("notAllowed"),
        There::Reviewer if is_admins || holds(IMPORT) || holds(PREPARE) => Some("notAllowed"),
        There::Preparer | There::Reviewer | There::Admin => None,
    }
}

fn commands() -> Vec<&'static str> {
    let build = include_str!("../../src-tauri/build.rs");
    let (_, listed) = build.split_once("COMMANDS: &[&str] = &[").expect("the list of commands");
    let (listed, _) = listed.split_once("];").expect("its end");
    listed.lines().map(|line| line.trim().trim_matches(['"', ','])).filter(|name| !name.is_empty()).collect()
}

/// Calls commands one after the other, as the page does, and answers what each answered or was refused with.
async fn invoke(window: &Window, calls: &[(&str, Value)]) -> Vec<Value> {
    const SCRIPT: &str = "const done = arguments[arguments.length - 1];
        (async () => {
            const answers = [];
            for (const [name, args] of arguments[0]) {
                try {
                    answers.push({ answer: await window.__TAURI_INTERNALS__.invoke(name, args) });
                } catch (fault) {
                    answers.push({ code: fault?.code ?? 'other', message: String(fault?.message ?? fault) });
                }
            }
            done(answers);
        })();";
    let answers = window.driver.execute_async(SCRIPT, vec![json!(calls)]).await.expect("a script runs");
    answers.json().as_array().expect("an answer a call").clone()
}

pub(crate) async fn ask(window: &Window, command: &str, args: Value) -> Value {
    let answer = invoke(window, &[(command, args)]).await.remove(0);
    assert!(answer.get("code").is_none(), "{command}: {answer}");
    answer["answer"].clone()
}

async fn events(window: &Window) -> u64 {
    ask(window, "audit_log", json!({ "offset": 0, "limit": 1 })).await["total"].as_u64().expect("a number")
}

async fn sign_in(window: &Window, id: &str, secret: Option<&str>) {
    ask(window, "sign_in", json!({ "request": { "id": id, "secret": secret, "newSecret": null } })).await;
}

/// Tries every command without telling it anything more: what is let through is refused for that, or only reads.
async fn try_all(window: &Window, there: There) {
    let tried: Vec<(&str, Value)> = commands()
        .into_iter()
        .filter(|command| refusal(command, there).is_some() || !TOLD_NOTHING.contains(command))
        .map(|command| (command, json!({})))
        .collect();
    let answers = invoke(window, &tried).await;
    assert_eq!(answers.len(), tried.len());
    for ((command, _), answer) in tried.iter().zip(&answers) {
        let code = answer["code"].as_str().filter(|code| REFUSALS.contains(code));
        assert_eq!(code, refusal(command, there), "{there:?}: {command} answered {answer}");
    }
}

#[test]
fn every_command_is_in_one_list_and_no_list_names_another() {
    let lists = [ALWAYS, UNLOCKED, SIGNED_IN, IMPORT, DECIDE, PREPARE, SIGN_OFF, CONFIGURE, MANAGE_PEOPLE];
    let named: Vec<&str> = lists.into_iter().flatten().copied().collect();
    let once: BTreeSet<&str> = named.iter().copied().collect();
    assert_eq!(named.len(), once.len(), "a command stands in one list");
    assert_eq!(once, commands().into_iter().collect(), "a new command of build.rs needs a place in one of the lists");
}

#[tokio::test]
async fn nobody_can_do_through_the_window_what_they_may_not() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), Key::AskedFor).await;
    // Who manages people where there are more than one has a secret of their own.
    ask(&window, "change_own_secret", json!({ "present": PASSPHRASE, "new": SECRET })).await;
    for (name, role) in [("Bea Otto", "reviewer"), ("Cid Vega", "preparer")] {
        let request = json!({ "name": name, "email": "", "role": role, "firstSecret": null });
        ask(&window, "add_person", json!({ "request": request })).await;
    }
    let people = ask(&window, "people", json!({})).await;
    let id = |at: usize| people["people"][at]["id"].as_str().expect("an identifier").to_owned();
    let (ada, bea, cid) = (id(0), id(1), id(2));

    let before = events(&window).await;
    try_all(&window, There::Admin).await;
    assert_eq!(events(&window).await, before, "an admin told them nothing to do");
    ask(&window, "lock_now", json!({})).await;
    try_all(&window, There::Locked).await;
    ask(&window, "unlock", json!({ "secret": SECRET })).await;
    assert_eq!(events(&window).await, before, "behind the lock nothing changed");

    ask(&window, "sign_out", json!({})).await;
    try_all(&window, There::Nobody).await;
    sign_in(&window, &ada, Some(SECRET)).await;
    assert_eq!(events(&window).await, before + 2, "signed out, signed in, and nothing between");

    for (person, there) in [(bea, There::Reviewer), (cid, There::Preparer)] {
        sign_in(&window, &person, None).await;
        let before = events(&window).await;
        try_all(&window, there).await;
        assert_eq!(events(&window).await, before, "{there:?}");
    }
    window.close().await;
}
