import { Trans, useLingui } from '@lingui/react/macro';
import { Bell, ChevronDown, CircleHelp, KeyRound, LogOut, ShieldCheck, SlidersHorizontal, User } from 'lucide-react';
import type { Ref } from 'react';
import type { Me, Territory } from '../api/types';
import { go } from '../navigation';
import { fullName } from '../ui/format';
import { Button } from '../ui/Button';
import { Link } from '../ui/Link';
import { Menu } from '../ui/Menu';
import { Mark } from './Mark';
import { SearchBox } from './SearchBox';
import { signOut } from './session';

export interface TopBarProps {
  me: Me;
  territory?: Territory;
  searchRef: Ref<HTMLInputElement>;
  onKeys: () => void;
}

export function TopBar({ me, territory, searchRef, onKeys }: TopBarProps) {
  const { t } = useLingui();
  const unread = me.unreadNotices;
  return (
    <div className="e-top">
      <Link href="/" variant="bare" className="e-brand">
        <Mark />
        <strong>Entente</strong>
        {territory && <span className="e-brand__territory">{territory.name}</span>}
        {territory?.demo && (
          <span className="e-brand__demo">
            <Trans>démonstration</Trans>
          </span>
        )}
      </Link>
      {!me.invited && <SearchBox inputRef={searchRef} />}
      <div className="e-top__end">
        <Link href="/notices" variant="plain" className="e-bell">
          <Bell size={20} aria-hidden="true" />
          <span className="e-bell__word">
            <Trans>Avis</Trans>
          </span>
          {unread > 0 && (
            <span className="e-count">
              {unread} <span className="e-hidden">{t`non lus`}</span>
            </span>
          )}
        </Link>
        <Menu
          label={t`Mon compte`}
          trigger={
            <Button variant="plain" className="e-who">
              <span className="e-avatar" aria-hidden="true">
                {me.person.givenName.charAt(0)}
                {me.person.usualName.charAt(0)}
              </span>
              <span className="e-who__name">{me.person.givenName}</span>
              <ChevronDown size={16} aria-hidden="true" />
            </Button>
          }
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
      </div>
    </div>
  );
}
