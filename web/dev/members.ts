import { adminHandlers } from './admin/index.ts';
import type { Handler } from './kit.ts';

/** What the administration of a member reads and does. */
export const members: Handler[] = adminHandlers('/api/members/');
