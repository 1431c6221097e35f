export { RecordsScreen } from './RecordsScreen';
export { forgetRecords } from './remembered';
