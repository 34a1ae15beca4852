import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { learn } from './i18n';
import { memberRoutes } from './members/routes';
import { operatorRoutes } from './operator/routes';
import { ErrorPage, NotFoundPage } from './pages/Failures';
import { PublicFrame } from './shell/PublicFrame';
import { Shell } from './shell/Shell';
import { Skeleton } from './ui/Skeleton';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

/** Everything one sees only when signed in lies below the shell. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const home = createRoute({ getParentRoute: () => shell, path: '/', component: lazyRouteComponent(() => import('./home/HomePage'), 'HomePage') });





const members = createRoute({ getParentRoute: () => shell, path: '/members/$member', beforeLoad: () => learn('members'), component: Outlet });
const operator = createRoute({ getParentRoute: () => shell, path: '/operator', beforeLoad: () => learn('operator'), component: Outlet });

/** What anybody may see. */
const open = createRoute({ getParentRoute: () => root, id: 'open', component: PublicFrame });

const verify = createRoute({ getParentRoute: () => open, path: '/verify', component: lazyRouteComponent(() => import('./pages/VerifyPage'), 'VerifyPage') });

export const routeTree = root.addChildren([
  shell.addChildren([
    home,
    members.addChildren(memberRoutes(members)),
    operator.addChildren(operatorRoutes(operator)),
  ]),
  open.addChildren([verify]),
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
