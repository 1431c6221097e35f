import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { setLanguage } from '@/i18n';
import type { Host } from '@/ipc';
import { forgetDrafts } from '@/shared/drafts';
import { startKeys } from '@/shared/keys';
import { goTo } from '@/shared/navigation';
import { createFakeHost, hostWith, matchedHost, show } from '@/test-window';
import { AnomaliesScreen } from './AnomaliesScreen';
import { DetectorsScreen } from './DetectorsScreen';
import { detectorDraft } from './draft';

beforeAll(() => {
  startKeys();
});

beforeEach(forgetDrafts);

async function openScreen(host: Host) {
  const workbook = await host.call('workbook', {});
  return { ...show(<AnomaliesScreen workbook={workbook} />, host), host };
}

const kinds = () => screen.getAllByTestId('anomaly').map((row) => row.dataset.kind);

test('an empty workbook says that nothing stands out', async () => {
  await openScreen(createFakeHost({ open: true }));
  expect((await screen.findByTestId('anomalies-none')).textContent).toContain('0 records were looked at');
});

test('anomalies are listed by impact, explained, and filtered by kind', async () => {
  const { user } = await openScreen(await matchedHost());
  const rows = await screen.findAllByTestId('anomaly');
  expect(rows).toHaveLength(8);
  const impacts = rows.map((row) => Number(row.querySelector('.anomaly-impact')?.getAttribute('data-value')));
  expect(impacts).toEqual([...impacts].sort((left, right) => right - left));
  expect(rows[0]?.textContent).toMatch(/is usual for this counterparty \(14 postings, robust z-score 8\.2\)/);
  expect(screen.getByTestId('anomalies-tab-all').textContent).toBe('All8');
  await user.click(screen.getByTestId('anomalies-tab-benford'));
  expect(kinds()).toEqual(['benford']);
  fireEvent.keyDown(document.body, { key: 'Enter' });
  const table = await screen.findByTestId('benford-table');
  expect(within(table).getByRole('row', { name: /^4 156 64/ }).className).toBe('benford-out');
  expect(screen.getByTestId('anomaly-details').textContent).toContain('Too often: 4.');
  expect(screen.getByTestId('anomaly-details').textContent).toContain('and 155 more records');
});

test('one is set aside with a reason by keys alone, and undone', async () => {
  const { user, host } = await openScreen(await matchedHost());
  await screen.findAllByTestId('anomaly');
  fireEvent.keyDown(document.body, { key: 'j' });
  const second = screen.getAllByTestId('anomaly')[1] as HTMLElement;
  expect(second.dataset.current).toBe('true');
  fireEvent.keyDown(document.body, { key: 's' });
  const reason = await screen.findByTestId('set-aside-reason');
  expect(screen.getByTestId<HTMLButtonElement>('set-aside-confirm').disabled).toBe(true);
  await user.type(reason, 'stocktaking on that Saturday{Enter}');
  await waitFor(() => expect(screen.getAllByTestId('anomaly')).toHaveLength(7));
  expect(kinds()).not.toContain('weekend_posting');
  const { events } = await host.call('audit_log', { offset: 0, limit: 1 });
  expect(events[0]?.action).toBe('anomaly.set_aside');

  await user.click(screen.getByTestId('anomalies-tab-aside'));
  await user.click(screen.getByTestId('anomaly-open'));
  expect(screen.getByTestId('anomaly-details').textContent).toMatch(
    /Set aside by Mara Petersen, .*: stocktaking on that Saturday/,
  );
  await user.click(screen.getByTestId('anomaly-restore'));
  expect(await screen.findByTestId('anomalies-none')).toBeTruthy();
  await user.click(screen.getByTestId('anomalies-tab-all'));
  expect(screen.getAllByTestId('anomaly')).toHaveLength(8);
});

