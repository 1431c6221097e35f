import { host } from '@/ipc';
import { recall, remember } from './preferences';
import { createStore } from './store';

/** How large everything is drawn, in percent; 200 must be usable (WCAG 2.2, 1.4.4). */
export const ZOOM_STEPS = [80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const;
const PLAIN = 100;
type Step = (typeof ZOOM_STEPS)[number];

const saved = Number(recall('zoom'));

/** The size chosen, in percent. */
export const zoomStore = createStore<Step>(ZOOM_STEPS.find((step) => step === saved) ?? PLAIN);

let applying = false;

/** Draws the window in the size chosen. One after the other: calls that overlap may end in another order. */
async function apply(): Promise<void> {
  if (applying) {
    return;
  }
  applying = true;
  for (let drawn: Step | null = null; drawn !== zoomStore.get(); ) {
    drawn = zoomStore.get();
    // A window that cannot be drawn larger stays as it is.
    await host()
      .zoom(drawn / PLAIN)
      .catch(() => undefined);
  }
  applying = false;
}

/** Draws the window as large as it was left. Called once by the application, with its host chosen. */
export function startZoom(): void {
  if (zoomStore.get() !== PLAIN) {
    void apply();
  }
  zoomStore.subscribe(() => {
    remember('zoom', String(zoomStore.get()));
    void apply();
  });
}

/** One step larger or smaller. */
export function zoomBy(step: 1 | -1): void {
  zoomStore.set((now) => ZOOM_STEPS[ZOOM_STEPS.indexOf(now) + step] ?? now);
}

/** A size of {@link ZOOM_STEPS}, in percent; any other changes nothing. */
export function zoomTo(size: number): void {
  zoomStore.set((now) => ZOOM_STEPS.find((step) => step === size) ?? now);
}

/** As large as it was made for. */
export function zoomPlain(): void {
  zoomStore.set(PLAIN);
}
