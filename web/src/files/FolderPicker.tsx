import { Trans, useLingui } from '@lingui/react/macro';
import { ArrowLeft, Folder } from 'lucide-react';
import { useState } from 'react';
import { address } from '../api/client';
import { problemText } from '../api/problem';
import { useGet } from '../api/queries';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { at, changed, type Children, type FileNode, files, type OnConflict, type Outcome, type Place } from './api';
import { told } from './acts';
import { titleOf } from './Crumbs';
import { useSpaces } from './Room';
import { spaceName } from './words';
import { plural } from '@lingui/core/macro';

export interface BringDialogProps {
  nodes: readonly FileNode[];
  /** `copy` leaves them where they are. */
  how: 'move' | 'copy';
  onClose: () => void;
  onDone: () => void;
}

/** Moves or copies what was chosen into another folder. Where a name is taken there, one is asked. */
export function BringDialog({ nodes, how, onClose, onDone }: BringDialogProps) {
  const { t } = useLingui();
  const [to, setTo] = useState<string | null>(nodes[0]?.parent ?? null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [taken, setTaken] = useState<Outcome['failed']>([]);
  const place = useGet<Place>(to && at(to));
  const move = how === 'move';
  const first = nodes[0]?.name ?? '';
  const act = async (ids: string[], conflict: OnConflict) => {
    if (!to) return;
    setPending(true);
    setError(null);
    try {
      const outcome = await (move ? files.move : files.copy)(ids, to, conflict);
      await changed();
      const exists = outcome.failed.filter((one) => one.code === 'file.exists');
      const others = outcome.failed.filter((one) => one.code !== 'file.exists');
      told({ done: outcome.done, failed: others }, (count) =>
        move ? plural(count, { one: '# élément déplacé.', other: '# éléments déplacés.' }) : plural(count, { one: '# élément copié.', other: '# éléments copiés.' }),
      );
      if (exists.length > 0) setTaken(exists);
      else {
        onDone();
        onClose();
      }
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  const asked = taken.map((one) => one.node);
  const mayHere = place.data !== undefined && place.data.node.role !== 'read' && !(move && nodes.every((node) => node.parent === to));
  return (
    <Dialog
      title={move ? (nodes.length === 1 ? t`Déplacer « ${first} »` : t`Déplacer ${nodes.length} éléments`) : nodes.length === 1 ? t`Copier « ${first} »` : t`Copier ${nodes.length} éléments`}
      isOpen
      onClose={onClose}
      foot={
        asked.length > 0 ? (
          <>
            <Button onPress={onClose}>{t`Passer`}</Button>
            <Button pending={pending} onPress={() => void act(asked, 'both')}>{t`Garder les deux`}</Button>
            <Button variant="primary" pending={pending} onPress={() => void act(asked, 'replace')}>{t`Remplacer`}</Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t`Ne rien changer`}</Button>
            <Button variant="primary" pending={pending} isDisabled={!mayHere} onPress={() => to && void act(nodes.map((node) => node.id), 'refuse')}>
              {move ? t`Déplacer ici` : t`Copier ici`}
            </Button>
          </>
        )
      }
    >
      <div className="e-stack">
        {asked.length > 0 ? (
          <Message tone="warn" title={t`Ces noms existent déjà dans ce dossier`}>
            <ul>
              {taken.slice(0, 10).map((one) => (
                <li key={one.node}>{one.name}</li>
              ))}
            </ul>
            <p>
              <Trans>Remplacer met à la corbeille ce qui est là-bas ; garder les deux ajoute un numéro au nom.</Trans>
            </p>
          </Message>
        ) : (
          <Picker to={to} place={to ? place.data : undefined} onTo={setTo} not={new Set(move ? nodes.map((node) => node.id) : [])} />
        )}
        {place.data?.node.role === 'read' && to && asked.length === 0 && (
          <Message tone="info">
            <Trans>Vous pouvez lire ce dossier, pas y ajouter.</Trans>
          </Message>
        )}
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      </div>
    </Dialog>
  );
}

interface PickerProps {
  to: string | null;
  place: Place | undefined;
  onTo: (node: string | null) => void;
  /** A folder does not go into itself. */
  not: ReadonlySet<string>;
}

function Picker({ to, place, onTo, not }: PickerProps) {
  const { t } = useLingui();
  const spaces = useSpaces();
  const listing = useGet<Children>(to && address(`${at(to)}/children`, { limit: 200 }));
  const up = place?.trail.at(-2)?.id ?? null;
  const folders = (listing.data?.items ?? []).filter((node) => node.folder && !not.has(node.id));
  const title = place ? titleOf(place.node, place.space) : t`Tous les espaces`;
  return (
    <div className="e-picker">
      <div className="e-row">
        {to && (
          <Button icon={ArrowLeft} onPress={() => onTo(up)}>
            {up ? t`Dossier au-dessus` : t`Tous les espaces`}
          </Button>
        )}
        <strong aria-live="polite">{title}</strong>
      </div>
      <div className="e-picker__list" tabIndex={0} role="group" aria-label={t`Dossiers de ${title}`}>
        {to ? (
          <Loaded query={listing}>
            {() =>
              folders.length === 0 ? (
                <p className="e-soft e-option">{t`Aucun dossier ici.`}</p>
              ) : (
                <ul>
                  {listing.data?.next && listing.data.items.at(-1)?.folder && (
                    <li className="e-soft e-option">
                      <Trans>Seuls les 200 premiers dossiers sont montrés.</Trans>
                    </li>
                  )}
                  {folders.map((node) => (
                    <li key={node.id}>
                      <Button variant="plain" icon={Folder} onPress={() => onTo(node.id)}>
                        {node.name}
                      </Button>
                    </li>
                  ))}
                </ul>
              )
            }
          </Loaded>
        ) : (
          <Loaded query={spaces}>
            {(all) => (
              <ul>
                {all.map((space) => (
                  <li key={space.id}>
                    <Button variant="plain" icon={Folder} onPress={() => onTo(space.root)}>
                      {spaceName(space)}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </Loaded>
        )}
      </div>
    </div>
  );
}
