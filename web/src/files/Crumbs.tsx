import { useLingui } from '@lingui/react/macro';
import { ChevronRight } from 'lucide-react';
import { Link } from '../ui/Link';
import type { FileNode, FileSpace } from './api';
import { spaceName } from './words';

/** The folders above this one. */
export function Crumbs({ trail, space }: { trail: readonly FileNode[]; space: FileSpace | null }) {
  const { t } = useLingui();
  const above = trail.slice(0, -1);
  if (above.length === 0) return null;
  return (
    <nav aria-label={t`Dossiers au-dessus`}>
      <ol className="e-crumbs">
        {above.map((node) => (
          <li key={node.id}>
            <Link href={`/files/${node.id}`}>{titleOf(node, space)}</Link>
            <ChevronRight size={16} aria-hidden="true" className="e-soft" />
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The root of a space is called as the space. */
export function titleOf(node: FileNode, space: FileSpace | null): string {
  return node.name || (space ? spaceName(space) : '…');
}
