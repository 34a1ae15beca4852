import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { CalendarX2 } from 'lucide-react';
import { address } from '../../api/client';
import { useList } from '../../api/queries';
import type { Departure, DepartureState, Page } from '../../api/types';
import { Badge } from '../../ui/Badge';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { Pager } from '../../ui/Pager';
import { Select } from '../../ui/Select';
import { Skeleton } from '../../ui/Skeleton';
import { StateChip } from '../../ui/StateChip';
import { EmptyState } from '../../ui/States';
import { useFilters, useHere } from '../common';
import '../members.css';

const limit = 50;

/** Who left, who is about to leave, and what is not cut yet. */
export function DeparturesPage() {
  const { t } = useLingui();
  const { page, api } = useHere();
  const { values, offset, set, any } = useFilters('state');
  const departures = useList<Page<Departure>>(address(`${api}/departures`, { state: values.state, offset, limit }), {
    refetchInterval: (query) => (query.state.data?.items.some((one) => one.state === 'cutting') ? 3000 : false),
  });
  return (
    <>
      <PageHeader title={t`Départs`} lead={t`Chaque fin de rattachement, ce qui a été coupé, et la preuve. On met fin à un rattachement depuis la page de la personne.`} />
      <div className="m-filters">
        <Select<DepartureState | 'any'>
          label={t`État`}
          labelHidden
          value={(values.state as DepartureState) || 'any'}
          onChange={(state) => set({ state: state === 'any' ? '' : state })}
          options={[
            { value: 'any', label: t`Tous les départs` },
            { value: 'scheduled', label: t`Programmés` },
            { value: 'cutting', label: t`Coupure en cours` },
            { value: 'complete', label: t`Achevés` },
            { value: 'undone', label: t`Annulés après coup` },
            { value: 'cancelled', label: t`Abandonnés avant terme` },
          ]}
        />
      </div>
      <Loaded query={departures} skeleton={<Skeleton kind="rows" lines={10} />}>
        {(found) =>
          found.total === 0 ? (
            any ? (
              <EmptyState title={t`Aucun départ dans cet état`} />
            ) : (
              <EmptyState
                icon={CalendarX2}
                title={t`Aucun départ pour l’instant`}
                action={
                  <Link variant="quiet" href={`${page}/people`}>
                    <Trans>Chercher une personne</Trans>
                  </Link>
                }
              >
                <Trans>Quand un mandat ou un poste se termine, le départ apparaît ici avec chaque acte, son heure et son certificat.</Trans>
              </EmptyState>
            )
          ) : (
            <div className="e-stack m-dense">
              <DataTable
                label={t`Départs`}
                rows={found.items}
                rowId={(row) => row.id}
                rowHref={(row) => `${page}/departures/${row.id}`}
                columns={[
                  {
                    id: 'name',
                    title: t`Personne`,
                    rowHeader: true,
                    cell: (row) => (
                      <>
                        {row.person.usualName} <span className="m-light">{row.person.givenName}</span>
                      </>
                    ),
                  },
                  { id: 'function', title: t`Fonction`, cell: (row) => row.affiliation.function },
                  { id: 'at', title: t`Date`, narrow: true, cell: (row) => <DateText at={row.at} style="datetime" /> },
                  { id: 'reason', title: t`Motif`, cell: (row) => row.reason },
                  { id: 'by', title: t`Demandé par`, cell: (row) => row.askedBy },
                  { id: 'state', title: t`État`, narrow: true, cell: (row) => <State of={row} /> },
                ]}
              />
              <Pager offset={offset} limit={limit} total={found.total} onOffset={(next) => set({ offset: next })} />
            </div>
          )
        }
      </Loaded>
    </>
  );
}

function State({ of }: { of: Departure }) {
  const failed = of.acts.filter((act) => act.state === 'failed').length;
  return (
    <span className="m-tags">
      <StateChip state={of.state} />
      {failed > 0 && (
        <Badge tone="bad">
          <Plural value={failed} one="# échec" other="# échecs" />
        </Badge>
      )}
    </span>
  );
}
