import type { AnyRoute } from '@tanstack/react-router';

/** The rooms of a member's administration, under /members/$member. */
export function memberRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
