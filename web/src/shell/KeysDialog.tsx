import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Checkbox } from '../ui/Choices';
import { Dialog } from '../ui/Dialog';
import { setShortcuts, shortcutsOn } from './shortcuts';

/** The keys of Entente, and the switch for those made of one letter. */
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
            setShortcuts(next);
          }}
          help={t`À désactiver si vous dictez vos textes.`}
        >
          <Trans>Raccourcis à une seule touche</Trans>
        </Checkbox>
      </div>
    </Dialog>
  );
}
