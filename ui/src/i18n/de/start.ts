import type { start as english } from '../en/start';

/** The sentences of the start screen, in German. */
export const start: Record<keyof typeof english, string> = {
  'start.again': 'Passphrase noch einmal',
  'start.again.differs': 'Die beiden Passphrasen sind verschieden',
  'start.company': 'Firma',
  'start.company.missing': 'Wessen Bücher sind das?',
  'start.create': 'Arbeitsmappe anlegen',
  'start.currency': 'Hauptwährung',
  'start.lossWarning':
    'Verwahren Sie die Passphrase gut: Ohne sie kann niemand die Arbeitsmappe öffnen, auch wir nicht.',
  'start.newPath': 'Wo sie liegen soll',
  'start.open': 'Arbeitsmappe öffnen',
  'start.passphrase': 'Passphrase',
  'start.passphrase.hint': 'Die beim Anlegen gewählte.',
  'start.passphrase.keychainHint': 'Leer lassen, um die auf dieser Maschine verwahrte zu nehmen.',
  'start.passphraseNeeded': 'Diese Maschine kennt den Schlüssel nicht. Bitte geben Sie die Passphrase ein.',
  'start.path': 'Arbeitsmappe',
  'start.path.missing': 'Wählen Sie, wo die Arbeitsmappe liegen soll',
  'start.path.placeholder': 'Pfad einer .tieout-Datei',
  'start.recent': 'Zuletzt geöffnet',
  'start.recent.gone': 'liegt nicht mehr dort',
  'start.recent.none': 'Hier stehen die Arbeitsmappen, die Sie öffnen.',
  'start.remember': 'Schlüssel im Schlüsselbund dieser Maschine verwahren',
  'start.singleUser': 'Ich bereite allein vor und gebe allein frei',
  'start.singleUser.hint':
    'Sonst kann, wer eine Periode vorbereitet, sie nicht freigeben. Berichte nennen es.',
  'start.strength.advice': 'Mindestens 8 Zeichen; vier beliebige Wörter sind besser.',
  'start.strength.fair': 'Brauchbar',
  'start.strength.strong': 'Stark',
  'start.strength.tooShort': 'Mindestens 8 Zeichen',
  'start.strength.weak': 'Leicht zu erraten',
  'start.tab.create': 'Neue Arbeitsmappe',
  'start.tab.open': 'Öffnen',
  'start.tabs': 'Öffnen oder anlegen',
  'start.tagline':
    'Stimmen Sie ab, was die Bank sagt und was die Bücher sagen. Alles bleibt in einer verschlüsselten Datei auf dieser Maschine.',
  'start.user': 'Ihr Name',
  'start.user.hint': 'So steht er in Berichten',
  'start.user.missing': 'Wer arbeitet in dieser Mappe?',
  'start.version': 'Version {version}',
};
