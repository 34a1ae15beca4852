/** The one door between plain components and the router: they need neither its types nor its context, and tests need no router. */
interface Navigator {
  go(href: string): void;
  preload(href: string): void;
}

let navigator: Navigator = {
  go: (href) => window.location.assign(href),
  preload: () => undefined,
};

export function setNavigator(next: Navigator): void {
  navigator = next;
}

export function go(href: string): void {
  navigator.go(href);
}

export function preload(href: string): void {
  if (href.startsWith('/')) navigator.preload(href);
}
