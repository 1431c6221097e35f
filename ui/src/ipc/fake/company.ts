/** A small company's half year as two files, made the same way every time: what a browser and the tests work on. */

/** A file that waits beside the workbook. */
export interface SampleFile {
  path: string;
  name: string;
  side: 'statement' | 'ledger';
  text: string;
  /** Statements that the format itself declares, balances in cents; its columns are then known. */
  statements?: { account: string; number: string; opening: number; closing: number }[];
  /** How large it pretends to be. */
  mebibytes?: number;
}

interface Customer {
  code: string;
  name: string;
  bankName: string;
  iban: string;
}

const NAMES: readonly [string, string][] = [
  ['Radhaus Lindner GmbH', 'RADHAUS LINDNER GMBH'],
  ['Velo Sonnenschein OHG', 'Velo Sonnenschein'],
  ['Zweirad Petersen e.K.', 'PETERSEN ZWEIRAD'],
  ['Bergfahrt Touren GmbH', 'Bergfahrt Touren GmbH'],
  ['Stadtrad Hamburg eG', 'STADTRAD HAMBURG EG'],
  ['Kurbel & Kette GbR', 'Kurbel u. Kette GbR'],
  ['Fahrradladen Möller', 'FAHRRADLADEN MOELLER'],
  ['Pedalwerk Köln GmbH', 'Pedalwerk Koeln GmbH'],
  ['Lastenrad Kollektiv', 'Lastenradkollektiv e.G.'],
  ['Cyclewerks Ltd', 'CYCLEWERKS LTD'],
  ['Rückenwind Service', 'Rueckenwind Service'],
  ['Drahtesel Bremen', 'DRAHTESEL BREMEN'],
];

const CUSTOMERS: readonly Customer[] = NAMES.map(([name, bankName], index) => ({
  code: `CUS${String(10_000_017 + index * 131)}`,
  name,
  bankName,
  iban: `DE${String(21 + index)}500105170${String(5_407_324_900 + index * 77)}`,
}));

/** Mulberry32: small, seeded, good enough to deal out payments. */
function dealer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function day(offset: number): string {
  return new Date(Date.UTC(2025, 0, 2 + offset)).toISOString().slice(0, 10);
}

function german(iso: string): string {
  return iso.split('-').reverse().join('.');
}

