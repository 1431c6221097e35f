import { Component, type ReactNode } from 'react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { FaultNotice } from '@/shared/Notice';

function Fallback({ fault }: { fault: unknown }) {
  const { t } = useI18n();
  return (
    <main className="whole" data-testid="crashed">
      <div className="whole-card">
        <h1 className="screen-title">{t('app.fault')}</h1>
        <p className="prose">{t('app.fault.text')}</p>
        <FaultNotice fault={fault} />
        <Button variant="primary" onClick={() => window.location.reload()}>
          {t('app.reload')}
        </Button>
      </div>
    </main>
  );
}

/** Catches what no screen answers for. Nothing is lost by it: every change was stored when it was made. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { fault: unknown }> {
  override state: { fault: unknown } = { fault: null };

  static getDerivedStateFromError(fault: unknown): { fault: unknown } {
    return { fault };
  }

  override render(): ReactNode {
    return this.state.fault === null ? this.props.children : <Fallback fault={this.state.fault} />;
  }
}
