export { PEOPLE_FIELDS } from './fields';
export { OwnSecretDialog } from './OwnSecretDialog';
export { PeopleScreen } from './PeopleScreen';
