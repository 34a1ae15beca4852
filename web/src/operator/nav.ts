import type { NavEntry } from '../shell/nav';

/** What the side bar shows under "Territoire". */
export const operatorNav: NavEntry[] = [];
