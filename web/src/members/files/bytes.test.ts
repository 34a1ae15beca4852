import { expect, test } from 'vitest';
import { bytesOf, gigabytesOf } from './bytes';

test('gigabytes are typed as people write them', () => {
  expect(bytesOf('10')).toBe(10_000_000_000);
  expect(bytesOf(' 1 000,5 ')).toBe(1_000_500_000_000);
  expect(bytesOf('0')).toBe(0);
});

test('nothing means: as said elsewhere', () => {
  expect(bytesOf('  ')).toBeNull();
  expect(gigabytesOf(null)).toBe('');
});

test.each(['dix', '-1', '1e3', '12345678', '1,2345'])('%s is no number of gigabytes', (typed) => {
  expect(bytesOf(typed)).toBeUndefined();
});

test.each([0, 500_000_000, 10_000_000_000])('%d is typed again as it was', (bytes) => {
  expect(bytesOf(gigabytesOf(bytes))).toBe(bytes);
});
