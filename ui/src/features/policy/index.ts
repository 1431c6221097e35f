export { policyDraft } from './draft';
export { POLICY_FIELDS } from './fields';
export { PolicyScreen } from './PolicyScreen';
