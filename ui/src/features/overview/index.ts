export { forgetRun } from './matching';
export { OverviewScreen } from './OverviewScreen';
