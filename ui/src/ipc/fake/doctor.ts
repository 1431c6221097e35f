/** What checking finds on a machine in memory, and what may be handed over. */

import type { CheckView, DiagnosticsView } from '../generated';
import type { FakeBook } from './book';
import { saidWith } from './said';
import { verified } from './verified';

function check(what: string, state: string, said: CheckView['said']): CheckView {
  return { what, state, found: said.english, said };
}

export function examined(book: FakeBook, online: boolean): CheckView[] {
  return [
    check(
      'folder',
      'fine',
      saidWith('doctor.room', '/home/mara/.local/share/tieout can be written to; 120400 MiB are free.', {
        folder: '/home/mara/.local/share/tieout',
        free: '120400 MiB',
      }),
    ),
    check('keychain', 'fine', saidWith('doctor.keychain', 'The keychain answers.')),
    check(
      'place',
      'warning',
      saidWith(
        'doctor.room.little',
        'On the disk of /books only 700 MiB are free: make room before the next import.',
        {
          folder: '/books',
          free: '700 MiB',
        },
      ),
    ),
    ...verified(book).said.map((said) => check('content', 'fine', said)),
    online
      ? check(
          'mail',
          'fault',
          saidWith('alert.noAnswer', 'mail.example took the connection and answered nothing', {
            host: 'mail.example',
          }),
        )
      : check('mail', 'fine', saidWith('doctor.mail.notAsked', 'The mail server was not asked.')),
  ];
}

export function diagnostics(book: FakeBook): DiagnosticsView {
  const outcomes = examined(book, false).map(({ what, state, said }) => ({ what, state, code: said.code }));
  return {
    files: [
      { name: 'checks.json', text: JSON.stringify(outcomes, null, 2) },
      { name: 'about.json', text: JSON.stringify({ tieout: '0.1.0', system: 'linux' }, null, 2) },
    ],
  };
}
