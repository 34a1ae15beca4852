import { describe, expect, it } from 'vitest';
import { Problem } from '../api/problem';
import { patiently } from './busy';

const busy = () => new Problem({ status: 503, code: 'office.busy' });

/** What is refused so often first, and then done. */
function after(refusals: number, refusal: () => Error = busy) {
  let times = 0;
  return {
    act: async () => {
      if (++times <= refusals) throw refusal();
      return 'done';
    },
    times: () => times,
  };
}

describe('a platform that has no room at this moment', () => {
  it('is asked again, and the person is told until it is done', async () => {
    const told: (number | null)[] = [];
    const asked = after(2);

    expect(await patiently(asked.act, (time) => told.push(time), async () => {})).toBe('done');

    expect(asked.times()).toBe(3);
    expect(told).toEqual([1, 2, null]);
  });

  it('is not asked for ever', async () => {
    const told: (number | null)[] = [];
    const asked = after(100);

    await expect(patiently(asked.act, (time) => told.push(time), async () => {})).rejects.toMatchObject({ code: 'office.busy' });

    expect(asked.times()).toBe(6);
    expect(told.at(-1)).toBeNull();
  });

  it('is not asked again for another reason', async () => {
    const asked = after(1, () => new Problem({ status: 413, code: 'office.too-large' }));

    await expect(patiently(asked.act, () => {}, async () => {})).rejects.toMatchObject({ code: 'office.too-large' });

    expect(asked.times()).toBe(1);
  });
});
