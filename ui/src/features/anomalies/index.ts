export { AnomaliesScreen } from './AnomaliesScreen';
