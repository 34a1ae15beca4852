import { i18n } from '@lingui/core';

/** Everything with a time is shown in the territory's time, whatever the reader's machine believes. */
export const zone = 'Europe/Paris';

const locales: Record<string, string> = { fr: 'fr-FR', en: 'en-GB' };
const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

export function locale(): string {
  return locales[i18n.locale] ?? 'fr-FR';
}

function kept<F extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(key: string, make: () => F): F {
  const name = `${locale()} ${key}`;
  const known = cache.get(name) as F | undefined;
  if (known) return known;
  const made = make();
  cache.set(name, made);
  return made;
}

export type DateStyle = 'date' | 'datetime' | 'short' | 'time' | 'precise';

const dateOptions: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'long' },
  datetime: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  precise: { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** An instant (ISO-8601) or a plain date (`yyyy-MM-dd`) in words. A plain date is that day everywhere. */
export function formatDate(at: string, style: DateStyle = 'date'): string {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(at);
  const timeZone = plain ? 'UTC' : zone;
  return kept(`date ${style} ${timeZone}`, () => new Intl.DateTimeFormat(locale(), { ...dateOptions[style], timeZone })).format(new Date(at));
}

/** "il y a 3 minutes", "hier": for what is recent; beyond a week the date says more. */
export function formatRelative(at: string, now: number = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const size = Math.abs(seconds);
  if (size > 7 * 86400) return formatDate(at);
  const words = kept('relative', () => new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }));
  if (size < 60) return words.format(0, 'second');
  if (size < 3600) return words.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86400) return words.format(Math.trunc(seconds / 3600), 'hour');
  return words.format(Math.trunc(seconds / 86400), 'day');
}

export function formatNumber(value: number): string {
  return kept('number', () => new Intl.NumberFormat(locale())).format(value);
}

/** "12 345,67 €" */
export function formatAmount(euros: number): string {
  return kept('amount', () => new Intl.NumberFormat(locale(), { style: 'currency', currency: 'EUR' })).format(euros);
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** "12,4 Mo": thousands, as people and their machines count. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return kept(`size ${unit} ${value >= 100}`, () => new Intl.NumberFormat(locale(), { style: 'unit', unit: units[unit], unitDisplay: unit === 0 ? 'long' : 'short', maximumFractionDigits: unit < 2 || value >= 100 ? 0 : 1 })).format(value);
}

/** SIREN and SIRET in groups, as they are read aloud. */
export function formatSiren(number: string): string {
  return number.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})?$/, (_, a: string, b: string, c: string, d?: string) => [a, b, c, d].filter(Boolean).join('\u202f'));
}

export function fullName(person: { givenName: string; usualName: string }): string {
  return `${person.givenName} ${person.usualName}`;
}
