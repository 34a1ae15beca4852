import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

const pages = () => import('./pages');

type Page = ReturnType<typeof lazyRouteComponent>;

/** Files of one's own, of one's unit, of one's authority and of several together, under /files. */
export function fileRoutes(parent: AnyRoute): AnyRoute[] {
  const at = (path: string, component: Page) =>
    createRoute({ getParentRoute: () => parent, path, validateSearch: (query: Record<string, unknown>) => query, component: component as never });
  return [
    at('/', lazyRouteComponent(pages, 'FirstPage')),
    at('/shared', lazyRouteComponent(pages, 'SharedPage')),
    at('/favourites', lazyRouteComponent(pages, 'FavouritesPage')),
    at('/recent', lazyRouteComponent(pages, 'RecentPage')),
    at('/about/$node', lazyRouteComponent(pages, 'AboutPage')),
    at('/search', lazyRouteComponent(pages, 'FoundPage')),
    at('/bin/$space', lazyRouteComponent(pages, 'BinPage')),
    at('/$node', lazyRouteComponent(pages, 'FolderPage')),
  ];
}
