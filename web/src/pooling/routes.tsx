import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { learn } from '../i18n';

type Page = ReturnType<typeof lazyRouteComponent>;

const maker = (parent: AnyRoute) => (path: string, component: Page) =>
  createRoute({
    getParentRoute: () => parent,
    path,
    validateSearch: (query: Record<string, unknown>) => query,
    // The layout is that of the members' rooms, and speaks some of their words.
    beforeLoad: () => Promise.all([learn('members'), learn('pooling')]).then(() => undefined),
    component: component as never,
  });

/** What a member shares, pays and uses, under /members/$member. */
export function poolingMemberRoutes(parent: AnyRoute): AnyRoute[] {
  const at = maker(parent);
  return [
    at('/contributions', lazyRouteComponent(() => import('./member/ContributionsPage'), 'ContributionsPage')),
    at('/contributions/$year', lazyRouteComponent(() => import('./member/StatementPage'), 'StatementPage')),
    at('/agreements', lazyRouteComponent(() => import('./member/MyAgreementsPage'), 'MyAgreementsPage')),
    at('/usage', lazyRouteComponent(() => import('./member/UsagePage'), 'UsagePage')),
  ];
}

/** What everybody may read of what is shared, under /pooling. */
export function poolingRoutes(parent: AnyRoute): AnyRoute[] {
  const at = maker(parent);
  return [
    at('/', lazyRouteComponent(() => import('./everyone/CataloguePage'), 'CataloguePage')),
    at('/matrix', lazyRouteComponent(() => import('./everyone/MatrixPage'), 'MatrixPage')),
    at('/roadmap', lazyRouteComponent(() => import('./everyone/RoadmapPage'), 'RoadmapPage')),
  ];
}
