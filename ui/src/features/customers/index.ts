export { CustomersScreen } from './CustomersScreen';
