import { useLingui } from '@lingui/react/macro';
import { ArrowDown, ArrowUp, EllipsisVertical } from 'lucide-react';
import { type ReactNode, type Ref, useMemo } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { GridList, GridListItem, GridListLoadMoreItem, Collection } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { GridLayout, ListLayout, Size, Virtualizer } from 'react-aria-components/Virtualizer';
import { Button } from '../ui/Button';
import { CheckMark } from '../ui/Choices';
import { DateText } from '../ui/DateText';
import { Menu, type MenuEntry } from '../ui/Menu';
import { contentOf, type FileNode } from './api';
import { iconOf, previewOf } from './kinds';
import { useOfficeOffer } from './officeServer';
import { type Brought, ofDrop } from './sending/brought';
import { isWithheld, ScanMark, ScanWords } from './ScanMark';
import type { Sort, SortBy } from './useListing';
import { formatSize } from '../ui/format';
import { Marks } from './Marks';
import { byName } from './words';

/** What is dragged within the files. */
const own = 'application/x-entente-node';

/** Above, a picture in the grid would weigh more than it shows. */
const thumbnail = 2_000_000;

export type View = 'list' | 'grid';

export interface FileListProps {
  label: string;
  items: readonly FileNode[];
  view: View;
  sort: Sort;
  onSort: (sort: Sort) => void;
  selected: ReadonlySet<string>;
  onSelected: (selected: Set<string>) => void;
  onOpen: (node: FileNode) => void;
  acts: (node: FileNode) => MenuEntry[];
  onMore: () => void;
  isLoadingMore: boolean;
  empty: ReactNode;
  /** Null where one may not add. */
  onBring: ((folder: FileNode | null, brought: Brought[]) => void) | null;
  onMove: (nodes: FileNode[], folder: FileNode) => void;
  boxRef?: Ref<HTMLDivElement>;
}

/** A folder as a list or as a grid. Of fifty thousand entries only those in sight are drawn. */
export function FileList(props: FileListProps) {
  const { items, view, onOpen, onBring, onMove, selected } = props;
  const { t } = useLingui();
  const byId = useMemo(() => new Map(items.map((node) => [node.id, node])), [items]);
  const { dragAndDropHooks } = useDragAndDrop<FileNode>({
    getItems: (keys) => [...keys].map((key) => ({ [own]: String(key), 'text/plain': byId.get(String(key))?.name ?? '' })),
    acceptedDragTypes: 'all',
    getDropOperation: (target, types, allowed) => {
      // Within the files one moves; from the desktop one copies.
      const inner = types.has(own);
      if (inner) return target.type === 'item' && byId.get(String(target.key))?.folder && byId.get(String(target.key))?.role !== 'read' ? 'move' : 'cancel';
      if (!onBring) return 'cancel';
      if (target.type === 'item' && !byId.get(String(target.key))?.folder) return 'cancel';
      return allowed.includes('copy') ? 'copy' : (allowed[0] ?? 'cancel');
    },
    shouldAcceptItemDrop: (target) => byId.get(String(target.key))?.folder === true && byId.get(String(target.key))?.role !== 'read',
    onItemDrop: async (event) => {
      const folder = byId.get(String(event.target.key));
      if (!folder) return;
      if (event.isInternal) {
        const ids = await Promise.all(event.items.flatMap((item) => (item.kind === 'text' && item.types.has(own) ? [item.getText(own)] : [])));
        onMove(ids.flatMap((id) => byId.get(id) ?? []).filter((node) => node.id !== folder.id), folder);
      } else onBring?.(folder, await ofDrop(event.items));
    },
    onRootDrop: async (event) => onBring?.(null, await ofDrop(event.items)),
  });
  const list = (
    <GridList
      aria-label={props.label}
      items={items}
      layout={view === 'list' ? 'stack' : 'grid'}
      selectionMode="multiple"
      selectedKeys={selected}
      onSelectionChange={(keys) =>
        // As it comes: it knows where choosing began, for Shift.
        props.onSelected(keys === 'all' ? new Set(items.map((node) => node.id)) : (keys as Set<string>))}
      onAction={(key) => {
        const node = byId.get(String(key));
        if (node) onOpen(node);
      }}
      dragAndDropHooks={dragAndDropHooks}
      renderEmptyState={() => props.empty}
      className="e-folder__list"
    >
      <Collection items={items} dependencies={[view, selected.size > 0]}>
        {(node) => (view === 'list' ? <Line node={node} acts={props.acts} /> : <Card node={node} acts={props.acts} />)}
      </Collection>
      <GridListLoadMoreItem onLoadMore={props.onMore} isLoading={props.isLoadingMore}>
        <span className="e-option e-soft">{t`Lecture de la suite…`}</span>
      </GridListLoadMoreItem>
    </GridList>
  );
  return (
    <div className="e-folder" ref={props.boxRef}>
      {view === 'list' && <Head sort={props.sort} onSort={props.onSort} />}
      {view === 'list' ? (
        <Virtualizer key="list" layout={ListLayout} layoutOptions={{ rowSize: 48, loaderSize: 48 }}>
          {list}
        </Virtualizer>
      ) : (
        <Virtualizer key="grid" layout={GridLayout} layoutOptions={{ minItemSize: new Size(150, 176), maxItemSize: new Size(220, 176), minSpace: new Size(12, 12) }}>
          {list}
        </Virtualizer>
      )}
    </div>
  );
}

