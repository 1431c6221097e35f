export { forgetDraft } from './draft';
export { MatchingSettingsScreen } from './MatchingSettingsScreen';
