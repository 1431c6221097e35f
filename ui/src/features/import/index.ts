export { clearDesk } from './desk';
export { ImportScreen } from './ImportScreen';
