import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { address, api } from '../api/client';
import { Button } from '../ui/Button';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { EmptyState } from '../ui/States';
import type { Found as Answer } from './api';
import { Found } from './Found';
import { Room } from './Room';

const page = 100;

/** Files and folders by name, then by what they say, among all that one may see. */
export function FoundPage() {
  const { t } = useLingui();
  const query = useSearch({ strict: false }) as { q?: string | number };
  const words = String(query.q ?? '');
  const path = address('/api/files/search', { q: words, limit: page });
  const found = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam, signal }) => api.get<Answer>(address('/api/files/search', { q: words, after: pageParam, limit: page }), signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: words.trim() !== '',
  });
  const items = found.data?.pages.flatMap((one) => one.items) ?? [];
  const texts = found.data?.pages[0]?.texts;
  return (
    <Room key={words} here="search" words={words}>
      <PageHeader title={t`Fichiers trouvés`} lead={words && <Trans>Pour « {words} », dans tout ce que vous pouvez voir.</Trans>} />
      <Loaded query={found}>
        {() => (
          <>
            {texts === 'BROAD' && (
              <Message tone="info">
                <Trans>Ces mots sont dans trop de fichiers : seuls les noms ont été cherchés. Ajoutez un mot plus rare.</Trans>
              </Message>
            )}
            {items.length === 0 ? (
              <EmptyState icon={SearchX} title={t`Aucun fichier trouvé`}>
                {texts === 'SEARCHED' ? (
                  <Trans>Cherchez avec un seul mot : le début d’un nom de fichier, ou un mot entier de son texte. Un fichier neuf est lu en quelques minutes. Ce qui est à la corbeille n’est pas cherché.</Trans>
                ) : (
                  <Trans>Cherchez avec un seul mot, ou le début d’un mot. Ce qui est à la corbeille n’est pas cherché.</Trans>
                )}
              </EmptyState>
            ) : (
              <div className="e-stack">
                <Found
                  label={t`Fichiers trouvés`}
                  nodes={items.map((item) => item.node)}
                  note={(node) => (items.some((item) => item.by === 'TEXT' && item.node.id === node.id) ? t`trouvé dans le texte` : null)}
                />
                {found.hasNextPage && (
                  <Button pending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
                    {t`Voir la suite`}
                  </Button>
                )}
              </div>
            )}
          </>
        )}
      </Loaded>
    </Room>
  );
}
