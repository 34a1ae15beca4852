import { adminHandlers } from './admin/index.ts';
import type { Handler } from './kit.ts';

/** What the operator reads and does. */
export const operator: Handler[] = adminHandlers('/api/operator/');

/** What members share, as everybody may read it. */
export const pooling: Handler[] = [...adminHandlers('/api/pooling/'), ...adminHandlers('/api/me/')];
