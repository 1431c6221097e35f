export { AppearanceScreen } from './AppearanceScreen';
export { APPEARANCE_FIELDS } from './fields';
