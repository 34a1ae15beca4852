import { Trans, useLingui } from '@lingui/react/macro';
import { Clock, Star } from 'lucide-react';
import { useGet } from '../api/queries';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { EmptyState } from '../ui/States';
import type { Recent } from './about';
import type { FileNode } from './api';
import { Found } from './Found';
import { Room } from './Room';

/** What one marked, wherever it lies. */
export function FavouritesPage() {
  const { t } = useLingui();
  const favourites = useGet<FileNode[]>('/api/files/favourites', { staleTime: 0, refetchOnWindowFocus: 'always' });
  return (
    <Room here="favourites">
      <PageHeader title={t`Favoris`} lead={<Trans>Ce que vous avez marqué au titre où vous agissez. Personne d’autre ne le voit.</Trans>} />
      <Loaded query={favourites}>
        {(nodes) =>
          nodes.length === 0 ? (
            <EmptyState icon={Star} title={t`Aucun favori`}>
              <Trans>Dans le menu d’un dossier ou d’un fichier, choisissez « Ajouter aux favoris » : vous le retrouverez ici et dans votre application mobile.</Trans>
            </EmptyState>
          ) : (
            <Found label={t`Favoris`} nodes={nodes} />
          )
        }
      </Loaded>
    </Room>
  );
}

/** What one wrote or opened last, the last first. */
export function RecentPage() {
  const { t } = useLingui();
  const recent = useGet<Recent[]>('/api/files/recent', { staleTime: 0, refetchOnWindowFocus: 'always' });
  const note = (all: readonly Recent[]) => (node: FileNode) => {
    const what = all.find((one) => one.node.id === node.id)?.what;
    return what === 'opened' ? t`ouvert par vous` : what === 'put' || what === 'made' || what === 'copied' ? t`déposé par vous` : t`modifié ou partagé par vous`;
  };
  return (
    <Room here="recent">
      <PageHeader title={t`Récents`} lead={<Trans>Ce que vous avez déposé, modifié ou ouvert en dernier au titre où vous agissez.</Trans>} />
      <Loaded query={recent}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={Clock} title={t`Rien de récent`}>
              <Trans>Ce que vous déposerez, modifierez ou ouvrirez se retrouvera ici.</Trans>
            </EmptyState>
          ) : (
            <Found label={t`Récents`} nodes={all.map((one) => one.node)} note={note(all)} />
          )
        }
      </Loaded>
    </Room>
  );
}
