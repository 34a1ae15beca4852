/**
 * The editor puts styles into the page as it goes, which our content security policy forbids, and rightly. Here its own are taken for what they are, a sheet
 * made by a script of ours, and nothing of a document comes in with them: the page needs no weaker policy.
 */
export function takeStyles(): () => void {
  const plain = document.createElement.bind(document) as typeof document.createElement;
  const replaced = (name: string, options?: ElementCreationOptions): HTMLElement => {
    if (name.toLowerCase() !== 'style') return plain(name, options);
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
    const stand = plain('meta');
    let text = '';
    Object.defineProperty(stand, 'textContent', {
      get: () => text,
      set: (css: string) => {
        text = css;
        sheet.replaceSync(css);
      },
    });
    return stand;
  };
  document.createElement = replaced as typeof document.createElement;
  return () => {
    // The editor remembers that it has put them there, and would not do so again: they stay.
    document.createElement = plain;
  };
}
