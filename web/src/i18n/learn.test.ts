import { beforeEach, expect, test } from 'vitest';
import { i18n, learn, speak } from '.';

const known = () => Object.keys(i18n.messages).length;

beforeEach(() => speak('fr'));

test('whoever asks for the words of a room while they are on their way waits for them', async () => {
  const before = known();
  const first = learn('members');
  const second = learn('members');
  await second;
  expect(known()).toBeGreaterThan(before);
  await first;
});

test('a room asked for before the language is there waits for the language', async () => {
  const speaking = speak('en');
  await learn('operator');
  await speaking;
  expect(i18n.locale).toBe('en');
  await speak('fr');
  expect(known()).toBeGreaterThan(400);
});
