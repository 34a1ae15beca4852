import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { address } from '../api/client';
import { useList } from '../api/queries';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { EmptyState } from '../ui/States';
import type { FileNode } from './api';
import { Found } from './Found';
import { Room } from './Room';

/** More than these are not read through: one more word finds better. */
const most = 100;

/** Files and folders by name, among all that one may see. */
export function FoundPage() {
  const { t } = useLingui();
  const query = useSearch({ strict: false }) as { q?: string | number };
  const words = String(query.q ?? '');
  const found = useList<FileNode[]>(words.trim() ? address('/api/files/search', { q: words, limit: most }) : null);
  return (
    <Room key={words} here="search" words={words}>
      <PageHeader title={t`Fichiers trouvés`} lead={words && <Trans>Pour « {words} », dans tout ce que vous pouvez voir.</Trans>} />
      <Loaded query={found}>
        {(nodes) =>
          nodes.length === 0 ? (
            <EmptyState icon={SearchX} title={t`Aucun fichier ne porte ce nom`}>
              <Trans>Cherchez avec un seul mot, ou le début d’un mot. Ce qui est à la corbeille n’est pas cherché.</Trans>
            </EmptyState>
          ) : (
            <>
              {nodes.length >= most && (
                <p className="e-soft">
                  <Plural value={most} one="Le premier est montré" other="Les # premiers sont montrés : ajoutez un mot pour en trouver moins." />
                </p>
              )}
              <Found label={t`Fichiers trouvés`} nodes={nodes} />
            </>
          )
        }
      </Loaded>
    </Room>
  );
}
