export { LockScreen } from './LockScreen';
export { SignInScreen } from './SignInScreen';
