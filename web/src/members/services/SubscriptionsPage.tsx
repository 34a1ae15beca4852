import { Trans, useLingui } from '@lingui/react/macro';
import { LayoutGrid } from 'lucide-react';
import { useGet } from '../../api/queries';
import type { Population, Subscription, Unit } from '../../api/types';
import { Badge } from '../../ui/Badge';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { formatNumber } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { Skeleton } from '../../ui/Skeleton';
import { EmptyState } from '../../ui/States';
import { useHere } from '../common';
import { text } from '../words';
import { usePopulationWords } from './populationWords';
import '../members.css';

/** The catalogue as this member takes it: which services, and for whom. */
export function SubscriptionsPage() {
  const { t, i18n } = useLingui();
  const { page, api } = useHere();
  const subscriptions = useGet<Subscription[]>(`${api}/subscriptions`);
  const units = useGet<Unit[]>(`${api}/units`);
  const say = usePopulationWords(units.data ?? []);
  const whom = (populations: readonly Population[]) => (populations.length ? populations.map(say).join(t` ; `) : '');
  return (
    <>
      <PageHeader title={t`Abonnements`} lead={t`Les services pris par la collectivité, et pour qui. Les comptes s’ouvrent et se ferment d’eux-mêmes.`} />
      <Loaded query={subscriptions} skeleton={<Skeleton kind="rows" lines={8} />}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={LayoutGrid} title={t`Le catalogue est vide`}>
              <Trans>L’opérateur n’a encore publié aucun service.</Trans>
            </EmptyState>
          ) : (
            <div className="m-dense">
              <DataTable
                label={t`Abonnements`}
                rows={all}
                rowId={(row) => row.service.id}
                rowHref={(row) => `${page}/services/${row.service.id}`}
                columns={[
                  { id: 'name', title: t`Service`, rowHeader: true, cell: (row) => text(row.service.name, i18n.locale), sortBy: (row) => text(row.service.name, i18n.locale) },
                  {
                    id: 'state',
                    title: t`État`,
                    narrow: true,
                    cell: (row) => (row.everyone ? <Badge tone="info">{t`Pour tous`}</Badge> : row.active ? <Badge tone="good">{t`Abonnée`}</Badge> : <Badge>{t`Pas d’abonnement`}</Badge>),
                    sortBy: (row) => (row.everyone ? 1 : row.active ? 0 : 2),
                  },
                  { id: 'whom', title: t`Pour qui`, cell: (row) => (row.everyone ? t`Toute personne du territoire` : row.active ? whom(row.populations) : <span className="e-soft">—</span>) },
                  { id: 'people', title: t`Personnes`, align: 'end', narrow: true, cell: (row) => formatNumber(row.people), sortBy: (row) => row.people },
                  { id: 'since', title: t`Depuis`, narrow: true, cell: (row) => (row.since ? <DateText at={row.since} style="short" /> : <span className="e-soft">—</span>) },
                ]}
              />
            </div>
          )
        }
      </Loaded>
    </>
  );
}