test('a refusal is told in the dialog and the reason is kept', async () => {
  const refused = { code: 'stale', message: 'No anomaly with this key is found now' };
  const host = hostWith(await matchedHost(), (name) =>
    name === 'set_anomaly_aside' ? Promise.reject(refused) : undefined,
  );
  const { user } = await openScreen(host);
  await user.click((await screen.findAllByTestId('anomaly-set-aside'))[0] as HTMLElement);
  await user.type(await screen.findByTestId('set-aside-reason'), 'in order');
  await user.click(screen.getByTestId('set-aside-confirm'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('No anomaly with this key');
  expect(screen.getByTestId<HTMLInputElement>('set-aside-reason').value).toBe('in order');
});

test('what is looked for is set in the settings: a button and a key lead there', async () => {
  const { user } = await openScreen(await matchedHost());
  await screen.findAllByTestId('anomaly');
  await user.click(screen.getByTestId('anomalies-detectors'));
  expect(window.location.hash).toBe('#/settings/detectors');
  goTo('anomalies');
  fireEvent.keyDown(document.body, { key: 'd' });
  expect(window.location.hash).toBe('#/settings/detectors');
});

test('a detector is switched off, and a threshold that does not fit is refused in place', async () => {
  const host = await matchedHost();
  const { user, unmount } = show(<DetectorsScreen />, host);
  const score = await screen.findByTestId<HTMLInputElement>('detector-unusual_amount-score');
  expect(score.value).toBe('3.5');
  await user.clear(score);
  await user.type(score, 'high');
  expect(screen.getByTestId('error-message').textContent).toBe('“high” is no number');
  expect(screen.getByTestId<HTMLButtonElement>('detectors-save').disabled).toBe(true);
  expect(score.value).toBe('high');
  await user.clear(score);
  await user.type(score, '0');
  fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
  expect((await screen.findByTestId('error-message')).textContent).toContain('expected a number above 0');
  await user.clear(score);
  await user.type(score, '5');
  await user.click(screen.getByTestId('detector-benford-on'));
  await user.click(screen.getByTestId('detectors-save'));
  await waitFor(() => expect(detectorDraft.get()).toBeNull());
  expect((await host.call('anomaly_settings', {})).isStored).toBe(true);
  unmount();
  await openScreen(host);
  await screen.findAllByTestId('anomaly');
  expect(kinds()).not.toContain('benford');
  expect(screen.getByTestId('anomalies-tab-benford').textContent).toBe('Leading digitsoff');
});

test('thresholds are kept while one looks elsewhere, and go back to what is stored or to the defaults', async () => {
  const host = await matchedHost();
  const first = show(<DetectorsScreen />, host);
  const listed = () => screen.findByTestId<HTMLInputElement>('detectors-listed');
  await first.user.clear(await listed());
  await first.user.type(await listed(), '7');
  first.unmount();
  const { user } = show(<DetectorsScreen />, host);
  expect((await listed()).value).toBe('7');
  await user.click(screen.getByTestId('detectors-save'));
  await waitFor(() => expect(screen.queryByTestId('detectors-discard')).toBeNull());
  await user.click(screen.getByTestId('detectors-defaults'));
  expect((await listed()).value).toBe('25');
  await user.click(screen.getByTestId('detectors-discard'));
  expect((await listed()).value).toBe('7');
  // Typed back to what is stored, there is nothing to save.
  await user.type(await listed(), '1');
  await user.type(await listed(), '{Backspace}');
  expect(screen.getByTestId<HTMLButtonElement>('detectors-save').disabled).toBe(true);
});

test('a threshold is written with a comma by whoever writes numbers so', async () => {
  setLanguage('de');
  const host = await matchedHost();
  const { user } = show(<DetectorsScreen />, host);
  const score = await screen.findByTestId<HTMLInputElement>('detector-unusual_amount-score');
  expect(score.value).toBe('3,5');
  await user.clear(score);
  await user.type(score, '4,25');
  await user.click(screen.getByTestId('detectors-save'));
  await waitFor(() => expect(detectorDraft.get()).toBeNull());
  const { config } = await host.call('anomaly_settings', {});
  const unusual = config.detectors.find(({ kind }) => kind === 'unusual_amount');
  expect(unusual?.values).toContainEqual({ key: 'score', value: '4.25' });
  setLanguage('en');
});

test('what cannot be looked for says why', async () => {
  const host = await matchedHost();
  const broken: Host = {
    ...host,
    run: () => Promise.reject({ code: 'damagedWorkbook', message: 'the workbook is damaged: page 7' }),
  };
  await openScreen(broken);
  expect((await screen.findByTestId('error-message')).textContent).toContain('page 7');
});

test('the days of a weekend are chosen by their German names, and kept as the host takes them', async () => {
  setLanguage('de');
  const host = await matchedHost();
  const { user } = show(<DetectorsScreen />, host);
  const friday = await screen.findByRole('checkbox', { name: 'Freitag' });
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Samstag' }).checked).toBe(true);
  await user.click(friday);
  await user.click(screen.getByRole('checkbox', { name: 'Sonntag' }));
  await user.click(screen.getByTestId('detectors-save'));
  await waitFor(() => expect(detectorDraft.get()).toBeNull());
  const { detectors } = (await host.call('anomaly_settings', {})).config;
  const days = detectors.find(({ kind }) => kind === 'weekend_posting')?.values;
  expect(days?.find(({ key }) => key === 'days')?.value).toBe('friday, saturday');
  setLanguage('en');
});
