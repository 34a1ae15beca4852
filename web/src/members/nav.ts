import type { NavEntry } from '../shell/nav';

/** What the side bar shows under "Administrer" for one member. */
export function memberNav(_member: string): NavEntry[] {
  return [];
}
