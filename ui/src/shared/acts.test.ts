import { expect, test } from 'vitest';
import { i18nFor } from '@/i18n';
import type { ActView } from '@/ipc';
import { actText, redoTitle, undoTitle } from './acts';

const act = (changes: Partial<ActView>): ActView => ({
  id: '1',
  kind: 'approve',
  title: 'Müller GmbH',
  items: 1,
  amount: { value: '-1234.50', currency: 'EUR' },
  by: 'Mara',
  at: '2026-01-01T10:00:00Z',
  standing: true,
  ...changes,
});

test('an act is said in both languages with whom it is about and what it comes to', () => {
  const [en, de] = [i18nFor('en'), i18nFor('de')];
  expect(actText(act({}), en)).toBe('Approved: Müller GmbH · −1,234.50 EUR');
  expect(actText(act({}), de)).toBe('Bestätigt: Müller GmbH · −1.234,50 EUR');
  expect(actText(act({ kind: 'snooze', items: 12, title: '' }), en)).toBe('Put off: 12 rows · −1,234.50 EUR');
  expect(actText(act({ kind: 'assign', items: 2, amount: null }), de)).toBe('Zugewiesen: 2 Zeilen');
  expect(actText(act({ kind: 'comment', title: '', amount: null }), en)).toBe('Commented');
});

test.each(['approve', 'reject', 'match', 'take_back', 'assign', 'snooze', 'timing', 'comment', 'evidence'])(
  'the host’s word %s has a sentence in both languages',
  (kind) => {
    for (const language of ['en', 'de'] as const) {
      expect(i18nFor(language).word('act', kind)).not.toBe(kind);
    }
  },
);

test('undo and redo say what they would do, or that there is nothing', () => {
  const en = i18nFor('en');
  expect(undoTitle(act({ amount: null }), en)).toBe('Undo – Approved: Müller GmbH');
  expect(redoTitle(act({ amount: null }), en)).toBe('Do again – Approved: Müller GmbH');
  expect([undoTitle(null, en), redoTitle(null, en)]).toEqual(['Nothing to undo', 'Nothing to do again']);
});
