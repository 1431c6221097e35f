/** Categories and patterns in memory, by the same rule as in the application: the longest pattern that fits decides. */

import type {
  CategoriesView,
  CategoryLinesRequest,
  CategoryLinesView,
  CategoryLineView,
  CategorySumView,
  PatternsTakenView,
  RecordView,
  SavePatternRequest,
  SetLineCategoryRequest,
  SweepScopeView,
  SweptView,
  TriedTextView,
} from '../generated';
import { contains, type FakeBook } from './book';
import { amountOf, totalOf } from './cents';
import { refusal } from './refuse';

interface Pattern {
  id: string;
  text: string;
  category: string;
}

interface Standing {
  status: 'completed' | 'failed';
  category: string | null;
  pattern: string | null;
  byHand: boolean;
  note: string;
}

interface State {
  categories: Map<string, string>;
  patterns: Pattern[];
  lines: Map<string, Standing>;
  stale: boolean;
}

const states = new WeakMap<FakeBook, State>();

function stateOf(book: FakeBook): State {
  const known = states.get(book);
  const state = known ?? { categories: new Map(), patterns: [], lines: new Map(), stale: false };
  states.set(book, state);
  return state;
}

function fold(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}

function fitOf(pattern: Pattern, text: string): 'pattern_in_text' | 'text_in_pattern' | null {
  const [inside, around] = [fold(pattern.text), fold(text)];
  if (around.includes(inside)) {
    return 'pattern_in_text';
  }
  return around.length >= 3 && inside.includes(around) ? 'text_in_pattern' : null;
}

function winnersOf(patterns: readonly Pattern[], text: string): Pattern[] {
  return patterns
    .filter((pattern) => fitOf(pattern, text) !== null)
    .sort((left, right) => fold(right.text).length - fold(left.text).length);
}

function ruleOf(book: FakeBook, text: string): { name: string; category: string } | null {
  const rules = book.matching?.rules.filter((rule) => rule.enabled && rule.action === 'categorise') ?? [];
  const found = rules.find((rule) =>
    rule.conditions.every((one) => one.test === 'contains' && fold(text).includes(fold(one.value))),
  );
  return found ? { name: found.name, category: found.category } : null;
}

/** Finds a category by its name, or makes it. */
function categoryOf(book: FakeBook, name: string): string {
  const { categories } = stateOf(book);
  const trimmed = name.trim();
  if (trimmed === '') {
    throw refusal('invalid', 'A category needs a name');
  }
  const known = [...categories].find(([, other]) => fold(other) === fold(trimmed));
  const id = known?.[0] ?? book.newId();
  if (!known) {
    categories.set(id, trimmed);
    book.tell('category.added', `category ${id}`, { name: trimmed });
  }
  return id;
}

function standingOf(book: FakeBook, line: RecordView): Standing | undefined {
  return stateOf(book).lines.get(line.id);
}

function linesOf(book: FakeBook, category: string): RecordView[] {
  return book.lines.filter((line) => standingOf(book, line)?.category === category);
}

export function categoriesOf(book: FakeBook): CategoriesView {
  const { categories, patterns, stale } = stateOf(book);
  const name = (id: string) => categories.get(id) ?? '';
  const standing = book.lines.map((line) => standingOf(book, line));
  const completed = standing.filter((one) => one?.status === 'completed');
  return {
    categories: [...categories]
      .map(([id, text]) => ({
        id,
        name: text,
        lines: linesOf(book, id).length,
        patterns: patterns.filter((pattern) => pattern.category === id).length,
      }))
      .sort((left, right) => left.name.localeCompare(right.name)),
    patterns: patterns.map((pattern) => ({
      id: pattern.id,
      pattern: pattern.text,
      categoryId: pattern.category,
      category: name(pattern.category),
      lines: standing.filter((one) => one?.pattern === pattern.id).length,
    })),
    rules: (book.matching?.rules ?? [])
      .filter((rule) => rule.enabled && rule.action === 'categorise')
      .map((rule) => ({ name: rule.name, category: rule.category })),
    counts: {
      pending: standing.filter((one) => one === undefined).length,
      processing: 0,
      completed: completed.length,
      failed: standing.filter((one) => one?.status === 'failed').length,
      uncategorised: completed.filter((one) => one?.category === null).length,
    },
    stale,
  };
}

