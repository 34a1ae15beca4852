import { expect, test } from 'vitest';
import type { CostKey } from '../../api/pooling';
import { formOf, keyOf, newForm, newPart } from './keyForm';

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

test('agreed percents are a key, without those left empty', () => {
  const part = { ...newPart('100'), by: 'fixed' as const, percents: { a: '60', b: '39,5', c: '', d: '0,5' } };
  expect(keyOf({ ...newForm, parts: [part] })).toEqual({ key: 'fixed', percents: { a: 60, b: 39.5, d: 0.5 } });
});

test('a stored key is read back into what was written', () => {
  const keys: CostKey[] = [
    { key: 'equal' },
    { key: 'fixed', percents: { a: 60, b: 40 } },
    { key: 'at-least', minimum: 150_050, of: { key: 'capped', mostPercent: 35.5, of: { key: 'mix', parts: [{ percent: 60, by: { key: 'measure', measure: 'population' } }, { percent: 40, by: { key: 'tapered', measure: 'agents', slices: [{ upTo: 100, coefficient: 1 }, { coefficient: 0.5 }] } }] } } },
  ];
  for (const key of keys) {
    const form = formOf(key);
    expect(form && keyOf(form)).toEqual(key);
  }
});

test('a key put together otherwise is not taken for one of ours', () => {
  expect(formOf({ key: 'mix', parts: [{ percent: 100, by: { key: 'capped', mostPercent: 10, of: { key: 'equal' } } }] })).toBeNull();
});
