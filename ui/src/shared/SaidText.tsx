import { useI18n } from '@/i18n';
import type { SaidView } from '@/ipc';
import { alone, saidParts } from './said';

/** A sentence of the host that stands alone. What only a library could say in it is marked as being in English. */
export function SaidText({ said }: { said: SaidView }) {
  const parts = saidParts(said, useI18n()).filter(({ text }) => text !== '');
  return parts.map(({ text, foreign }, at) => {
    const told = at === 0 ? alone(text) : text;
    // Parts have no names, and their order is the sentence's own.
    const key = `${at} ${text}`;
    return (
      <span key={key} lang={foreign ? 'en' : undefined} className={foreign ? 'verbatim' : undefined}>
        {told}
      </span>
    );
  });
}
