import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { queryClient } from '../../api/queries';
import { answerApi, show } from '../../testing/render';
import { UnknownUnits } from './UnknownUnits';

vi.mock('../common', () => ({ useHere: () => ({ api: '/api/members/m1' }) }));

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
});

const unit = (id: string, name: string) => ({ id, name, parent: null, code: null, closed: false, people: 0 });

test('an admin says which of the units is meant, or has it made', async () => {
  const sent = answerApi({ 'GET /api/members/m1/units': { body: [unit('u1', 'Culture'), unit('u2', 'Sports')] }, 'POST /api/members/m1/scim-clients/units/said-1': { status: 204 } });
  show(<UnknownUnits unknown={[{ id: 'said-1', name: 'Petite enfance', people: 12 }]} />);
  expect(screen.getByText('12 personnes attendent')).toBeTruthy();
  for (const [choice, unitId] of [
    [null, null],
    ['Sports', 'u2'],
  ] as const) {
    sent.length = 0;
    await userEvent.click(screen.getByRole('button', { name: 'Dire laquelle c’est : Petite enfance' }));
    const dialog = await screen.findByRole('alertdialog');
    if (choice) {
      await userEvent.click(within(dialog).getByRole('button', { name: /Unité/ }));
      await userEvent.click(await screen.findByRole('option', { name: choice }));
    }
    await userEvent.click(within(dialog).getByRole('button', { name: 'C’est cette unité' }));
    await waitFor(() => expect(sent.find((one) => one.method === 'POST')?.body).toEqual({ unit: unitId }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  }
});
