import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { Checkbox } from '../ui/Choices';
import { Dialog } from '../ui/Dialog';

const key = 'entente.shortcuts';

/** Single keys can be switched off (WCAG 2.1.4): speech input would press them by accident. */
export function shortcutsOn(): boolean {
  return localStorage.getItem(key) !== 'off';
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

export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const [on, setOn] = useState(shortcutsOn);
  const keys: [string, string][] = [
    ['/', t`Rechercher`],
    ['?', t`Montrer ces raccourcis`],
    ['Tab', t`Aller d’un élément au suivant`],
    ['↑ ↓ ← →', t`Se déplacer dans un menu, un tableau, des onglets`],
    [t`Entrée`, t`Ouvrir, valider`],
    [t`Espace`, t`Cocher, choisir une ligne`],
    [t`Échap`, t`Fermer sans rien changer`],
  ];
  return (
    <Dialog title={t`Raccourcis du clavier`} isOpen={isOpen} onClose={onClose}>
      <div className="e-stack">
        <dl className="e-facts">
          {keys.map(([press, does]) => (
            <div key={press} className="e-keys__line">
              <dt>
                <kbd className="e-key">{press}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <Checkbox
          isSelected={on}
          onChange={(next) => {
            setOn(next);
            localStorage.setItem(key, next ? 'on' : 'off');
          }}
          help={t`À désactiver si vous dictez vos textes.`}
        >
          <Trans>Raccourcis à une seule touche</Trans>
        </Checkbox>
      </div>
    </Dialog>
  );
}
