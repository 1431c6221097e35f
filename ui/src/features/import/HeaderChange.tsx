import { Check, Minus, Plus, TriangleAlert } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { HeaderChangeView } from '@/ipc';
import { Button } from '@/shared/Button';
import { useKeys } from '@/shared/keys';
import { Panel } from '@/shared/Parts';
import { settle } from './acting';

interface NamesProps {
  title: string;
  names: string[];
  marked: string[];
  mark: 'added' | 'removed';
}

function Names({ title, names, marked, mark }: NamesProps) {
  const { t, word } = useI18n();
  const Icon = mark === 'added' ? Plus : Minus;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ol className="names">
        {names.map((name, index) => {
          const changed = marked.includes(name.trim());
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a header may name two columns alike
              key={index}
              className={changed ? `name-${mark}` : ''}
              data-testid={changed ? `header-${mark}` : undefined}
            >
              {changed && <Icon aria-hidden size={12} />}
              {name || t('import.column.unnamed', { number: index + 1 })}
              {changed && <span className="name-word">{word('header', mark)}</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface HeaderChangeProps {
  change: HeaderChangeView;
  /** Questions go first. */
  waits: boolean;
  disabled: boolean;
  fileKey: string;
}

/** The columns are not those of the last file: old and new side by side, to be confirmed or corrected. */
export function HeaderChange({ change, waits, disabled, fileKey }: HeaderChangeProps) {
  const { t } = useI18n();
  const confirm = () => void settle(fileKey);

  useKeys([
    {
      combo: 'y',
      label: t('header.confirm'),
      group: t('nav.import'),
      run: confirm,
      enabled: !disabled && !waits,
    },
  ]);

  return (
    <Panel testId="header-change" flush>
      <header className="question-head">
        <TriangleAlert aria-hidden size={20} />
        <div>
          <h2 className="panel-title">{t('header.title')}</h2>
          <p className="muted">{t('header.hint')}</p>
        </div>
        <Button
          variant="primary"
          icon={Check}
          keys="y"
          disabled={disabled || waits}
          onClick={confirm}
          testId="header-confirm"
        >
          {t('header.confirm')}
        </Button>
      </header>
      <div className="header-names">
        <Names title={t('header.before')} names={change.before} marked={change.removed} mark="removed" />
        <Names title={t('header.now')} names={change.now} marked={change.added} mark="added" />
      </div>
    </Panel>
  );
}
