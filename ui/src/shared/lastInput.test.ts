import { readFileSync } from 'node:fs';
import { fireEvent } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLastInput } from './lastInput';

let stop: () => void;
beforeEach(() => {
  stop = startLastInput();
});
afterEach(() => stop());

const last = () => document.documentElement.dataset.lastInput;

test('a key is told apart from a click, and from a key that is held for one', () => {
  fireEvent.keyDown(document.body, { key: 'Tab' });
  expect(last()).toBe('key');
  fireEvent.pointerDown(document.body);
  expect(last()).toBe('pointer');
  fireEvent.keyDown(document.body, { key: 'Control' });
  expect(last()).toBe('pointer');
  fireEvent.keyDown(document.body, { key: 'o' });
  expect(last()).toBe('key');
});

test('it is also told where a dialog keeps a key to itself', () => {
  fireEvent.pointerDown(document.body);
  document.body.addEventListener('keydown', (event) => event.stopPropagation(), { once: true });
  fireEvent.keyDown(document.body, { key: 'Tab' });
  expect(last()).toBe('key');
});

test('after a key the ring is around whatever has the focus, whether a script gave it or the browser', () => {
  const base = readFileSync('src/shared/base.css', 'utf8');
  const rule = /([^{}]+)\{\s*outline: 2px solid var\(--ring\)/.exec(base)?.[1] ?? '';
  expect(rule.split(',').map((selector) => selector.trim())).toEqual([
    ':focus-visible',
    ':where([data-last-input="key"]) :focus',
  ]);
});
