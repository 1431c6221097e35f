/** What the tests of acting on rows begin with. */

import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import type { ActView, Host, QueueFilter } from '@/ipc';
import { startKeys } from '@/shared/keys';
import { goTo, usePlace } from '@/shared/navigation';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { toastStore } from '@/shared/toasts';
import { hostWith, matchedHost, show } from '@/test-window';
import { ReviewScreen } from './ReviewScreen';

/** Keys work, and no test sees what another left. */
export function eachAnew(): void {
  beforeAll(() => {
    startKeys();
  });
  beforeEach(() => window.localStorage.clear());
  afterEach(() => {
    toastStore.set([]);
    goTo('overview');
  });
}

type Args = Record<string, Record<string, unknown>>;

export function press(key: string, options: object = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...options });
}

/** A host that notes what is asked of it. */
export async function noting(...names: string[]) {
  const asked: { name: string; args: Args }[] = [];
  const base = await matchedHost();
  const host = hostWith(base, (name, args) => {
    if (names.includes(name)) {
      asked.push({ name, args: structuredClone(args) as Args });
    }
    return undefined;
  });
  return { host, base, asked };
}

export async function open(host: Host, focus: string) {
  const workbook = await host.call('workbook', {});
  function Screen() {
    return <ReviewScreen workbook={workbook} focus={usePlace().focus} />;
  }
  goTo('review', focus);
  const shown = show(<Screen />, host);
  await screen.findByTestId('comparison');
  await screen.findAllByTestId('queue-row');
  screen.getByTestId('queue').focus();
  return shown;
}

export const rowIds = () =>
  screen.getAllByTestId('queue-row').map((row) => row.getAttribute('data-id') ?? '');
export const button = (id: string) => screen.getByTestId<HTMLButtonElement>(id);
export const page = async (host: Host, filter: QueueFilter) =>
  host.call('review_queue', {
    request: { filter, search: '', conditions: NO_CONDITIONS, offset: 0, limit: 500 },
  });
export const acts = async (host: Host): Promise<ActView[]> =>
  (await host.call('acts', { offset: 0, limit: 50 })).rows;
