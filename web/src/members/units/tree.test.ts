import { expect, it } from 'vitest';
import { flat, unitOptions, unitTree } from './tree';

const unit = (id: string, parent: string | null, name: string, closed = false) => ({ id, parent, name, code: null, closed, people: 0 });

it('puts each unit below its parent, in the order of the alphabet', () => {
  const tree = unitTree([unit('c', 'a', 'Paie'), unit('b', null, 'Écoles'), unit('a', null, 'Direction'), unit('d', 'a', 'Formation')]);

  expect(flat(tree).map((one) => one.fullName)).toEqual(['Direction', 'Direction / Formation', 'Direction / Paie', 'Écoles']);
});

it('loses no unit whose parent is not in the list', () => {
  expect(unitTree([unit('c', 'elsewhere', 'Paie')]).map((one) => one.name)).toEqual(['Paie']);
});

it('offers open units, and the closed one that is still in use', () => {
  const units = [unit('a', null, 'Direction'), unit('b', null, 'Écoles', true), unit('c', null, 'Fêtes', true)];

  expect(unitOptions(units, 'b').map((one) => one.value)).toEqual(['a', 'b']);
});
