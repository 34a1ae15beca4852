import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Eye, LayoutGrid, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../api/client';
import { problemText } from '../api/problem';
import { refresh, useGet, useMyself } from '../api/queries';
import type { ServiceState } from '../api/types';
import '../members/members.css';
import { text } from '../members/words';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { DataTable } from '../ui/DataTable';
import { DateText } from '../ui/DateText';
import { formatNumber } from '../ui/format';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { toast } from '../ui/Toasts';
import { ClaimsDialog } from './ClaimsDialog';
import './operator.css';

/** The catalogue and the accounts behind each service. */
export function ServicesPage() {
  const { t, i18n } = useLingui();
  const { rights } = useMyself();
  const services = useGet<ServiceState[]>('/api/operator/services', { refetchInterval: 15_000 });
  const [pending, setPending] = useState<string | null>(null);
  const [shown, setShown] = useState<ServiceState['service'] | null>(null);
  const signIn: Record<string, string> = { 'built-in': t`intégrée`, oidc: 'OIDC', saml: 'SAML', gateway: t`passerelle`, link: t`lien` };
  const reconcile = async (id: string, name: string) => {
    setPending(id);
    try {
      await call.post(`/api/operator/services/${id}/reconcile`);
      await refresh('/api/operator/services');
      toast(t`Rapprochement de ${name} lancé.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setPending(null);
    }
  };
  return (
    <>
      <PageHeader title={t`Services`} lead={t`Un service est décrit par un fichier du dossier des descripteurs. Les comptes sont amenés à l’état calculé, et comparés chaque nuit à ce que chaque moteur contient.`} />
      <Loaded query={services} skeleton={<Skeleton kind="rows" lines={8} />}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={LayoutGrid} title={t`Aucun service`}>
              <Trans>Ajoutez un descripteur (un fichier YAML) dans le dossier des services, puis relancez la plateforme.</Trans>
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
                        {text(row.service.name, i18n.locale)} <span className="e-soft m-light e-small">{row.service.id}</span>
                      </>
                    ),
                    sortBy: (row) => text(row.service.name, i18n.locale),
                  },
                  { id: 'signIn', title: t`Connexion`, narrow: true, cell: (row) => signIn[row.service.signIn] ?? row.service.signIn },
                  { id: 'connector', title: t`Connecteur`, narrow: true, cell: (row) => row.service.connector ?? <span className="e-soft">—</span> },
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
                  ...(rights.includes('OPERATE')
                    ? [
                        {
                          id: 'act',
                          title: t`Acte`,
                          narrow: true,
                          cell: (row: ServiceState) => (
                            <div className="o-acts">
                              {row.service.connector && (
                                <Button variant="plain" icon={RefreshCw} pending={pending === row.service.id} aria-label={t`Rapprocher ${text(row.service.name, i18n.locale)}`} onPress={() => void reconcile(row.service.id, text(row.service.name, i18n.locale))}>
                                  <Trans>Rapprocher</Trans>
                                </Button>
                              )}
                              {(row.service.signIn === 'oidc' || row.service.signIn === 'saml' || row.service.signIn === 'gateway') && (
                                <Button variant="plain" icon={Eye} aria-label={t`Essayer ${text(row.service.name, i18n.locale)}`} onPress={() => setShown(row.service)}>
                                  <Trans>Essayer</Trans>
                                </Button>
                              )}
                            </div>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            </div>
          )
        }
      </Loaded>
      {shown && <ClaimsDialog service={shown} onClose={() => setShown(null)} />}
    </>
  );
}
