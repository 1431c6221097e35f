export { OwnSecretDialog } from './OwnSecretDialog';
export { PeopleScreen } from './PeopleScreen';
