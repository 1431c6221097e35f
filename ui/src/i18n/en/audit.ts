/** The sentences of the audit screen, in English. */
export const audit = {
  'audit.action': 'What happened',
  'audit.hash': 'Hash',
  'audit.invalid': 'The workbook was altered or damaged',
  'audit.newer': 'Newer',
  'audit.number': 'No.',
  'audit.older': 'Older',
  'audit.range': '{from}–{to} of {of}',
  'audit.sub': 'Everything that ever changed in this workbook, each event chained to the one before.',
  'audit.subject': 'To what',
  'audit.title': 'Audit log',
  'audit.valid': 'The chain is whole: nothing was altered',
  'audit.verify': 'Verify workbook',
  'audit.when': 'When',
  'audit.who': 'Who',
} as const;
