import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { address, api } from '../api/client';
import { useGet } from '../api/queries';
import { Button } from '../ui/Button';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { EmptyState } from '../ui/States';
import { Link } from '../ui/Link';
import { at, type Found as Answer, type Place } from './api';
import { titleOf } from './Crumbs';
import { Found } from './Found';
import { Room } from './Room';

const page = 100;

/** Files and folders by name, then by what they say, among all that one may see. */
export function FoundPage() {
  const { t } = useLingui();
  const query = useSearch({ strict: false }) as { q?: string | number; tag?: string; beneath?: string };
  const words = String(query.q ?? '');
  const asked = { q: words, tag: query.tag, beneath: query.beneath, limit: page };
  const path = address('/api/files/search', asked);
  const found = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam, signal }) => api.get<Answer>(address('/api/files/search', { ...asked, after: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: words.trim() !== '' || query.tag !== undefined,
  });
  const items = found.data?.pages.flatMap((one) => one.items) ?? [];
  const texts = found.data?.pages[0]?.texts;
  const place = useGet<Place>(query.beneath ? at(query.beneath) : null);
  const tag = items.flatMap(({ node }) => node.tags).find((one) => one.id === query.tag)?.name;
  const folder = place.data && titleOf(place.data.node, place.data.space);
  return (
    <Room key={`${words} ${query.tag ?? ''}`} here="search" words={words}>
      <PageHeader
        title={tag ? t`Étiquette « ${tag} »` : t`Fichiers trouvés`}
        lead={
          folder ? (
            <Trans>
              Dans le dossier <Link href={`/files/${query.beneath ?? ''}`}>{folder}</Link> et ceux qu’il contient.
            </Trans>
          ) : query.tag ? (
            <Trans>Dans tout ce que vous pouvez voir.</Trans>
          ) : (
            words && <Trans>Pour « {words} », dans tout ce que vous pouvez voir.</Trans>
          )
        }
      />
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
                {query.tag ? (
                  <Trans>Rien ici ne porte cette étiquette, ou vous ne pouvez pas le voir.</Trans>
                ) : texts === 'SEARCHED' ? (
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
