import { expect, test } from 'vitest';
import { keyOf, newForm, newPart } from './keyForm';

test('one part is the key itself', () => {
  expect(keyOf(newForm)).toEqual({ key: 'measure', measure: 'population' });
});

test('several parts are a mix, in the percents that were typed', () => {
  const form = { ...newForm, parts: [{ ...newPart('66,5') }, { ...newPart('33,5'), by: 'equal' as const }] };
  expect(keyOf(form)).toEqual({ key: 'mix', parts: [{ percent: 66.5, by: { key: 'measure', measure: 'population' } }, { percent: 33.5, by: { key: 'equal' } }] });
});

test('bounds are around the whole: first the most, then the least', () => {
  expect(keyOf({ ...newForm, most: '40', least: '1 500,50' })).toEqual({ key: 'at-least', minimum: 150_050, of: { key: 'capped', mostPercent: 40, of: { key: 'measure', measure: 'population' } } });
});

test('the last slice of a tapered key has no end', () => {
  expect(keyOf({ ...newForm, parts: [{ ...newPart('100'), by: 'tapered' as const }] })).toEqual({ key: 'tapered', measure: 'population', slices: [{ upTo: 20_000, coefficient: 1 }, { upTo: undefined, coefficient: 0.5 }] });
});

test('what cannot be read is no key', () => {
  for (const wrong of [{ most: 'beaucoup' }, { least: 'douze' }, { parts: [] }, { parts: [newPart('tout')] }]) expect(keyOf({ ...newForm, ...wrong })).toBeNull();
});
