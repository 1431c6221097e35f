import { alerts } from './alerts';
import { anomalies } from './anomalies';
import { audit } from './audit';
import { categories } from './categories';
import { causes } from './causes';
import { customers } from './customers';
import { differences } from './differences';
import { exceptions } from './exceptions';
import { figures } from './figures';
import { imports } from './imports';
import { journal } from './journal';
import { matching } from './matching';
import { overview } from './overview';
import { policy } from './policy';
import { proof } from './proof';
import { review } from './review';
import { shell } from './shell';
import { start } from './start';
import { words } from './words';

/** Every sentence of the window in English, by screen. Families such as `cause.*` translate words of the host. */
export const en = {
  ...alerts,
  ...anomalies,
  ...audit,
  ...exceptions,
  ...figures,
  ...categories,
  ...customers,
  ...differences,
  ...causes,
  ...imports,
  ...journal,
  ...matching,
  ...overview,
  ...policy,
  ...proof,
  ...review,
  ...shell,
  ...start,
  ...words,
} as const;
