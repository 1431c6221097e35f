import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useI18n } from '@/i18n';
import { useStore } from './store';
import { dismissPassing, dismissToast, type Toast, toastStore } from './toasts';

const ICONS = { done: CircleCheck, notice: Info, problem: CircleAlert };

function ToastRow({ toast }: { toast: Toast }) {
  const i18n = useI18n();
  const { t } = i18n;
  const Icon = ICONS[toast.tone];
  return (
    <li className={`toast toast-${toast.tone}`} data-testid="toast">
      <Icon aria-hidden size={16} className="toast-icon" />
      <span className="toast-text">{toast.worded?.(i18n) ?? toast.text}</span>
      {toast.action && (
        <button
          type="button"
          className="toast-action"
          data-testid={toast.action.testId}
          onClick={() => {
            dismissToast(toast.id);
            toast.action?.run();
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button
        type="button"
        className="toast-close"
        aria-label={t('action.close')}
        onClick={() => dismissToast(toast.id)}
      >
        <X aria-hidden size={14} />
      </button>
    </li>
  );
}

/** Short messages at the lower edge, read out by screen readers. */
export function Toasts() {
  const toasts = useStore(toastStore);
  const { t, language } = useI18n();
  const said = useRef(language);
  useEffect(() => {
    // What was told in passing is in the language of before.
    if (said.current !== language) {
      said.current = language;
      dismissPassing();
    }
  }, [language]);
  return (
    <section className="toasts" aria-label={t('toast.region')} aria-live="polite">
      <ol>
        {toasts.map((toast) => (
          <ToastRow key={toast.id} toast={toast} />
        ))}
      </ol>
    </section>
  );
}
