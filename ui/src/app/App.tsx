import { useQuery, useQueryClient } from '@tanstack/react-query';
import { forgetExceptions } from '@/features/exceptions';
import { clearDesk } from '@/features/import';
import { forgetDraft } from '@/features/matching-settings';
import { forgetRun } from '@/features/overview';
import { forgetPolicyDraft } from '@/features/policy';
import { StartScreen } from '@/features/start';
import { host, type WorkbookView } from '@/ipc';
import { clearInbox } from '@/shared/inbox';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { KEYS } from '@/shared/queries';
import { Toasts } from '@/shared/Toasts';
import { Shell } from './Shell';
import { useZoomKeys } from './zoomKeys';

/** Decides between the start screen and the open workbook. */
export function App() {
  const client = useQueryClient();
  useZoomKeys();
  const state = useQuery({ queryKey: KEYS.appState, queryFn: () => host().call('app_state', {}) });

  function forget(): void {
    clearInbox();
    clearDesk();
    forgetExceptions();
    forgetRun();
    forgetDraft();
    forgetPolicyDraft();
    client.removeQueries({ queryKey: ['book'] });
  }

  function opened(workbook: WorkbookView): void {
    forget();
    goTo('overview');
    client.setQueryData(KEYS.workbook, workbook);
    client.setQueryData(KEYS.appState, state.data && { ...state.data, workbook });
  }

  async function close(): Promise<void> {
    await host().call('close_workbook', {});
    const next = await host().call('app_state', {});
    client.setQueryData(KEYS.appState, next);
    forget();
  }

  if (state.error) {
    return (
      <main className="whole">
        <FaultNotice fault={state.error} />
      </main>
    );
  }
  if (!state.data) {
    return <div className="whole" />;
  }
  return (
    <>
      {state.data.workbook ? (
        <Shell first={state.data.workbook} version={state.data.version} onClose={close} />
      ) : (
        <StartScreen state={state.data} onOpened={opened} />
      )}
      <Toasts />
    </>
  );
}
