import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { poolingOperatorRoutes } from '../pooling/routes';
import { learn } from '../i18n';

/** The rooms of the operator, under /operator. */
export function operatorRoutes(parent: AnyRoute): AnyRoute[] {
  const at = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
    createRoute({
      getParentRoute: () => parent,
      path,
      validateSearch: (query: Record<string, unknown>) => query,
      // The ledger and the layout are those of the members' rooms, and speak their words.
      beforeLoad: () => learn('members'),
      component: component as never,
    });
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/',
      beforeLoad: () => {
        throw redirect({ href: '/operator/members', replace: true });
      },
    }),
    at('/members', lazyRouteComponent(() => import('./OperatorMembersPage'), 'OperatorMembersPage')),
    at('/members/new', lazyRouteComponent(() => import('./AddMemberPage'), 'AddMemberPage')),
    at('/services/new', lazyRouteComponent(() => import('./apps/NewServicePage'), 'NewServicePage')),
    at('/services/$id', lazyRouteComponent(() => import('./apps/ServicePage'), 'ServicePage')),
    at('/services', lazyRouteComponent(() => import('./ServicesPage'), 'ServicesPage')),
    at('/secrets', lazyRouteComponent(() => import('./apps/SecretsPage'), 'SecretsPage')),
    at('/doubles', lazyRouteComponent(() => import('./DoublesOfTerritoryPage'), 'DoublesOfTerritoryPage')),
    at('/proconnect-source', lazyRouteComponent(() => import('./ProConnectSourcePage'), 'ProConnectSourcePage')),
    at('/proconnect', lazyRouteComponent(() => import('./ProConnectPage'), 'ProConnectPage')),
    ...poolingOperatorRoutes(parent),
    at('/engines', lazyRouteComponent(() => import('./EnginesPage'), 'EnginesPage')),
    at('/office-server', lazyRouteComponent(() => import('./OfficeServerSettingsPage'), 'OfficeServerSettingsPage')),
    at('/jobs', lazyRouteComponent(() => import('./JobsPage'), 'JobsPage')),
    at('/ledger', lazyRouteComponent(() => import('./TerritoryLedgerPage'), 'TerritoryLedgerPage')),
  ];
}
