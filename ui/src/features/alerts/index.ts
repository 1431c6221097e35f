export { AlertSettingsScreen } from './AlertSettingsScreen';
export { AlertsScreen } from './AlertsScreen';
export { alertDraft } from './draft';
export { ALERT_FIELDS } from './fields';
