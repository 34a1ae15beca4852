import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { TextField } from './TextField';

it('can be sent again once the platform has refused what was typed', async () => {
  const sent = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
  const form = (error?: string) => (
    <form onSubmit={sent}>
      <TextField label="Nom" defaultValue="a" error={error} />
      <button type="submit">Envoyer</button>
    </form>
  );
  const { rerender } = render(form());
  await userEvent.click(screen.getByRole('button'));
  rerender(form('Ce nom est pris.'));
  expect(screen.getByLabelText('Nom').getAttribute('aria-invalid')).toBe('true');

  await userEvent.type(screen.getByLabelText('Nom'), 'b');
  await userEvent.click(screen.getByRole('button'));

  expect(sent).toHaveBeenCalledTimes(2);
});