function euros(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${cents < 0 ? '-' : ''}${whole},${digits.slice(-2)}`;
}

interface Line {
  offset: number;
  name: string;
  text: string;
  cents: number;
  iban: string;
}

interface Invoice {
  number: string;
  offset: number;
  customer: Customer;
  cents: number;
}

const RUNNING: readonly [string, string, number][] = [
  ['Hafenspeicher Immobilien KG', 'Miete Lagerhalle', -184_000],
  ['Stadtwerke', 'Abschlag Strom', -31_250],
  ['', 'Kontofuehrung und Buchungsposten', -1_490],
];

function payments(invoices: readonly Invoice[], random: () => number): Line[] {
  const lines: Line[] = [];
  for (let index = 0; index < invoices.length; index += 1) {
    const invoice = invoices[index] as Invoice;
    const { customer, number, cents, offset } = invoice;
    const paid = offset + 9 + Math.floor(random() * 26);
    const roll = random();
    const pay = (text: string, amount: number, when = paid) =>
      lines.push({ offset: when, name: customer.bankName, text, cents: amount, iban: customer.iban });
    const partners = invoices.slice(index + 1, index + 3).filter((other) => other.customer === customer);
    if (partners.length === 2) {
      const all = [invoice, ...partners];
      pay(
        `Rechnungen ${all.map((one) => one.number).join(' ')}`,
        all.reduce((total, one) => total + one.cents, 0),
      );
      index += 2;
    } else if (roll < 0.5) {
      pay(`Rechnung ${number} ${customer.code}`, cents);
    } else if (roll < 0.58) {
      pay(`${number} abzgl. Bankspesen`, cents - 150);
    } else if (roll < 0.65) {
      pay(`RE ${number} 2% Skonto`, cents - Math.round(cents * 0.02));
    } else if (roll < 0.75) {
      pay('Zahlung lt. Rechnung, danke', cents);
    } else if (roll < 0.8) {
      pay(`Anzahlung ${number}`, Math.round(cents * 0.4));
    } else if (roll < 0.87) {
      pay(`Rechnung ${number.slice(0, -2)}${number.slice(-1)}${number.slice(-2, -1)}`, cents);
    }
  }
  return lines;
}

function invoicesOf(random: () => number): Invoice[] {
  const invoices: Invoice[] = [];
  let offset = 0;
  let serial = 1041;
  while (offset < 165) {
    const customer = CUSTOMERS[Math.floor(random() * CUSTOMERS.length)] as Customer;
    const several = random() < 0.08 ? 3 : 1;
    const shared = 4_900 + Math.floor(random() * 460_000);
    for (let part = 0; part < several; part += 1) {
      const cents =
        several === 3 ? 4_900 + Math.floor(random() * 160_000) : random() < 0.12 ? 24_900 : shared;
      invoices.push({ number: `RE-2025-${serial}`, offset, customer, cents });
      serial += 1;
    }
    offset += 1 + Math.floor(random() * 3);
  }
  return invoices;
}

/** Balance before the first line. */
export const OPENING_CENTS = 1_248_055;

function statementText(lines: readonly Line[]): string {
  let balance = OPENING_CENTS;
  const rows = [...lines]
    .sort((left, right) => left.offset - right.offset)
    .map((line) => {
      balance += line.cents;
      const date = german(day(line.offset));
      return [date, date, line.name, line.text, euros(line.cents), 'EUR', euros(balance), line.iban].join(
        ';',
      );
    });
  const header = 'Buchungstag;Wertstellung;Auftraggeber/Empfänger;Verwendungszweck;Betrag;Währung;Saldo;IBAN';
  return [header, ...rows].join('\n');
}

function ledgerText(invoices: readonly Invoice[]): string {
  const rows = invoices.map(({ number, offset, customer, cents }) =>
    [
      number,
      german(day(offset)),
      german(day(offset + 30)),
      customer.code,
      customer.name,
      euros(cents),
      'EUR',
      'Lieferung',
    ].join(';'),
  );
  return ['Rechnungsnummer;Rechnungsdatum;Fällig;Kundennr;Kunde;Betrag;Währung;Text', ...rows].join('\n');
}

/** The two files. */
export function sampleFiles(): SampleFile[] {
  const random = dealer(20_250_106);
  const invoices = invoicesOf(random);
  const monthly = Array.from({ length: 6 }, (_, month) =>
    RUNNING.map(([name, text, cents]): Line => ({ offset: month * 30 + 2, name, text, cents, iban: '' })),
  ).flat();
  const [, , , twice] = CUSTOMERS as [Customer, Customer, Customer, Customer];
  const twins = [100, 101].map(
    (offset): Invoice => ({ number: `RE-2025-${2100 + offset}`, offset, customer: twice, cents: 64_900 }),
  );
  const toss: Line = {
    offset: 118,
    name: twice.bankName,
    text: 'Zahlung Ihrer Rechnung',
    cents: 64_900,
    iban: twice.iban,
  };
  const lines = [...payments(invoices, random), ...monthly, toss];
  const folder = '/home/mara/Tieout/Nordlicht';
  return [
    {
      path: `${folder}/kontoauszug-2025-h1.csv`,
      name: 'kontoauszug-2025-h1.csv',
      side: 'statement',
      text: statementText(lines),
    },
    {
      path: `${folder}/offene-posten-2025-h1.csv`,
      name: 'offene-posten-2025-h1.csv',
      side: 'ledger',
      text: ledgerText([...invoices, ...twins]),
    },
  ];
}
