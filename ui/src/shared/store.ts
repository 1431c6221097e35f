import { useSyncExternalStore } from 'react';

/** A value outside React that components can watch. */
export interface Store<Value> {
  get(): Value;
  set(next: Value | ((before: Value) => Value)): void;
  subscribe(listener: () => void): () => void;
}

/** Makes a store. */
export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      value = typeof next === 'function' ? (next as (before: Value) => Value)(value) : next;
      for (const listener of listeners) {
        listener();
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A store that is only read. */
export type Watched<Value> = Pick<Store<Value>, 'get' | 'subscribe'>;

/** The store's value, watched. */
export function useStore<Value>(store: Watched<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.get);
}
