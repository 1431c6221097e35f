// What the measurement does and sees within the page. Times are milliseconds of the page's own clock; a change counts as
// painted one turn of the event loop after the frame that shows it was begun.
(() => {
  const byTestId = (id) => document.querySelector(`[data-testid="${id}"]`);
  const turn = () => new Promise((done) => setTimeout(done, 0));
  const frame = () => new Promise((done) => requestAnimationFrame(done));

  async function painted() {
    await frame();
    await turn();
    return performance.now();
  }

  const PATIENCE_MS = 60_000;

  async function until(holds) {
    const began = performance.now();
    while (!holds()) {
      if (performance.now() - began > PATIENCE_MS) {
        throw new Error(`not within a minute: ${holds}`);
      }
      await turn();
    }
  }

  function press(key, target = document.activeElement ?? document.body) {
    const modifiers = { ctrlKey: key.startsWith('Ctrl+'), bubbles: true, cancelable: true };
    target.dispatchEvent(new KeyboardEvent('keydown', { key: key.replace('Ctrl+', ''), ...modifiers }));
  }

  const grid = () => byTestId('grid');

  /** Rows within the grid's edges, and whether they have their content. */
  function seen() {
    const { top, bottom } = grid().getBoundingClientRect();
    const head = grid().querySelector('[role="columnheader"]').getBoundingClientRect().bottom;
    const rows = [...grid().querySelectorAll('[role="row"][data-row]')].filter((row) => {
      const box = row.getBoundingClientRect();
      return box.bottom > Math.max(top, head) + 1 && box.top < bottom - 1;
    });
    const height = rows[0]?.getBoundingClientRect().height ?? 30;
    const room = Math.min(Number(grid().dataset.total), Math.floor((bottom - head) / height));
    const filled = rows.filter((row) => row.dataset.id !== undefined).length;
    return { filled, whole: rows.length >= room - 1 && filled === rows.length };
  }

  const isThere = () => byTestId('grid-frame')?.dataset.own === 'true' && seen().whole;

  async function timed(act, holds) {
    const began = performance.now();
    act();
    await until(holds);
    return (await painted()) - began;
  }

  const current = () => document.querySelector('[data-testid="queue-row"][data-current]')?.dataset.id ?? null;
  const benchIsReady = () => byTestId('bench') !== null && document.querySelector('main .skeleton') === null;

  window.speed = {
    /** When the start screen was painted first, and now: milliseconds of the epoch. */
    opened: () => {
      const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null;
      return [paint === null ? null : performance.timeOrigin + paint, Date.now()];
    },

    open: () => timed(() => byTestId('recent-workbook').click(), () => byTestId('duties-shared') !== null),

    screen: (name, id) => timed(() => byTestId(`nav-${name}`).click(), () => byTestId(id) !== null),

    /** A key that moves the queue on (or back): until the next row and its bench are shown, and until that is told. */
    decision: async (key) => {
      await until(benchIsReady);
      const before = current();
      const began = performance.now();
      press(key);
      await until(() => current() !== before && current() !== null && benchIsReady());
      const shown = (await painted()) - began;
      await until(() => document.querySelector('[data-testid="toast-undo"], [data-testid="toast-redo"]') !== null);
      const answered = (await painted()) - began;
      document.querySelectorAll('.toast-close').forEach((button) => button.click());
      return [shown, answered];
    },

    grid: (name) => {
      const tab = byTestId(`records-${name}`);
      return timed(() => tab.click(), () => tab.ariaSelected === 'true' && grid() !== null && isThere());
    },

    focus: () => grid().querySelector('[role="gridcell"][tabindex="0"]')?.focus(),

    /** A key of the grid, until every row that is seen has its content; null where it leads no farther. */
    key: async (key) => {
      const active = () => grid().querySelector('.grid-active')?.closest('[data-row]')?.dataset.row;
      const before = active();
      const end = key === 'Ctrl+Home' ? 0 : Number(grid().dataset.total) - 1;
      return before === String(end) ? null : timed(() => press(key), () => active() !== before && isThere());
    },

    /** A click on a heading, until the rows stand in the other order. */
    sort: async (column) => {
      const heading = byTestId(`heading-${column}`);
      const sortOf = () => heading.closest('[role="columnheader"]').getAttribute('aria-sort');
      const before = sortOf();
      const mouse = (kind, target) => target.dispatchEvent(new MouseEvent(kind, { bubbles: true, button: 0 }));
      const click = () => {
        mouse('mousedown', heading.querySelector('.grid-heading-text'));
        mouse('mouseup', document);
      };
      return timed(click, () => sortOf() !== before && isThere());
    },

    /** Scrolls by so many pixels in each of so many frames: frames with blank rows, all frames, and the longest frame. */
    scroll: async (frames, by) => {
      let [blank, longest, last] = [0, 0, performance.now()];
      for (let number = 0; number < frames; number += 1) {
        grid().scrollTop += by;
        const now = await painted();
        blank += seen().whole ? 0 : 1;
        longest = Math.max(longest, now - last);
        last = now;
      }
      return [blank, frames, longest];
    },
  };
})();
