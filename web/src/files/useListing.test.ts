import { expect, test } from 'vitest';
import type { FileNode } from './api';
import { inOrder } from './useListing';

const node = (name: string, more: Partial<FileNode> = {}) => ({ name, folder: false, size: 0, changedAt: '2026-01-01T00:00:00Z', ...more }) as FileNode;
const names = (nodes: FileNode[]) => nodes.map((one) => one.name);
const all = [node('b10', { size: 3 }), node('Éa', { size: 1 }), node('dossier', { folder: true, size: 9 }), node('b9', { size: 2, changedAt: '2026-02-01T00:00:00Z' })];

test('folders stay first, numbers within names count, accents do not', () => {
  expect(names(inOrder(all, { by: 'name', descending: false }))).toEqual(['dossier', 'b9', 'b10', 'Éa']);
  expect(names(inOrder(all, { by: 'name', descending: true }))).toEqual(['dossier', 'Éa', 'b10', 'b9']);
});

test('by size and by date, then by name', () => {
  expect(names(inOrder(all, { by: 'size', descending: true }))).toEqual(['dossier', 'b10', 'b9', 'Éa']);
  expect(names(inOrder(all, { by: 'changed', descending: true }))).toEqual(['dossier', 'b9', 'b10', 'Éa']);
});
