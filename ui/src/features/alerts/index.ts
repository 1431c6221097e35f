export { AlertsScreen } from './AlertsScreen';
