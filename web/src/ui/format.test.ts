import { i18n } from '@lingui/core';
import { afterEach, describe, expect, test } from 'vitest';
import { formatAmount, formatDate, formatRelative, formatSiren, formatSize } from './format';

/** Intl puts narrow and no-break spaces where French wants them; here only the words matter. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

afterEach(() => i18n.activate('fr'));

describe('dates', () => {
  test('an instant is shown in the time of the territory, also across midnight and the change of the hour', () => {
    expect(plain(formatDate('2026-11-24T23:30:00Z', 'datetime'))).toBe('25 novembre 2026 à 00:30');
    expect(plain(formatDate('2026-07-14T22:30:00Z', 'datetime'))).toBe('15 juillet 2026 à 00:30');
  });

  test('a plain date is the same day everywhere', () => {
    expect(plain(formatDate('1978-05-14'))).toBe('14 mai 1978');
  });

  test('what is recent is told from now, what is older by its date', () => {
    const now = Date.parse('2026-11-24T18:00:00Z');
    expect(formatRelative('2026-11-24T17:57:00Z', now)).toBe('il y a 3 minutes');
    expect(formatRelative('2026-11-23T16:00:00Z', now)).toBe('hier');
    expect(plain(formatRelative('2026-10-01T10:00:00Z', now))).toBe('1 octobre 2026');
  });

  test('English has its own order of words', () => {
    i18n.load('en', {});
    i18n.activate('en');
    expect(formatDate('1978-05-14')).toBe('14 May 1978');
  });
});

test('amounts have two decimals, a comma and the euro behind', () => {
  expect(plain(formatAmount(12345.67))).toBe('12 345,67 €');
  expect(plain(formatAmount(-0.5))).toBe('-0,50 €');
});

test('SIREN and SIRET are grouped, anything else is left alone', () => {
  expect(plain(formatSiren('216902593'))).toBe('216 902 593');
  expect(plain(formatSiren('21690259300015'))).toBe('216 902 593 00015');
  expect(formatSiren('?')).toBe('?');
});

test('sizes are said as French people read them', () => {
  expect(formatSize(0)).toMatch(/^0\soctet$/u);
  expect(formatSize(999)).toMatch(/^999\soctets$/u);
  expect(formatSize(12_400_000)).toMatch(/^12,4\sMo$/u);
  expect(formatSize(999_600)).toMatch(/^1\sMo$/u);
  expect(formatSize(10_737_418_240)).toMatch(/^10,7\sGo$/u);
});
