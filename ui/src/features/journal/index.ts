export { layoutDrafts } from './draft';
export { LAYOUT_FIELDS } from './fields';
export { JournalScreen } from './JournalScreen';
export { LayoutsScreen } from './LayoutsScreen';
