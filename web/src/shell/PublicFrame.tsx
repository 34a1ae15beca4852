import { useLingui as useRuntime } from '@lingui/react';
import { Trans } from '@lingui/react/macro';
import { Outlet } from '@tanstack/react-router';
import { useTerritory } from '../api/queries';
import { i18n, speak } from '../i18n';
import { Button } from '../ui/Button';
import { Link } from '../ui/Link';
import { Mark } from './Mark';
import './Shell.css';

/** The frame of what anybody may see without signing in. */
export function PublicFrame() {
  useRuntime();
  const territory = useTerritory();
  const other = i18n.locale === 'fr' ? 'en' : 'fr';
  return (
    <div className="e-public">
      <a className="e-skip" href="#content">
        <Trans>Aller au contenu</Trans>
      </a>
      <header className="e-public__head">
        <Link href="/" variant="bare" className="e-brand">
          <Mark />
          <strong>Entente</strong>
          {territory.data && <span className="e-brand__territory">{territory.data.name}</span>}
        </Link>
        <Button variant="plain" onPress={() => void speak(other)}>
          <span lang={other}>{other === 'en' ? 'English' : 'Français'}</span>
        </Button>
      </header>
      <main className="e-public__main" id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
