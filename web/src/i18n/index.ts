import { i18n, type Messages } from '@lingui/core';

export type Language = 'fr' | 'en';
export type Room = 'shell' | 'members' | 'operator' | 'pooling' | 'files' | 'office';

const key = 'entente.language';
const files = import.meta.glob<{ messages: Messages }>('../{locales,members/locales,operator/locales,pooling/locales,files/locales,office/locales}/*.po');
const learned = new Map<Room, Promise<void>>();
let spoken: Promise<void> = Promise.resolve();

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

export function speak(language: Language): Promise<void> {
  spoken = Promise.all((['shell', ...learned.keys()] as Room[]).map((room) => load(room, language))).then((messages) => {
    i18n.loadAndActivate({ locale: language, messages: Object.assign({}, ...messages) as Messages });
    document.documentElement.lang = language;
    localStorage.setItem(key, language);
  });
  return spoken;
}

/** The words of a room come with the room. Whoever asks while they are on their way waits for the same. */
export function learn(room: Room): Promise<void> {
  const known = learned.get(room);
  if (known) return known;
  const learning = spoken.then(async () => {
    let language;
    do {
      // The language may change meanwhile.
      language = i18n.locale as Language;
      i18n.load(language, await load(room, language));
    } while (language !== i18n.locale);
  });
  learned.set(room, learning);
  return learning;
}

export { i18n };
