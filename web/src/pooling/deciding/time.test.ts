import { expect, test } from 'vitest';
import { instantOf } from './time';

test('an hour is that of the territory, in summer as in winter', () => {
  expect(instantOf('2026-01-15', '18:00')).toBe('2026-01-15T17:00:00.000Z');
  expect(instantOf('2026-07-15', '18:00')).toBe('2026-07-15T16:00:00.000Z');
});

test('an hour may be written as the French do', () => {
  expect(instantOf('2026-01-15', '9h30')).toBe('2026-01-15T08:30:00.000Z');
});

test('what is no hour is refused', () => {
  for (const wrong of ['', '25:00', '18', '18:75', 'midi']) expect(instantOf('2026-01-15', wrong)).toBeNull();
});
