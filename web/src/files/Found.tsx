import { useLingui } from '@lingui/react/macro';
import { EllipsisVertical } from 'lucide-react';
import { go } from '../navigation';
import { Button } from '../ui/Button';
import { DataTable } from '../ui/DataTable';
import { DateText } from '../ui/DateText';
import { Menu } from '../ui/Menu';
import type { FileNode } from './api';
import { iconOf } from './kinds';
import { Marks } from './Marks';
import { useNodeActs } from './useNodeActs';
import { formatSize } from '../ui/format';
import { byName } from './words';

/** Files and folders from several places. `note`: what is to be said of one, beneath its name. */
export function Found({ label, nodes, note }: { label: string; nodes: readonly FileNode[]; note?: (node: FileNode) => string | null }) {
  const { t } = useLingui();
  const acts = useNodeActs({ onChanged: () => undefined, among: nodes });
  return (
    <>
      <DataTable<FileNode>
        label={label}
        rows={nodes}
        rowId={(node) => node.id}
        onRow={(node) => (node.folder ? go(`/files/${node.id}`) : acts.open(node))}
        columns={[
          {
            id: 'name',
            title: t`Nom`,
            sortBy: (node) => node.name,
            cell: (node) => {
              const Icon = iconOf(node);
              const said = note?.(node);
              return (
                <span className={node.folder ? 'e-entry__name e-entry--folder' : 'e-entry__name'}>
                  <Icon size={20} aria-hidden="true" />
                  <span className="e-files__wrap">
                    {node.name}
                    <Marks node={node} />
                    {said && <span className="e-files__note">{said}</span>}
                  </span>
                </span>
              );
            },
          },
          {
            id: 'changed',
            title: t`Modifié`,
            sortBy: (node) => node.changedAt,
            cell: (node) => (
              <>
                <DateText at={node.changedAt} style="relative" />, {byName(node.changedBy)}
              </>
            ),
          },
          { id: 'size', title: t`Taille`, align: 'end', narrow: true, sortBy: (node) => node.size, cell: (node) => formatSize(node.size) },
          {
            id: 'acts',
            title: t`Actions`,
            narrow: true,
            cell: (node) => (
              <Menu
                label={t`Actions sur ${node.name}`}
                trigger={
                  <Button variant="plain" icon={EllipsisVertical} iconOnly>
                    {t`Actions sur ${node.name}`}
                  </Button>
                }
                entries={acts.entries(node)}
              />
            ),
          },
        ]}
      />
      {acts.dialogs}
    </>
  );
}
