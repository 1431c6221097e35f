//! Names the commands that the window may call; any other is refused.

const COMMANDS: &[&str] = &[
    "app_state",
    "create_workbook",
    "open_workbook",
    "close_workbook",
    "workbook",
    "list_batches",
    "preview_import",
    "preview_import_file",
    "revise_import",
    "commit_import",
    "discard_import",
    "run_matching",
    "cancel_task",
    "review_queue",
    "match_detail",
    "exception_detail",
    "decide",
    "match_by_hand",
    "undo",
    "undo_decision",
    "approve_above",
    "open_records",
    "balance_proof",
    "proposed_report_path",
    "export_report",
    "audit_log",
    "verify_workbook",
    "pick_workbook_path",
    "pick_report_path",
    "reveal",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let attributes = tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    Ok(tauri_build::try_build(attributes)?)
}
