import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { plural } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { address, api } from '../api/client';
import { Button } from '../ui/Button';
import { DataTable } from '../ui/DataTable';
import { DateText } from '../ui/DateText';
import { ConfirmDialog } from '../ui/Dialog';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { EmptyState } from '../ui/States';
import { toast } from '../ui/Toasts';
import { takeBack } from './acts';
import { type Bin, changed, files, type Thrown } from './api';
import { iconOf } from './kinds';
import { Room, useSpaces } from './Room';
import { formatSize } from '../ui/format';
import { spaceName } from './words';

/** What was thrown away in a space: back to its place, or away for good. */
export function BinPage() {
  const { t } = useLingui();
  const { space } = useParams({ strict: false }) as { space: string };
  const spaces = useSpaces();
  const here = spaces.data?.find((one) => one.id === space);
  const path = `/api/files/spaces/${space}/bin`;
  const bin = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam, signal }) => api.get<Bin>(address(path, { before: pageParam, limit: 100 }), signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  });
  const rows = bin.data?.pages.flatMap((page) => page.items) ?? [];
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [erasing, setErasing] = useState<'chosen' | 'all' | null>(null);
  const chosen = rows.filter((one) => selected.has(one.node.id)).map((one) => one.node.id);
  const may = here !== undefined && here.role !== 'read';
  const name = here ? spaceName(here) : '';
  const back = async () => {
    await takeBack(chosen);
    setSelected(new Set());
  };
  return (
    <Room space={space} here="bin">
      <PageHeader
        title={t`Corbeille`}
        lead={name && <Trans>Ce qui a été supprimé de « {name} ». Cela compte dans la place occupée tant que ce n’est pas effacé.</Trans>}
        action={may && rows.length > 0 && <Button icon={Trash2} onPress={() => setErasing('all')}>{t`Vider la corbeille`}</Button>}
      />
      <Loaded query={bin}>
        {() =>
          rows.length === 0 ? (
            <EmptyState icon={Trash2} title={t`La corbeille est vide`}>
              <Trans>Ce que vous supprimez arrive ici, et peut être remis à sa place.</Trans>
            </EmptyState>
          ) : (
            <div className="e-stack e-stack--tight">
              <div className={chosen.length > 0 ? 'e-files__bar e-files__bar--chosen' : 'e-files__bar'} role="group" aria-label={t`Ce qui est choisi`}>
                {chosen.length === 0 ? (
                  <span className="e-soft">
                    <Trans>Choisissez ce que vous voulez remettre à sa place ou effacer.</Trans>
                  </span>
                ) : (
                  <>
                    <strong>
                      <Plural value={chosen.length} one="# élément choisi" other="# éléments choisis" />
                    </strong>
                    <Button icon={RotateCcw} onPress={() => void back()}>{t`Remettre à sa place`}</Button>
                    {may && <Button icon={Trash2} onPress={() => setErasing('chosen')}>{t`Effacer définitivement`}</Button>}
                  </>
                )}
              </div>
              <DataTable<Thrown>
                label={t`Corbeille`}
                rows={rows}
                rowId={(one) => one.node.id}
                selected={selected}
                onSelected={setSelected}
                columns={[
                  {
                    id: 'name',
                    title: t`Nom`,
                    sortBy: (one) => one.node.name,
                    cell: ({ node }) => {
                      const Icon = iconOf(node);
                      return (
                        <span className="e-entry__name">
                          <Icon size={20} aria-hidden="true" />
                          <span className="e-files__wrap">{node.name}</span>
                        </span>
                      );
                    },
                  },
                  { id: 'from', title: t`Était dans`, cell: (one) => [name, ...one.from].join(' / ') },
                  {
                    id: 'at',
                    title: t`Supprimé`,
                    sortBy: (one) => one.at,
                    cell: (one) => (
                      <>
                        <DateText at={one.at} style="relative" />, {one.by}
                      </>
                    ),
                  },
                  { id: 'size', title: t`Taille`, align: 'end', narrow: true, sortBy: (one) => one.node.size, cell: (one) => formatSize(one.node.size) },
                ]}
              />
              {bin.hasNextPage && (
                <Button pending={bin.isFetchingNextPage} onPress={() => void bin.fetchNextPage()}>
                  {t`Voir la suite`}
                </Button>
              )}
            </div>
          )
        }
      </Loaded>
      <ConfirmDialog
        title={erasing === 'all' ? t`Vider la corbeille ?` : t`Effacer définitivement ?`}
        isOpen={erasing !== null}
        onClose={() => setErasing(null)}
        confirm={erasing === 'all' ? t`Vider la corbeille` : t`Effacer définitivement`}
        danger
        onConfirm={async () => {
          if (erasing === 'all') await files.emptyBin(space);
          else await files.erase(chosen);
          setSelected(new Set());
          await changed();
          toast(erasing === 'all' ? t`La corbeille est vide.` : plural(chosen.length, { one: '# élément effacé.', other: '# éléments effacés.' }));
        }}
      >
        <p>
          {erasing === 'all' ? (
            <Trans>Tout ce qui est dans la corbeille de « {name} » sera effacé avec ses versions, pour tous. Personne ne pourra le retrouver.</Trans>
          ) : (
            <Plural value={chosen.length} one="# élément sera effacé avec ses versions, pour tous. Personne ne pourra le retrouver." other="# éléments seront effacés avec leurs versions, pour tous. Personne ne pourra les retrouver." />
          )}
        </p>
      </ConfirmDialog>
    </Room>
  );
}
