import { Plural, useLingui } from '@lingui/react/macro';
import { MessageSquare, Star, Tag as TagIcon } from 'lucide-react';
import { useMemo } from 'react';
import { go } from '../navigation';
import { Select } from '../ui/Select';
import type { FileNode, Tag } from './api';

/** Beside a name: a favourite, what was said, by what it is sorted; in `brief` how many tags there are, where there is no place for their names. */
export function Marks({ node, brief = false }: { node: FileNode; brief?: boolean }) {
  const { t } = useLingui();
  if (!node.favourite && node.comments === 0 && node.tags.length === 0) return null;
  const said = node.comments;
  const names = node.tags.map((tag) => tag.name).join(', ');
  return (
    <span className="e-marks">
      {node.favourite && <Star className="e-entry__star" size={16} role="img" aria-label={t`Favori`} />}
      {said > 0 && (
        <span className="e-marks__said">
          <MessageSquare size={16} aria-hidden="true" />
          <span aria-hidden="true">{said}</span>
          <span className="e-hidden">
            <Plural value={said} one="# commentaire" other="# commentaires" />
          </span>
        </span>
      )}
      {brief && node.tags.length > 0 ? (
        <span className="e-marks__said" title={names}>
          <TagIcon size={16} aria-hidden="true" />
          <span aria-hidden="true">{node.tags.length}</span>
          <span className="e-hidden">{t`Étiquettes : ${names}`}</span>
        </span>
      ) : (
        node.tags.map((tag) => (
          <span key={tag.id} className="e-tag">
            {tag.name}
          </span>
        ))
      )}
    </span>
  );
}

/** Leads to what has one of the tags that are seen here, in this folder and those in it. */
export function ByTag({ folder, items }: { folder: string; items: readonly FileNode[] }) {
  const { t } = useLingui();
  const tags = useMemo(() => [...new Map(items.flatMap((one) => one.tags).map((tag): [string, Tag] => [tag.id, tag])).values()].sort((a, b) => a.name.localeCompare(b.name)), [items]);
  if (tags.length === 0) return null;
  return (
    <Select
      label={t`Seulement une étiquette`}
      labelHidden
      placeholder={t`Seulement une étiquette`}
      options={tags.map((tag) => ({ value: tag.id, label: tag.name }))}
      value={null}
      onChange={(tag) => tag && go(`/files/search?tag=${encodeURIComponent(tag)}&beneath=${folder}`)}
    />
  );
}
