export { AnomaliesScreen } from './AnomaliesScreen';
export { DetectorsScreen } from './DetectorsScreen';
export { detectorDraft } from './draft';
export { DETECTOR_FIELDS } from './fields';
