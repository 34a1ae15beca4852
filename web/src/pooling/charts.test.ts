import { expect, test } from 'vitest';
import { linePath, lonePoints, roundUp } from './charts';

test('a scale ends at a round number that no value passes', () => {
  for (const value of [0.3, 1, 7, 12, 480, 501, 99_999]) expect(roundUp(value)).toBeGreaterThanOrEqual(value);
  expect([roundUp(0), roundUp(3), roundUp(480), roundUp(501)]).toEqual([1, 5, 500, 1000]);
});

test('a line breaks where nothing was measured, and never shows it as zero', () => {
  expect(linePath([0, 10, null, 5], 10, 300, 100)).toBe('M0.0 100.0L100.0 0.0M300.0 50.0');
});

test('one value alone is a point, not a division by zero', () => {
  expect(linePath([5], 10, 300, 100)).toBe('M0.0 50.0');
});

test('a value between two gaps is shown as a point, one on a line is not', () => {
  expect(lonePoints([null, 5, null, 5, 10], 10, 400, 100)).toBe('M100.0 50.0h0');
  expect(lonePoints([5], 10, 300, 100)).toBe('M0.0 50.0h0');
});
