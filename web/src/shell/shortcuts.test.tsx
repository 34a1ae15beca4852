import userEvent from '@testing-library/user-event';
import { render } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { setShortcuts, useShortcuts } from './shortcuts';

afterEach(() => setShortcuts(true));

function Page({ search, keys }: { search: () => void; keys: () => void }) {
  useShortcuts({ search, keys });
  return <input aria-label="field" />;
}

test('/ goes to the search and ? shows the keys, but not while one types', async () => {
  const search = vi.fn();
  const keys = vi.fn();
  const { getByLabelText } = render(<Page search={search} keys={keys} />);
  await userEvent.keyboard('/?');
  await userEvent.type(getByLabelText('field'), '1/2?');
  expect([search.mock.calls.length, keys.mock.calls.length]).toEqual([1, 1]);
  expect(getByLabelText('field')).toHaveProperty('value', '1/2?');
});

test('single keys can be switched off', async () => {
  const search = vi.fn();
  setShortcuts(false);
  render(<Page search={search} keys={vi.fn()} />);
  await userEvent.keyboard('/');
  expect(search).not.toHaveBeenCalled();
});
