import { host } from '@/ipc';

/** Asks for a workbook's path in the system's own dialog; the old one stays when the user cancels. */
export async function chooseWorkbookPath(save: boolean, current: string): Promise<string> {
  return (await host().call('pick_workbook_path', { save, current })) ?? current;
}

/** Asks for a report's path in the system's own dialog. */
export async function chooseReportPath(current: string): Promise<string> {
  return (await host().call('pick_report_path', { current })) ?? current;
}

/** Asks for a file with exchange rates in the system's own dialog; `null` when the user cancels. */
export function chooseRatesPath(current: string): Promise<string | null> {
  return host().call('pick_rates_path', { current });
}

/** Asks for a mapping file in the system's own dialog; `null` when the user cancels. */
export function chooseMappingPath(save: boolean, current: string): Promise<string | null> {
  return host().call('pick_mapping_path', { save, current });
}

/** Asks for a CSV file with category patterns, to be read or written; `null` when the user cancels. */
export function choosePatternsPath(save: boolean, current: string): Promise<string | null> {
  return host().call('pick_patterns_path', { save, current });
}

/** Asks for a file that the audit log is to be written into; `null` when the user cancels. */
export function chooseAuditPath(current: string): Promise<string | null> {
  return host().call('pick_audit_path', { current });
}

/** Asks for an archive that the diagnostics are to be written into; `null` when the user cancels. */
export function chooseDiagnosticsPath(current: string): Promise<string | null> {
  return host().call('pick_diagnostics_path', { current });
}

/** Asks for a file of journal entries to be written, or a layout of such files to be read; `null` when the user cancels. */
export function chooseJournalPath(save: boolean, current: string): Promise<string | null> {
  return host().call('pick_journal_path', { save, current });
}

/** Asks for a backup's file in the system's own dialog; `null` when the user cancels. */
export function chooseBackupPath(current: string): Promise<string | null> {
  return host().call('pick_backup_path', { current });
}

/** Asks for an identity's file (PKCS#12) in the system's own dialog; `null` when the user cancels. */
export function chooseIdentityPath(): Promise<string | null> {
  return host().call('pick_identity_path', {});
}

/** Asks for a file that a certificate is to be written into; `null` when the user cancels. */
export function chooseCertificatePath(current: string): Promise<string | null> {
  return host().call('pick_certificate_path', { current });
}

/** Asks for a folder in the system's own dialog; `null` when the user cancels. */
export function chooseFolderPath(current: string): Promise<string | null> {
  return host().call('pick_folder_path', { current });
}
