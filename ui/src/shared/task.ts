import { host, type LongCommands, type Progress } from '@/ipc';
import { createStore, useStore } from './store';

/** The one long task that may run; it goes on while the user looks at other screens. */
export interface Task {
  name: keyof LongCommands;
  progress: Progress | null;
  cancelling: boolean;
}

const running = createStore<Task | null>(null);

/** The task that runs now. */
export function useTask(): Task | null {
  return useStore(running);
}

/** Runs a long command and shows its progress everywhere. */
export async function runTask<Name extends keyof LongCommands>(
  name: Name,
  args: LongCommands[Name]['args'],
): Promise<LongCommands[Name]['answer']> {
  running.set({ name, progress: null, cancelling: false });
  try {
    return await host().run(name, args, (progress) =>
      running.set((task) => (task ? { ...task, progress } : task)),
    );
  } finally {
    running.set(null);
  }
}

/** Asks the running task to stop; it ends with the refusal `cancelled` and leaves nothing half done. */
export async function cancelTask(): Promise<void> {
  running.set((task) => (task ? { ...task, cancelling: true } : task));
  await host().call('cancel_task', {});
}
