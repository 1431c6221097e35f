import type { CommandError } from './generated';

/** Whether something thrown is a command's refusal. */
export function isCommandError(fault: unknown): fault is CommandError {
  return (
    typeof fault === 'object' &&
    fault !== null &&
    typeof (fault as Partial<CommandError>).code === 'string' &&
    typeof (fault as Partial<CommandError>).message === 'string'
  );
}

/** A refusal as it is; anything else as a fault of Tieout, with what is known about it. */
export function asCommandError(fault: unknown): CommandError {
  if (isCommandError(fault)) {
    return fault;
  }
  return { code: 'internal', message: fault instanceof Error ? fault.message : String(fault) };
}
