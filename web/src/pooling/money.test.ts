import { expect, test } from 'vitest';
import { readEuros } from './money';

test.each([
  ['12 345,67', 1234567],
  ['12\u202f345,67 €', 1234567],
  ['0,1', 10],
  ['19.99', 1999],
  ['1000000000000', 100000000000000],
  ['-5', -500],
  ['-0', 0],
])('reads %s as whole cents', (typed, cents) => expect(readEuros(typed)).toBe(cents));

test.each(['', 'douze', '1,234', '1,2,3', '--1', '1e9', '99999999999999'])('takes %j for no amount', (typed) => expect(readEuros(typed)).toBeNull());
