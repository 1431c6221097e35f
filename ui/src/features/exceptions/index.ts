export { ExceptionsScreen } from './ExceptionsScreen';
export { forgetExceptions } from './exceptions';
