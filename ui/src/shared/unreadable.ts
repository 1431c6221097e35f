import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Marks a field whose text cannot be read, so that no form takes what the field held before in its place. `fault` is
 * empty where the text can be read.
 */
export function useUnreadable(fault: string): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.setCustomValidity(fault), [fault]);
  return field;
}

/** Whether a field of the form cannot be read; the first one takes the focus. */
export function stopsAtUnreadable(form: HTMLFormElement | null): boolean {
  const fields = [...(form?.elements ?? [])];
  const wrong = fields.find((field) => field instanceof HTMLInputElement && field.validity.customError);
  if (wrong instanceof HTMLInputElement) {
    wrong.focus();
  }
  return wrong !== undefined;
}
