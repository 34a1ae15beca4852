import { expect, it } from 'vitest';
import { cell } from './save';

it.each([
  ['Moreau', 'Moreau'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['+33 4', "'+33 4"],
  ['a;b', '"a;b"'],
  [null, ''],
  [12, '12'],
])('writes %s so that a spreadsheet reads a text', (value, written) => {
  expect(cell(value)).toBe(written);
});
