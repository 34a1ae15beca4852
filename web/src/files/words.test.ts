import { beforeEach, expect, test } from 'vitest';
import { learn, speak } from '../i18n';
import { spaceName } from './words';

beforeEach(async () => {
  await speak('fr');
  await learn('files');
});

test('one’s own space is called so, any other by its name', () => {
  expect(spaceName({ kind: 'mine', name: '' })).toBe('Mes fichiers');
  expect(spaceName({ kind: 'unit', name: 'Urbanisme' })).toBe('Urbanisme');
});
