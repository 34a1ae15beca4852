import { api } from '../api/client';
import { queryClient, refresh } from '../api/queries';
import type { Capacity, Me } from '../api/types';
import { problemText } from '../api/problem';
import { toast } from '../ui/Toasts';

/** Ends the session here and wherever one signed in from here. */
export async function signOut(go: (to: string) => void): Promise<void> {
  try {
    const answer = await api.post<{ to?: string } | undefined>('/sign-out');
    window.location.assign(answer?.to ?? '/signed-out');
  } catch (error) {
    toast(problemText(error), { tone: 'bad' });
    go('/');
  }
}

/** Signs in anew, to confirm by password that it is oneself, and comes back to where one was. */
export function confirmMyself(): void {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?level=confirmed&to=${encodeURIComponent(here)}`);
}

/** Acts in another capacity from now on, without signing in again. */
export async function actAs(capacity: Capacity): Promise<Me | undefined> {
  const me = await api.put<Me | undefined>('/api/me/capacity', { capacity: capacity.id });
  if (me) queryClient.setQueryData(['/api/me'], me);
  else await refresh('/api/me');
  return me;
}
