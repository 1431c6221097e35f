/** What somebody kept under a name, on this machine. */

import { recall, remember } from './preferences';
import { createStore, type Store } from './store';

/** Something that has a name. */
export interface Named {
  name: string;
}

/** Named things of one kind, watched. */
export interface NamedStore<T extends Named> {
  all: Store<readonly T[]>;
  /** Keeps it, in place of one of the same name. */
  save(thing: T): void;
  /** Gives it another name; answers whether that was free. */
  rename(name: string, next: string): boolean;
  remove(name: string): void;
}

/** How things are kept. */
interface Keeping<T extends Named> {
  /** What was written, as it is used; `null` where it is none. */
  read: (written: Record<string, unknown>) => T | null;
  /** What is written of it, if not all of it. */
  write?: (thing: T) => Record<string, unknown>;
  /** By their names, rather than in the order in which they were saved. */
  sorted?: boolean;
}

function kept<T extends Named>(key: string, { read }: Keeping<T>): T[] {
  try {
    const written: unknown = JSON.parse(recall(key) ?? '[]');
    return (Array.isArray(written) ? written : []).flatMap((one: unknown) => {
      const thing = typeof one === 'object' && one !== null ? read(one as Record<string, unknown>) : null;
      return thing !== null && thing.name !== '' ? [thing] : [];
    });
  } catch {
    return [];
  }
}

/** The things kept under a key. What cannot be read is left out. */
export function namedStore<T extends Named>(key: string, keeping: Keeping<T>): NamedStore<T> {
  const all = createStore<readonly T[]>(kept(key, keeping));
  function change(next: readonly T[]): void {
    const things = keeping.sorted
      ? [...next].sort((left, right) => left.name.localeCompare(right.name))
      : next;
    remember(key, JSON.stringify(things.map((thing) => keeping.write?.(thing) ?? thing)));
    all.set(things);
  }
  return {
    all,
    save: (thing) => {
      const things = all.get();
      const known = things.some(({ name }) => name === thing.name);
      change(known ? things.map((one) => (one.name === thing.name ? thing : one)) : [...things, thing]);
    },
    rename: (name, next) => {
      const wanted = next.trim();
      const things = all.get();
      if (wanted === '' || (wanted !== name && things.some((thing) => thing.name === wanted))) {
        return false;
      }
      change(things.map((thing) => (thing.name === name ? { ...thing, name: wanted } : thing)));
      return true;
    },
    remove: (name) => change(all.get().filter((thing) => thing.name !== name)),
  };
}
