import { useQuery } from '@tanstack/react-query';
import { useI18n } from '@/i18n';
import { host, type JournalLayoutForm } from '@/ipc';
import { FaultNotice } from '@/shared/Notice';
import { Skeleton } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';
import { Preview } from './Preview';

interface LayoutPreviewProps {
  layout: JournalLayoutForm;
  /** Of entries up to this day; `null`: of all. */
  through: string | null;
  /** The file that is to be written: its name tells which kind. */
  path: string;
}

/** The first rows of a file by this layout, as the host writes them. */
export function LayoutPreview({ layout, through, path }: LayoutPreviewProps) {
  const { t } = useI18n();
  const kind = /\.xlsx$/i.test(path.trim()) ? '.xlsx' : '.csv';
  const preview = useQuery({
    queryKey: [...KEYS.journal, 'preview', layout, through, kind],
    queryFn: () => host().call('preview_journal', { layout, through, path: kind }),
  });
  return (
    <>
      {preview.error && <FaultNotice fault={preview.error} />}
      {preview.data ? (
        <>
          <Preview preview={preview.data} columns={layout.columns} />
          {preview.data.rows.length === 0 && (
            <p className="muted journal-none">{t('journal.preview.none')}</p>
          )}
        </>
      ) : (
        !preview.error && <Skeleton rows={4} />
      )}
    </>
  );
}
