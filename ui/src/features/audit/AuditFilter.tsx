import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useI18n } from '@/i18n';
import { type AuditSearchRequest, host } from '@/ipc';
import { Button } from '@/shared/Button';
import { SelectField, TextField } from '@/shared/Field';
import { DayField } from '@/shared/period/DayField';
import { KEYS } from '@/shared/queries';

/** Nothing asked: all events. */
export const ALL_EVENTS: AuditSearchRequest = { search: '', actor: '', action: '', from: '', to: '' };

/** Who did something, and what was done, as far as it occurs. */
function useWords(): { actors: string[]; actions: string[] } {
  const { data } = useQuery({
    queryKey: [...KEYS.audit, 'words'],
    queryFn: () =>
      host().call('grid_page', {
        request: { grid: 'events', search: '', filters: [], sort: [], offset: 0, limit: 1 },
      }),
    placeholderData: keepPreviousData,
  });
  const words = (name: string) => data?.columns.find(({ column }) => column === name)?.words ?? [];
  return { actors: words('actor'), actions: words('action') };
}

/** What is looked for in the audit log. */
export function AuditFilter({
  wanted,
  onChange,
}: {
  wanted: AuditSearchRequest;
  onChange: (wanted: AuditSearchRequest) => void;
}) {
  const { t, word, locale } = useI18n();
  const { actors, actions } = useWords();
  const named = actions
    .map((action) => ({ action, name: word('event', action) }))
    .sort((one, other) => one.name.localeCompare(other.name, locale));
  return (
    <section className="audit-filter" aria-label={t('audit.find')}>
      <TextField
        label={t('audit.search')}
        value={wanted.search}
        onChange={(search) => onChange({ ...wanted, search })}
        testId="audit-search"
      />
      <SelectField
        label={t('audit.who')}
        value={wanted.actor}
        onChange={(actor) => onChange({ ...wanted, actor })}
        testId="audit-actor"
      >
        <option value="">{t('audit.anybody')}</option>
        {actors.map((actor) => (
          <option key={actor}>{actor}</option>
        ))}
      </SelectField>
      <SelectField
        label={t('audit.action')}
        value={wanted.action}
        onChange={(action) => onChange({ ...wanted, action })}
        testId="audit-action"
      >
        <option value="">{t('audit.anything')}</option>
        {named.map(({ action, name }) => (
          <option key={action} value={action}>
            {name}
          </option>
        ))}
      </SelectField>
      <DayField
        label={t('proof.from')}
        iso={wanted.from === '' ? null : wanted.from}
        onChange={(day) => onChange({ ...wanted, from: day ?? '' })}
        testId="audit-from"
      />
      <DayField
        label={t('proof.to')}
        iso={wanted.to === '' ? null : wanted.to}
        onChange={(day) => onChange({ ...wanted, to: day ?? '' })}
        testId="audit-to"
      />
      <Button disabled={wanted === ALL_EVENTS} onClick={() => onChange(ALL_EVENTS)} testId="audit-all">
        {t('audit.all')}
      </Button>
    </section>
  );
}
