import { beforeEach, expect, test } from 'vitest';
import { learn, speak } from '../i18n';
import { formatSize, spaceName } from './words';

beforeEach(async () => {
  await speak('fr');
  await learn('files');
});

test('sizes are said as French people read them', () => {
  expect(formatSize(0)).toMatch(/^0\soctet$/u);
  expect(formatSize(999)).toMatch(/^999\soctets$/u);
  expect(formatSize(12_400_000)).toMatch(/^12,4\sMo$/u);
  expect(formatSize(999_600)).toMatch(/^1\sMo$/u);
  expect(formatSize(10_737_418_240)).toMatch(/^10,7\sGo$/u);
});

test('one’s own space is called so, any other by its name', () => {
  expect(spaceName({ kind: 'mine', name: '' })).toBe('Mes fichiers');
  expect(spaceName({ kind: 'unit', name: 'Urbanisme' })).toBe('Urbanisme');
});
