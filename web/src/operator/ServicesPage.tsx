import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { LayoutGrid, Plus } from 'lucide-react';
import { useGet, useMyself } from '../api/queries';
import type { ServiceState } from '../api/types';
import '../members/members.css';
import { text } from '../members/words';
import { Badge } from '../ui/Badge';
import { DataTable } from '../ui/DataTable';
import { DateText } from '../ui/DateText';
import { formatNumber } from '../ui/format';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { useSignInWord } from './apps/useSignInWord';
import './operator.css';

/** The catalogue and the accounts behind each service. */
export function ServicesPage() {
  const { t, i18n } = useLingui();
  const signInWord = useSignInWord();
  const { rights } = useMyself();
  const services = useGet<ServiceState[]>('/api/operator/services', { refetchInterval: 15_000 });
  return (
    <>
      <PageHeader
        title={t`Services`}
        lead={t`Les comptes sont amenés à l’état calculé, et comparés chaque nuit à ce que chaque moteur contient.`}
        action={
          rights.includes('OPERATE') && (
            <div className="m-acts">
              <Link variant="quiet" href="/operator/secrets">
                <Trans>Secrets</Trans>
              </Link>
              <Link variant="quiet" href="/operator/proconnect">
                <Trans>Être fournisseur d’identité de ProConnect</Trans>
              </Link>
              <Link variant="quiet" href="/operator/proconnect-source">
                <Trans>Se connecter ici par ProConnect</Trans>
              </Link>
              <Link variant="primary" icon={Plus} href="/operator/services/new">
                <Trans>Ajouter une application</Trans>
              </Link>
            </div>
          )
        }
      />
      <Loaded query={services} skeleton={<Skeleton kind="rows" lines={8} />}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={LayoutGrid} title={t`Aucun service`}>
              <Trans>Ajoutez une application, ou un descripteur (un fichier YAML) dans le dossier des services.</Trans>
            </EmptyState>
          ) : (
            <div className="m-dense">
              <DataTable
                label={t`Services`}
                rows={all}
                rowId={(row) => row.service.id}
                columns={[
                  {
                    id: 'name',
                    title: t`Service`,
                    rowHeader: true,
                    cell: (row) => (
                      <>
                        {rights.includes('OPERATE') ? (
                          <Link variant="bare" href={`/operator/services/${row.service.id}`}>
                            {text(row.service.name, i18n.locale)}
                          </Link>
                        ) : (
                          text(row.service.name, i18n.locale)
                        )}{' '}
                        <span className="e-soft m-light e-small">{row.service.id}</span>
                      </>
                    ),
                    sortBy: (row) => text(row.service.name, i18n.locale),
                  },
                  { id: 'signIn', title: t`Connexion`, narrow: true, cell: (row) => [signInWord(row.service.signIn), row.service.connector].filter(Boolean).join(', ') },
                  { id: 'active', title: t`Actifs`, align: 'end', narrow: true, cell: (row) => formatNumber(row.accounts.active ?? 0), sortBy: (row) => row.accounts.active ?? 0 },
                  { id: 'planned', title: t`Prévus`, align: 'end', narrow: true, cell: (row) => formatNumber(row.accounts.planned ?? 0), sortBy: (row) => row.accounts.planned ?? 0 },
                  { id: 'suspended', title: t`Suspendus`, align: 'end', narrow: true, cell: (row) => formatNumber(row.accounts.suspended ?? 0), sortBy: (row) => row.accounts.suspended ?? 0 },
                  {
                    id: 'failing',
                    title: t`En échec`,
                    align: 'end',
                    narrow: true,
                    cell: (row) =>
                      row.failing > 0 ? (
                        <Link variant="bare" href="/operator/jobs">
                          <Badge tone="bad">{formatNumber(row.failing)}</Badge>
                        </Link>
                      ) : (
                        '0'
                      ),
                    sortBy: (row) => row.failing,
                  },
                  {
                    id: 'reconciled',
                    title: t`Dernier rapprochement`,
                    cell: (row) =>
                      row.lastReconciliation ? (
                        <>
                          <DateText at={row.lastReconciliation.at} style="relative" />
                          {', '}
                          <Plural value={row.lastReconciliation.repaired} _0="rien à réparer" one="# écart réparé" other="# écarts réparés" />
                        </>
                      ) : (
                        <span className="e-soft">—</span>
                      ),
                  },
                ]}
              />
            </div>
          )
        }
      </Loaded>
    </>
  );
}
