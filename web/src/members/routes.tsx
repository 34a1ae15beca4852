import { poolingMemberRoutes } from '../pooling/routes';
import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** The rooms of a member's administration, under /members/$member. */
export function memberRoutes(parent: AnyRoute): AnyRoute[] {
  const at = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
    createRoute({ getParentRoute: () => parent, path, validateSearch: (query: Record<string, unknown>) => query, component: component as never });
  return [
    at('/', lazyRouteComponent(() => import('./home/MemberHome'), 'MemberHome')),
    at('/people', lazyRouteComponent(() => import('./people/PeoplePage'), 'PeoplePage')),
    at('/people/failing', lazyRouteComponent(() => import('./people/FailingPage'), 'FailingPage')),
    at('/people/doubles', lazyRouteComponent(() => import('./people/DoublesPage'), 'DoublesPage')),
    at('/people/partners', lazyRouteComponent(() => import('./partners/PartnersPage'), 'PartnersPage')),
    at('/people/new', lazyRouteComponent(() => import('./people/AddPersonPage'), 'AddPersonPage')),
    at('/people/$person', lazyRouteComponent(() => import('./people/PersonPage'), 'PersonPage')),
    at('/people/$person/rights/$affiliation', lazyRouteComponent(() => import('./people/RightsPage'), 'RightsPage')),
    at('/people/$person/affiliations/new', lazyRouteComponent(() => import('./people/AffiliationPage'), 'AffiliationPage')),
    at('/people/$person/affiliations/$affiliation', lazyRouteComponent(() => import('./people/AffiliationPage'), 'AffiliationPage')),
    at('/people/$person/affiliations/$affiliation/end', lazyRouteComponent(() => import('./departures/EndPage'), 'EndPage')),
    at('/departures', lazyRouteComponent(() => import('./departures/DeparturesPage'), 'DeparturesPage')),
    at('/departures/$departure', lazyRouteComponent(() => import('./departures/DeparturePage'), 'DeparturePage')),
    at('/imports', lazyRouteComponent(() => import('./imports/ImportsPage'), 'ImportsPage')),
    at('/imports/ldap', lazyRouteComponent(() => import('./imports/LdapPage'), 'LdapPage')),
    at('/imports/$import', lazyRouteComponent(() => import('./imports/ImportPage'), 'ImportPage')),
    at('/units', lazyRouteComponent(() => import('./units/UnitsPage'), 'UnitsPage')),
    at('/services', lazyRouteComponent(() => import('./services/SubscriptionsPage'), 'SubscriptionsPage')),
    at('/services/$service', lazyRouteComponent(() => import('./services/SubscriptionPage'), 'SubscriptionPage')),
    at('/files', lazyRouteComponent(() => import('./files/FilesRoomPage'), 'FilesRoomPage')),
    at('/quarantine', lazyRouteComponent(() => import('./files/QuarantinePage'), 'QuarantinePage')),
    at('/roles', lazyRouteComponent(() => import('./roles/RolesPage'), 'RolesPage')),
    at('/ledger', lazyRouteComponent(() => import('./ledger/LedgerPage'), 'LedgerPage')),
    ...poolingMemberRoutes(parent),
    at('/settings', lazyRouteComponent(() => import('./settings/SettingsPage'), 'SettingsPage')),
  ];
}
