import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
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
