import { Plural, useLingui } from '@lingui/react/macro';
import { Copy, Download, Eye, FilePen, FolderInput, History, Info, MessageSquare, Pencil, Share2, Star, StarOff, Trash2, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { go } from '../navigation';
import { Button } from '../ui/Button';
import type { MenuEntry } from '../ui/Menu';
import { download, mark, throwAway } from './acts';
import type { FileNode } from './api';
import { DetailsDialog } from './DetailsDialog';
import { BringDialog } from './FolderPicker';
import { isWritable, previewOf } from './kinds';
import { isWithheld } from './ScanMark';
import { PreviewDialog } from './PreviewDialog';
import { NameDialog } from './NameDialog';
import { officeOffer, openInOffice, opensInOffice } from './officeServer';


type Asked =
  | { what: 'preview' | 'rename'; node: FileNode }
  | { what: 'details' | 'versions' | 'access' | 'comments'; node: FileNode }
  | { what: 'move' | 'copy'; nodes: readonly FileNode[] };

export interface NodeActs {
  open: (node: FileNode) => void;
  rename: (node: FileNode) => void;
  access: (node: FileNode) => void;
  bring: (how: 'move' | 'copy', nodes: readonly FileNode[]) => void;
  throwAway: (nodes: readonly FileNode[]) => void;
  entries: (node: FileNode) => MenuEntry[];
  /** To be put on the page. */
  dialogs: ReactNode;
}

/** What one may do with files and folders, wherever they are listed. */
export function useNodeActs({ onChanged, among }: { onChanged: () => void; among: readonly FileNode[] }): NodeActs {
  const { t } = useLingui();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const open = (node: FileNode) => {
    if (isWithheld(node)) setAsked({ what: 'details', node });
    else if (isWritable(node)) go(`/office/${node.id}`);
    else if (previewOf(node)) setAsked({ what: 'preview', node });
    else if (opensInOffice(officeOffer(), node)) openInOffice(node);
    else setAsked({ what: 'details', node });
  };
  const toBin = (nodes: readonly FileNode[]) => void throwAway(nodes).then((done) => done && onChanged());
  const entries = (node: FileNode): MenuEntry[] => {
    const may = node.role !== 'read';
    const office = officeOffer();
    const server = office?.name;
    const look: MenuEntry = { id: 'look', label: t`Voir`, icon: Eye, isDisabled: !previewOf(node) || isWithheld(node), onAction: () => setAsked({ what: 'preview', node }) };
    return [
      node.folder
        ? { id: 'open', label: t`Ouvrir`, icon: Eye, onAction: () => go(`/files/${node.id}`) }
        : isWritable(node)
          ? { id: 'open', label: may ? t`Modifier le document` : t`Ouvrir`, icon: may ? FilePen : Eye, isDisabled: isWithheld(node), onAction: () => open(node) }
          : look,
      ...(isWritable(node) && previewOf(node) ? [look] : []),
      ...(opensInOffice(office, node) && !isWithheld(node)
        ? [{ id: 'office-server', label: server ? t`Ouvrir dans ${server}` : t`Ouvrir dans l’éditeur`, icon: FilePen, onAction: () => openInOffice(node) }]
        : []),
      { id: 'download', label: node.folder ? t`Télécharger (ZIP)` : t`Télécharger`, icon: Download, isDisabled: isWithheld(node), onAction: () => download([node]) },
      { id: 'details', label: t`Détails`, icon: Info, onAction: () => setAsked({ what: 'details', node }) },
      { id: 'comments', label: t`Commentaires`, icon: MessageSquare, onAction: () => setAsked({ what: 'comments', node }) },
      node.favourite
        ? { id: 'favourite', label: t`Retirer des favoris`, icon: StarOff, onAction: () => void mark(node, false) }
        : { id: 'favourite', label: t`Ajouter aux favoris`, icon: Star, onAction: () => void mark(node, true) },
      { id: 'access', label: node.role === 'manage' ? t`Partager…` : t`Qui y a accès`, icon: Share2, onAction: () => setAsked({ what: 'access', node }) },
      ...(node.folder ? [] : [{ id: 'versions', label: t`Versions`, icon: History, onAction: () => setAsked({ what: 'versions', node }) }]),
      ...(may
        ? [
            { id: 'rename', label: t`Renommer`, icon: Pencil, onAction: () => setAsked({ what: 'rename', node }) },
            { id: 'move', label: t`Déplacer…`, icon: FolderInput, onAction: () => setAsked({ what: 'move', nodes: [node] }) },
          ]
        : []),
      { id: 'copy', label: t`Copier…`, icon: Copy, onAction: () => setAsked({ what: 'copy', nodes: [node] }) },
      ...(may ? [{ id: 'bin', label: t`Mettre à la corbeille`, icon: Trash2, danger: true, onAction: () => toBin([node]) }] : []),
    ];
  };
  return {
    open,
    access: (node) => setAsked({ what: 'access', node }),
    rename: (node) => setAsked({ what: 'rename', node }),
    bring: (how, nodes) => setAsked({ what: how, nodes }),
    throwAway: toBin,
    entries,
    dialogs: asked && (
      <>
        {asked.what === 'rename' && <NameDialog node={asked.node} parent={asked.node.parent ?? ''} onClose={close} onDone={onChanged} />}
        {asked.what === 'preview' && <PreviewDialog node={asked.node} among={among} onClose={close} />}
        {(asked.what === 'details' || asked.what === 'versions' || asked.what === 'access' || asked.what === 'comments') && <DetailsDialog node={asked.node} first={asked.what} onClose={close} />}
        {(asked.what === 'move' || asked.what === 'copy') && <BringDialog nodes={asked.nodes} how={asked.what} onClose={close} onDone={onChanged} />}
      </>
    ),
  };
}

/** What one may do with all that is chosen. */
export function Chosen({ nodes, acts, onClear }: { nodes: readonly FileNode[]; acts: NodeActs; onClear: () => void }) {
  const { t } = useLingui();
  const [first] = nodes;
  const may = nodes.every((node) => node.role !== 'read');
  return (
    <div className="e-files__bar e-files__bar--chosen" role="group" aria-label={t`Ce qui est choisi`}>
      <strong>
        <Plural value={nodes.length} one="# élément choisi" other="# éléments choisis" />
      </strong>
      <Button icon={Download} onPress={() => download(nodes)}>{t`Télécharger`}</Button>
      {may && first && nodes.length === 1 && <Button icon={Pencil} onPress={() => acts.rename(first)}>{t`Renommer`}</Button>}
      {first && nodes.length === 1 && <Button icon={Share2} onPress={() => acts.access(first)}>{first.role === 'manage' ? t`Partager…` : t`Qui y a accès`}</Button>}
      {may && <Button icon={FolderInput} onPress={() => acts.bring('move', nodes)}>{t`Déplacer…`}</Button>}
      <Button icon={Copy} onPress={() => acts.bring('copy', nodes)}>{t`Copier…`}</Button>
      {may && <Button icon={Trash2} onPress={() => acts.throwAway(nodes)}>{t`Mettre à la corbeille`}</Button>}
      <Button variant="plain" icon={X} className="e-files__apart" onPress={onClear}>{t`Ne rien choisir`}</Button>
    </div>
  );
}
