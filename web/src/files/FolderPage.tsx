import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { FolderOpen, FolderPlus, FolderUp, Info, LayoutGrid, List, RotateCcw, Upload } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { plural } from '@lingui/core/macro';
import { problemText } from '../api/problem';
import { go } from '../navigation';
import { Button } from '../ui/Button';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { toast } from '../ui/Toasts';
import { told } from './acts';
import { changed, type FileNode, files, type Place } from './api';
import { Crumbs, titleOf } from './Crumbs';
import { FileList, type View } from './FileList';
import { ByTag } from './Marks';
import { NameDialog } from './NameDialog';
import { Room } from './Room';
import { type Brought, ofPicker } from './sending/brought';
import { bring } from './sending/uploads';
import { Chosen, useNodeActs } from './useNodeActs';
import { type Sort, sortMost, useListing, usePlace } from './useListing';

const viewKey = 'entente.files.view';

/** One folder: what is in it, and all that one may do with it. */
export function FolderPage() {
  const { node } = useParams({ strict: false }) as { node: string };
  return <FolderAt id={node} />;
}

export function FolderAt({ id }: { id: string }) {
  const { t } = useLingui();
  const place = usePlace(id);
  // On the way to the next folder the spaces beside it stay as they are.
  const space = useRef<string>(undefined);
  space.current = place.data?.node.space ?? space.current;
  return (
    <Room space={space.current}>
      <Loaded query={place} title={t`Fichiers`} skeleton={<Skeleton lines={8} />}>
        {(found) => <Folder key={id} id={id} place={found} />}
      </Loaded>
    </Room>
  );
}

function Folder({ id, place }: { id: string; place: Place }) {
  const { t } = useLingui();
  const { node, space, trail } = place;
  const [view, setView] = useState<View>(() => (localStorage.getItem(viewKey) === 'grid' ? 'grid' : 'list'));
  const [sort, setSort] = useState<Sort>({ by: 'name', descending: false });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [making, setMaking] = useState(false);
  const listing = useListing(id, place, sort);
  const { items } = listing;
  const chosen = useMemo(() => items.filter((one) => selected.has(one.id)), [items, selected]);
  const here = node.id === id;
  const mayAdd = here && node.role !== 'read';
  const clear = () => setSelected(new Set());
  const nodeActs = useNodeActs({ onChanged: clear, among: items });
  const title = titleOf(node, space);
  // What is gone is no longer chosen.
  useEffect(() => {
    setSelected((before) => {
      const there = new Set(items.map((one) => one.id));
      return [...before].every((one) => there.has(one)) ? before : new Set([...before].filter((one) => there.has(one)));
    });
  }, [items]);

  const send = (into: FileNode | null, brought: Brought[]) => bring(into?.id ?? id, brought);
  const open = (one: FileNode) => (one.folder ? go(`/files/${one.id}`) : nodeActs.open(one));
  const move = async (nodes: FileNode[], folder: FileNode) => {
    const { name } = folder;
    try {
      told(await files.move(nodes.map((one) => one.id), folder.id), (count) => plural(count, { one: `# élément déplacé dans « ${name} ».`, other: `# éléments déplacés dans « ${name} ».` }));
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    }
    clear();
    await changed();
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.defaultPrevented || (event.target as HTMLElement).closest('input:not([type="checkbox"]), [role="dialog"], [role="menu"]')) return;
    const key = (event.target as HTMLElement).closest<HTMLElement>('[role="row"]')?.dataset['key'];
    const focused = items.find((one) => one.id === key);
    const those = chosen.length > 0 ? chosen : focused ? [focused] : [];
    if (event.key === 'F2' && focused && focused.role !== 'read') nodeActs.rename(focused);
    else if (event.key === 'Delete' && those.length > 0 && those.every((one) => one.role !== 'read')) nodeActs.throwAway(those);
    else if (event.key === 'Backspace' && trail.length > 1) go(`/files/${trail.at(-2)?.id ?? ''}`);
    else return;
    event.preventDefault();
  };

  return (
    <div className="e-stack e-stack--tight" onKeyDown={press}>
      <PageHeader
        title={title}
        back={<Crumbs trail={trail} space={space} />}
        action={
          mayAdd && (
            <FileTrigger allowsMultiple onSelect={(list) => list && send(null, ofPicker(list))}>
              <Button variant="primary" icon={Upload}>{t`Déposer des fichiers`}</Button>
            </FileTrigger>
          )
        }
      />
      {chosen.length > 0 ? (
        <Chosen nodes={chosen} acts={nodeActs} onClear={clear} />
      ) : (
        <div className="e-files__bar" role="group" aria-label={t`Ce dossier`}>
          {mayAdd && (
            <>
              <FileTrigger acceptDirectory onSelect={(list) => list && send(null, ofPicker(list))}>
                <Button className="e-files__wide" icon={FolderUp}>{t`Déposer un dossier`}</Button>
              </FileTrigger>
              <Button icon={FolderPlus} onPress={() => setMaking(true)}>{t`Nouveau dossier`}</Button>
            </>
          )}
          {here && !mayAdd && (
            <span className="e-soft">
              <Trans>Vous pouvez lire ce dossier, pas le modifier.</Trans>
            </span>
          )}
          <Button icon={Info} onPress={() => go(`/files/about/${id}?tab=access`)}>{t`Accès et détails`}</Button>
          <ByTag folder={id} items={items} />
          <Button
            variant="plain"
            className="e-files__apart e-files__view"
            icon={view === 'list' ? LayoutGrid : List}
            onPress={() => {
              const next = view === 'list' ? 'grid' : 'list';
              localStorage.setItem(viewKey, next);
              setView(next);
            }}
          >
            {view === 'list' ? t`Voir en grille` : t`Voir en liste`}
          </Button>
        </div>
      )}
      {listing.tooManyToSort && (
        <Message tone="info">
          <Plural value={sortMost} one="Ce dossier a plus de # élément : il reste trié par nom." other="Ce dossier a plus de # éléments : il reste trié par nom." />
        </Message>
      )}
      {listing.stale && (
        <Message
          tone="info"
          action={
            <Button icon={RotateCcw} onPress={() => void listing.readAnew()}>
              {t`Relire le dossier`}
            </Button>
          }
        >
          <Trans>Ce dossier a changé depuis que vous l’avez ouvert.</Trans>
        </Message>
      )}
      <Loaded query={listing.query} skeleton={<Skeleton lines={8} />}>
        {() => (
          <FileList
            label={t`Contenu de ${title}`}
            items={items}
            view={view}
            sort={sort}
            onSort={setSort}
            selected={selected}
            onSelected={setSelected}
            onOpen={open}
            acts={nodeActs.entries}
            onMore={listing.more}
            isLoadingMore={listing.query.isFetchingNextPage}
            onBring={mayAdd ? send : null}
            onMove={(nodes, folder) => void move(nodes, folder)}
            empty={
              <EmptyState icon={FolderOpen} title={t`Ce dossier est vide`}>
                {mayAdd && <Trans>Glissez ici des fichiers ou des dossiers depuis votre ordinateur, ou choisissez « Déposer des fichiers ».</Trans>}
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {making && <NameDialog parent={id} onClose={() => setMaking(false)} onDone={() => undefined} />}
      {nodeActs.dialogs}
    </div>
  );
}
