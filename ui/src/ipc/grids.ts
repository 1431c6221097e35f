/** The grids' types under the names the window uses; `generated.ts` has them as the core calls them. */

export type {
  GridCellView as GridCell,
  GridColumnKindView as GridColumnKind,
  GridColumnName as GridColumn,
  GridColumnView,
  GridFilterView as GridFilter,
  GridKindView as GridKind,
  GridPageView as GridPage,
  GridPlaceRequest,
  GridPlaceView as GridPlace,
  GridRangeView as GridSpan,
  GridRequest,
  GridRowView as GridRow,
  GridSelectionRequest,
  GridSelectionView as GridSelection,
  GridSortView as GridSort,
  GridTestView as GridTest,
  GridTextRequest,
  GridTextView as GridText,
} from './generated';
