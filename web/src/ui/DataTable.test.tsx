import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { show } from '../testing/render';
import { DataTable, inOrder, type TableColumn } from './DataTable';

interface Town {
  name: string;
  population: number | null;
}

const towns: Town[] = [
  { name: 'Vénissieux', population: 66701 },
  { name: 'Écully', population: null },
  { name: 'Lyon 10', population: 5 },
  { name: 'Lyon 9', population: 52000 },
  { name: 'Etrange', population: 1 },
];
const columns: TableColumn<Town>[] = [
  { id: 'name', title: 'Nom', cell: (town) => town.name, sortBy: (town) => town.name },
  { id: 'population', title: 'Population', cell: (town) => town.population ?? '—', sortBy: (town) => town.population, align: 'end' },
];
const order = (column: string, direction: 'ascending' | 'descending') => inOrder(towns, columns, { column, direction }).map((town) => town.name);

test('sorts as a French reader expects: accents do not count, numbers in words do', () => {
  expect(order('name', 'ascending')).toEqual(['Écully', 'Etrange', 'Lyon 9', 'Lyon 10', 'Vénissieux']);
  expect(order('name', 'descending')).toEqual(['Vénissieux', 'Lyon 10', 'Lyon 9', 'Etrange', 'Écully']);
});

test('what is not known comes last, whichever the direction', () => {
  expect(order('population', 'ascending').at(-1)).toBe('Écully');
  expect(order('population', 'descending').at(-1)).toBe('Écully');
});

test('rows are chosen by keyboard and sorted by their heads', async () => {
  let chosen = new Set<string>();
  function Towns() {
    const [selected, setSelected] = useState<Set<string>>(new Set());
    chosen = selected;
    return <DataTable label="Communes" columns={columns} rows={towns} rowId={(town) => town.name} selected={selected} onSelected={setSelected} />;
  }
  show(<Towns />);
  await userEvent.click(screen.getByRole('columnheader', { name: 'Nom' }));
  expect(screen.getAllByRole('rowheader').map((cell) => cell.textContent)).toEqual(['Écully', 'Etrange', 'Lyon 9', 'Lyon 10', 'Vénissieux']);
  await userEvent.keyboard('{ArrowDown} ');
  expect(chosen.size).toBe(1);
});
