import { useLingui as useRuntime } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Bell, BookUser, House, LayoutGrid, Search } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Home, Me } from '../api/types';
import { Link } from '../ui/Link';
import { isHere } from './nav';

const Everything = lazy(() => import('./Everything').then((part) => ({ default: part.Everything })));

export interface BottomBarProps {
  me: Me;
  home?: Home;
  path: string;
}

/** The side bar of a phone: five places, the last of which opens all others. */
export function BottomBar({ me, home, path }: BottomBarProps) {
  useRuntime();
  const { t } = useLingui();
  const [open, setOpen] = useState<string | null>(null);
  const places = [
    { href: '/', exact: true, icon: House, word: t`Accueil` },
    ...(me.invited
      ? []
      : [
          { href: '/search', icon: Search, word: t`Rechercher` },
          { href: '/directory', icon: BookUser, word: t`Annuaire` },
        ]),
    { href: '/notices', icon: Bell, word: t`Avis`, count: me.unreadNotices },
  ];
  return (
    <nav className="e-bottom" aria-label={t`Principal, bas de l’écran`}>
      {places.map((place) => {
        const Icon = place.icon;
        return (
          <Link key={place.href} variant="bare" href={place.href} className="e-bottom__place" aria-current={isHere(place, path) ? 'page' : undefined}>
            <span className="e-bottom__icon">
              <Icon size={22} aria-hidden="true" />
              {!!place.count && <span className="e-count e-bottom__count">{place.count}</span>}
            </span>
            <span>{place.word}</span>
          </Link>
        );
      })}
      <Button className="e-bottom__place" onPress={() => setOpen(path)}>
        <span className="e-bottom__icon">
          <LayoutGrid size={22} aria-hidden="true" />
        </span>
        <span>
          <Trans>Tout</Trans>
        </span>
      </Button>
      {/* It belongs to the page it was opened on: going somewhere closes it. */}
      {open === path && (
        <Suspense>
          <Everything me={me} home={home} path={path} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </nav>
  );
}
