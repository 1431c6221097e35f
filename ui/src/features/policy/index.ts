export { forgetPolicyDraft } from './draft';
export { PolicyScreen } from './PolicyScreen';
