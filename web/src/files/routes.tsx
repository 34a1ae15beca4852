import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

type Page = ReturnType<typeof lazyRouteComponent>;

/** Files of one's own, of one's unit, of one's authority and of several together, under /files. */
export function fileRoutes(parent: AnyRoute): AnyRoute[] {
  const at = (path: string, component: Page) =>
    createRoute({ getParentRoute: () => parent, path, validateSearch: (query: Record<string, unknown>) => query, component: component as never });
  return [
    at('/', lazyRouteComponent(() => import('./FirstPage'), 'FirstPage')),
    at('/shared', lazyRouteComponent(() => import('./SharedPage'), 'SharedPage')),
    at('/search', lazyRouteComponent(() => import('./FoundPage'), 'FoundPage')),
    at('/bin/$space', lazyRouteComponent(() => import('./BinPage'), 'BinPage')),
    at('/$node', lazyRouteComponent(() => import('./FolderPage'), 'FolderPage')),
  ];
}
