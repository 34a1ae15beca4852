import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { queryClient } from '../api/queries';
import { answerApi, show, someone } from '../testing/render';
import { AppPasswords } from './AppPasswords';

const me = someone();
const made = { id: 'p1', label: 'Téléphone', capacity: me.capacities[0], opens: [{ door: 'mail', name: null }], madeAt: '2026-11-24T17:00:00Z', lastUsedAt: null, lastUsedFrom: null, revokedAt: null };
const doors = {
  'GET /api/me/app-passwords/doors?capacity=capacity-1': {
    body: [
      { door: 'files', name: null },
      { door: 'ldap:ged', name: { fr: 'Documents', en: 'Documents' } },
    ],
  },
};

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
});

test('the secret is shown once and is gone when its dialog closes', async () => {
  queryClient.setQueryData(['/api/me'], me);
  const sent = answerApi({ ...doors, 'GET /api/me/app-passwords': { body: [made] }, 'POST /api/me/app-passwords': { body: { ...made, secret: 'nuit-verre-colline' } } });
  show(<AppPasswords />);
  await userEvent.click(await screen.findByRole('button', { name: 'Créer un mot de passe d’application' }));
  await userEvent.type(screen.getByRole('textbox', { name: /Pour quel appareil/ }), 'Téléphone');
  await screen.findAllByText('Mes fichiers (WebDAV)');
  await userEvent.click(screen.getByRole('button', { name: 'Créer le mot de passe' }));
  expect(await screen.findByText('nuit-verre-colline')).toBeTruthy();
  expect(sent.find((one) => one.method === 'POST')?.body).toEqual({ label: 'Téléphone', capacity: 'capacity-1', door: 'files' });
  await userEvent.click(screen.getByRole('button', { name: /Je l’ai saisi/ }));
  await waitFor(() => expect(screen.queryByText('nuit-verre-colline')).toBeNull());
});

test('it is made for the one thing that is chosen, and the list says what each opens', async () => {
  queryClient.setQueryData(['/api/me'], me);
  const sent = answerApi({ ...doors, 'GET /api/me/app-passwords': { body: [made] }, 'POST /api/me/app-passwords': { body: { ...made, secret: 'nuit' } } });
  show(<AppPasswords />);
  expect(await screen.findByText('Mon courrier, mon agenda, mes contacts')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Créer un mot de passe d’application' }));
  await userEvent.type(screen.getByRole('textbox', { name: /Pour quel appareil/ }), 'GED');
  await screen.findAllByText('Mes fichiers (WebDAV)');
  await userEvent.click(screen.getByRole('button', { name: /Pour quoi faire/ }));
  await userEvent.click(screen.getByRole('option', { name: 'L’application Documents' }));
  await userEvent.click(screen.getByRole('button', { name: 'Créer le mot de passe' }));
  await waitFor(() => expect(sent.find((one) => one.method === 'POST')?.body).toEqual({ label: 'GED', capacity: 'capacity-1', door: 'ldap:ged' }));
});

test('nothing is sent without a name for the device', async () => {
  queryClient.setQueryData(['/api/me'], me);
  const sent = answerApi({ ...doors, 'GET /api/me/app-passwords': { body: [made] } });
  show(<AppPasswords />);
  await userEvent.click(await screen.findByRole('button', { name: 'Créer un mot de passe d’application' }));
  await userEvent.click(screen.getByRole('button', { name: 'Créer le mot de passe' }));
  expect(sent.filter((one) => one.method === 'POST')).toEqual([]);
});

test('revoking is asked for first and says what it means', async () => {
  queryClient.setQueryData(['/api/me'], me);
  const sent = answerApi({ 'GET /api/me/app-passwords': { body: [made] }, 'DELETE /api/me/app-passwords/p1': {} });
  show(<AppPasswords />);
  await userEvent.click(await screen.findByRole('button', { name: 'Révoquer Téléphone' }));
  const question = screen.getByRole('alertdialog');
  expect(question.textContent).toContain('dès maintenant');
  expect(sent.some((one) => one.method === 'DELETE')).toBe(false);
  await userEvent.click(within(question).getByRole('button', { name: 'Révoquer ce mot de passe' }));
  await waitFor(() => expect(sent.some((one) => one.method === 'DELETE')).toBe(true));
});
