import { describe, expect, test } from 'vitest';
import { de } from './de';
import { en } from './en';

interface Rule {
  what: string;
  german: RegExp;
  /** Where it is not to stand: everywhere, unless the English sentence or the key says otherwise. */
  where?: (english: string, key: string) => boolean;
}

/** What a bank's file says of itself keeps the word that banks use. */
const isOfFile = (key: string) => /^(said\.|fileThing\.)/.test(key);

/** Words of other hands for what `de/index.ts` gives one word each. */
const BANNED: readonly Rule[] = [
  {
    what: 'a record is a Datensatz, a job’s rate a Tarif',
    german: /(?<![a-zäöü])(Satz|Satzes|Sätzen?)(?![a-zäöü])/,
  },
  {
    what: 'a statement line is an Auszugszeile',
    german: /Kontozeile|Umsatz|Umsätz/,
    where: (_, key) => !isOfFile(key),
  },
  {
    what: 'a ledger entry is a Buchung',
    german: /Posten/,
    where: (english) => !/\bitems?\b|outstanding|rolled forward/.test(english),
  },
  {
    what: 'a match is genehmigt',
    german: /bestätig|freig|Freigabe/i,
    where: (english) => /approv/i.test(english),
  },
  { what: 'a period is vorbereitet', german: /(?<![a-zäöü])[Ee]rstell/ },
  {
    what: 'an alert is a Warnung',
    german: /(?<![A-Za-zäöü])Meldung/,
    where: (english) => /alert/i.test(english),
  },
  {
    what: 'what is unmatched is ohne Zuordnung',
    german: /offen/i,
    where: (english) => /unmatched/i.test(english),
  },
  { what: 'timing is a zeitliche Verschiebung', german: /zeitliche[rn]? (Unterschied|Abweichung)/i },
];

/** What must stand there for an English word. */
const ASKED: readonly { english: RegExp; german: RegExp }[] = [
  { english: /\balerts?\b/i, german: /[Ww]arn/ },
  { english: /\bstatement lines?\b/i, german: /[Zz]eile/ },
  { english: /\bledger entr(y|ies)\b/i, german: /Buchung/ },
  { english: /\bjournal entr(y|ies)\b/i, german: /Buchungss[aä]tz/ },
  { english: /\boutstanding\b/i, german: /offen/i },
  { english: /\bapproved\b/i, german: /genehmigt/i },
  { english: /\bsign(s|ed)? .*off\b/i, german: /freig|g[ei]b.* frei|Freigabe/i },
  { english: /\bprepar(e|es|ed|er|ers|ation)\b/i, german: /vorbereit|vorzubereit|bereite.* vor/i },
];

const sentences = Object.entries(de).map(([key, german]) => ({
  key,
  german,
  english: en[key as keyof typeof en],
}));

describe('the German window has one word for one thing', () => {
  test.each(BANNED)('$what', ({ german, where }) => {
    const wrong = sentences.filter(
      (said) => german.test(said.german) && (where === undefined || where(said.english, said.key)),
    );
    expect(wrong).toEqual([]);
  });

  test.each(ASKED)('$english is told as $german', ({ english, german }) => {
    expect(sentences.filter((said) => english.test(said.english) && !german.test(said.german))).toEqual([]);
  });
});