export function categorySums(book: FakeBook): CategorySumView[] {
  const { categories } = stateOf(book);
  return [...categories.keys(), null].flatMap((categoryId) => {
    const lines = book.lines.filter((line) => {
      const standing = standingOf(book, line);
      return standing?.status === 'completed' && standing.category === categoryId;
    });
    const byHand = lines.filter((line) => standingOf(book, line)?.byHand).length;
    const total = amountOf(totalOf(lines.map((line) => line.amount)));
    return lines.length === 0 ? [] : [{ categoryId, lines: lines.length, byHand, total }];
  });
}

export function categoryLines(book: FakeBook, request: CategoryLinesRequest): CategoryLinesView {
  const { shelf, categoryId, search, offset, limit } = request;
  const isMeant = (standing: Standing | undefined) => {
    switch (shelf) {
      case 'category':
        return standing?.category === categoryId;
      case 'noCategory':
        return standing?.status === 'completed' && standing.category === null;
      case 'pending':
        return standing === undefined;
      case 'failed':
        return standing?.status === 'failed';
      case 'byHand':
        return standing?.byHand === true;
    }
  };
  const found = book.lines
    .filter((line) => isMeant(standingOf(book, line)))
    .filter((line) => contains([line.counterparty, line.text, line.reference], search));
  return {
    lines: found.slice(offset, offset + limit).map((line) => lineView(book, line)),
    total: found.length,
  };
}

function lineView(book: FakeBook, line: RecordView): CategoryLineView {
  const { categories, patterns } = stateOf(book);
  const standing = standingOf(book, line);
  return {
    id: line.id,
    date: line.date,
    amount: line.amount,
    counterparty: line.counterparty,
    description: line.text,
    reference: line.reference,
    status: standing?.status ?? 'pending',
    byHand: standing?.byHand ?? false,
    category: categories.get(standing?.category ?? '') ?? '',
    pattern: patterns.find((pattern) => pattern.id === standing?.pattern)?.text ?? '',
    rule: '',
    note: standing?.note ?? '',
    fileName: line.sourceFile,
    sourceRow: line.sourceRow,
  };
}

export function tryCategoryText(book: FakeBook, text: string): TriedTextView {
  const { patterns, categories } = stateOf(book);
  const fitting = winnersOf(patterns, text).map((pattern) => ({
    pattern: pattern.text,
    category: categories.get(pattern.category) ?? '',
    fit: fitOf(pattern, text) ?? '',
    letters: fold(pattern.text).length,
  }));
  return { rule: ruleOf(book, text), fitting: fitting.slice(0, 20), fittingTotal: fitting.length };
}

export function savePattern(book: FakeBook, { id, pattern, category }: SavePatternRequest): null {
  const state = stateOf(book);
  const text = pattern.trim();
  if (text === '') {
    throw refusal('invalid', 'A pattern is empty: it would fit every transaction');
  }
  const taken = state.patterns.find((other) => fold(other.text) === fold(text) && other.id !== id);
  if (taken) {
    const holder = state.categories.get(taken.category) ?? '';
    throw refusal(
      'invalid',
      `The pattern '${text}' stands for '${holder}' already: change or remove it there first`,
    );
  }
  const made = { id: id ?? book.newId(), text, category: categoryOf(book, category) };
  state.patterns = id
    ? state.patterns.map((other) => (other.id === id ? made : other))
    : [...state.patterns, made];
  state.stale = state.lines.size > 0;
  book.tell(id ? 'pattern.changed' : 'pattern.added', `pattern ${made.id}`, { pattern: text, category });
  return null;
}

export function removePattern(book: FakeBook, id: string): null {
  const state = stateOf(book);
  state.patterns = state.patterns.filter((pattern) => pattern.id !== id);
  state.stale = true;
  book.tell('pattern.removed', `pattern ${id}`, {});
  return null;
}

