export { ProofScreen } from './ProofScreen';
