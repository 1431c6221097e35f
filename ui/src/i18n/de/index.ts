import type { en } from '../en';
import { audit } from './audit';
import { causes } from './causes';
import { imports } from './imports';
import { matching } from './matching';
import { overview } from './overview';
import { proof } from './proof';
import { review } from './review';
import { shell } from './shell';
import { start } from './start';
import { words } from './words';

/** Jeder Satz des Fensters auf Deutsch. */
export const de: Record<keyof typeof en, string> = {
  ...audit,
  ...causes,
  ...imports,
  ...matching,
  ...overview,
  ...proof,
  ...review,
  ...shell,
  ...start,
  ...words,
};
