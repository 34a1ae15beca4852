import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { queryClient } from '../api/queries';
import { answerApi, show, someone } from '../testing/render';
import { ConnectPage } from './ConnectPage';

vi.mock('@tanstack/react-router', async (original) => ({ ...(await original<object>()), useParams: () => ({ request: 'r/1' }) }));

const path = '/api/me/device-requests/r%2F1';
const asked = { client: '<b>poste</b> (Desktop Client - Linux)', address: '198.51.100.4', near: true, at: new Date().toISOString() };

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
});

test('a device is connected in the capacity that is chosen, and not before the button is pressed', async () => {
  queryClient.setQueryData(['/api/me'], someone());
  const sent = answerApi({ [`GET ${path}`]: { body: asked }, [`POST ${path}/grant`]: {} });
  show(<ConnectPage />);
  expect(await screen.findByText('<b>poste</b> (Desktop Client - Linux)')).toBeTruthy();
  expect(screen.queryByText('Il n’appelle pas d’ici')).toBeNull();
  await userEvent.click(screen.getByRole('radio', { name: /Vice-présidente, SITIV/ }));
  expect(sent.filter((one) => one.method !== 'GET')).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Connecter l’appareil' }));
  expect(await screen.findByRole('heading', { name: 'L’appareil est connecté' })).toBeTruthy();
  expect(sent.find((one) => one.method === 'POST')?.body).toEqual({ capacity: 'capacity-2' });
});

test('who did not ask for it is warned, and refuses', async () => {
  const [only] = someone().capacities;
  queryClient.setQueryData(['/api/me'], someone({ capacities: only ? [only] : [] }));
  const sent = answerApi({ [`GET ${path}`]: { body: { ...asked, near: false } }, [`DELETE ${path}`]: {} });
  show(<ConnectPage />);
  expect(await screen.findByText('Il n’appelle pas d’ici')).toBeTruthy();
  expect(screen.queryByRole('radio')).toBeNull(); // nothing to choose among
  await userEvent.click(screen.getByRole('button', { name: 'Refuser' }));
  expect(await screen.findByRole('heading', { name: 'La connexion est refusée' })).toBeTruthy();
  expect(sent.map((one) => one.method)).toEqual(['GET', 'DELETE']);
});

test('what is over says so and what to do', async () => {
  queryClient.setQueryData(['/api/me'], someone());
  answerApi({ [`GET ${path}`]: { status: 404, body: { status: 404, code: 'device-request.gone', detail: 'x' } } });
  show(<ConnectPage />);
  expect(await screen.findByRole('heading', { name: 'Cette demande n’existe plus' })).toBeTruthy();
});
