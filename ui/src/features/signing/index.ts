export { SIGNING_FIELDS } from './fields';
export { SigningScreen } from './SigningScreen';
