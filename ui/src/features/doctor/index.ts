export { DoctorScreen } from './DoctorScreen';
export { DOCTOR_FIELDS } from './fields';
