import { expect, test } from 'vitest';
import { inAnHour, instantOf, localDayAndTime } from './time';

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

test('an instant is said as the territory says it', () => {
  expect(localDayAndTime('2026-01-15T17:00:00Z')).toEqual({ day: '2026-01-15', time: '18:00' });
  expect(localDayAndTime('2026-07-14T22:30:00Z')).toEqual({ day: '2026-07-15', time: '00:30' });
});

test('a vote opened late in the evening ends after midnight, not in the past', () => {
  expect(inAnHour(Date.parse('2026-11-25T22:25:10Z'))).toEqual({ day: '2026-11-26', time: '00:30' });
  expect(inAnHour(Date.parse('2026-11-25T13:00:00Z'))).toEqual({ day: '2026-11-25', time: '15:00' });
});
