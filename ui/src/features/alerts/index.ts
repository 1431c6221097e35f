export { AlertSettingsScreen } from './AlertSettingsScreen';
export { AlertsScreen } from './AlertsScreen';
export { forgetAlertDraft, useUnsavedAlerting } from './draft';
export { ALERT_FIELDS } from './fields';
