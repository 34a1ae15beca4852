import { i18n, type Messages } from '@lingui/core';

export type Language = 'fr' | 'en';
export type Room = 'shell' | 'members' | 'operator';

const key = 'entente.language';
const files = import.meta.glob<{ messages: Messages }>('../{locales,members/locales,operator/locales}/*.po');
const rooms = new Set<Room>();

function load(room: Room, language: Language): Promise<Messages> {
  const path = room === 'shell' ? `../locales/${language}.po` : `../${room}/locales/${language}.po`;
  const file = files[path];
  // A room without words of its own yet has no catalogue.
  return file ? file().then(({ messages }) => messages) : Promise.resolve({});
}

/** Before anybody has signed in: what was chosen last on this machine, else what the browser speaks. */
export function guessLanguage(): Language {
  const kept = localStorage.getItem(key);
  if (kept === 'fr' || kept === 'en') return kept;
  return navigator.languages.some((one) => one.startsWith('fr')) || !navigator.language.startsWith('en') ? 'fr' : 'en';
}

export async function speak(language: Language): Promise<void> {
  rooms.add('shell');
  const messages = await Promise.all([...rooms].map((room) => load(room, language)));
  i18n.loadAndActivate({ locale: language, messages: Object.assign({}, ...messages) as Messages });
  document.documentElement.lang = language;
  localStorage.setItem(key, language);
}

/** The words of a room come with the room. */
export async function learn(room: Room): Promise<void> {
  if (rooms.has(room)) return;
  rooms.add(room);
  const language = i18n.locale as Language;
  i18n.load(language, await load(room, language));
}

export { i18n };
