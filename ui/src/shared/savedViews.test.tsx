import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { remember } from './preferences';
import { reloadViews, removeView, renameView, saveView, useSavedViews } from './savedViews';

beforeEach(() => {
  remember('review.views', '[]');
  reloadViews();
});

const names = () => renderHook(() => useSavedViews()).result.current.map(({ name, focus }) => [name, focus]);

test('a view is saved, replaced under its name, renamed and deleted, and stays on this machine', () => {
  saveView(' Fees ', 'toReview?cause=fee');
  saveView('Mine', 'toReview?owner=Mara');
  saveView('Fees', 'suggested?cause=fee');
  expect(names()).toEqual([
    ['Fees', 'suggested?cause=fee'],
    ['Mine', 'toReview?owner=Mara'],
  ]);
  expect(renameView('Fees', 'Mine')).toBe(false);
  expect(renameView('Fees', ' ')).toBe(false);
  expect(renameView('Fees', 'Bank fees')).toBe(true);
  act(reloadViews);
  expect(names().map(([name]) => name)).toEqual(['Bank fees', 'Mine']);
  removeView('Bank fees');
  act(reloadViews);
  expect(names().map(([name]) => name)).toEqual(['Mine']);
});

test('what is kept and cannot be read is left out', () => {
  remember('review.views', '[{"name":"A","focus":"x"},{"name":1},null,"text"]');
  act(reloadViews);
  expect(names()).toEqual([['A', 'x']]);
  remember('review.views', '{broken');
  act(reloadViews);
  expect(names()).toEqual([]);
});
