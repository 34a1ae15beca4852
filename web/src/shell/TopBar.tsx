import { Trans, useLingui } from '@lingui/react/macro';
import { Bell, ChevronDown } from 'lucide-react';
import { lazy, type Ref, Suspense } from 'react';
import type { Me, Territory } from '../api/types';
import { Button } from '../ui/Button';
import { useLateMenu } from '../ui/lateMenu';
import { Link } from '../ui/Link';
import { Mark } from './Mark';
import { SearchBox } from './SearchBox';

const accountMenu = () => import('./AccountMenu').then((part) => ({ default: part.AccountMenu }));
const AccountMenu = lazy(accountMenu);

export interface TopBarProps {
  me: Me;
  territory?: Territory;
  searchRef: Ref<HTMLInputElement>;
  onKeys: () => void;
}

export function TopBar({ me, territory, searchRef, onKeys }: TopBarProps) {
  const { t } = useLingui();
  const unread = me.unreadNotices;
  const account = useLateMenu(accountMenu);
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
        <Button {...account.button} variant="plain" className="e-who">
          <span className="e-avatar" aria-hidden="true">
            {me.person.givenName.charAt(0)}
            {me.person.usualName.charAt(0)}
          </span>
          <span className="e-who__name">{me.person.givenName}</span>
          <ChevronDown size={16} aria-hidden="true" />
        </Button>
        {account.met && (
          <Suspense>
            <AccountMenu at={account.menu} me={me} onKeys={onKeys} />
          </Suspense>
        )}
      </div>
    </div>
  );
}
