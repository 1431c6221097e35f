/** What a role may not do, and what is refused, in English. */
export const permission = {
  'permission.configure': 'Only admins change this',
  'permission.import': 'Only preparers and admins may do this',
  'permission.import.files': 'Files are taken in by preparers and admins: {count} left out',
  'permission.managePeople': 'Only admins say who works here',
  'permission.prepare': 'Only preparers and admins prepare periods',
  'permission.signOff': 'Only reviewers and admins sign off and lock',
  'refused.cancelled': 'Nothing was stored.',
  'refused.locked': 'Unlock it first.',
  'refused.newerWorkbook': 'Open it with the newer Tieout.',
  'refused.noWorkbook': 'Open a workbook first.',
  'refused.notAWorkbook': 'Choose a file that Tieout wrote.',
  'refused.ownSecretNeeded':
    'More than one person works here: choose a secret of your own first (People), so that nobody else does this under your name.',
  'refused.notAllowed': 'Your role does not allow it, or a second person has to do it.',
  'refused.notSignedIn': 'Say who you are first.',
  'refused.passphraseNeeded': 'Type the workbook’s passphrase.',
  'refused.stale': 'Nothing was changed. Please look once more.',
} as const;
