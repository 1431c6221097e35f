import type { backup as english } from '../en/backup';

/** Die Sätze der Sicherungen und ihrer Wiederherstellung, auf Deutsch. */
export const backup: Record<keyof typeof english, string> = {
  'backup.asOf': 'Stand',
  'backup.check': 'Alle prüfen',
  'backup.earlierPassphrase': 'Nicht geprüft: Sie öffnet sich nur mit einer früheren Passphrase',
  'backup.enabled': 'Von selbst sichern',
  'backup.enabled.hint':
    'Täglich vollständig, und alle so viele Stunden das Geänderte, solange die Arbeitsmappe geöffnet ist und etwas getan wurde.',
  'backup.everyHours': 'Abstand in Stunden',
  'backup.failed': 'Die Sicherung vom {when} ist nicht gelungen',
  'backup.folder': 'Ordner',
  'backup.folder.hint':
    'Wählen Sie einen Ordner auf einem anderen Laufwerk oder einen, der abgeglichen wird: Eine Sicherung ist so verschlüsselt wie die Arbeitsmappe.',
  'backup.found': 'Geprüft',
  'backup.keepDays': 'Tage, von denen eine bleibt',
  'backup.keepWeeks': 'Wochen, von denen eine bleibt',
  'backup.kind': 'Enthält',
  'backup.kind.changes': 'Geändertes',
  'backup.kind.full': 'Alles',
  'backup.list': 'Sicherungen',
  'backup.looking': 'Der Ordner wird angesehen …',
  'backup.looking.text':
    'Bleibt das so, antwortet das Laufwerk von {folder} nicht. Die Arbeit geht ohne es weiter.',
  'backup.made': 'Eine Sicherung wurde angelegt und geprüft',
  'backup.none': 'Noch keine Sicherung',
  'backup.none.text': 'Die erste entsteht einige Minuten nach dem Öffnen der Arbeitsmappe, oder jetzt.',
  'backup.now': 'Jetzt sichern',
  'backup.saved': 'Die Einstellungen der Sicherungen wurden gespeichert',
  'backup.schedule': 'Zeitplan',
  'backup.size': 'Größe',
  'backup.sub':
    'Kopien der Arbeitsmappe, während der Arbeit angelegt, und geöffnet und geprüft, bevor sie zählen.',
  'backup.text':
    'Sie liegen in {folder}. Jede öffnet sich mit der Passphrase, die die Arbeitsmappe hatte, als sie angelegt wurde; wiederhergestellt wird auf dem Startbildschirm.',
  'backup.title': 'Sicherungen',
  'backup.valid_one': 'Unversehrt, {count} Ereignis',
  'backup.valid_other': 'Unversehrt, {count} Ereignisse',
  'event.backup.made': 'Sicherung angelegt',
  'nav.backups': 'Sicherungen',
  'restore.do': 'Wiederherstellen',
  'restore.done': '{company} ist wiederhergestellt, Stand {when}',
  'restore.asOf': 'Stand',
  'restore.asOf.hint': 'Jede Sicherung, die dort liegt.',
  'restore.events_one': '{count} Ereignis der Geschichte ist enthalten.',
  'restore.events_other': '{count} Ereignisse der Geschichte sind enthalten.',
  'restore.file': 'Datei …',
  'restore.folder': 'Ordner …',
  'restore.from': 'Sicherung',
  'restore.from.hint':
    'Eine Sicherung, oder der Ordner mit den Sicherungen einer Arbeitsmappe: Dann wird die neueste genommen.',
  'restore.lost.none': 'Dieser Rechner weiß von nichts Späterem.',
  'restore.lost.unknown': 'Dieser Rechner weiß nicht, ob später etwas getan wurde.',
  'restore.lost_one': 'Dieser Rechner weiß von {count} späteren Ereignis, das nicht enthalten ist.',
  'restore.lost_other': 'Dieser Rechner weiß von {count} späteren Ereignissen, die nicht enthalten sind.',
  'restore.next': 'Eine Sicherung vom {when} enthält mehr.',
  'restore.out': 'Wohin mit der Arbeitsmappe',
  'restore.out.hint': 'Nichts wird überschrieben.',
  'restore.newest': 'Die neueste',
  'restore.passphrase.hint': 'Die, die die Arbeitsmappe hatte, als die Sicherung angelegt wurde.',
  'said.backup.busy': 'Die Arbeitsmappe ist beschäftigt: Die Sicherung wird noch einmal versucht',
  'said.backup.damaged': 'Die Sicherung {path} ist beschädigt: {detail}',
  'said.backup.earlierPassphrase':
    '{path} öffnet sich nur mit einer früheren Passphrase und wurde nicht geprüft',
  'said.backup.goesOn':
    'Eine Sicherung wird gerade angelegt oder geprüft: Warten Sie darauf, oder brechen Sie sie vorher ab',
  'said.backup.hours': 'Zwischen Sicherungen des Geänderten liegen 1 bis {most} Stunden',
  'said.backup.inUse':
    'Ein anderes Tieout legt in {path} gerade Sicherungen an oder prüft sie: Versuchen Sie es gleich noch einmal',
  'said.backup.keep': 'Sicherungen von höchstens {most} Tagen und ebenso vielen Wochen bleiben',
  'said.backup.leftOver':
    '{path} ist von einer früheren Arbeitsmappe dieses Namens übrig: Wählen Sie einen anderen Namen, oder räumen Sie es vorher weg',
  'said.backup.noBase':
    '{path} enthält das Geänderte seit {base}, das nicht daneben liegt oder eine andere Datei ist: Stellen Sie aus einer anderen Sicherung wieder her',
  'said.backup.noFolder':
    'Den Ordner {path} gibt es nicht: Schließen Sie das Laufwerk an, oder wählen Sie einen anderen Ordner für Sicherungen',
  'said.backup.noRoom': 'In {path} ist kein Platz mehr: {needed} MB müssen frei sein, {free} MB sind es',
  'said.backup.none': 'In {path} liegt keine Sicherung',
  'said.backup.noneSoEarly':
    'In {path} liegt keine Sicherung von {wanted} oder davor: Die erste ist von {first}',
  'said.backup.notTheSame': 'Die Sicherung {path} enthält nicht, was kopiert wurde: Prüfen Sie das Laufwerk',
  'said.backup.ofWorkbook': '{path} gehört zur geöffneten Arbeitsmappe: Wählen Sie eine Sicherung',
  'said.backup.overtaken':
    'Die Arbeitsmappe wurde inzwischen geschlossen, geprüft oder erhielt eine andere Passphrase: Es wurde keine Sicherung angelegt',
  'said.backup.several':
    'In {path} liegen Sicherungen mehrerer Arbeitsmappen oder mehrerer Kopien einer Arbeitsmappe: Nennen Sie den Ordner von einer davon',
  'said.backup.tooSlow_one':
    'Das Kopieren dauerte mehr als {count} Minute: Wählen Sie einen schnelleren Ort für Sicherungen',
  'said.backup.tooSlow_other':
    'Das Kopieren dauerte mehr als {count} Minuten: Wählen Sie einen schnelleren Ort für Sicherungen',
  'said.backup.wholePath':
    'Geben Sie den ganzen Pfad des Ordners für Sicherungen an, vom Laufwerk oder der Wurzel an',
  'settings.about.backups': 'Wann die Arbeitsmappe gesichert wird, wohin, und wie viele Sicherungen bleiben',
  'stage.backup': 'Arbeitsmappe wird kopiert',
  'stage.checkingBackups': 'Sicherungen werden geprüft',
  'stage.restoring': 'Arbeitsmappe wird wiederhergestellt',
  'start.tab.restore': 'Wiederherstellen …',
};
