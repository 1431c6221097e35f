/** Files that the system's dialog of the host in memory offers: each shows another state of the import screens. */

import type { SampleFile } from './company';

const FOLDER = '/home/mara/Downloads';

function file(
  name: string,
  side: SampleFile['side'],
  lines: string[],
  more: Partial<SampleFile> = {},
): SampleFile {
  return { path: `${FOLDER}/${name}`, name, side, text: lines.join('\n'), ...more };
}

/** Dates that can be read in two ways. */
const CARD = file('card-2025-07.csv', 'statement', [
  'Date,Payee,Description,Amount',
  '03/07/2025,Harbour Cafe,Team lunch,-84.20',
  '04/07/2025,Rail Europe,Hamburg to Bremen,-129.00',
  '09/07/2025,Cyclewerks Ltd,Refund order 4711,412.50',
  '11/07/2025,Paper & Co,Office supplies,-36.85',
]);

/** Another header than the half year's, and a row that cannot be read. */
const JULY = file('kontoauszug-2025-07.csv', 'statement', [
  'Buchungstag;Wertstellung;Name;Verwendungszweck;Betrag;Währung;Saldo;Kategorie',
  '01.07.2025;01.07.2025;Hafenspeicher Immobilien KG;Miete Lagerhalle;-1.840,00;EUR;58.160,00;Miete',
  '02.07.2025;02.07.2025;RADHAUS LINDNER GMBH;Rechnung RE-2025-1141;2.310,40;EUR;60.470,40;Erlöse',
  '03.07.2025;03.07.2025;Stadtwerke;Abschlag Strom;-312,5O;EUR;60.157,90;Energie',
  '04.07.2025;04.07.2025;Velo Sonnenschein;Rechnung RE-2025-1144;890,00;EUR;61.047,90;Erlöse',
]);

/** A format that declares its columns, with several accounts and a statement that does not close. */
const SWIFT = file(
  'auszuege-2025-07.sta',
  'statement',
  [
    'Konto;Datum;Name;Verwendungszweck;Betrag;Nummer',
    'DE21500105175407324900;2025-07-01;Bergfahrt Touren GmbH;Rechnung RE-2025-1147;1240.00;7/1',
    'DE21500105175407324900;2025-07-02;Stadtwerke;Abschlag Gas;-88.00;7/1',
    'DE21500105175407324900;2025-07-03;Pedalwerk Koeln GmbH;RE-2025-1150;415.75;7/2',
    'DE98500105175407330041;2025-07-02;Finanzamt Hamburg;Umsatzsteuer Q2;-4120.00;3',
    'DE98500105175407330041;2025-07-03;Uebertrag;Ruecklage;2500.00;3',
  ],
  {
    statements: [
      { account: 'DE21500105175407324900', number: '7/1', opening: 5_816_000, closing: 5_931_200 },
      { account: 'DE21500105175407324900', number: '7/2', opening: 5_931_200, closing: 5_972_775 },
      { account: 'DE98500105175407330041', number: '3', opening: 1_200_000, closing: 1_040_000 },
    ],
  },
);

/** Beyond the usual limit. */
const LARGE = file(
  'umsaetze-2019-2024.csv',
  'statement',
  ['Datum;Name;Verwendungszweck;Betrag', '30.12.2024;Drahtesel Bremen;Rechnung RE-2024-9001;77,00'],
  { mebibytes: 120 },
);

/** What the dialog gives. */
export const PICKED: readonly SampleFile[] = [CARD, JULY, SWIFT];
/** What else lies in the folder. */
export const ALL_FILES: readonly SampleFile[] = [...PICKED, LARGE];
