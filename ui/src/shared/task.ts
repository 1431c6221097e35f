import { host, type LongCommands, type Progress } from '@/ipc';
import { createStore, useStore } from './store';

/** A long task; it goes on while the user looks at other screens. */
export interface Task {
  name: keyof LongCommands;
  progress: Progress | null;
  cancelling: boolean;
}

/** The newest of the tasks that run, which is the one shown. */
const running = createStore<Task | null>(null);
let tasks: readonly { id: number; task: Task }[] = [];
let newest = 0;

function take(next: typeof tasks): void {
  tasks = next;
  running.set(next.at(-1)?.task ?? null);
}

function change(id: number, part: Partial<Task>): void {
  take(tasks.map((of) => (of.id === id ? { id, task: { ...of.task, ...part } } : of)));
}

/** The task that runs now. */
export function useTask(): Task | null {
  return useStore(running);
}

/** Runs a long command and shows its progress everywhere. Where two run at once, each is shown until it ends. */
export async function runTask<Name extends keyof LongCommands>(
  name: Name,
  args: LongCommands[Name]['args'],
): Promise<LongCommands[Name]['answer']> {
  newest += 1;
  const id = newest;
  take([...tasks, { id, task: { name, progress: null, cancelling: false } }]);
  try {
    return await host().run(name, args, (progress) => change(id, { progress }));
  } finally {
    take(tasks.filter((of) => of.id !== id));
  }
}

/** Asks what runs to stop; it ends with the refusal `cancelled` and leaves nothing half done. */
export async function cancelTask(): Promise<void> {
  take(tasks.map(({ id, task }) => ({ id, task: { ...task, cancelling: true } })));
  await host().call('cancel_task', {});
}
