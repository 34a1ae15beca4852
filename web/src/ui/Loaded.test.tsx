import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { Problem, Unreachable } from '../api/problem';
import { show } from '../testing/render';
import { Loaded } from './Loaded';

const query = (more: object) => ({ data: undefined, error: null, isPending: true, refetch: vi.fn(), ...more }) as never;

test('while nothing has come there is a skeleton that says so', () => {
  show(<Loaded query={query({})}>{() => 'les personnes'}</Loaded>);
  expect(screen.getByRole('status').textContent).toContain('Chargement');
});

test('an error is said in its words and can be tried again', async () => {
  const refetch = vi.fn();
  show(<Loaded query={query({ error: new Problem({ status: 503, detail: 'L’annuaire redémarre.' }), refetch })}>{() => 'les personnes'}</Loaded>);
  expect(screen.getByRole('alert').textContent).toContain('L’annuaire redémarre.');
  await userEvent.click(screen.getByRole('button', { name: 'Réessayer' }));
  expect(refetch).toHaveBeenCalledTimes(1);
});

test('a page whose title comes with its data has a title of its own when the data cannot be had', () => {
  show(
    <Loaded query={query({ error: new Unreachable() })} title="Annuaire">
      {() => 'une personne'}
    </Loaded>,
  );
  expect(screen.getByRole('heading', { level: 1, name: 'Annuaire' })).toBeTruthy();
  expect(document.title).toBe('Annuaire · Entente');
  expect(screen.getByText('Pas de connexion')).toBeTruthy();
});

test('what was read stays in sight when a later reading fails', () => {
  show(<Loaded query={query({ data: 'les personnes', error: new Unreachable() })}>{(data) => String(data)}</Loaded>);
  expect(screen.getByText('les personnes')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});
