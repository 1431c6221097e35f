/** The sentences of checks and diagnostics, in English. */
export const doctor = {
  'doctor.again': 'Check again',
  'doctor.checks': 'Checks',
  'doctor.found': 'Found',
  'doctor.online': 'Ask the mail server too',
  'doctor.save': 'Save diagnostics…',
  'doctor.save.go': 'Save',
  'doctor.save.text':
    'This is all that is saved, for whoever helps you: how the checks came out, versions, how much the workbook holds, and the end of the log. No names, texts or amounts.',
  'doctor.save.title': 'Save diagnostics',
  'doctor.saved': 'Diagnostics saved: {path}',
  'doctor.state': 'State',
  'doctor.state.fault': 'Fault',
  'doctor.state.fine': 'Fine',
  'doctor.state.warning': 'Warning',
  'doctor.sub': 'What this machine and the workbook need to be sound.',
  'doctor.title': 'Checks and diagnostics',
  'doctor.what': 'What',
  'doctor.what.backups': 'Backups',
  'doctor.what.clock': 'Clock',
  'doctor.what.content': 'Content',
  'doctor.what.folder': 'Disk',
  'doctor.what.keychain': 'Keychain',
  'doctor.what.mail': 'Mail server',
  'doctor.what.place': 'Place',
  'doctor.what.workbook': 'Workbook',
  'nav.doctor': 'Diagnostics',
  'said.alert.noAnswer': '{host} took the connection and answered nothing',
  'said.doctor.clock': 'The clock says {now}.',
  'said.doctor.clock.behind':
    'The newest event of the workbook is of {newest}, and the clock says {now}: one of them is wrong. Set the clock before you go on.',
  'said.doctor.clock.past':
    'The clock says {now}, which has passed: set it, since every decision is told with its time.',
  'said.doctor.folder.unwritable':
    'Nothing can be written into {folder}: {why}. Give this user the right to write there.',
  'said.doctor.keychain': 'The keychain answers.',
  'said.doctor.keychain.silent':
    'The keychain does not answer: {why}. Passphrases are asked for at each opening, signatures are made with a one-time identity, and an older copy of a workbook is not noticed.',
  'said.doctor.mail': 'The mail server answers and lets Tieout in.',
  'said.doctor.mail.notAsked': 'The mail server was not asked.',
  'said.doctor.mib': '{count} MiB',
  'said.doctor.room': '{folder} can be written to; {free} are free.',
  'said.doctor.room.little':
    'On the disk of {folder} only {free} are free: make room before the next import.',
  'said.doctor.room.ofWorkbook':
    'The workbook takes {bytes}, and {free} are free on its disk: a migration or a backup may need as much again as it takes. Make room.',
  'settings.about.doctor':
    'Whether machine and workbook are sound, and what may be handed over to whoever helps',
} as const;
