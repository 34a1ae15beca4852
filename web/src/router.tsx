import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import type { Kind } from './api/types';
import type { DirectorySearch } from './directory/DirectoryPage';
import { learn } from './i18n';
import { memberRoutes } from './members/routes';
import { operatorRoutes } from './operator/routes';
import { fileRoutes } from './files/routes';
import { poolingRoutes } from './pooling/routes';
import { ErrorPage, NotFoundPage } from './pages/Failures';
import { PublicFrame } from './shell/PublicFrame';
import { Shell } from './shell/Shell';
import { Skeleton } from './ui/Skeleton';

const kinds: readonly Kind[] = ['agent', 'elu', 'partner', 'trainee'];

/** A word of the address. The router reads `?q=123` as a number: for us it is what somebody typed. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

/** Everything one sees only when signed in lies below the shell. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const home = createRoute({ getParentRoute: () => shell, path: '/', component: lazyRouteComponent(() => import('./home/HomePage'), 'HomePage') });





const search = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  validateSearch: (query: Record<string, unknown>): { q: string } => ({ q: text(query.q) ?? '' }),
  component: lazyRouteComponent(() => import('./search/SearchPage'), 'SearchPage'),
});

const notices = createRoute({ getParentRoute: () => shell, path: '/notices', component: lazyRouteComponent(() => import('./notices/NoticesPage'), 'NoticesPage') });

const account = createRoute({ getParentRoute: () => shell, path: '/account', component: lazyRouteComponent(() => import('./account/AccountPage'), 'AccountPage') });
const accountPart = createRoute({ getParentRoute: () => shell, path: '/account/$part', component: lazyRouteComponent(() => import('./account/AccountPage'), 'AccountPage') });

const directory = createRoute({
  getParentRoute: () => shell,
  path: '/directory',
  validateSearch: (query: Record<string, unknown>): DirectorySearch => ({
    q: text(query.q),
    member: text(query.member),
    unit: text(query.unit),
    kind: kinds.find((kind) => kind === query.kind),
    offset: Number(query.offset) > 0 ? Math.floor(Number(query.offset)) : undefined,
  }),
  component: lazyRouteComponent(() => import('./directory/DirectoryPage'), 'DirectoryPage'),
});
const person = createRoute({ getParentRoute: () => shell, path: '/directory/people/$person', component: lazyRouteComponent(() => import('./directory/PersonPage'), 'PersonPage') });
const memberList = createRoute({ getParentRoute: () => shell, path: '/directory/members', component: lazyRouteComponent(() => import('./directory/MembersPage'), 'MembersPage') });
const memberCard = createRoute({ getParentRoute: () => shell, path: '/directory/members/$member', component: lazyRouteComponent(() => import('./directory/MemberPage'), 'MemberPage') });

const members = createRoute({ getParentRoute: () => shell, path: '/members/$member', beforeLoad: () => learn('members'), component: Outlet });
const operator = createRoute({ getParentRoute: () => shell, path: '/operator', beforeLoad: () => learn('operator'), component: Outlet });

const pooling = createRoute({ getParentRoute: () => shell, path: '/pooling', component: Outlet });

const files = createRoute({ getParentRoute: () => shell, path: '/files', beforeLoad: () => learn('files'), component: Outlet });

const office = createRoute({
  getParentRoute: () => shell,
  path: '/office/$node',
  beforeLoad: () => learn('office'),
  component: lazyRouteComponent(() => import('./office/DocumentPage'), 'DocumentPage'),
});

/** Its words are those of the files, and it is as rarely opened. */
const connect = createRoute({
  getParentRoute: () => shell,
  path: '/connect/$request',
  beforeLoad: () => learn('files'),
  component: lazyRouteComponent(() => import('./files/pages'), 'ConnectPage'),
});

/** Outside of the shell: another server's page is in it, and the browser reads it anew with a policy of its own. */
const officeServer = createRoute({
  getParentRoute: () => root,
  path: '/office-server/$node',
  beforeLoad: () => learn('files'),
  component: lazyRouteComponent(() => import('./files/OfficeServerPage'), 'OfficeServerPage'),
});

/** What anybody may see. */
const open = createRoute({ getParentRoute: () => root, id: 'open', component: PublicFrame });

const verify = createRoute({ getParentRoute: () => open, path: '/verify', component: lazyRouteComponent(() => import('./pages/VerifyPage'), 'VerifyPage') });
const signedOut = createRoute({ getParentRoute: () => open, path: '/signed-out', component: lazyRouteComponent(() => import('./pages/SignedOutPage'), 'SignedOutPage') });
const noCapacity = createRoute({ getParentRoute: () => open, path: '/no-capacity', component: lazyRouteComponent(() => import('./pages/SignInPages'), 'NoCapacityPage') });

export const routeTree = root.addChildren([
  shell.addChildren([
    home,
    search,
    notices,
    account,
    accountPart,
    directory,
    person,
    memberList,
    memberCard,
    members.addChildren(memberRoutes(members)),
    pooling.addChildren(poolingRoutes(pooling)),
    files.addChildren(fileRoutes(files)),
    connect,
    office,
    operator.addChildren(operatorRoutes(operator)),
  ]),
  officeServer,
  open.addChildren([verify, signedOut, noCapacity]),
]);

export const router = createRouter({
  routeTree,
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  defaultPendingComponent: Skeleton,
  defaultPendingMs: 200,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
