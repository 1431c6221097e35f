import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

function files(folder: string, kind = /\.tsx?$/): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path, kind) : kind.test(entry.name) ? [path] : [];
  });
}

function importsOf(path: string): string[] {
  const source = readFileSync(path, 'utf8');
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, module = '']) => module);
}

const all = files('src').filter((path) => !path.endsWith('walls.test.ts'));

function offenders(within: string, forbidden: RegExp): string[] {
  return all
    .filter((path) => path.startsWith(within))
    .flatMap((path) =>
      importsOf(path)
        .filter((module) => forbidden.test(module))
        .map((module) => `${path}: ${module}`),
    );
}

test('features never import each other, nor the application', () => {
  expect(offenders('src/features', /^@\/(features|app)|^\.\./)).toEqual([]);
});

test('what is shared knows no feature', () => {
  expect(offenders('src/shared', /^@\/(features|app)/)).toEqual([]);
});

test('the host is reached only through ipc', () => {
  const outside = all.filter((path) => path !== join('src', 'ipc', 'host.ts'));
  expect(
    outside.filter((path) => importsOf(path).some((module) => module.startsWith('@tauri-apps/'))),
  ).toEqual([]);
});

test('only development knows the host in memory', () => {
  const users = all.filter(
    (path) =>
      !/\.test\.|test-window/.test(path) && importsOf(path).some((module) => module.includes('host.fake')),
  );
  expect(users).toEqual([join('src', 'ipc', 'index.ts')]);
});

/** The class that each rule of a style sheet begins with. */
function rootClasses(path: string): string[] {
  const rules = readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const selectors = [...rules.matchAll(/([^{}]+)\{/g)].flatMap(([, list = '']) => list.split(','));
  return selectors.flatMap((selector) => /^\s*[a-z]*\.([\w-]+)/.exec(selector)?.[1] ?? []);
}

test('a class is styled by one feature, or is shared: all style sheets are in the page at once', () => {
  const owners = new Map<string, Set<string>>();
  for (const path of files('src', /\.css$/)) {
    const owner = /^src\/features\/[^/]+|^src\/[^/]+/.exec(path)?.[0] ?? path;
    for (const name of rootClasses(path)) {
      owners.set(name, (owners.get(name) ?? new Set()).add(owner));
    }
  }
  expect(owners.size).toBeGreaterThan(300);
  const disputed = [...owners].filter(
    ([, by]) =>
      [...by].filter((owner) => owner.startsWith('src/features')).length > 1 && !by.has('src/shared'),
  );
  expect(disputed.map(([name, by]) => `${name}: ${[...by].join(', ')}`)).toEqual([]);
});

/** What scrolls within dialogs and popovers, or over a locked window: it lies over the rest itself. */
const OVER = [
  'dialog-body',
  'dialog-frame',
  'entry-list',
  'filter-popover',
  'grid-pop-dialog',
  'grid-words',
  'palette-scroll',
  'picker-list',
  'sign-in-people',
];

test('whatever scrolls on a screen shows no scrollbar while a dialog lies over it', () => {
  const rules = files('src', /\.css$/).flatMap((path) => {
    const text = readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
    return [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => ({
      selector,
      body,
    }));
  });
  const hidden = rules.find(({ selector }) => selector.includes('[data-bars-hidden]'))?.selector ?? '';
  const scrolling = rules
    .filter(({ body }) => /overflow(-[xy])?:[^;]*\b(auto|scroll)\b/.test(body))
    .flatMap(({ selector }) => selector.split(','))
    .flatMap((selector) => /\.([\w-]+)/.exec(selector)?.[1] ?? [])
    // Each screen has a name of its own for the main part of the window.
    .map((name) => name.replace(/^main-.*/, 'main'));
  expect(scrolling.length).toBeGreaterThan(25);
  const forgotten = scrolling.filter(
    (name) => !OVER.includes(name) && !new RegExp(`\\.${name}\\b(?!-)`).test(hidden),
  );
  expect([...new Set(forgotten)]).toEqual([]);
});
