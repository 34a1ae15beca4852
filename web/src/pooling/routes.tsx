import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { learn } from '../i18n';

type Page = ReturnType<typeof lazyRouteComponent>;

const member = () => import('./member');
const operator = () => import('./operator');
const everyone = () => import('./everyone');
const deciding = () => import('./deciding');
const requests = () => import('./requests');

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
    at('/contributions', lazyRouteComponent(member, 'ContributionsPage')),
    at('/contributions/$year', lazyRouteComponent(member, 'StatementPage')),
    at('/agreements', lazyRouteComponent(member, 'MyAgreementsPage')),
    at('/usage', lazyRouteComponent(member, 'UsagePage')),
  ];
}

/** What everybody may read of what is shared, under /pooling. */
export function poolingRoutes(parent: AnyRoute): AnyRoute[] {
  const at = maker(parent);
  return [
    at('/', lazyRouteComponent(everyone, 'CataloguePage')),
    at('/matrix', lazyRouteComponent(everyone, 'MatrixPage')),
    at('/roadmap', lazyRouteComponent(everyone, 'RoadmapPage')),
    at('/usage', lazyRouteComponent(everyone, 'UsageAcrossPage')),
    at('/requests', lazyRouteComponent(requests, 'RequestsPage')),
    at('/requests/$request', lazyRouteComponent(requests, 'RequestPage')),
    at('/votes', lazyRouteComponent(deciding, 'VotesPage')),
    at('/meetings/$meeting', lazyRouteComponent(deciding, 'MeetingPage')),
    at('/decisions', lazyRouteComponent(deciding, 'DecisionsPage')),
  ];
}

/** What the syndicate runs its year with, under /operator. */
export function poolingOperatorRoutes(parent: AnyRoute): AnyRoute[] {
  const at = maker(parent);
  return [
    at('/pooling', lazyRouteComponent(operator, 'PoolingHome')),
    at('/joining', lazyRouteComponent(operator, 'JoiningPage')),
    at('/agreements', lazyRouteComponent(operator, 'AgreementsPage')),
    at('/agreements/$agreement', lazyRouteComponent(operator, 'AgreementPage')),
    at('/calls', lazyRouteComponent(operator, 'CallsPage')),
    at('/calls/$call', lazyRouteComponent(operator, 'CallPage')),
    at('/budget', lazyRouteComponent(operator, 'BudgetPage')),
    at('/keys', lazyRouteComponent(operator, 'KeysPage')),
    at('/keys/compare', lazyRouteComponent(operator, 'ComparePage')),
    at('/what-if', lazyRouteComponent(operator, 'WhatIfPage')),
    at('/bodies', lazyRouteComponent(deciding, 'BodiesPage')),
    at('/bodies/$body', lazyRouteComponent(deciding, 'BodyPage')),
  ];
}
