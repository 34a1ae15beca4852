import type { AnyRoute } from '@tanstack/react-router';

/** The rooms of the operator, under /operator. */
export function operatorRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
