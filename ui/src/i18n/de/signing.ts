import type { signing as english } from '../en/signing';

/** Die Sätze zum Signieren von Berichten, auf Deutsch. */
export const signing: Record<keyof typeof english, string> = {
  'nav.signing': 'Signieren',
  'settings.about.signing': 'Womit Sie Berichte signieren, und welche Zertifikate die Arbeitsmappe kennt',
  'signing.file': 'Datei (.p12, .pfx)',
  'signing.fingerprint': 'Fingerabdruck (SHA-256)',
  'signing.holds': 'Gilt',
  'signing.import': 'Importieren…',
  'signing.import.go': 'Importieren',
  'signing.import.text':
    'Eine PKCS#12-Datei mit privatem Schlüssel und Zertifikat: ECDSA (P-256, P-384) oder RSA mit 2.048 bis 4.096 Bit. Der Schlüsselbund behält sie für Sie; von da an signieren Sie damit.',
  'signing.import.title': 'Identität importieren',
  'signing.imported': 'Ab jetzt signieren Sie mit der importierten Identität',
  'signing.known': 'Bekannte Zertifikate',
  'signing.known.text':
    'Damit wurden Berichte dieser Arbeitsmappe signiert. Wird ein Bericht mit dieser Arbeitsmappe geprüft, sagt die Prüfung, ob sein Zertifikat darunter ist.',
  'signing.made': 'Ab jetzt signieren Sie mit der neuen Identität',
  'signing.make': 'Neu erzeugen…',
  'signing.make.go': 'Neu erzeugen',
  'signing.make.text':
    'Ein neuer Schlüssel mit Zertifikat auf Ihren Namen, im Schlüsselbund dieses Rechners. Frühere Berichte bleiben gültig. Geben Sie den neuen Fingerabdruck denen, die Ihre Berichte prüfen.',
  'signing.make.title': 'Neue Identität erzeugen',
  'signing.name': 'Name',
  'signing.none': '{name} bekommt mit dem ersten Bericht eine Identität.',
  'signing.oneTime': 'Nichts wird behalten: Jeder Bericht bekommt eine einmalige Identität',
  'signing.origin': 'Herkunft',
  'signing.origin.imported': 'Importiert',
  'signing.origin.made': 'Hier erzeugt',
  'signing.own': 'Ihre Identität',
  'signing.ownRevoked':
    'Ihr Zertifikat wurde widerrufen: Erzeugen oder importieren Sie eine andere Identität, um Berichte zu signieren',
  'signing.passphrase': 'Passphrase der Datei',
  'signing.revoke': 'Widerrufen',
  'signing.revoke.text':
    'Prüfungen von Berichten mit dieser Arbeitsmappe sagen es dann, und hier wird nicht mehr damit signiert. Das lässt sich nicht zurücknehmen.',
  'signing.revoke.title': 'Zertifikat von {name} widerrufen',
  'signing.revoked': 'Widerrufen',
  'signing.save': 'Zertifikat sichern…',
  'signing.save.of': 'Zertifikat von {name} sichern',
  'signing.saved': 'Das Zertifikat liegt unter {path}',
  'signing.standing': 'Stand',
  'signing.sub': 'Jede Person signiert Berichte mit ihrem eigenen Zertifikat.',
  'signing.title': 'Signieren',
  'signing.validUntil': 'Gültig bis',
};
