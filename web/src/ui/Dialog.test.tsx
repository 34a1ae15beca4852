import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { Problem } from '../api/problem';
import { show } from '../testing/render';
import { ConfirmDialog } from './Dialog';

function Asked({ onConfirm }: { onConfirm: () => Promise<unknown> }) {
  const [open, setOpen] = useState(true);
  return (
    <ConfirmDialog title="Mettre fin à ce mandat ?" isOpen={open} onClose={() => setOpen(false)} confirm="Mettre fin au mandat" danger onConfirm={onConfirm}>
      <p>Nadia Benali perdra l’accès à 6 services.</p>
    </ConfirmDialog>
  );
}

test('says what will happen and closes once it is done', async () => {
  const end = vi.fn(() => Promise.resolve());
  show(<Asked onConfirm={end} />);
  expect(screen.getByRole('alertdialog', { name: 'Mettre fin à ce mandat ?' }).textContent).toContain('6 services');
  await userEvent.click(screen.getByRole('button', { name: 'Mettre fin au mandat' }));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(end).toHaveBeenCalledTimes(1);
});

test('stays open with the refusal in its words, so that nothing is lost', async () => {
  show(<Asked onConfirm={() => Promise.reject(new Problem({ status: 409, code: 'changed', detail: 'Ce mandat a été modifié entre-temps.' }))} />);
  await userEvent.click(screen.getByRole('button', { name: 'Mettre fin au mandat' }));
  expect((await screen.findByRole('alert')).textContent).toContain('modifié entre-temps');
  expect(screen.getByRole('alertdialog')).toBeTruthy();
});

test('cannot be asked twice nor left while the act is under way', async () => {
  const end = vi.fn(() => new Promise<void>(() => undefined));
  show(<Asked onConfirm={end} />);
  const button = screen.getByRole('button', { name: 'Mettre fin au mandat' });
  await userEvent.click(button);
  await userEvent.click(button);
  await userEvent.keyboard('{Escape}');
  expect(end).toHaveBeenCalledTimes(1);
  expect(screen.getByRole('alertdialog')).toBeTruthy();
});

test('Escape changes nothing', async () => {
  const end = vi.fn(() => Promise.resolve());
  show(<Asked onConfirm={end} />);
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(end).not.toHaveBeenCalled();
});
