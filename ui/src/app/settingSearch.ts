import type { I18n, MessageKey } from '@/i18n';
import { SETTINGS_SECTIONS, type SettingsSection } from '@/shared/navigation';
import type { SettingField } from '@/shared/settingFields';
import { SECTION_ENTRIES } from './sections';

/** A section in which something was found. */
export interface FoundSection {
  section: SettingsSection;
  /** The fields that were found; none: the section itself was. */
  fields: readonly MessageKey[];
}

function saysAll(text: string, words: readonly string[], { language }: I18n): boolean {
  const searched = text.toLocaleLowerCase(language);
  return words.every((word) => searched.includes(word));
}

/** Sections and fields of which name, hint or choices contain every word of the text, in the order of the settings. */
export function searchSettings(text: string, i18n: I18n): FoundSection[] {
  const words = text.toLocaleLowerCase(i18n.language).split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [];
  }
  const said = ({ name, also = [] }: SettingField) => [name, ...also].map((key) => i18n.t(key)).join('\n');
  return SETTINGS_SECTIONS.flatMap((section) => {
    const { name, about, fields } = SECTION_ENTRIES[section];
    const found = fields.filter((field) => saysAll(said(field), words, i18n)).map((field) => field.name);
    const itself = saysAll(`${i18n.t(name)}\n${i18n.t(about)}`, words, i18n);
    return found.length > 0 || itself ? [{ section, fields: found }] : [];
  });
}

/** The messages on what is shown for a field: itself, or what is there in its place. */
export function namesOf(section: SettingsSection, field: string): MessageKey[] {
  const found = SECTION_ENTRIES[section].fields.find(({ name }) => name === field);
  return found ? [found.name, ...(found.within ? [found.within] : [])] : [];
}
