import { describe, expect, it } from 'vitest';
import { dayOf, endOf, instantOf, lastDayOf, startOf } from './time';

describe('days of HR and instants of the platform', () => {
  it('starts a day at midnight in the territory, summer and winter', () => {
    expect(startOf('2026-07-01')).toBe('2026-06-30T22:00:00.000Z');
    expect(startOf('2026-12-01')).toBe('2026-11-30T23:00:00.000Z');
  });

  it('ends a last day at the midnight that follows, also when the clock changes', () => {
    expect(endOf('2026-10-25')).toBe('2026-10-25T23:00:00.000Z');
  });

  it('reads the same days back', () => {
    expect(dayOf(startOf('2026-03-29'))).toBe('2026-03-29');
    expect(lastDayOf(endOf('2026-03-29'))).toBe('2026-03-29');
  });

  it('takes an hour of the territory', () => {
    expect(instantOf('2026-11-24', '18:00')).toBe('2026-11-24T17:00:00.000Z');
  });
});
