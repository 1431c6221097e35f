/** Importing, the review, its grids, and what is read off them. */

import { anomalySettings, restoreAnomaly, saveAnomalySettings, setAnomalyAside } from './anomalies';
import { approveAbove, openRecords, queue } from './answers';
import { exceptions, exceptionTotals } from './exceptions';
import { accountSummary, dailyHistory, figures, judgement } from './figures';
import type { FakeGrids } from './grids';
import { handBalance } from './hand';
import { done, type Handlers } from './handlers';
import type { FakeImports } from './imports';
import { attach, mark, selection } from './marks';
import type { Shelf } from './shelf';
import {
  batchesOf,
  deletedRecords,
  deleteRecords,
  reportOfBatch,
  restoreRecords,
  undoImport,
} from './takenIn';

export type AnomalyCommand =
  | 'set_anomaly_aside'
  | 'restore_anomaly'
  | 'anomaly_settings'
  | 'save_anomaly_settings';
export type ImportCommand =
  | 'revise_import'
  | 'discard_import'
  | 'preview_rows'
  | 'export_mapping'
  | 'import_mapping'
  | 'list_batches'
  | 'batch_report'
  | 'undo_import'
  | 'delete_records'
  | 'restore_records'
  | 'deleted_records';
export type ReviewCommand =
  | 'review_queue'
  | 'match_detail'
  | 'exception_detail'
  | 'decide'
  | 'decide_many'
  | 'hand_balance'
  | 'match_by_hand'
  | 'undo'
  | 'redo'
  | 'acts'
  | 'selection'
  | 'mark'
  | 'attach'
  | 'save_evidence'
  | 'undo_decision'
  | 'approve_above'
  | 'open_records';

export type FigureCommand =
  | 'exceptions'
  | 'exception_totals'
  | 'figures'
  | 'judgement'
  | 'daily_history'
  | 'account_summary';

export type GridCommand = 'grid_page' | 'grid_selection' | 'grid_text' | 'grid_place';

export function anomalyHandlers({ current }: Shelf): Handlers<AnomalyCommand> {
  return {
    set_anomaly_aside: ({ request }) => done(setAnomalyAside(current(), request)),
    restore_anomaly: ({ key }) => done(restoreAnomaly(current(), key)),
    anomaly_settings: () => anomalySettings(current()),
    save_anomaly_settings: ({ request }) => saveAnomalySettings(current(), request),
  };
}

export function importHandlers(imports: FakeImports, { current }: Shelf): Handlers<ImportCommand> {
  return {
    revise_import: ({ request }) => imports.revise(request),
    discard_import: ({ token }) => done(imports.discard(token)),
    preview_rows: ({ request }) => imports.rows(request),
    export_mapping: ({ request }) => done(imports.saveMapping(request.token, request.path)),
    import_mapping: ({ request }) => imports.loadMapping(request.token, request.path),
    list_batches: () => batchesOf(current()),
    batch_report: ({ batchId }) => reportOfBatch(current(), batchId),
    undo_import: ({ batchId }) => done(undoImport(current(), batchId)),
    delete_records: ({ request }) => deleteRecords(current(), request),
    restore_records: ({ request }) => done(restoreRecords(current(), request)),
    deleted_records: ({ side, offset, limit }) => deletedRecords(current(), side, offset, limit),
  };
}

export function reviewHandlers({ current }: Shelf, grids: FakeGrids): Handlers<ReviewCommand> {
  return {
    review_queue: ({ request }) => queue(current(), request),
    match_detail: ({ id }) => grids.matchDetail(id) ?? current().matchDetail(id),
    exception_detail: ({ id }) => current().exceptionDetail(id),
    decide: ({ request }) =>
      current().decisions.decide(request.matchId, request.verdict, request.content, request.reason),
    decide_many: ({ request }) =>
      current().decisions.decideMany(request.matches, request.verdict, request.reason),
    hand_balance: ({ groups }) => handBalance(current(), groups),
    match_by_hand: ({ request }) => current().decisions.byHand(request.groups, request.reason),
    undo: ({ expected }) => current().undo(expected),
    redo: ({ expected }) => current().redo(expected),
    acts: ({ offset, limit }) => current().acts.page(offset, limit),
    selection: ({ ids }) => selection(current(), ids),
    mark: ({ request: { ids, mark: wanted } }) => {
      const ofGrid = ids.filter((id) => grids.has(id));
      if (wanted.kind === 'owner') {
        for (const id of ofGrid) {
          grids.assign(id, wanted.owner);
        }
      }
      const ofBook = ids.filter((id) => !grids.has(id));
      return ofBook.length > 0 ? mark(current(), ofBook, wanted) : current().outcome(null);
    },
    attach: ({ request }) => attach(current(), request.ids, request.path),
    save_evidence: () => null,
    undo_decision: ({ matchId }) => current().turned(current().decisions.undoDecision(matchId)),
    approve_above: ({ request }) => approveAbove(current(), request),
    open_records: ({ request }) => openRecords(current(), request),
  };
}

export function figureHandlers({ current }: Shelf): Handlers<FigureCommand> {
  return {
    exceptions: ({ request }) => exceptions(current(), request),
    exception_totals: ({ request }) => exceptionTotals(current(), request),
    figures: ({ request }) => figures(current(), request),
    judgement: ({ request }) => judgement(current(), request),
    daily_history: () => dailyHistory(current()),
    account_summary: ({ request }) => accountSummary(current(), request),
  };
}

export function gridHandlers(grids: FakeGrids): Handlers<GridCommand> {
  return {
    grid_page: ({ request }) => grids.page(request),
    grid_selection: ({ request }) => grids.selection(request),
    grid_text: ({ request }) => grids.text(request),
    grid_place: ({ request }) => grids.place(request),
  };
}