function Head({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  const { t } = useLingui();
  const column = (by: SortBy, word: string, className: string) => {
    const Arrow = sort.by !== by ? null : sort.descending ? ArrowDown : ArrowUp;
    const next = { by, descending: sort.by === by ? !sort.descending : by !== 'name' };
    const said = sort.by !== by ? t`Trier par : ${word}` : sort.descending ? t`${word}, ordre décroissant` : t`${word}, ordre croissant`;
    return (
      <Button variant="plain" className={`e-folder__sort ${className}`} aria-label={said} onPress={() => onSort(next)}>
        {word}
        {Arrow && <Arrow size={16} aria-hidden="true" />}
      </Button>
    );
  };
  return (
    <div className="e-folder__head" role="group" aria-label={t`Ordre de la liste`}>
      <span />
      {column('name', t`Nom`, '')}
      {column('changed', t`Modifié`, 'e-folder__when')}
      {column('size', t`Taille`, 'e-folder__sort--end')}
      <span />
    </div>
  );
}

interface EntryProps {
  node: FileNode;
  acts: (node: FileNode) => MenuEntry[];
}

function textOf(node: FileNode): string {
  return node.name;
}

function Line({ node, acts }: EntryProps) {
  const Icon = iconOf(node);
  return (
    <GridListItem id={node.id} textValue={textOf(node)} className={node.folder ? 'e-entry e-entry--folder' : 'e-entry'}>
      <div className="e-entry__line">
        <Box />
        <span className="e-entry__name">
          <Icon size={20} aria-hidden="true" />
          <span className="e-files__cut">{node.name}</span>
          <Marks node={node} brief />
          <ScanMark scan={node.scan} />
        </span>
        <span className="e-entry__when e-files__cut e-soft e-small">
          {node.scan && isWithheld(node) ? (
            <ScanWords scan={node.scan} />
          ) : (
            <>
              <DateText at={node.changedAt} style="relative" />, {byName(node.changedBy)}
            </>
          )}
        </span>
        <span className="e-entry__size e-soft e-small e-numbers e-nowrap">{formatSize(node.size)}</span>
        <More node={node} acts={acts} />
      </div>
    </GridListItem>
  );
}

function Card({ node, acts }: EntryProps) {
  const Icon = iconOf(node);
  const picture = previewOf(node) === 'image' && node.size <= thumbnail && !isWithheld(node);
  return (
    <GridListItem id={node.id} textValue={textOf(node)} className={node.folder ? 'e-entry e-entry--card e-entry--folder' : 'e-entry e-entry--card'}>
      <div className="e-entry__card">
        <div className="e-entry__top">
          <Box />
          <More node={node} acts={acts} />
        </div>
        <div className="e-entry__picture">{picture ? <img src={contentOf(node.id, true)} alt="" loading="lazy" draggable={false} /> : <Icon size={48} strokeWidth={1.25} aria-hidden="true" />}</div>
        <span className="e-files__cut">{node.name}</span>
        <Marks node={node} brief />
        <ScanMark scan={node.scan} />
        <span className="e-soft e-small e-numbers">{formatSize(node.size)}</span>
      </div>
    </GridListItem>
  );
}

function Box() {
  const { t } = useLingui();
  return (
    <Checkbox slot="selection" className="e-choice" aria-label={t`Choisir`}>
      <CheckMark />
    </Checkbox>
  );
}

function More({ node, acts }: EntryProps) {
  const { t } = useLingui();
  const { name } = node;
  useOfficeOffer(); // when it comes, there is one thing more to do
  return (
    <Menu
      label={t`Actions sur ${name}`}
      trigger={
        <Button variant="plain" icon={EllipsisVertical} iconOnly>
          {t`Actions sur ${name}`}
        </Button>
      }
      entries={acts(node)}
    />
  );
}
