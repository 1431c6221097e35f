//! What each command needs before it is begun: asked in one place, so that no command can forget to. The workbook asks
//! again in every change; here the refusal comes before a long task, and before anything is read.

use tauri::{Manager, Runtime, ipc::Invoke};
use tieout_application::{Need, Permission, Session};
use tieout_wire::CommandError;

use Need::{May, Nothing, SignedIn, Unlocked};
use Permission::{Configure, Decide, Import, ManagePeople, Prepare, SignOff};

/// Every command the window may call, as in `build.rs`, which a test holds against this.
const NEEDS: &[(&str, Need)] = &[
    ("app_state", Nothing),
    ("create_workbook", Unlocked),
    ("open_workbook", Unlocked),
    ("close_workbook", Unlocked),
    ("workbook", SignedIn),
    ("presence", Nothing),
    ("lock_now", Nothing),
    ("unlock", Nothing),
    ("sign_in_choices", Unlocked),
    ("sign_in", Unlocked),
    ("sign_out", Nothing),
    ("people", SignedIn),
    ("add_person", May(ManagePeople)),
    ("change_person", May(ManagePeople)),
    ("reset_secret", May(ManagePeople)),
    ("change_own_secret", SignedIn),
    ("set_single_user", May(ManagePeople)),
    ("set_idle_minutes", May(Configure)),
    ("change_passphrase", May(ManagePeople)),
    ("alerts", SignedIn),
    ("count_open_alerts", SignedIn),
    ("acknowledge_alerts", May(Decide)),
    ("save_alert_settings", May(Configure)),
    ("test_alert_channel", May(Configure)),
    ("retry_alert_deliveries", May(Decide)),
    ("backups", SignedIn),
    ("save_backup_settings", May(Configure)),
    ("back_up", SignedIn),
    ("check_backups", SignedIn),
    ("restore_backup", Unlocked),
    ("restore_points", Unlocked),
    ("pick_backup_path", Unlocked),
    ("pick_folder_path", Unlocked),
    ("signing", SignedIn),
    ("make_signer", SignedIn),
    ("import_signer", SignedIn),
    ("revoke_signer", May(ManagePeople)),
    ("save_certificate", SignedIn),
    ("pick_identity_path", SignedIn),
    ("pick_certificate_path", SignedIn),
    ("examine", SignedIn),
    ("diagnostics", SignedIn),
    ("save_diagnostics", SignedIn),
    ("pick_diagnostics_path", SignedIn),
    ("anomalies", SignedIn),
    ("set_anomaly_aside", May(Decide)),
    ("restore_anomaly", May(Decide)),
    ("anomaly_settings", SignedIn),
    ("save_anomaly_settings", May(Configure)),
    ("list_batches", SignedIn),
    ("preview_import", May(Import)),
    ("preview_import_file", May(Import)),
    ("revise_import", May(Import)),
    ("commit_import", May(Import)),
    ("discard_import", May(Import)),
    ("preview_rows", May(Import)),
    ("export_mapping", May(Import)),
    ("import_mapping", May(Import)),
    ("batch_report", SignedIn),
    ("undo_import", May(Import)),
    ("retry_import", May(Import)),
    ("delete_records", May(Import)),
    ("restore_records", May(Import)),
    ("deleted_records", SignedIn),
    ("run_matching", May(Import)),
    ("cancel_task", Nothing),
    ("review_queue", SignedIn),
    ("match_detail", SignedIn),
    ("exception_detail", SignedIn),
    ("decide", May(Decide)),
    ("hand_balance", SignedIn),
    ("match_by_hand", May(Decide)),
    ("undo", May(Decide)),
    ("redo", May(Decide)),
    ("acts", SignedIn),
    ("decide_many", May(Decide)),
    ("selection", SignedIn),
    ("mark", May(Decide)),
    ("attach", May(Decide)),
    ("attach_bytes", May(Decide)),
    ("save_evidence", SignedIn),
    ("pick_evidence_path", SignedIn),
    ("undo_decision", May(Decide)),
    ("approve_above", May(Decide)),
    ("open_records", SignedIn),
    ("matching_settings", SignedIn),
    ("save_matching_settings", May(Configure)),
    ("try_rules", SignedIn),
    ("exceptions", SignedIn),
    ("exception_totals", SignedIn),
    ("figures", SignedIn),
    ("judgement", SignedIn),
    ("daily_history", SignedIn),
    ("account_summary", SignedIn),
    ("standing", SignedIn),
    ("standing_rates", SignedIn),
    ("categories", SignedIn),
    ("category_sums", SignedIn),
    ("category_lines", SignedIn),
    ("try_category_text", SignedIn),
    ("save_category_pattern", May(Import)),
    ("remove_category_pattern", May(Import)),
    ("rename_category", May(Import)),
    ("remove_category", May(Import)),
    ("import_category_patterns", May(Import)),
    ("export_category_patterns", SignedIn),
    ("set_line_category", May(Decide)),
    ("sweep_categories", May(Import)),
    ("customers", SignedIn),
    ("customer", SignedIn),
    ("new_customer", May(Import)),
    ("adjust_customer", May(Decide)),
    ("waiting_deposits", SignedIn),
    ("allocate_deposit", May(Decide)),
    ("take_back_transaction", May(Decide)),
    ("credit_rates", SignedIn),
    ("set_credit_rate", May(Configure)),
    ("policy", SignedIn),
    ("save_policy", May(Configure)),
    ("try_policy", SignedIn),
    ("apply_policy", May(Import)),
    ("accepted_records", SignedIn),
    ("take_back_acceptance", May(Decide)),
    ("differences", SignedIn),
    ("difference_trends", SignedIn),
    ("balance_proof", SignedIn),
    ("grid_page", SignedIn),
    ("grid_place", SignedIn),
    ("grid_selection", SignedIn),
    ("grid_text", SignedIn),
    ("periods", SignedIn),
    ("period", SignedIn),
    ("open_period", May(Prepare)),
    ("remove_period", May(Prepare)),
    ("prepare_period", May(Prepare)),
    ("review_period", May(SignOff)),
    ("lock_period", May(SignOff)),
    ("take_period_back", May(Decide)),
    ("request_reopening", May(Decide)),
    ("reopen_period", May(SignOff)),
    ("decline_reopening", May(SignOff)),
    ("withdraw_reopening", May(Decide)),
    ("check_period", SignedIn),
    ("period_items", SignedIn),
    ("late_entries", SignedIn),
    ("journal", SignedIn),
    ("posting_accounts", SignedIn),
    ("save_posting_accounts", May(Configure)),
    ("choose_journal_account", May(Decide)),
    ("journal_layouts", SignedIn),
    ("save_journal_layout", May(Configure)),
    ("remove_journal_layout", May(Configure)),
    ("read_journal_layout", May(Configure)),
    ("preview_journal", SignedIn),
    ("export_journal", May(Prepare)),
    ("journal_batches", SignedIn),
    ("write_journal_again", SignedIn),
    ("take_journal_back", May(Prepare)),
    ("pick_journal_path", SignedIn),
    ("proposed_report_path", SignedIn),
    ("export_report", SignedIn),
    ("audit_log", SignedIn),
    ("export_audit_log", SignedIn),
    ("accept_history", May(ManagePeople)),
    ("verify_workbook", SignedIn),
    ("pick_workbook_path", Unlocked),
    ("pick_report_path", SignedIn),
    ("pick_import_paths", SignedIn),
    ("pick_mapping_path", SignedIn),
    ("pick_rates_path", SignedIn),
    ("pick_patterns_path", SignedIn),
    ("pick_audit_path", SignedIn),
    ("reveal", SignedIn),
];

