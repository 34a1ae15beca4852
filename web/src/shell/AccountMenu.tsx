import { useLingui } from '@lingui/react/macro';
import { CircleHelp, KeyRound, LogOut, ShieldCheck, SlidersHorizontal, User } from 'lucide-react';
import type { Me } from '../api/types';
import { go } from '../navigation';
import { fullName } from '../ui/format';
import type { LateMenu } from '../ui/lateMenu';
import { LateEntries } from '../ui/Menu';
import { signOut } from './session';

/** What is one's own, the keys, and the way out. */
export function AccountMenu({ at, me, onKeys }: { at: LateMenu; me: Me; onKeys: () => void }) {
  const { t } = useLingui();
  return (
    <LateEntries
      at={at}
      label={t`Mon compte`}
      sections={[
        {
          id: 'account',
          title: fullName(me.person),
          entries: [
            { id: 'capacities', label: t`Mon compte`, icon: User, href: '/account' },
            { id: 'security', label: t`Sécurité et appareils`, icon: ShieldCheck, href: '/account/security' },
            { id: 'passwords', label: t`Mots de passe d’application`, icon: KeyRound, href: '/account/app-passwords' },
            { id: 'display', label: t`Langue et affichage`, icon: SlidersHorizontal, href: '/account/display' },
          ],
        },
        {
          id: 'more',
          entries: [
            { id: 'keys', label: t`Raccourcis du clavier`, icon: CircleHelp, onAction: onKeys },
            { id: 'out', label: t`Se déconnecter`, icon: LogOut, onAction: () => void signOut(go) },
          ],
        },
      ]}
    />
  );
}
