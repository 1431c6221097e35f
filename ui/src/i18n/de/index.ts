/**
 * One word for one thing. Where accountants have a word of their own (Buchung, Buchungssatz, offener Posten, Skonto,
 * Ausgleich, Vier-Augen-Prinzip), it is that. `germanWords.test.ts` holds the others out.
 *
 * | English | German |
 * |---|---|
 * | statement line | die Auszugszeile; short: die Zeile. Umsatz only for what a bank's file holds |
 * | ledger, ledger entry | die Bücher, die Buchung |
 * | journal entry | der Buchungssatz |
 * | record (either side) | der Datensatz |
 * | item, open item | der Posten, der offene Posten |
 * | match, unmatched | die Zuordnung, ohne Zuordnung |
 * | to run the match | abgleichen, der Abgleich |
 * | to tie out | abstimmen |
 * | outstanding, open | offen |
 * | settled | ausgeglichen |
 * | approve a match | genehmigen, die Genehmigung |
 * | prepare a period, preparer | vorbereiten, die Vorbereitung, der Vorbereiter |
 * | sign a period off, reviewer | freigeben, die Freigabe, der Prüfer |
 * | confirm (columns of a file) | bestätigen |
 * | acknowledge (an alert) | zur Kenntnis nehmen |
 * | alert, alert limit | die Warnung, die Warngrenze |
 * | categorise | einordnen |
 * | timing, difference in time | die zeitliche Verschiebung |
 * | rate (of a job), exchange rate | der Tarif, der Kurs |
 * | evidence, proof | der Beleg, der Nachweis |
 * | policy, rule | die Richtlinie, die Regel |
 */

import type { en } from '../en';
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

/** Jeder Satz des Fensters auf Deutsch. */
export const de: Record<keyof typeof en, string> = {
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
};
