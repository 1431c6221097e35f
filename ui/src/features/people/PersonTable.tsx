import { CircleOff, KeyRound, TriangleAlert, UserRoundPen } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { PeopleView, PersonView } from '@/ipc';
import { Button } from '@/shared/Button';
import { Badge } from '@/shared/Parts';

interface PersonTableProps {
  people: PeopleView;
  isAdmin: boolean;
  onEdit: (person: PersonView) => void;
  onReset: (person: PersonView) => void;
}

function Secret({ person, alone }: { person: PersonView; alone: boolean }) {
  const { t } = useI18n();
  if (!person.active) {
    return (
      <Badge tone="neutral" icon={CircleOff}>
        {t('people.deactivated')}
      </Badge>
    );
  }
  if (person.secretToChoose) {
    return <Badge tone="accent">{t('people.secret.toChoose')}</Badge>;
  }
  if (person.hasSecret) {
    return <span>{t('people.secret.own')}</span>;
  }
  return alone ? (
    <span className="muted">{t('people.secret.none')}</span>
  ) : (
    <Badge tone="warning" icon={TriangleAlert}>
      {t('people.secret.none')}
    </Badge>
  );
}

/** Everybody who works or worked here. */
export function PersonTable({ people, isAdmin, onEdit, onReset }: PersonTableProps) {
  const { t, word } = useI18n();
  const alone = people.people.filter((person) => person.active).length === 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
    <section className="scroll-x" tabIndex={0} aria-label={t('people.title')}>
      <table className="table people">
        <thead>
          <tr>
            <th scope="col">{t('people.name')}</th>
            <th scope="col">{t('people.role')}</th>
            <th scope="col">{t('people.secret')}</th>
            <th scope="col">{t('people.email')}</th>
            {isAdmin && (
              <th scope="col">
                <span className="sr-only">{t('people.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {people.people.map((person) => (
            <tr key={person.id} className={person.active ? '' : 'person-gone'} data-testid="person-row">
              <td className="person-name">
                <bdi>{person.name}</bdi>
                {person.id === people.me && <Badge tone="accent">{t('people.me')}</Badge>}
              </td>
              <td className="nowrap" title={word('personRole.may', person.role)}>
                {word('personRole', person.role)}
              </td>
              <td className="nowrap">
                <Secret person={person} alone={alone} />
              </td>
              <td className="person-email">
                <bdi>{person.email}</bdi>
              </td>
              {isAdmin && (
                <td className="right nowrap">
                  <Button
                    size="small"
                    variant="quiet"
                    icon={UserRoundPen}
                    aria-label={t('people.edit.of', { name: person.name })}
                    title={t('people.edit')}
                    onClick={() => onEdit(person)}
                    testId="person-edit"
                  />
                  {person.id !== people.me && (
                    <Button
                      size="small"
                      variant="quiet"
                      icon={KeyRound}
                      aria-label={t('people.reset.title', { name: person.name })}
                      title={t('people.reset')}
                      onClick={() => onReset(person)}
                      testId="person-reset"
                    />
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
