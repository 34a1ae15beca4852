import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ListTodo, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { address, api as call } from '../api/client';
import { problemText } from '../api/problem';
import { refresh, useList, useMyself } from '../api/queries';
import type { Job, Page } from '../api/types';
import { useFilters } from '../members/common';
import '../members/members.css';
import { Badge, type BadgeProps } from '../ui/Badge';
import { Button } from '../ui/Button';
import { DataTable } from '../ui/DataTable';
import { DateText } from '../ui/DateText';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Pager } from '../ui/Pager';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { toast } from '../ui/Toasts';

const limit = 50;

/** What is being tried again, what runs, what ran: nothing fails silently. */
export function JobsPage() {
  const { t } = useLingui();
  const { rights } = useMyself();
  const { offset, set } = useFilters();
  const [pending, setPending] = useState<string | null>(null);
  const jobs = useList<Page<Job>>(address('/api/operator/jobs', { offset, limit }), { refetchInterval: 5000 });
  const kinds: Record<string, string> = { account: t`Compte`, departure: t`Départ`, import: t`Import`, reconciliation: t`Rapprochement`, event: t`Événement` };
  const states: Record<string, { word: string; tone: BadgeProps['tone'] }> = {
    failing: { word: t`En échec`, tone: 'bad' },
    failed: { word: t`Échec`, tone: 'bad' },
    waiting: { word: t`En attente`, tone: 'info' },
    planned: { word: t`En attente`, tone: 'info' },
    running: { word: t`En cours`, tone: 'info' },
    analysing: { word: t`En cours`, tone: 'info' },
    applying: { word: t`En cours`, tone: 'info' },
    done: { word: t`Fait`, tone: 'good' },
  };
  const retry = async (job: Job) => {
    setPending(job.id);
    try {
      await call.post(`/api/operator/jobs/${job.id}/retry`);
      await refresh('/api/operator/jobs');
      toast(t`Nouvel essai demandé.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setPending(null);
    }
  };
  return (
    <>
      <PageHeader title={t`Travaux`} lead={t`Ce qui est réessayé, ce qui tourne, ce qui a tourné. Un moteur arrêté retarde, il ne fait rien perdre.`} />
      <Loaded query={jobs} skeleton={<Skeleton kind="rows" lines={8} />}>
        {(found) =>
          found.total === 0 ? (
            <EmptyState icon={ListTodo} title={t`Aucun travail en cours ni en échec`}>
              <Trans>Les comptes en échec, les imports et les rapprochements apparaîtront ici.</Trans>
            </EmptyState>
          ) : (
            <div className="e-stack m-dense">
              <DataTable
                label={t`Travaux`}
                rows={found.items}
                rowId={(row) => row.id}
                columns={[
                  { id: 'title', title: t`Travail`, rowHeader: true, cell: (row) => row.title },
                  { id: 'kind', title: t`Type`, narrow: true, cell: (row) => kinds[row.kind] ?? row.kind },
                  { id: 'state', title: t`État`, narrow: true, cell: (row) => <Badge tone={states[row.state]?.tone}>{states[row.state]?.word ?? row.state}</Badge> },
                  { id: 'detail', title: t`Détail`, cell: (row) => row.detail },
                  {
                    id: 'next',
                    title: t`Essais`,
                    cell: (row) => (
                      <>
                        <Plural value={row.attempts} _0="—" one="# essai" other="# essais" />
                        {row.nextAttemptAt && (
                          <>
                            {', '}
                            <Trans>
                              prochain à <DateText at={row.nextAttemptAt} style="time" />
                            </Trans>
                          </>
                        )}
                      </>
                    ),
                  },
                  { id: 'at', title: t`Depuis`, narrow: true, cell: (row) => <DateText at={row.at} style="relative" /> },
                  ...(rights.includes('OPERATE')
                    ? [
                        {
                          id: 'act',
                          title: t`Acte`,
                          narrow: true,
                          cell: (row: Job) =>
                            row.nextAttemptAt && (
                              <Button variant="plain" icon={RotateCcw} pending={pending === row.id} aria-label={t`Réessayer ${row.title}`} onPress={() => void retry(row)}>
                                <Trans>Réessayer</Trans>
                              </Button>
                            ),
                        },
                      ]
                    : []),
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
