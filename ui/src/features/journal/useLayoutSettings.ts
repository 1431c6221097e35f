import { useState } from 'react';
import { host, type JournalLayoutForm, type JournalLayoutView } from '@/ipc';
import { chooseJournalPath } from '@/shared/choosePath';
import { recall, remember } from '@/shared/preferences';
import { useStore } from '@/shared/store';
import { useDoing } from '@/shared/useDoing';
import { keepLayout, layoutDrafts, NEW } from './draft';
import { freeName, sameLayout, tidied } from './layouts';
import { useJournalActions, useLayouts } from './useJournal';

/** Where the machine remembers which layout is exported with. */
const CHOICE = 'journalLayout';
/** The layout that is there in any case. */
const PLAIN = 'generic';

/** The layout that was exported with last, or saved since. */
export function rememberedLayout(): string {
  return recall(CHOICE) ?? PLAIN;
}

/** Exports with this one from now on. */
export function rememberLayout(name: string): void {
  remember(CHOICE, name);
}

/** The layout of that name, or the first there is. */
function storedOf(known: readonly JournalLayoutView[], chosen: string): JournalLayoutView | undefined {
  return known.find(({ form }) => form.name === chosen) ?? known[0];
}

/** Layouts as they are shown: what is stored, with what was changed since, each by itself. */
export function useLayoutSettings() {
  const layouts = useLayouts();
  const actions = useJournalActions();
  const drafts = useStore(layoutDrafts);
  const { busy, fault, forgetFault, doing } = useDoing<'save' | 'remove' | 'read'>();
  const [chosen, setChosen] = useState(() => (layoutDrafts.get()?.has(NEW) ? NEW : rememberedLayout()));
  const known = layouts.data ?? [];
  const fresh = chosen === NEW ? drafts?.get(NEW) : undefined;
  const stored = fresh ? undefined : storedOf(known, chosen);
  const of = fresh ? NEW : stored?.form.name;
  const draft = of === undefined ? undefined : drafts?.get(of);
  const shown = draft ?? stored?.form;
  /** The name under which it is saved now; none where it is saved under another from here on. */
  const own = stored && !stored.readyMade ? stored.form.name : null;
  const name = shown?.name.trim() ?? '';
  const names = known.map(({ form }) => form.name);

  function choose(next: string): void {
    forgetFault();
    setChosen(next);
  }

  function change(edited: JournalLayoutForm): void {
    const next = tidied(edited);
    if (stored?.readyMade && !draft && next.name === stored.form.name) {
      keepLayout(stored.form.name, { ...next, name: freeName(next.name, names) });
    } else if (of !== undefined) {
      keepLayout(of, stored && sameLayout(next, stored.form) ? null : next);
    }
  }

  async function save(): Promise<void> {
    if (shown && of !== undefined) {
      await actions.saveLayout({ ...shown, name }, own);
      keepLayout(of, null);
      rememberLayout(name);
      setChosen(name);
    }
  }

  /** What is read changes the layout of that name, or is a new one: beside changes that are not saved yet, too. */
  async function read(): Promise<void> {
    const path = await chooseJournalPath(false, '');
    if (path !== null) {
      const layout = tidied(await host().call('read_journal_layout', { path }));
      const same = known.find(({ form, readyMade }) => form.name === layout.name && !readyMade);
      if (same && drafts?.has(layout.name)) {
        keepLayout(NEW, { ...layout, name: freeName(layout.name, names) });
        setChosen(NEW);
      } else {
        const target = same ? layout.name : NEW;
        keepLayout(target, layout);
        setChosen(target);
      }
    }
  }

  async function remove(): Promise<void> {
    if (own !== null) {
      await actions.removeLayout(own);
      keepLayout(own, null);
      rememberLayout(PLAIN);
      setChosen(PLAIN);
    }
  }

  return {
    known,
    drafts,
    shown,
    /** What is chosen in the list of layouts. */
    of,
    readyMade: stored?.readyMade === true,
    removable: own !== null,
    changed: draft !== undefined,
    /** Another layout is saved under this name already. */
    taken: draft !== undefined && name !== own && names.includes(name),
    unnamed: name === '',
    busy,
    fault: fault ?? layouts.error,
    choose,
    change,
    save: () => doing('save', save),
    read: () => doing('read', read),
    remove: () => doing('remove', remove),
    discard: () => {
      forgetFault();
      if (of !== undefined) {
        keepLayout(of, null);
      }
    },
  };
}

/** {@link useLayoutSettings}. */
export type LayoutSettings = ReturnType<typeof useLayoutSettings>;
