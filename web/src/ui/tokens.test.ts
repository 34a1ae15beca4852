// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(`${import.meta.dirname}/tokens.css`, 'utf8');

type Theme = 'light' | 'dark';

/** `--name: light-dark(a, b)` within one rule. */
function tokens(rule: string): Record<string, Record<Theme, string>> {
  return Object.fromEntries(
    [...rule.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [name as string, { light: light as string, dark: dark as string }]),
  );
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const base = tokens(css.slice(css.indexOf(':root {'), css.indexOf('}')));
const members = [...css.matchAll(/\[data-member='(\w+)'\] \{(.*)\}/g)].map(([, name, rule]) => [name as string, tokens(rule as string)] as const);
const grounds = ['paper', 'paper-raised', 'paper-sunk'];
const pairs: [string, string][] = [
  ...['ink', 'ink-soft', 'accent', 'accent-strong', 'good', 'warn', 'bad'].flatMap((text): [string, string][] => grounds.map((ground) => [text, ground])),
  ...['ink', 'ink-soft', 'accent', 'accent-strong'].map((text): [string, string] => [text, 'accent-wash']),
  ...['good', 'warn', 'bad'].flatMap((state): [string, string][] => [[state, `${state}-wash`], ['ink', `${state}-wash`]]),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-strong'],
  ['bad-ink', 'bad'],
];

test.each(['light', 'dark'] as const)('text has at least 4.5:1 on what it stands on (%s)', (theme) => {
  const poor = pairs.filter(([text, ground]) => contrast(base[text]?.[theme] ?? '', base[ground]?.[theme] ?? '') < 4.5);
  expect(poor).toEqual([]);
});

test.each(['light', 'dark'] as const)('the border of a field has at least 3:1 (%s)', (theme) => {
  const poor = grounds.filter((ground) => contrast(base['line-strong']?.[theme] ?? '', base[ground]?.[theme] ?? '') < 3);
  expect(poor).toEqual([]);
});

test.each(['light', 'dark'] as const)('each of the twelve member colours is readable on its wash and on paper (%s)', (theme) => {
  expect(members).toHaveLength(12);
  const poor = members.flatMap(([name, member]) =>
    [member['member-wash']?.[theme], ...grounds.map((ground) => base[ground]?.[theme])]
      .filter((ground) => contrast(member.member?.[theme] ?? '', ground ?? '') < 4.5)
      .map((ground) => `${name} on ${ground}`),
  );
  expect(poor).toEqual([]);
});

test.each(['light', 'dark'] as const)('the word "Au titre de" is readable on every wash (%s)', (theme) => {
  const poor = members.filter(([, member]) => contrast(base['ink-soft']?.[theme] ?? '', member['member-wash']?.[theme] ?? '') < 4.5).map(([name]) => name);
  expect(poor).toEqual([]);
});
