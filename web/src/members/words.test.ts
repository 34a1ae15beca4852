import { expect, it } from 'vitest';
import { ofMember } from './words';

it.each([
  ['Vénissieux', 'de Vénissieux'],
  ['Oullins-Pierre-Bénite', 'd’Oullins-Pierre-Bénite'],
  ['Écully', 'd’Écully'],
  ['Ville de Lyon', 'de la Ville de Lyon'],
  ['Métropole de Lyon', 'de la Métropole de Lyon'],
  ['SITIV', 'du SITIV'],
  ['Le Creusot', 'du Creusot'],
])('says %s after "de" as one says it', (name, said) => {
  expect(ofMember(name)).toBe(said);
});