/// What a command needs; one that is listed nowhere is an admin's.
fn need_of(command: &str) -> Need {
    NEEDS.iter().find(|(name, _)| *name == command).map_or(May(ManagePeople), |(_, need)| *need)
}

/// Lets a command through to `handler` if what it needs holds, and answers the refusal otherwise.
pub(crate) fn admitting<R: Runtime>(
    handler: impl Fn(Invoke<R>) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let need = need_of(invoke.message.command());
        let admitted = invoke.message.webview_ref().state::<Session>().admit(need);
        match admitted {
            Ok(()) => handler(invoke),
            Err(refusal) => {
                invoke.resolver.reject(CommandError::from(refusal));
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_says_what_it_needs() {
        let build = include_str!("../build.rs");
        let (_, listed) = build.split_once("COMMANDS: &[&str] = &[").expect("the list");
        let (listed, _) = listed.split_once("];").expect("its end");
        let mut listed: Vec<&str> =
            listed.lines().map(|line| line.trim().trim_matches(['"', ','])).filter(|name| !name.is_empty()).collect();
        let mut known: Vec<&str> = NEEDS.iter().map(|(name, _)| *name).collect();
        listed.sort_unstable();
        known.sort_unstable();
        assert_eq!(listed, known, "a new command of build.rs needs an entry here, and in tests/window/access.rs");
    }
}
