import {
  CalendarClock,
  Clock,
  Download,
  type LucideIcon,
  MessageSquare,
  Paperclip,
  UserRound,
} from 'lucide-react';
import { type I18n, useI18n } from '@/i18n';
import { host, type NoteContentView, type NoteView } from '@/ipc';
import { Button } from '@/shared/Button';
import { MomentText } from '@/shared/Dates';
import { formatDate, formatSize } from '@/shared/format';
import { Badge } from '@/shared/Parts';
import { showRefusal } from '@/shared/refusals';
import { showToast } from '@/shared/toasts';

const ICONS: Record<NoteContentView['kind'], LucideIcon> = {
  owner: UserRound,
  snooze: Clock,
  timing: CalendarClock,
  comment: MessageSquare,
  evidence: Paperclip,
};

function sentence(content: NoteContentView, { t, locale }: I18n): string {
  switch (content.kind) {
    case 'owner':
      return t('notes.owner', { owner: content.owner });
    case 'snooze':
      return t('notes.snooze', { date: formatDate(content.until, locale) });
    case 'timing':
      return t('notes.timing', { date: formatDate(content.by, locale) });
    case 'comment':
      return content.text;
    case 'evidence':
      return content.name;
  }
}

async function save(name: string, hash: string, i18n: I18n): Promise<void> {
  try {
    const path = await host().call('pick_evidence_path', { save: true, current: name });
    if (path !== null) {
      await host().call('save_evidence', { hash, path });
      showToast({ tone: 'done', text: i18n.t('notes.saved', { path }) });
    }
  } catch (fault) {
    showRefusal(fault, i18n);
  }
}

function Note({ note }: { note: NoteView }) {
  const i18n = useI18n();
  const { t, locale } = i18n;
  const { content } = note;
  const Icon = ICONS[content.kind];
  return (
    <li className="note" data-testid="note" data-kind={content.kind}>
      <Icon aria-hidden size={15} className="note-icon" />
      <div className="note-text">
        <p className="note-said">{sentence(content, i18n)}</p>
        {content.kind === 'timing' && content.reason && <q className="reason">{content.reason}</q>}
        <p className="muted note-by">
          {note.by}
          {' · '}
          <MomentText iso={note.at} />
          {content.kind === 'evidence' && ` · ${formatSize(content.bytes, locale)}`}
        </p>
      </div>
      {content.kind === 'evidence' && (
        <Button
          size="small"
          variant="quiet"
          icon={Download}
          title={t('notes.save.file', { name: content.name })}
          onClick={() => void save(content.name, content.hash, i18n)}
          testId="note-save"
        >
          {t('notes.save')}
        </Button>
      )}
    </li>
  );
}

/** What people noted on the row, newest first. */
export function Notes({ notes }: { notes: readonly NoteView[] }) {
  const { t } = useI18n();
  if (notes.length === 0) {
    return null;
  }
  return (
    <section className="bench-section" data-testid="notes">
      <h3>{t('notes.title')}</h3>
      <ol className="notes">
        {notes.map((note) => (
          <Note key={`${note.at}${note.content.kind}${JSON.stringify(note.content)}`} note={note} />
        ))}
      </ol>
    </section>
  );
}

/** Who looks after the row, until when it is put off, and by when it is expected. */
export function NoteBadges({ notes }: { notes: readonly NoteView[] }) {
  const i18n = useI18n();
  const shown = notes.filter(({ content }) => ['owner', 'snooze', 'timing'].includes(content.kind));
  return shown.map(({ content }) => (
    <Badge
      key={content.kind}
      tone={content.kind === 'owner' ? 'neutral' : 'accent'}
      icon={ICONS[content.kind]}
      testId={`badge-${content.kind}`}
    >
      {content.kind === 'owner' ? content.owner : sentence(content, i18n)}
    </Badge>
  ));
}
