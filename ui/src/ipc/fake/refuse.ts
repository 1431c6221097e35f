import type { CommandError, ErrorCode } from '../generated';

/** A refusal as the host sends it. */
export function refusal(code: ErrorCode, message: string): CommandError {
  return { code, message };
}
