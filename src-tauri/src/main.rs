//! The desktop shell: one window, Tauri commands that unpack, call one use case and convert. No accounting here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod access;
mod background;
mod commands;
#[cfg(target_os = "linux")]
mod painting;
mod window;

use std::{path::Path, process::ExitCode};

use tieout_application::{Environment, Session};
use zeroize::Zeroizing;

/// Holds the passphrase of the workbook named on the command line, as for the CLI: for the demo and for scripts.
const PASSPHRASE: &str = "TIEOUT_PASSPHRASE";

/// Reading and matching make millions of short texts on all threads at once, which the system's allocator serialises.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Some(code) = tieout_application::run_if_child() {
        return code;
    }
    tieout_application::keep_memory_private();
    let environment = match Environment::of_this_machine() {
        Ok(environment) => environment,
        Err(error) => return fail(&error.to_string()),
    };
    let _log = tieout_application::logging::start(&environment.data_folder);
    let session = Session::new(environment);
    if let Some(file) = std::env::args_os().nth(1) {
        session.open_named(Path::new(&file), std::env::var(PASSPHRASE).ok().map(Zeroizing::new));
    }
    match run(session) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            fail(&format!("Tieout could not open its window: {error}"))
        }
    }
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}

fn run(session: Session) -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _folder| window::show_again(app, &arguments)))
        .plugin(window::remember_size())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .manage(session)
        .manage(commands::dialogs::PlaceToSave::default())
        .setup(|app| {
            window::open(app)?;
            background::start(app.handle())?;
            Ok(())
        })
        .invoke_handler(access::admitting(tauri::generate_handler![
            commands::session::app_state,
            commands::session::create_workbook,
            commands::session::open_workbook,
            commands::session::close_workbook,
            commands::session::workbook,
            commands::session::cancel_task,
            commands::people::presence,
            commands::people::lock_now,
            commands::people::unlock,
            commands::people::sign_in_choices,
            commands::people::sign_in,
            commands::people::sign_out,
            commands::people::people,
            commands::people::add_person,
            commands::people::change_person,
            commands::people::reset_secret,
            commands::people::change_own_secret,
            commands::people::set_single_user,
            commands::people::set_idle_minutes,
            commands::people::change_passphrase,
            commands::alerts::alerts,
            commands::alerts::count_open_alerts,
            commands::alerts::acknowledge_alerts,
            commands::alerts::save_alert_settings,
            commands::alerts::test_alert_channel,
            commands::alerts::retry_alert_deliveries,
            commands::backup::backups,
            commands::backup::save_backup_settings,
            commands::backup::back_up,
            commands::backup::check_backups,
            commands::backup::restore_backup,
            commands::backup::restore_points,
            commands::backup::pick_backup_path,
            commands::backup::pick_folder_path,
            commands::signing::signing,
            commands::signing::make_signer,
            commands::signing::import_signer,
            commands::signing::revoke_signer,
            commands::signing::save_certificate,
            commands::signing::pick_identity_path,
            commands::signing::pick_certificate_path,
            commands::doctor::examine,
            commands::doctor::diagnostics,
            commands::doctor::save_diagnostics,
            commands::doctor::pick_diagnostics_path,
            commands::anomalies::anomalies,
            commands::anomalies::set_anomaly_aside,
            commands::anomalies::restore_anomaly,
            commands::anomalies::anomaly_settings,
            commands::anomalies::save_anomaly_settings,
            commands::import::list_batches,
            commands::import::preview_import,
            commands::import::preview_import_file,
            commands::import::revise_import,
            commands::import::commit_import,
            commands::import::discard_import,
            commands::import::preview_rows,
            commands::import::export_mapping,
            commands::import::import_mapping,
            commands::import::batch_report,
            commands::import::undo_import,
            commands::import::retry_import,
            commands::import::delete_records,
            commands::import::restore_records,
            commands::import::deleted_records,
            commands::review::run_matching,
            commands::review::review_queue,
            commands::review::match_detail,
            commands::review::exception_detail,
            commands::review::decide,
            commands::by_hand::hand_balance,
            commands::by_hand::match_by_hand,
            commands::acts::undo,
            commands::acts::redo,
            commands::acts::acts,
            commands::acts::decide_many,
            commands::acts::selection,
            commands::acts::mark,
            commands::acts::attach,
            commands::acts::attach_bytes,
            commands::acts::save_evidence,
            commands::dialogs::pick_evidence_path,
            commands::review::undo_decision,
            commands::review::approve_above,
            commands::review::open_records,
            commands::matching::matching_settings,
            commands::matching::save_matching_settings,
            commands::matching::try_rules,
            commands::figures::exceptions,
            commands::figures::exception_totals,
            commands::figures::figures,
            commands::figures::judgement,
            commands::figures::daily_history,
            commands::figures::account_summary,
            commands::standing::standing,
            commands::standing::standing_rates,
            commands::categories::categories,
            commands::categories::category_sums,
            commands::categories::category_lines,
            commands::categories::try_category_text,
            commands::categories::save_category_pattern,
            commands::categories::remove_category_pattern,
            commands::categories::rename_category,
            commands::categories::remove_category,
            commands::categories::import_category_patterns,
            commands::categories::export_category_patterns,
            commands::categories::set_line_category,
            commands::categories::sweep_categories,
            commands::customers::customers,
            commands::customers::customer,
            commands::customers::new_customer,
            commands::customers::adjust_customer,
            commands::customers::waiting_deposits,
            commands::customers::allocate_deposit,
            commands::customers::take_back_transaction,
            commands::customers::credit_rates,
            commands::customers::set_credit_rate,
            commands::policy::policy,
            commands::policy::save_policy,
            commands::policy::try_policy,
            commands::policy::apply_policy,
            commands::policy::accepted_records,
            commands::policy::take_back_acceptance,
            commands::differences::differences,
            commands::differences::difference_trends,
            commands::grids::grid_page,
            commands::grids::grid_place,
            commands::grids::grid_selection,
            commands::grids::grid_text,
            commands::periods::periods,
            commands::periods::period,
            commands::periods::open_period,
            commands::periods::remove_period,
            commands::periods::prepare_period,
            commands::periods::review_period,
            commands::periods::lock_period,
            commands::periods::take_period_back,
            commands::periods::request_reopening,
            commands::periods::reopen_period,
            commands::periods::decline_reopening,
            commands::periods::withdraw_reopening,
            commands::periods::check_period,
            commands::periods::period_items,
            commands::periods::late_entries,
            commands::journal::journal,
            commands::journal::posting_accounts,
            commands::journal::save_posting_accounts,
            commands::journal::choose_journal_account,
            commands::journal::journal_layouts,
            commands::journal::save_journal_layout,
            commands::journal::remove_journal_layout,
            commands::journal::read_journal_layout,
            commands::journal::preview_journal,
            commands::journal::export_journal,
            commands::journal::journal_batches,
            commands::journal::write_journal_again,
            commands::journal::take_journal_back,
            commands::dialogs::pick_journal_path,
            commands::proof::balance_proof,
            commands::proof::proposed_report_path,
            commands::proof::export_report,
            commands::proof::audit_log,
            commands::proof::export_audit_log,
            commands::proof::accept_history,
            commands::proof::verify_workbook,
            commands::dialogs::pick_workbook_path,
            commands::dialogs::pick_report_path,
            commands::dialogs::pick_import_paths,
            commands::dialogs::pick_mapping_path,
            commands::dialogs::pick_rates_path,
            commands::dialogs::pick_patterns_path,
            commands::dialogs::pick_audit_path,
            commands::dialogs::reveal,
        ]))
        .run(tauri::generate_context!())
}
