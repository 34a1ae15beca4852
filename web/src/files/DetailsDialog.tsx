import { Trans, useLingui } from '@lingui/react/macro';
import { Download, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../api/problem';
import { useGet } from '../api/queries';
import { Button } from '../ui/Button';
import { DateText } from '../ui/DateText';
import { Dialog } from '../ui/Dialog';
import { Loaded } from '../ui/Loaded';
import { Tabs } from '../ui/Tabs';
import { toast } from '../ui/Toasts';
import { AccessView } from './AccessView';
import { ActivityView } from './ActivityView';
import { CommentsView } from './CommentsView';
import { TagsView } from './TagsView';
import { download } from './acts';
import { at, changed, type FileNode, files, type Place, save, type TextState, type Version, versionContent } from './api';
import { titleOf } from './Crumbs';
import { formatSize } from '../ui/format';
import { isWithheld, ScanDetails } from './ScanMark';
import { byALink, byName, roleName } from './words';

export interface DetailsDialogProps {
  node: FileNode;
  first: 'details' | 'versions' | 'access' | 'comments';
  onClose: () => void;
}

/** Where it is, who changed it, and what it was before. */
export function DetailsDialog({ node, first, onClose }: DetailsDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog title={node.name || t`Cet espace`} isOpen wide onClose={onClose} foot={<Button icon={Download} isDisabled={isWithheld(node)} onPress={() => download([node])}>{t`Télécharger`}</Button>}>
      <About node={node} first={first} />
    </Dialog>
  );
}

/** All that is to be said of it. */
export function About({ node, first }: { node: FileNode; first: string }) {
  const { t } = useLingui();
  const [tab, setTab] = useState<string>(first);
  return (
      <Tabs
        label={node.folder ? t`Sur ce dossier` : t`Sur ce fichier`}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: 'details', title: t`Détails`, content: <Facts node={node} /> },
          { id: 'access', title: t`Accès`, content: <AccessView node={node} /> },
          { id: 'comments', title: t`Commentaires`, content: <CommentsView node={node} /> },
          { id: 'activity', title: t`Activité`, content: <ActivityView node={node} /> },
          ...(node.folder ? [] : [{ id: 'versions', title: t`Versions`, content: <Versions node={node} /> }]),
        ]}
      />
  );
}

function Facts({ node }: { node: FileNode }) {
  const place = useGet<Place>(at(node.id), { staleTime: 0 });
  return (
    <Loaded query={place}>
      {({ node: now, trail, space }) => (
        <div className="e-stack">
          <ScanDetails scan={now.scan} />
          <dl className="e-facts">
            <dt>
              <Trans>Emplacement</Trans>
            </dt>
            <dd>{trail.slice(0, -1).map((one) => titleOf(one, space)).join(' / ') || titleOf(now, space)}</dd>
            <dt>
              <Trans>Taille</Trans>
            </dt>
            <dd>{formatSize(now.size)}</dd>
            <dt>
              <Trans>Contenu du</Trans>
            </dt>
            <dd>
              <DateText at={now.modifiedAt} style="datetime" />
            </dd>
            <dt>
              <Trans>Dernier changement ici</Trans>
            </dt>
            <dd>
              <DateText at={now.changedAt} style="datetime" />, {byName(now.changedBy)}
              {now.changedBy.function && <span className="e-soft"> ({now.changedBy.function})</span>}
            </dd>
            <dt>
              <Trans>Vous</Trans>
            </dt>
            <dd>{roleName(now.role)}</dd>
            {space && (
              <>
                <dt>
                  <Trans>Gardé par</Trans>
                </dt>
                <dd>{space.memberName}</dd>
              </>
            )}
            <dt>
              <Trans>Étiquettes</Trans>
            </dt>
            <dd>
              <TagsView node={now} />
            </dd>
            {!now.folder && <InSearch node={now} />}
          </dl>
        </div>
      )}
    </Loaded>
  );
}

/** Whether a search finds it by what it says, and why not. */
function InSearch({ node }: { node: FileNode }) {
  const text = useGet<TextState>(`${at(node.id)}/text`, { staleTime: 0 });
  if (!text.data || text.data.state === 'OFF') return null;
  return (
    <>
      <dt>
        <Trans>Recherche</Trans>
      </dt>
      <dd>
        <Searched text={text.data} />
      </dd>
    </>
  );
}

function Searched({ text: { state, reason } }: { text: TextState }) {
  if (state === 'READ') return <Trans>Par le nom et par le texte</Trans>;
  if (state === 'WAITING') return <Trans>Par le nom ; le texte sera bientôt lu</Trans>;
  if (state === 'NOTHING') return <Trans>Par le nom seulement : rien à lire, comme dans une image ou un document numérisé</Trans>;
  if (reason === 'CLOSED') return <Trans>Par le nom seulement : le fichier est protégé par un mot de passe</Trans>;
  if (reason === 'LARGE') return <Trans>Par le nom seulement : le fichier est trop gros</Trans>;
  if (reason === 'WITHHELD') return <Trans>Par le nom seulement : l’antivirus a mis le fichier à l’écart</Trans>;
  return <Trans>Par le nom seulement : le texte n’a pas pu être lu</Trans>;
}

function Versions({ node }: { node: FileNode }) {
  const { t } = useLingui();
  const path = `${at(node.id)}/versions`;
  const versions = useGet<Version[]>(path, { staleTime: 0 });
  const [pending, setPending] = useState<string | null>(null);
  const restore = async (version: Version) => {
    setPending(version.id);
    try {
      await files.restoreVersion(node.id, version.id);
      await changed();
      toast(t`Cette version est de nouveau le contenu du fichier ; celle d’avant est gardée parmi les versions.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setPending(null);
    }
  };
  return (
    <Loaded query={versions}>
      {(all) =>
        all.length === 0 ? (
          <p className="e-soft">
            <Trans>Aucune version plus ancienne. Chaque fois que le contenu est remplacé, celui d’avant est gardé ici.</Trans>
          </p>
        ) : (
          <ul className="e-versions">
            {all.map((version) => (
              <li key={version.id}>
                <span>
                  <DateText at={version.modifiedAt} style="datetime" />
                  <span className="e-soft">
                    {' '}
                    · {formatSize(version.size)} · {version.byLink ? byALink(version.by) : version.by}
                  </span>
                </span>
                <span className="e-row">
                  <Button icon={Download} onPress={() => save(versionContent(node.id, version.id))}>
                    {t`Télécharger`}
                  </Button>
                  {node.role !== 'read' && (
                    <Button icon={RotateCcw} pending={pending === version.id} onPress={() => void restore(version)}>
                      {t`Rétablir`}
                    </Button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
