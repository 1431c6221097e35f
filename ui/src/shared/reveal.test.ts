import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startReveal } from './reveal';

let stop: () => void;
let field: HTMLInputElement;
const shown = vi.fn();

beforeEach(() => {
  shown.mockClear();
  field = document.body.appendChild(document.createElement('input'));
  field.scrollIntoView = shown;
  stop = startReveal();
});

afterEach(() => {
  stop();
  field.remove();
});

test('a field that gets the focus by key is shown whole at once', () => {
  field.focus();
  expect(shown).toHaveBeenCalledOnce();
});

test('nothing moves beneath a pressed mouse button: the field is shown once it is let go', async () => {
  field.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  field.focus();
  expect(shown).not.toHaveBeenCalled();
  field.dispatchEvent(new Event('pointerup', { bubbles: true }));
  await vi.waitFor(() => expect(shown).toHaveBeenCalledOnce());
});

test('a press elsewhere does not scroll back to the field that has the focus', async () => {
  field.focus();
  document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  document.body.dispatchEvent(new Event('pointerup', { bubbles: true }));
  await new Promise((resolve) => window.setTimeout(resolve, 5));
  expect(shown).toHaveBeenCalledOnce();
});
