import { useEffect, useRef } from 'react';
import { useI18n } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { settingsPlace, usePlace } from '@/shared/navigation';
import { SettingsSide } from './SettingsSide';
import { SECTION_ENTRIES } from './sections';
import { namesOf } from './settingSearch';
import { showField } from './showField';
import './settings.css';

/** All that can be set, in sections: the list of them at the left, one of them at the right. */
export function SettingsHome({ workbook, focus }: { workbook: WorkbookView; focus: string }) {
  const { t } = useI18n();
  const { section, field } = settingsPlace(focus);
  const body = useRef<HTMLDivElement>(null);
  // Another object each time one goes somewhere: also to the field that was shown last.
  const place = usePlace();

  // biome-ignore lint/correctness/useExhaustiveDependencies: only going there shows a field, another language does not
  useEffect(() => {
    const names = namesOf(section, field).map((name) => t(name));
    return body.current && names.length > 0 ? showField(body.current, names) : undefined;
  }, [place]);

  return (
    <div className="settings-home">
      <SettingsSide current={section} />
      <div key={section} ref={body} className="settings-body" data-testid={`screen-${section}`}>
        {SECTION_ENTRIES[section].show(workbook)}
      </div>
    </div>
  );
}
