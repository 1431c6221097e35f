import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, FileArchive, RefreshCw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type CheckView, host } from '@/ipc';
import { Button } from '@/shared/Button';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';
import { SaidText } from '@/shared/SaidText';
import { DiagnosticsDialog } from './DiagnosticsDialog';
import './doctor.css';

const ICONS = { fine: CircleCheck, warning: TriangleAlert, fault: CircleAlert };

function stateOf(check: CheckView): keyof typeof ICONS {
  return check.state === 'fault' || check.state === 'warning' ? check.state : 'fine';
}

function CheckRow({ check }: { check: CheckView }) {
  const { word } = useI18n();
  const state = stateOf(check);
  const Icon = ICONS[state];
  return (
    <tr data-testid="doctor-row" data-what={check.what} data-state={state}>
      <td className="nowrap">
        <span className={`doctor-state doctor-${state}`}>
          <Icon size={16} aria-hidden="true" />
          {word('doctor.state', state)}
        </span>
      </td>
      <td className="nowrap">
        <strong>{word('doctor.what', check.what)}</strong>
      </td>
      <td className="doctor-found">
        <SaidText said={check.said} />
      </td>
    </tr>
  );
}

/** Whether machine and workbook are sound, and what may be handed over to whoever helps. */
export function DoctorScreen() {
  const { t } = useI18n();
  const [saving, setSaving] = useState(false);
  const [online, setOnline] = useState(false);
  const checks = useQuery({
    queryKey: [...KEYS.checks, online],
    queryFn: () => host().call('examine', { online }),
    gcTime: 0,
    staleTime: 0,
  });
  const group = t('nav.doctor');
  useKeys([
    {
      combo: 'v',
      label: t('doctor.again'),
      group,
      run: () => void checks.refetch(),
      enabled: !checks.isFetching,
    },
    { combo: 'd', label: t('doctor.save'), group, run: () => setSaving(true) },
  ]);
  return (
    <div className="screen" data-testid="doctor">
      <ScreenHead
        title={t('doctor.title')}
        actions={
          <>
            <Button icon={FileArchive} keys="d" onClick={() => setSaving(true)} testId="doctor-save">
              {t('doctor.save')}
            </Button>
            <Button
              variant="primary"
              icon={RefreshCw}
              keys="v"
              busy={checks.isFetching}
              disabled={checks.isFetching}
              onClick={() => void checks.refetch()}
              testId="doctor-again"
            >
              {t('doctor.again')}
            </Button>
          </>
        }
      >
        {t('doctor.sub')}
      </ScreenHead>
      {checks.error != null && <FaultNotice fault={checks.error} />}
      <Panel
        title={t('doctor.checks')}
        aside={
          <label className="doctor-online">
            <input
              type="checkbox"
              checked={online}
              onChange={(event) => setOnline(event.target.checked)}
              data-testid="doctor-online"
            />
            {t('doctor.online')}
          </label>
        }
      >
        {checks.data ? (
          <table className="table" data-testid="doctor-checks">
            <thead>
              <tr>
                <th scope="col">{t('doctor.state')}</th>
                <th scope="col">{t('doctor.what')}</th>
                <th scope="col">{t('doctor.found')}</th>
              </tr>
            </thead>
            <tbody>
              {checks.data.map((check) => (
                <CheckRow key={`${check.what} ${check.found}`} check={check} />
              ))}
            </tbody>
          </table>
        ) : (
          checks.error == null && <Skeleton rows={6} height={20} />
        )}
      </Panel>
      {saving && <DiagnosticsDialog onClose={() => setSaving(false)} />}
    </div>
  );
}
