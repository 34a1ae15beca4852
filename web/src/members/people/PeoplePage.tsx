import { Trans, useLingui } from '@lingui/react/macro';
import { UserPlus, Users } from 'lucide-react';
import { address } from '../../api/client';
import { useGet, useList } from '../../api/queries';
import type { Affiliation, Kind, MemberPerson, Page, Unit } from '../../api/types';
import { DataTable, type TableColumn } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { Pager } from '../../ui/Pager';
import { SearchField } from '../../ui/SearchField';
import { Select } from '../../ui/Select';
import { Skeleton } from '../../ui/Skeleton';
import { StateChip } from '../../ui/StateChip';
import { EmptyState } from '../../ui/States';
import { kindWords } from '../../ui/words';
import { useFilters, useHere, useMay } from '../common';
import { lastDayOf } from '../../ui/time';
import '../members.css';
import { useTyped } from './useTyped';
import { unitOptions } from '../units/tree';

const limit = 50;

export function PeoplePage() {
  const { t, i18n } = useLingui();
  const { page, api } = useHere();
  const may = useMay();
  const { values, offset, set, any } = useFilters('q', 'kind', 'unit', 'phase');
  const [typed, setTyped] = useTyped(values.q, (q) => set({ q }));
  const people = useList<Page<MemberPerson>>(address(`${api}/people`, { ...values, phase: values.phase === 'all' ? '' : values.phase || 'current', offset, limit }));
  const units = useGet<Unit[]>(`${api}/units`);
  const columns = useColumns(values.phase);
  return (
    <>
      <PageHeader
        title={t`Personnes`}
        lead={t`Toutes les personnes rattachées ici : agents, élus, stagiaires et partenaires.`}
        action={
          may.people && (
            <div className="m-acts">
              <Link variant="quiet" href={`${page}/people/partners`}>
                <Trans>Partenaires par ProConnect</Trans>
              </Link>
              <Link variant="quiet" href={`${page}/people/doubles`}>
                <Trans>Doublons et conflits</Trans>
              </Link>
              <Link variant="primary" icon={UserPlus} href={`${page}/people/new`}>
                <Trans>Ajouter une personne</Trans>
              </Link>
            </div>
          )
        }
      />
      <search className="m-filters">
        <SearchField label={t`Nom, fonction, adresse ou matricule`} value={typed} onChange={setTyped} />
        <Select
          label={t`État`}
          labelHidden
          value={values.phase || 'current'}
          onChange={(phase) => set({ phase: phase === 'current' ? '' : phase })}
          options={[
            { value: 'current', label: t`En cours` },
            { value: 'planned', label: t`À venir` },
            { value: 'ended', label: t`Terminés` },
            { value: 'all', label: t`Tous les états` },
          ]}
        />
        <Select
          label={t`Type`}
          labelHidden
          value={values.kind || 'any'}
          onChange={(kind) => set({ kind: kind === 'any' ? '' : kind })}
          options={[{ value: 'any', label: t`Tous les types` }, ...(Object.keys(kindWords) as Kind[]).map((kind) => ({ value: kind, label: i18n._(kindWords[kind]) }))]}
        />
        <Select
          label={t`Unité`}
          labelHidden
          value={values.unit || 'any'}
          onChange={(unit) => set({ unit: unit === 'any' ? '' : unit })}
          options={[{ value: 'any', label: t`Toutes les unités` }, ...unitOptions(units.data ?? [])]}
        />
      </search>
      <Loaded query={people} skeleton={<Skeleton kind="rows" lines={12} />}>
        {(found) =>
          found.total === 0 ? (
            any ? (
              <EmptyState title={t`Personne ne correspond`}>
                <Trans>Enlevez un filtre, ou cherchez avec moins de lettres. Les accents et les majuscules ne comptent pas.</Trans>
              </EmptyState>
            ) : (
              <EmptyState
                icon={Users}
                title={t`Personne n’est encore rattaché ici`}
                action={
                  may.people && (
                    <Link variant="quiet" href={`${page}/imports`}>
                      <Trans>Importer un fichier du SIRH</Trans>
                    </Link>
                  )
                }
              >
                <Trans>Importez le fichier de vos agents, ou ajoutez une première personne : ses accès sont calculés aussitôt.</Trans>
              </EmptyState>
            )
          ) : (
            <div className="e-stack m-dense">
              <DataTable label={t`Personnes`} rows={found.items} rowId={(row) => row.person.id} rowHref={(row) => `${page}/people/${row.person.id}`} columns={columns} />
              <Pager offset={offset} limit={limit} total={found.total} onOffset={(next) => set({ offset: next })} />
            </div>
          )
        }
      </Loaded>
    </>
  );
}

function useColumns(phase: string): TableColumn<MemberPerson>[] {
  const { t, i18n } = useLingui();
  const shown = (row: MemberPerson) => mainOf(row.affiliations, phase);
  const dates: TableColumn<MemberPerson> =
    phase === 'ended'
      ? { id: 'until', title: t`Dernier jour`, narrow: true, cell: (row) => (shown(row)?.until ? <DateText at={lastDayOf(shown(row)?.until ?? '')} style="short" /> : '') }
      : { id: 'from', title: phase === 'planned' ? t`Premier jour` : t`Depuis`, narrow: true, cell: (row) => (shown(row) ? <DateText at={shown(row)?.from ?? ''} style="short" /> : '') };
  return [
    {
      id: 'name',
      title: t`Nom`,
      rowHeader: true,
      cell: (row) => (
        <>
          {row.person.usualName} <span className="m-light">{row.person.givenName}</span>
        </>
      ),
    },
    {
      id: 'function',
      title: t`Fonction`,
      cell: (row) => (
        <>
          {shown(row)?.function}
          {row.affiliations.length > 1 && (
            <span className="e-soft">
              {' '}
              <Trans>et {row.affiliations.length - 1} de plus</Trans>
            </span>
          )}
        </>
      ),
    },
    { id: 'unit', title: t`Unité`, cell: (row) => shown(row)?.unit?.name ?? <span className="e-soft">—</span> },
    { id: 'kind', title: t`Type`, narrow: true, cell: (row) => (shown(row) ? i18n._(kindWords[shown(row)!.kind]) : '') },
    { id: 'address', title: t`Adresse`, cell: (row) => <span className="m-cut" title={shown(row)?.address ?? undefined}>{shown(row)?.address ?? <span className="e-soft">—</span>}</span> },
    { id: 'reference', title: t`Matricule`, narrow: true, cell: (row) => shown(row)?.reference ?? <span className="e-soft">—</span> },
    dates,
    ...(phase === 'all' ? [{ id: 'phase', title: t`État`, narrow: true, cell: (row: MemberPerson) => shown(row) && <StateChip state={shown(row)!.phase} /> }] : []),
  ];
}

/** The affiliation a row shows: the one of the state asked for, else what is current, what comes, what was. */
export function mainOf(all: Affiliation[], phase: string): Affiliation | undefined {
  const order = ['current', 'planned', 'ended'];
  const rank = (a: Affiliation) => (a.phase === phase ? -1 : order.indexOf(a.phase));
  return [...all].sort((a, b) => rank(a) - rank(b) || b.from.localeCompare(a.from))[0];
}
