import { useQuery } from '@tanstack/react-query';
import { FlaskConical, Plus } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { useI18n } from '@/i18n';
import { host, type TriedTextView } from '@/ipc';
import { Button } from '@/shared/Button';
import { Keys } from '@/shared/Keys';
import { KEYS } from '@/shared/queries';
import { useLater } from '@/shared/useLater';

const RIVALS_SHOWN = 4;

/** What decides over the text, and why. */
function Verdict({ tried }: { tried: TriedTextView }) {
  const { t, word } = useI18n();
  const [winner, ...rivals] = tried.fitting;
  if (tried.rule) {
    return (
      <p>
        <strong data-testid="try-category">{tried.rule.category}</strong>
        {t('categories.try.rule', { rule: tried.rule.name })}
      </p>
    );
  }
  if (!winner) {
    return <p className="muted">{t('categories.try.none')}</p>;
  }
  const more = tried.fittingTotal - 1 - Math.min(rivals.length, RIVALS_SHOWN);
  return (
    <>
      <p>
        <strong data-testid="try-category">{winner.category}</strong>
        {t('categories.try.pattern', { pattern: winner.pattern, how: word('categories.fit', winner.fit) })}
      </p>
      {rivals.length > 0 && (
        <p className="muted" data-testid="try-rivals">
          {t('categories.try.rivals', {
            letters: winner.letters,
            rivals: rivals
              .slice(0, RIVALS_SHOWN)
              .map(({ pattern, letters, category }) =>
                t('categories.try.rival', { pattern, letters, category }),
              )
              .join(', '),
          })}
          {more > 0 && t('categories.try.more', { count: more })}
        </p>
      )}
    </>
  );
}

interface TryTextProps {
  inputRef: RefObject<HTMLInputElement | null>;
  onAdd: (text: string) => void;
}

/** A text to try: which rule or pattern would decide over it. */
export function TryText({ inputRef, onAdd }: TryTextProps) {
  const { t } = useI18n();
  const [text, setText] = useState('');
  const asked = useLater(text.trim(), 150);
  const tried = useQuery({
    queryKey: [...KEYS.categories, 'try', asked],
    queryFn: () => host().call('try_category_text', { text: asked }),
    enabled: asked !== '',
  });
  return (
    <section className="panel try" aria-label={t('categories.try')}>
      <div className="search try-input">
        <FlaskConical aria-hidden size={14} />
        <input
          ref={inputRef}
          className="input"
          value={text}
          placeholder={t('categories.try.placeholder')}
          aria-label={t('categories.try')}
          spellCheck={false}
          data-testid="try-text"
          onChange={(event) => setText(event.target.value)}
        />
        <Keys combo="t" />
      </div>
      <div className="try-verdict" role="status" data-testid="try-verdict">
        {asked === '' ? (
          <p className="muted">{t('categories.try.hint')}</p>
        ) : (
          tried.data && <Verdict tried={tried.data} />
        )}
      </div>
      {asked !== '' && tried.data && tried.data.rule === null && (
        <Button size="small" icon={Plus} needs="import" onClick={() => onAdd(asked)} testId="try-add">
          {t('categories.try.add')}
        </Button>
      )}
    </section>
  );
}
