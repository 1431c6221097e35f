import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { type Host, setHost } from '@/ipc';
import { createFakeHost } from '@/ipc/host.fake';

/** Shows a part of the window on a host in memory. */
export function show(element: ReactElement, host: Host) {
  setHost(host);
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, networkMode: 'always' } },
  });
  const view = render(<QueryClientProvider client={client}>{element}</QueryClientProvider>);
  return { ...view, user: userEvent.setup(), client };
}

/** A host whose sample company has both files in and was matched once. */
export async function matchedHost(): Promise<Host> {
  const host = createFakeHost({ open: true });
  const { waitingFiles } = await host.call('workbook', {});
  for (const { path, side } of waitingFiles) {
    const request = { path, side, maxMib: null };
    for (const { token } of await host.run('preview_import_file', { request }, () => undefined)) {
      await host.run('commit_import', { request: { token, leaveOutRejected: false } }, () => undefined);
    }
  }
  await host.run('run_matching', {}, () => undefined);
  return host;
}

/** The host with some commands answered otherwise. */
export function hostWith(
  host: Host,
  call: (name: string, args: object) => Promise<unknown> | undefined,
): Host {
  return {
    ...host,
    call: ((name: string, args: object) =>
      call(name, args) ?? host.call(name as never, args as never)) as Host['call'],
  };
}

export { createFakeHost, SAMPLE_PASSPHRASE } from '@/ipc/host.fake';
