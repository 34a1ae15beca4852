import { useEffect, useRef } from 'react';

const key = 'entente.shortcuts';

/** Single keys can be switched off (WCAG 2.1.4): speech input would press them by accident. */
export function shortcutsOn(): boolean {
  return localStorage.getItem(key) !== 'off';
}

export function setShortcuts(on: boolean): void {
  localStorage.setItem(key, on ? 'on' : 'off');
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role="menu"],[role="listbox"],[role="grid"],[role="treegrid"]') !== null);
}

export function useShortcuts(acts: { search: () => void; keys: () => void }): void {
  const current = useRef(acts);
  current.current = acts;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !shortcutsOn()) return;
      if (event.key === '/') {
        event.preventDefault();
        current.current.search();
      } else if (event.key === '?') {
        event.preventDefault();
        current.current.keys();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
