import { Problem } from '../api/problem';

const pauseMs = 3_000;
const most = 5;

/**
 * Does again, a few times, what the platform has no room for at this moment: it takes few documents apart at once.
 * @param onBusy told of each wait, and with null when it is over
 */
export async function patiently<T>(act: () => Promise<T>, onBusy: (time: number | null) => void, wait: (ms: number) => Promise<unknown> = sleep): Promise<T> {
  for (let time = 1; ; time++) {
    try {
      const done = await act();
      if (time > 1) onBusy(null);
      return done;
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.code !== 'office.busy' || time > most) {
        if (time > 1) onBusy(null);
        throw failure;
      }
      onBusy(time);
      // Not all that wait at the same moment.
      await wait(pauseMs * (0.5 + Math.random()));
    }
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
