/** The sentences of the records screen, in English. */
export const records = {
  'records.bench': 'Open on the bench',
  'records.detail': 'The row in full',
  'records.detail.close': 'Close the row',
  'records.entries': 'Entries',
  'records.events': 'Events',
  'records.exceptions': 'Exceptions',
  'records.lines': 'Lines',
  'records.matches': 'Matches',
  'records.paste.elsewhere': 'Rows can be pasted into Lines or Entries.',
  'records.paste.noTable':
    'There is no table on the clipboard. Copy cells from a spreadsheet, with their headings.',
} as const;
