import { acting } from './acting';
import { alerts } from './alerts';
import { anomalies } from './anomalies';
import { audit } from './audit';
import { backup } from './backup';
import { categories } from './categories';
import { causes } from './causes';
import { customers } from './customers';
import { differences } from './differences';
import { doctor } from './doctor';
import { events } from './events';
import { exceptions } from './exceptions';
import { figures } from './figures';
import { grid } from './grid';
import { imports } from './imports';
import { journal } from './journal';
import { matching } from './matching';
import { overview } from './overview';
import { people } from './people';
import { periods } from './periods';
import { permission } from './permission';
import { policy } from './policy';
import { proof } from './proof';
import { records } from './records';
import { review } from './review';
import { saidChannels } from './saidChannels';
import { saidDamage } from './saidDamage';
import { saidReading } from './saidReading';
import { saidRefusals } from './saidRefusals';
import { saidSettings } from './saidSettings';
import { saidWords } from './saidWords';
import { settings } from './settings';
import { shell } from './shell';
import { signing } from './signing';
import { start } from './start';
import { words } from './words';

/** Every sentence of the window in English, by screen. Families such as `cause.*` translate words of the host. */
export const en = {
  ...acting,
  ...alerts,
  ...anomalies,
  ...audit,
  ...backup,
  ...doctor,
  ...events,
  ...signing,
  ...exceptions,
  ...figures,
  ...categories,
  ...customers,
  ...differences,
  ...causes,
  ...grid,
  ...imports,
  ...journal,
  ...matching,
  ...overview,
  ...people,
  ...periods,
  ...permission,
  ...policy,
  ...proof,
  ...records,
  ...review,
  ...saidChannels,
  ...saidDamage,
  ...saidReading,
  ...saidRefusals,
  ...saidSettings,
  ...saidWords,
  ...settings,
  ...shell,
  ...start,
  ...words,
} as const;
