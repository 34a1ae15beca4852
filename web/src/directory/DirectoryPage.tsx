import { useLingui as useRuntime } from '@lingui/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { BookUser } from 'lucide-react';
import { useEffect, useState } from 'react';
import { address } from '../api/client';
import { useGet, useList } from '../api/queries';
import type { DirectoryEntry, Kind, MemberCard, Page, UnitRef } from '../api/types';
import { Button } from '../ui/Button';
import { ComboBox } from '../ui/ComboBox';
import { Loaded } from '../ui/Loaded';
import { Pager } from '../ui/Pager';
import { SearchField } from '../ui/SearchField';
import { Select } from '../ui/Select';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { useDebounced } from '../ui/useDebounced';
import { kindWords } from '../ui/words';
import { DirectoryTabs } from './DirectoryTabs';
import { PersonLine } from './PersonLine';
import '../ui/Lines.css';
import './Directory.css';

const limit = 50;

export interface DirectorySearch {
  q?: string;
  member?: string;
  unit?: string;
  kind?: Kind;
  offset?: number;
}

/** Who is who across all members. The filters are in the address, so that a found list can be sent to somebody. */
export function DirectoryPage() {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/directory' });
  const navigate = useNavigate();
  const [words, setWords] = useState(search.q ?? '');
  const still = useDebounced(words);
  const filter = (change: DirectorySearch) => void navigate({ to: '/directory', search: clean({ ...search, offset: undefined, ...change }), replace: true });

  useEffect(() => {
    if (still !== (search.q ?? '')) filter({ q: still });
    // Only what is typed moves the address here; a new address moves the words below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [still]);
  useEffect(() => setWords(search.q ?? ''), [search.q]);

  const people = useList<Page<DirectoryEntry>>(address('/api/directory/people', { q: search.q, member: search.member, unit: search.unit, kind: search.kind, offset: search.offset, limit }));
  const filtered = Boolean(search.q || search.member || search.unit || search.kind);
  return (
    <DirectoryTabs selected="people">
      <div className="e-stack">
        <Filters search={search} words={words} onWords={setWords} onFilter={filter} />
        <Loaded query={people} skeleton={<Skeleton kind="rows" lines={8} />}>
          {(page) =>
            page.total === 0 ? (
              <EmptyState
                icon={BookUser}
                title={filtered ? t`Personne ne correspond` : t`L’annuaire est vide`}
                action={
                  filtered && (
                    <Button onPress={() => filter({ q: undefined, member: undefined, unit: undefined, kind: undefined })}>
                      <Trans>Effacer les filtres</Trans>
                    </Button>
                  )
                }
              >
                {filtered ? <Trans>Essayez avec moins de lettres, ou dans toutes les collectivités.</Trans> : <Trans>Les personnes y apparaissent quand leur collectivité les a inscrites.</Trans>}
              </EmptyState>
            ) : (
              <div className="e-stack e-stack--tight">
                <p className="e-soft e-numbers" role="status">
                  <Plural value={page.total} one="# personne" other="# personnes" />
                </p>
                <ul className="e-lines">
                  {page.items.map((entry) => (
                    <PersonLine key={entry.person.id} entry={entry} />
                  ))}
                </ul>
                <Pager
                  offset={page.offset}
                  limit={limit}
                  total={page.total}
                  onOffset={(offset) => {
                    filter({ offset });
                    window.scrollTo({ top: 0 });
                  }}
                />
              </div>
            )
          }
        </Loaded>
      </div>
    </DirectoryTabs>
  );
}

interface FiltersProps {
  search: DirectorySearch;
  words: string;
  onWords: (words: string) => void;
  onFilter: (change: DirectorySearch) => void;
}

function Filters({ search, words, onWords, onFilter }: FiltersProps) {
  const { t } = useLingui();
  const { _ } = useRuntime();
  const members = useGet<Page<MemberCard>>(address('/api/directory/members', { limit: 500 }), { staleTime: 300_000 });
  const units = useGet<UnitRef[]>(search.member ? `/api/directory/members/${search.member}/units` : null, { staleTime: 300_000 });
  return (
    <div className="e-filters">
      <div className="e-filters__words">
        <span className="e-label" aria-hidden="true">
          <Trans>Nom ou fonction</Trans>
        </span>
        <SearchField label={t`Nom ou fonction`} placeholder={t`Benali, urbanisme…`} value={words} onChange={onWords} />
      </div>
      <ComboBox
        label={t`Collectivité`}
        placeholder={t`Toutes`}
        options={(members.data?.items ?? []).map((member) => ({ value: member.id, label: member.name }))}
        value={search.member ?? null}
        onChange={(member) => onFilter({ member: member ?? undefined, unit: undefined })}
      />
      {search.member && (units.data?.length ?? 0) > 0 && (
        <ComboBox
          label={t`Unité`}
          placeholder={t`Toutes`}
          options={(units.data ?? []).map((unit) => ({ value: unit.id, label: unit.fullName }))}
          value={search.unit ?? null}
          onChange={(unit) => onFilter({ unit: unit ?? undefined })}
        />
      )}
      <Select<Kind | 'all'>
        label={t`Qualité`}
        options={[{ value: 'all', label: t`Toutes` }, ...(Object.keys(kindWords) as Kind[]).map((kind) => ({ value: kind, label: _(kindWords[kind]) }))]}
        value={search.kind ?? 'all'}
        onChange={(kind) => onFilter({ kind: kind === 'all' ? undefined : kind })}
      />
    </div>
  );
}

function clean(search: DirectorySearch): DirectorySearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== '' && value !== 0));
}
