export { matchingDraft } from './draft';
export { MATCHING_FIELDS } from './fields';
export { MatchingSettingsScreen } from './MatchingSettingsScreen';
