/** Why something is off for a role, in English. */
export const permission = {
  'permission.configure': 'Only admins change this',
  'permission.import': 'Only preparers and admins may do this',
  'permission.import.files': 'Files are taken in by preparers and admins: {count} left out',
  'permission.managePeople': 'Only admins say who works here',
  'permission.prepare': 'Only preparers and admins prepare periods',
  'permission.signOff': 'Only reviewers and admins sign off and lock',
} as const;