export function renameCategory(book: FakeBook, id: string, name: string): null {
  const { categories } = stateOf(book);
  if ([...categories].some(([other, text]) => other !== id && fold(text) === fold(name))) {
    throw refusal('invalid', `There is a category '${name.trim()}' already`);
  }
  categories.set(id, name.trim());
  book.tell('category.renamed', `category ${id}`, { name });
  return null;
}

export function removeCategory(book: FakeBook, id: string): null {
  const state = stateOf(book);
  const byHand = linesOf(book, id).filter((line) => standingOf(book, line)?.byHand).length;
  if (byHand > 0) {
    const name = state.categories.get(id) ?? '';
    throw refusal(
      'invalid',
      `${byHand} lines were put into '${name}' by hand: give them another category first`,
    );
  }
  for (const line of linesOf(book, id)) {
    state.lines.delete(line.id);
  }
  state.categories.delete(id);
  state.patterns = state.patterns.filter((pattern) => pattern.category !== id);
  book.tell('category.removed', `category ${id}`, {});
  return null;
}

/** The file that the dialog of the host in memory picks. */
const PICKED: readonly (readonly [string, string])[] = [
  ['Kontoführung', 'Bank charges'],
  ['Entgelt', 'Bank charges'],
  ['Hafenstraße', 'Rent'],
  ['Stadtwerke', 'Energy'],
];

export function importPatterns(book: FakeBook): PatternsTakenView {
  const state = stateOf(book);
  const before = state.categories.size;
  const isNew = ([text]: readonly [string, string]) =>
    !state.patterns.some((pattern) => fold(pattern.text) === fold(text));
  const fresh = PICKED.filter(isNew);
  for (const [pattern, category] of fresh) {
    savePattern(book, { id: null, pattern, category });
  }
  return {
    patternsAdded: fresh.length,
    patternsKnown: PICKED.length - fresh.length,
    categoriesAdded: state.categories.size - before,
  };
}

export function setLineCategory(book: FakeBook, request: SetLineCategoryRequest): null {
  const state = stateOf(book);
  const category = request.choice === 'category' ? categoryOf(book, request.category) : null;
  for (const id of request.lineIds) {
    if (request.choice === 'leaveToPatterns') {
      state.lines.delete(id);
    } else {
      state.lines.set(id, { status: 'completed', category, pattern: null, byHand: true, note: '' });
    }
  }
  book.tell('category.chosen', 'act', { lines: request.lineIds, category: request.category });
  return null;
}

/** Lines without any text are those that this host cannot judge. */
export function sweep(book: FakeBook, scope: SweepScopeView): SweptView {
  const state = stateOf(book);
  const isTaken = (standing: Standing | undefined) =>
    standing === undefined ||
    (!standing.byHand &&
      (scope === 'all' ||
        (scope === 'failed' && standing.status === 'failed') ||
        (state.stale && standing.category === null)));
  const taken = book.lines.filter((line) => isTaken(standingOf(book, line)));
  for (const line of taken) {
    const texts = [line.counterparty, line.text, line.reference].filter((text) => text !== '');
    const rule = texts.map((text) => ruleOf(book, text)).find((found) => found !== null);
    const winner = texts.map((text) => winnersOf(state.patterns, text)[0]).find((found) => found);
    state.lines.set(line.id, {
      status: texts.length === 0 ? 'failed' : 'completed',
      category: rule ? categoryOf(book, rule.category) : (winner?.category ?? null),
      pattern: rule ? null : (winner?.id ?? null),
      byHand: false,
      note: texts.length === 0 ? 'there is nothing to read' : '',
    });
  }
  state.stale = false;
  const standing = taken.map((line) => standingOf(book, line));
  const failed = standing.filter((one) => one?.status === 'failed').length;
  const categorised = standing.filter((one) => one?.category).length;
  book.tell('sweep.completed', 'sweep', { lines: taken.length });
  return {
    lines: taken.length,
    categorised,
    uncategorised: taken.length - categorised - failed,
    failed,
    elapsedMs: 3,
  };
}
