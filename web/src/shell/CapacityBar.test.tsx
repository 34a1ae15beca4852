import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { queryClient, useMe } from '../api/queries';
import { answerApi, show, someone } from '../testing/render';
import { CapacityBar } from './CapacityBar';
import { ChooseCapacity } from './ChooseCapacity';

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
});

function Bar() {
  const me = useMe();
  return me.data ? <CapacityBar me={me.data} /> : null;
}

test('another capacity is one menu away, needs no sign-in, and is said aloud', async () => {
  const me = someone();
  const sent = answerApi({ 'GET /api/me': { body: me }, 'PUT /api/me/capacity': { body: { ...me, acting: me.capacities[1] } } });
  show(<Bar />);
  await userEvent.click(await screen.findByRole('button', { name: /Adjointe au maire/ }));
  await userEvent.click(await screen.findByRole('menuitemradio', { name: /Vice-présidente/ }));
  expect(await screen.findByRole('button', { name: /Vice-présidente, SITIV/ })).toBeTruthy();
  expect(sent.find((one) => one.method === 'PUT')?.body).toEqual({ capacity: 'capacity-2' });
  await waitFor(() => expect(document.getElementById('announcements')?.textContent).toContain('Vice-présidente, SITIV'));
});

test('a refused switch says why and changes nothing', async () => {
  const me = someone();
  answerApi({ 'GET /api/me': { body: me }, 'PUT /api/me/capacity': { status: 409, body: { code: 'capacity.other', detail: 'Ce mandat a pris fin hier.' } } });
  show(<Bar />);
  await userEvent.click(await screen.findByRole('button', { name: /Adjointe au maire/ }));
  await userEvent.click(await screen.findByRole('menuitemradio', { name: /Vice-présidente/ }));
  expect(await screen.findByText('Ce mandat a pris fin hier.')).toBeTruthy();
  expect(screen.getByRole('button', { name: /Adjointe au maire/ })).toBeTruthy();
});

test('a capacity for which the session does not count says so, and leads to the confirmation', async () => {
  const assign = vi.fn();
  vi.stubGlobal('location', { ...window.location, pathname: '/files', search: '?q=a', assign });
  const me = someone({ unconfirmed: ['capacity-2'] });
  const sent = answerApi({ 'GET /api/me': { body: me } });
  show(<Bar />);
  await userEvent.click(await screen.findByRole('button', { name: /Adjointe au maire/ }));
  await userEvent.click(await screen.findByRole('menuitemradio', { name: /Vice-présidente.*Confirmez que c’est vous/ }));
  expect(assign).toHaveBeenCalledWith('/sign-in?level=confirmed&to=%2Ffiles%3Fq%3Da');
  expect(sent.filter((one) => one.method === 'PUT')).toEqual([]);
});

test('the keyboard opens the menu on the capacity one has, and Escape gives the button back', async () => {
  answerApi({ 'GET /api/me': { body: someone() } });
  show(<Bar />);
  const button = await screen.findByRole('button', { name: /Adjointe au maire/, expanded: false });
  act(() => button.focus());
  await userEvent.keyboard('{ArrowDown}');
  const own = await screen.findByRole('menuitemradio', { checked: true });
  await waitFor(() => expect(document.activeElement).toBe(own));
  expect(button.getAttribute('aria-controls')).toBe(screen.getByRole('menu').id);
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(button));
});

test('with one capacity there is nothing to choose, but it is still shown', () => {
  const me = someone();
  show(<CapacityBar me={{ ...me, capacities: me.capacities.slice(0, 1) }} />);
  expect(screen.queryByRole('button', { name: /Adjointe/ })).toBeNull();
  expect(screen.getByText('Vénissieux')).toBeTruthy();
});

test('whoever has no capacity left is told whom to ask', () => {
  show(<ChooseCapacity me={someone({ acting: null, capacities: [] })} />);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('plus de rattachement');
  expect(screen.getByText(/ressources humaines/)).toBeTruthy();
});
