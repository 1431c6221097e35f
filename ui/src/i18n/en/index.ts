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

/** Every sentence of the window in English, by screen. Families such as `cause.*` translate words of the host. */
export const en = {
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
} as const;
