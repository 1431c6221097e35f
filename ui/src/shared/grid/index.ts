export { Grid } from './Grid';
export { GridBar } from './GridBar';
export { columnsOf, type Layout, recallLayout, rememberLayout } from './layout';
export { ALL_ROWS, fitting, focusOf, GRIDS, type Look, lookOf, sameLook } from './look';
export { StatusBar } from './StatusBar';
export { type GridDesk, useGridDesk } from './useGridDesk';
export { headingOf, textOf } from './words';
