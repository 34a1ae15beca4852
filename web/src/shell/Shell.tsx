import { Trans, useLingui } from '@lingui/react/macro';
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { queryClient, useHome, useMe, useTerritory } from '../api/queries';
import { isOffline, Problem } from '../api/problem';
import type { Me } from '../api/types';
import { i18n, speak } from '../i18n';
import { Skeleton } from '../ui/Skeleton';
import { ErrorState } from '../ui/States';
import { BottomBar } from './BottomBar';
import { CapacityBar } from './CapacityBar';
import { OfflineBanner } from './OfflineBanner';
import { useShortcuts } from './shortcuts';
import { SideBar } from './SideBar';
import { TopBar } from './TopBar';
import './Shell.css';

const ChooseCapacity = lazy(() => import('./ChooseCapacity').then((part) => ({ default: part.ChooseCapacity })));
const KeysDialog = lazy(() => import('./KeysDialog').then((part) => ({ default: part.KeysDialog })));

/** The frame of everything one does once signed in. Nothing of it is shown before it is sure who is here. */
export function Shell() {
  const me = useMe();
  if (me.data) return <Inside me={me.data} lost={isOffline(me.error)} />;
  if (me.error && !(me.error instanceof Problem && me.error.status === 401)) {
    return (
      <main className="e-alone">
        <ErrorState error={me.error} onRetry={() => void me.refetch()} />
      </main>
    );
  }
  return <Waiting />;
}

/** The frame in outline, so that nothing moves when it fills. */
function Waiting() {
  return (
    <div className="e-shell" aria-busy="true">
      <div className="e-top e-top--waiting" />
      <div className="e-body">
        <div className="e-side" />
        <main className="e-main">
          <Skeleton lines={5} />
        </main>
      </div>
    </div>
  );
}

function Inside({ me, lost }: { me: Me; lost: boolean }) {
  const { t } = useLingui();
  const territory = useTerritory();
  const home = useHome();
  const path = useLocation({ select: (location) => location.pathname });
  const search = useRef<HTMLInputElement>(null);
  const [keysShown, showKeys] = useState(false);
  const acting = me.acting;

  useShortcuts({ search: () => search.current?.focus(), keys: () => showKeys(true) });
  useEffect(() => {
    document.documentElement.dataset.density = me.density;
    if (i18n.locale !== me.language) void speak(me.language);
  }, [me.density, me.language]);
  useEffect(() => {
    document.documentElement.dataset.member = acting?.member.colour ?? 'river';
  }, [acting]);
  // What one may see depends on the capacity: nothing read in another one may stay in sight.
  const capacity = useRef(acting?.id);
  useEffect(() => {
    if (capacity.current === acting?.id) return;
    capacity.current = acting?.id;
    void queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== '/api/me' });
  }, [acting?.id]);

  return (
    <div className="e-shell">
      <a className="e-skip" href="#content">
        <Trans>Aller au contenu</Trans>
      </a>
      <header className="e-head">
        <TopBar me={me} territory={territory.data} searchRef={search} onKeys={() => showKeys(true)} />
        <CapacityBar me={me} />
      </header>
      <div className="e-body">
        <nav className="e-side" aria-label={t`Principal`}>
          <SideBar me={me} home={home.data} path={path} />
        </nav>
        <main className="e-main" id="content" tabIndex={-1}>
          <OfflineBanner offline={lost || isOffline(home.error)} onRetry={() => void queryClient.refetchQueries({ type: 'active' })} />
          {acting ? (
            <Outlet />
          ) : (
            <Suspense>
              <ChooseCapacity me={me} />
            </Suspense>
          )}
        </main>
      </div>
      <BottomBar me={me} home={home.data} path={path} />
      {keysShown && (
        <Suspense>
          <KeysDialog isOpen onClose={() => showKeys(false)} />
        </Suspense>
      )}
    </div>
  );
}
