/** Says something to those who hear the page rather than see it. The region is made by the page's first render. */
export function announce(text: string): void {
  const region = document.getElementById('announcements');
  if (!region) return;
  // The same text twice would not be read twice: the region is emptied first.
  region.textContent = '';
  window.setTimeout(() => {
    region.textContent = text;
  }, 50);
}
