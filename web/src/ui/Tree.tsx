import { useLingui } from '@lingui/react/macro';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Tree as AriaTree, TreeItem, TreeItemContent } from 'react-aria-components/Tree';
import './field.css';
import './Tree.css';

export interface TreeNode {
  id: string;
  name: string;
  /** Beside the name: a count, a state, a menu. */
  aside?: ReactNode;
  children: TreeNode[];
}

export interface TreeProps {
  label: string;
  nodes: TreeNode[];
  selected?: string | null;
  onSelect?: (id: string) => void;
  empty?: ReactNode;
}

/** Things within things, such as the units of a member. */
export function Tree({ label, nodes, selected, onSelect, empty }: TreeProps) {
  return (
    <AriaTree
      aria-label={label}
      selectionMode={onSelect ? 'single' : 'none'}
      selectedKeys={selected ? [selected] : []}
      onSelectionChange={(keys) => {
        const key = keys === 'all' ? undefined : [...keys][0];
        if (key !== undefined) onSelect?.(String(key));
      }}
      defaultExpandedKeys={nodes.map((node) => node.id)}
      renderEmptyState={() => empty}
      className="e-tree"
    >
      {nodes.map((node) => (
        <Node key={node.id} node={node} />
      ))}
    </AriaTree>
  );
}

function Node({ node }: { node: TreeNode }) {
  const { t } = useLingui();
  return (
    <TreeItem id={node.id} textValue={node.name} className="e-tree__item">
      <TreeItemContent>
        {({ level, hasChildItems }) => (
          <div className="e-tree__row" style={{ paddingInlineStart: `${(level - 1) * 24}px` }}>
            {hasChildItems ? (
              <Button slot="chevron" className="e-field__button e-tree__open" aria-label={t`Ouvrir ou fermer`}>
                <ChevronRight size={18} aria-hidden="true" />
              </Button>
            ) : (
              <span className="e-tree__leaf" />
            )}
            <span className="e-tree__name">{node.name}</span>
            {node.aside && <span className="e-tree__aside">{node.aside}</span>}
          </div>
        )}
      </TreeItemContent>
      {node.children.map((child) => (
        <Node key={child.id} node={child} />
      ))}
    </TreeItem>
  );
}
