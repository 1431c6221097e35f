import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { comboOf, startKeys, useAllKeys, useKeys, useModal, useOverlay } from './keys';

const done = vi.fn();

afterEach(() => done.mockClear());

function Desk({ modal = false, approvable = true }: { modal?: boolean; approvable?: boolean }) {
  useKeys([
    { combo: 'a', label: 'Approve', group: 'Review', run: () => done('a'), enabled: approvable },
    { combo: 'Shift+A', label: 'Approve all', group: 'Review', run: () => done('A') },
    { combo: 'g o', label: 'Overview', group: 'Go to', run: () => done('g o') },
    { combo: 'g v 1', label: 'First view', group: 'Go to', run: () => done('g v 1') },
    { combo: 'v', label: 'Views', group: 'Review', run: () => done('v') },
    { combo: 'Mod+K', label: 'Palette', group: 'Window', run: () => done('Mod+K'), whileTyping: true },
    { combo: 'Enter', label: 'Bench', group: 'Review', run: () => done('Enter') },
  ]);
  useModal(modal);
  return (
    <>
      <input aria-label="search" />
      <button type="button">press</button>
      <output>{useAllKeys().length}</output>
    </>
  );
}

beforeAll(() => {
  startKeys();
});

function press(key: string, options: object = {}, target: Element = document.body): void {
  fireEvent.keyDown(target, { key, ...options });
}

test.each([
  [{ key: 'a' }, 'a'],
  [{ key: 'A', shiftKey: true }, 'Shift+A'],
  [{ key: 'k', ctrlKey: true }, 'Mod+K'],
  [{ key: 'k', metaKey: true }, 'Mod+K'],
  [{ key: '?', shiftKey: true }, '?'],
  [{ key: '/', shiftKey: true }, '/'],
  [{ key: 'Enter' }, 'Enter'],
  [{ key: 'Tab', shiftKey: true }, 'Shift+Tab'],
])('%j is %s', (event, combo) => {
  expect(comboOf({ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...event })).toBe(combo);
});

test('a key does what it stands for', () => {
  render(<Desk />);
  press('a');
  press('A', { shiftKey: true });
  press('g');
  press('o');
  expect(done.mock.calls.flat()).toEqual(['a', 'A', 'g o']);
});

test('three keys in a row are one, and none of them does what it does alone', () => {
  render(<Desk />);
  press('g');
  press('v');
  press('1');
  press('v');
  expect(done.mock.calls.flat()).toEqual(['g v 1', 'v']);
});

test('letters typed into a field are text', () => {
  render(<Desk />);
  const field = screen.getByLabelText('search');
  press('a', {}, field);
  press('k', { ctrlKey: true }, field);
  expect(done.mock.calls.flat()).toEqual(['Mod+K']);
});

test('Enter on a button presses the button', () => {
  render(<Desk />);
  press('Enter', {}, screen.getByText('press'));
  expect(done).not.toHaveBeenCalled();
  press('Enter');
  expect(done).toHaveBeenCalledWith('Enter');
});

test('behind a dialog, and where it is not possible, a key does nothing', () => {
  const { rerender } = render(<Desk modal />);
  press('a');
  rerender(<Desk approvable={false} />);
  press('a');
  expect(done).not.toHaveBeenCalled();
  rerender(<Desk />);
  press('a');
  expect(done).toHaveBeenCalledTimes(1);
});

test('behind a dialog no scrollbar is painted, until the last one is closed', () => {
  const hidden = () => document.documentElement.hasAttribute('data-bars-hidden');
  const { rerender } = render(<Desk />);
  expect(hidden()).toBe(false);
  rerender(
    <>
      <Desk modal />
      <Over name="above" />
    </>,
  );
  expect(hidden()).toBe(true);
  rerender(<Desk modal />);
  expect(hidden()).toBe(true);
  rerender(<Desk />);
  expect(hidden()).toBe(false);
});

test('keys go with their screen', () => {
  render(<Desk />).unmount();
  press('a');
  expect(done).not.toHaveBeenCalled();
});

test('a key held down decides once', () => {
  render(<Desk />);
  press('a');
  press('a', { repeat: true });
  expect(done).toHaveBeenCalledTimes(1);
});

function Over({ name }: { name: string }) {
  useOverlay(() => done(name));
  return <div tabIndex={-1} role="dialog" aria-label={name} onKeyDown={(event) => event.preventDefault()} />;
}

test('Escape closes the topmost dialog also before it has the focus, and only once when it has', () => {
  const { rerender } = render(
    <>
      <Desk />
      <Over name="below" />
      <Over name="above" />
    </>,
  );
  press('Escape');
  expect(done.mock.calls.flat()).toEqual(['above']);
  press('Escape', {}, screen.getByRole('dialog', { name: 'above' }));
  press('a');
  expect(done).toHaveBeenCalledOnce();
  rerender(<Desk />);
  press('Escape');
  press('a');
  expect(done.mock.calls.flat()).toEqual(['above', 'a']);
});
