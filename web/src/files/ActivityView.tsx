import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Copy, FilePlus, FolderInput, FolderOutput, History, Link as LinkIcon, Link2Off, type LucideIcon, Pencil, Share2, Trash2, Undo2, UserRoundMinus, UserRoundPlus, X } from 'lucide-react';
import { address, api } from '../api/client';
import { Button } from '../ui/Button';
import { DateText } from '../ui/DateText';
import { Loaded } from '../ui/Loaded';
import type { Activity, ActKind, Done } from './about';
import { at, type FileNode } from './api';
import { byName, granteeName } from './words';

const icons: Record<ActKind, LucideIcon> = {
  put: FilePlus,
  made: FilePlus,
  copied: Copy,
  changed: Pencil,
  renamed: Pencil,
  moved: FolderInput,
  left: FolderOutput,
  restored: History,
  binned: Trash2,
  'taken-back': Undo2,
  shared: Share2,
  unshared: X,
  linked: LinkIcon,
  unlinked: Link2Off,
  invited: UserRoundPlus,
  uninvited: UserRoundMinus,
};

/** Who did what with it and, of a folder, in it. */
export function ActivityView({ node }: { node: FileNode }) {
  const { t } = useLingui();
  const path = `${at(node.id)}/activity`;
  const query = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam, signal }) => api.get<Activity>(address(path, { after: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const all = pages.flatMap((page) => page.items);
        return all.length === 0 ? (
          <p className="e-soft">
            <Trans>Rien n’a été fait ici depuis un an, ou depuis que l’activité est notée.</Trans>
          </p>
        ) : (
          <div className="e-stack e-stack--tight">
            <ul className="e-versions" aria-label={t`Activité`}>
              {all.map((one) => {
                const Icon = icons[one.what];
                return (
                  <li key={one.id}>
                    <span className="e-entry__name">
                      <Icon size={20} aria-hidden="true" />
                      <span className="e-files__wrap">
                        <Said done={one} />
                        <br />
                        <span className="e-soft e-small">
                          <DateText at={one.at} style="datetime" />, {byName(one.by)}
                          {one.by.function && !one.by.byLink && ` (${one.by.function})`}
                        </span>
                      </span>
                    </span>
                  </li>
                );
              })}
            </ul>
            {query.hasNextPage && (
              <div>
                <Button pending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>{t`Montrer la suite`}</Button>
              </div>
            )}
          </div>
        );
      }}
    </Loaded>
  );
}

/** With its name where it is told of a folder, without where it is told of the file itself. */
function Said({ done: { what, name, former, here, to } }: { done: Done }) {
  const it = here || !name ? null : <strong>{name}</strong>;
  const who = to ? granteeName({ to: { kind: to.kind, id: null, group: null }, name: to.name }) : '';
  switch (what) {
    case 'put':
      return <>{it ?? <Trans>Fichier</Trans>} <Trans>déposé</Trans></>;
    case 'made':
      return it ? <>{it} <Trans>créé</Trans></> : <Trans>Dossier créé</Trans>;
    case 'copied':
      return it ? <>{it} <Trans>copié ici</Trans></> : <Trans>Fait par copie</Trans>;
    case 'changed':
      return it ? <>{it} <Trans>modifié</Trans></> : <Trans>Contenu modifié</Trans>;
    case 'renamed':
      return <Trans>« {former ?? ''} » renommé en « {name} »</Trans>;
    case 'moved':
      return it ? <>{it} <Trans>déplacé dans ce dossier</Trans></> : <Trans>Déplacé ici</Trans>;
    case 'left':
      return <>{it} <Trans>déplacé hors de ce dossier</Trans></>;
    case 'restored':
      return it ? <>{it} <Trans>remis à une ancienne version</Trans></> : <Trans>Ancienne version rétablie</Trans>;
    case 'binned':
      return it ? <>{it} <Trans>mis à la corbeille</Trans></> : <Trans>Mis à la corbeille</Trans>;
    case 'taken-back':
      return it ? <>{it} <Trans>sorti de la corbeille</Trans></> : <Trans>Sorti de la corbeille</Trans>;
    case 'shared':
      return it ? <>{it} <Trans>partagé avec {who}</Trans></> : <Trans>Partagé avec {who}</Trans>;
    case 'unshared':
      return it ? <>{it} <Trans>plus partagé avec {who}</Trans></> : <Trans>Fin du partage avec {who}</Trans>;
    case 'linked':
      return it ? <>{it} <Trans>ouvert par un lien</Trans></> : <Trans>Lien créé</Trans>;
    case 'invited':
      return <Trans>Partenaire extérieur invité</Trans>;
    case 'uninvited':
      return <Trans>Fin d’une invitation</Trans>;
    case 'unlinked':
      return it ? <>{it} <Trans>plus ouvert par ce lien</Trans></> : <Trans>Lien supprimé</Trans>;
  }
}
