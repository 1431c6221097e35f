import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { i18nFor, setLanguage } from '@/i18n';
import { startKeys } from '@/shared/keys';
import { goTo, goToSettings, SETTINGS_SECTIONS, settingsPlace } from '@/shared/navigation';
import { matchedHost, show } from '@/test-window';
import { App } from './App';
import { SECTION_ENTRIES } from './sections';
import { searchSettings } from './settingSearch';
import { named } from './showField';

beforeAll(() => {
  startKeys();
  Element.prototype.scrollIntoView = () => undefined;
});

afterEach(() => {
  act(() => setLanguage('en'));
  act(() => goTo('overview'));
});

async function openSettings(...place: Parameters<typeof goToSettings>) {
  const shown = show(<App />, await matchedHost());
  await screen.findByTestId('screen-overview');
  act(() => goToSettings(...place));
  await screen.findByTestId(`screen-${place[0]}`);
  await waitFor(() => expect(shown.client.isFetching()).toBe(0));
  return shown;
}

const searchFor = (text: string) =>
  fireEvent.change(screen.getByTestId('settings-search'), { target: { value: text } });

test.each(['matching', 'policy', 'categories', 'people'] as const)(
  'the former address of %s still leads there',
  async (section) => {
    show(<App />, await matchedHost());
    await screen.findByTestId('screen-overview');
    window.location.hash = `#/${section}`;
    expect(await screen.findByTestId(`screen-${section}`)).toBeTruthy();
    expect(screen.getByTestId('screen-settings')).toBeTruthy();
    expect(screen.getByTestId(`section-${section}`).getAttribute('aria-current')).toBe('page');
  },
);

test('an address names a section and a field; one that is not known leads to the first section', () => {
  expect(settingsPlace('policy/policy.total')).toEqual({ section: 'policy', field: 'policy.total' });
  expect(settingsPlace('')).toEqual({ section: 'appearance', field: '' });
  expect(settingsPlace('overview')).toEqual({ section: 'appearance', field: '' });
});

test('what is not saved says so at its section, and is there again on coming back', async () => {
  const { user } = await openSettings('matching');
  await user.type(screen.getByTestId('matching-days'), '1');
  const mark = () => within(screen.getByTestId('section-matching')).queryByText('Not saved');
  expect(mark()).toBeTruthy();
  const days = screen.getByTestId<HTMLInputElement>('matching-days').value;
  await user.click(screen.getByTestId('section-people'));
  await screen.findByTestId('screen-people');
  expect(mark()).toBeTruthy();
  await user.click(screen.getByTestId('section-matching'));
  expect((await screen.findByTestId<HTMLInputElement>('matching-days')).value).toBe(days);
  await user.click(screen.getByTestId('matching-discard'));
  expect(mark()).toBeNull();
});

test('a field is found by a word of its hint, and gone to with the focus on it', async () => {
  const { user } = await openSettings('appearance');
  fireEvent.keyDown(document.body, { key: 'f', ctrlKey: true });
  await user.keyboard('without a ref');
  const [found] = await screen.findAllByTestId('found-field');
  expect(found?.textContent).toBe('Days between the two dates');
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  await screen.findByTestId('screen-matching');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('matching-days')));
  expect(screen.getByTestId<HTMLInputElement>('settings-search').value).toBe('');
});

test('a field that is not shown leads to what shows it; nothing found is said', async () => {
  const { user } = await openSettings('appearance');
  searchFor('recipients');
  await user.click(screen.getByTestId('found-field'));
  await screen.findByTestId('screen-alerting');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('alert-email')));
  searchFor('xyzzy');
  expect(screen.getByRole('navigation', { name: 'Sections of the settings' }).textContent).toContain(
    'No setting of that name',
  );
  fireEvent.keyDown(screen.getByTestId('settings-search'), { key: 'Escape' });
  expect(screen.getByTestId('section-matching')).toBeTruthy();
});

test('the palette finds settings too', async () => {
  const { user } = await openSettings('people');
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  await user.type(await screen.findByRole('searchbox', { name: 'All actions' }), 'negative');
  await user.click(await screen.findByTestId('palette-setting'));
  await screen.findByTestId('screen-appearance');
});

test('journal layouts and detectors are found, have a key, and stand in the list of keys', async () => {
  const found = (text: string) => searchSettings(text, i18nFor('en')).map(({ section }) => section);
  expect(found('letter for debit')).toEqual(['layouts']);
  expect(found('z-score')).toEqual(['detectors']);
  const { user } = await openSettings('people');
  await user.keyboard('gx');
  await screen.findByTestId('screen-layouts');
  await user.keyboard('gk');
  await screen.findByTestId('screen-detectors');
  await user.keyboard('?');
  const keys = await screen.findByTestId('key-help');
  const listed = [...keys.querySelectorAll('li')].map((item) => item.textContent);
  expect(listed).toEqual(expect.arrayContaining(['Journal layoutsgx', 'Detectorsgk']));
});

test('in German, German words find', () => {
  const found = searchSettings('Dunkel', i18nFor('de'));
  expect(found).toEqual([{ section: 'appearance', fields: ['settings.theme'] }]);
  expect(searchSettings('   ', i18nFor('de'))).toEqual([]);
  expect(searchSettings('mail server', i18nFor('en')).map(({ section }) => section)).toEqual(['alerting']);
});

/** The texts on fields and panels that a section shows. */
function shownIn(section: HTMLElement): string[] {
  const told = [...section.querySelectorAll('.field-label, .check > span, .panel-title')];
  return told.map((element) => (element.firstChild?.textContent ?? '').trim());
}

test.each(
  SETTINGS_SECTIONS.flatMap((section) =>
    (['en', 'de'] as const).map((language) => [section, language] as const),
  ),
)('the search knows every field of %s in %s, and none that is not there', async (section, language) => {
  act(() => setLanguage(language));
  await openSettings(section);
  const { t } = i18nFor(language);
  const body = screen.getByTestId(`screen-${section}`);
  const names = SECTION_ENTRIES[section].fields.map(({ name }) => t(name));
  expect(shownIn(body).filter((text) => !names.includes(text))).toEqual([]);
  const missing = SECTION_ENTRIES[section].fields.filter(
    ({ name, within: around }) => !named(body, t(name)) && !(around && named(body, t(around))),
  );
  expect(missing).toEqual([]);
});
