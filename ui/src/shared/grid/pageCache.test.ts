import { expect, test, vi } from 'vitest';
import type { GridPage } from '@/ipc';
import { PAGE_ROWS, PageCache } from './pageCache';

const TOTAL = 1_000_000;

function page(offset: number, name: string, version = 1): GridPage {
  const rows = Array.from({ length: PAGE_ROWS }, (_, at) => ({
    id: `${name}-${offset + at}`,
    kind: 'line' as const,
    cells: [],
  }));
  return { columns: [], rows, total: TOTAL, version, order: version };
}

/** A host whose answers come when they are let. */
function slowHost(name: string, version = 1) {
  const asked: { offset: number; answer: () => void; refuse: () => void }[] = [];
  const load = (offset: number) =>
    new Promise<GridPage>((resolve, reject) => {
      asked.push({
        offset,
        answer: () => resolve(page(offset, name, version)),
        refuse: () => reject(new Error('refused')),
      });
    });
  return { asked, load, offsets: () => asked.map(({ offset }) => offset / PAGE_ROWS) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

test('pages ahead of the way that is scrolled are asked for before they are seen', () => {
  const cache = new PageCache();
  const host = slowHost('a');
  cache.begin('a', page(0, 'a'), host.load);
  cache.show(0, 40, TOTAL);
  expect(host.offsets()).toEqual([1, 2, 3]);
});

test('scrolling upward asks for the pages above', async () => {
  const cache = new PageCache();
  const host = slowHost('a');
  cache.begin('a', page(0, 'a'), host.load);
  cache.show(50 * PAGE_ROWS, 50 * PAGE_ROWS + 40, TOTAL);
  for (const { answer } of host.asked.splice(0)) {
    answer();
  }
  await settle();
  for (const { answer } of host.asked.splice(0)) {
    answer();
  }
  await settle();
  cache.show(50 * PAGE_ROWS - 20, 50 * PAGE_ROWS + 20, TOTAL);
  await settle();
  expect(host.offsets()).toContain(48);
  expect(host.offsets()).toContain(47);
});

test('a page is asked for once, and few at a time', () => {
  const cache = new PageCache();
  const host = slowHost('a');
  cache.begin('a', page(0, 'a'), host.load);
  for (let at = 100; at < 140; at += 1) {
    cache.show(at * PAGE_ROWS, at * PAGE_ROWS + 40, TOTAL);
  }
  expect(host.asked.length).toBe(3);
  expect(new Set(host.offsets()).size).toBe(3);
});

test('after a drag through the list the place where it ended comes next', async () => {
  const cache = new PageCache();
  const host = slowHost('a');
  cache.begin('a', page(0, 'a'), host.load);
  for (const at of [100, 900, 2500, 4000]) {
    cache.show(at * PAGE_ROWS, at * PAGE_ROWS + 40, TOTAL);
  }
  host.asked[0]?.answer();
  await settle();
  expect(host.offsets()[3]).toBe(4000);
});

test('an answer to a question of before is dropped', async () => {
  const cache = new PageCache();
  const [first, second] = [slowHost('first'), slowHost('second')];
  cache.begin('first', page(0, 'first'), first.load);
  cache.show(PAGE_ROWS, PAGE_ROWS + 40, TOTAL);
  cache.begin('second', page(0, 'second'), second.load);
  cache.show(PAGE_ROWS, PAGE_ROWS + 40, TOTAL);
  second.asked[0]?.answer();
  await settle();
  first.asked[0]?.answer();
  await settle();
  expect(cache.rowAt(0)?.id).toBe('second-0');
  expect(cache.rowAt(PAGE_ROWS)?.id).toBe(`second-${PAGE_ROWS}`);
});

test('an answer of before is dropped also where the same question was asked anew', async () => {
  const cache = new PageCache();
  const [before, after] = [slowHost('before'), slowHost('after', 2)];
  cache.begin('a', page(0, 'before'), before.load);
  cache.show(PAGE_ROWS, PAGE_ROWS + 40, TOTAL);
  cache.begin('a', page(0, 'after', 2), after.load);
  before.asked[0]?.answer();
  await settle();
  expect(cache.rowAt(PAGE_ROWS)).toBeUndefined();
  after.asked[0]?.answer();
  await settle();
  expect(cache.rowAt(PAGE_ROWS)?.id).toBe(`after-${PAGE_ROWS}`);
});

test('rows stay to be seen while the same question is asked anew', async () => {
  const cache = new PageCache();
  const [before, after] = [slowHost('before'), slowHost('after', 2)];
  cache.begin('a', page(0, 'before'), before.load);
  cache.show(PAGE_ROWS, PAGE_ROWS + 40, TOTAL);
  before.asked[0]?.answer();
  await settle();
  cache.begin('a', page(0, 'after', 2), after.load);
  expect(cache.rowAt(PAGE_ROWS)?.id).toBe(`before-${PAGE_ROWS}`);
  expect(after.offsets()).toContain(1);
});

test('a page of another state of the workbook is not shown, and all is asked anew', async () => {
  const onOutdated = vi.fn();
  const cache = new PageCache(onOutdated);
  const host = slowHost('a', 2);
  cache.begin('a', page(0, 'a', 1), host.load);
  cache.show(PAGE_ROWS, PAGE_ROWS + 40, TOTAL);
  host.asked[0]?.answer();
  await settle();
  expect(onOutdated).toHaveBeenCalledTimes(1);
  expect(cache.rowAt(PAGE_ROWS)).toBeUndefined();
});

test('the farthest pages are forgotten, the first never', async () => {
  const cache = new PageCache();
  cache.begin('a', page(0, 'a'), (offset) => Promise.resolve(page(offset, 'a')));
  for (let at = 1; at < 200; at += 1) {
    cache.show(at * PAGE_ROWS, at * PAGE_ROWS + 40, TOTAL);
    await settle();
  }
  expect(cache.rowAt(0)?.id).toBe('a-0');
  expect(cache.rowAt(2 * PAGE_ROWS)).toBeUndefined();
  expect(cache.rowAt(199 * PAGE_ROWS)?.id).toBe(`a-${199 * PAGE_ROWS}`);
});

test('a refusal is told, and the next look asks again', async () => {
  const cache = new PageCache();
  const host = slowHost('a');
  cache.begin('a', page(0, 'a'), host.load);
  cache.show(PAGE_ROWS, PAGE_ROWS + 40, TOTAL);
  host.asked[0]?.refuse();
  await settle();
  expect(cache.fault).toBeInstanceOf(Error);
  const before = host.asked.length;
  cache.show(PAGE_ROWS, PAGE_ROWS + 40, TOTAL);
  expect(host.asked.length).toBe(before + 1);
});

test('nothing beyond the end is asked for', () => {
  const cache = new PageCache();
  const host = slowHost('a');
  cache.begin('a', page(0, 'a'), host.load);
  cache.show(PAGE_ROWS, PAGE_ROWS + 10, PAGE_ROWS + 10);
  expect(host.offsets()).toEqual([1]);
});
