import { Trans, useLingui } from '@lingui/react/macro';
import { ChartNoAxesColumn } from 'lucide-react';
import { address } from '../../api/client';
import type { Usage, UsageMetric } from '../../api/pooling';
import { useGet, useList } from '../../api/queries';
import { useFilters } from '../../members/common';
import '../../members/members.css';
import { DataTable } from '../../ui/DataTable';
import { formatNumber } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { Select } from '../../ui/Select';
import { EmptyState } from '../../ui/States';
import { useText2 } from '../../ui/text2';
import { formatMonth, LineChart, monthsAgo, ShareBar } from '../charts';
import '../pooling.css';
import { PoolingTabs } from './PoolingTabs';

/** What each member uses, side by side: counts a month, no personal data. */
export function UsageAcrossPage() {
  const { t } = useLingui();
  const metrics = useGet<UsageMetric[]>('/api/pooling/usage/metrics');
  return (
    <>
      <PageHeader title={t`Usages`} lead={t`Ce que chaque collectivité utilise, mois par mois, sans aucune donnée personnelle. Ouvert à tous.`} />
      <PoolingTabs selected="usage">
        <Loaded query={metrics}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState icon={ChartNoAxesColumn} title={t`Rien n’a encore été mesuré`}>
                <Trans>Les premiers chiffres apparaissent le lendemain de l’ouverture d’un service.</Trans>
              </EmptyState>
            ) : (
              <Across metrics={all} />
            )
          }
        </Loaded>
      </PoolingTabs>
    </>
  );
}

function Across({ metrics }: { metrics: UsageMetric[] }) {
  const { t } = useLingui();
  const text = useText2();
  const { values, set } = useFilters('what', 'months');
  const months = Number(values.months) || 12;
  const one = metrics.find((metric) => `${metric.metric}.${metric.service}` === values.what) ?? metrics[0];
  const range = one && { metric: one.metric, service: one.service, from: monthsAgo(months - 1), to: monthsAgo(0), by: 'month' };
  const usage = useList<Usage>(range ? address('/api/pooling/usage', range) : null);
  return (
    <div className="e-stack">
      <div className="m-filters">
        <Select label={t`Mesure`} labelHidden value={one ? `${one.metric}.${one.service}` : null} onChange={(what) => set({ what })} options={metrics.map((metric) => ({ value: `${metric.metric}.${metric.service}`, label: `${text(metric.serviceName)} : ${metric.name}` }))} />
        <Select label={t`Durée`} labelHidden value={String(months)} onChange={(next) => set({ months: next })} options={[12, 24, 36].map((count) => ({ value: String(count), label: t`${count} mois` }))} />
      </div>
      <Loaded query={usage}>{(found) => <Shown usage={found} />}</Loaded>
      {range && (
        <p className="e-row">
          <a href={address('/api/pooling/usage.csv', range)} download>
            <Trans>Télécharger (CSV)</Trans>
          </a>
          <a href={address('/api/pooling/usage.json', range)} download>
            <Trans>Télécharger (JSON)</Trans>
          </a>
        </p>
      )}
    </div>
  );
}

function Shown({ usage }: { usage: Usage }) {
  const { t } = useLingui();
  const { periods, members, unit } = usage;
  const last = (values: readonly (number | null)[]) => values.findLast((value) => value !== null) ?? null;
  const total = periods.map((_, at) => {
    const known = members.map((member) => member.values[at] ?? null).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
  const most = Math.max(1, ...members.map((member) => last(member.values) ?? 0));
  const say = (value: number | null) => (value === null ? '–' : formatNumber(value));
  const perHead = (member: Usage['members'][number]) => {
    const value = last(member.values);
    return value === null || !member.population ? null : Math.round((value / member.population) * 10_000) / 10;
  };
  return (
    <>
      <LineChart label={t`${usage.name}, toutes collectivités ensemble`} periods={periods} series={[{ name: t`Toutes les collectivités (${unit})`, values: total }]} />
      <DataTable
        label={usage.name}
        rows={members}
        rowId={(member) => member.member}
        columns={[
          { id: 'name', title: t`Collectivité`, cell: (member) => member.name, sortBy: (member) => member.name },
          { id: 'first', title: periods[0] ? formatMonth(periods[0]) : '', align: 'end', cell: (member) => say(member.values[0] ?? null), sortBy: (member) => member.values[0] ?? null },
          {
            id: 'last',
            title: t`Dernier mois connu`,
            align: 'end',
            cell: (member) => (
              <span className="p-bar">
                {say(last(member.values))}
                <ShareBar part={last(member.values) ?? 0} whole={most} />
              </span>
            ),
            sortBy: (member) => last(member.values),
          },
          { id: 'head', title: t`Pour 1 000 habitants`, align: 'end', cell: (member) => say(perHead(member)), sortBy: perHead },
        ]}
      />
    </>
  );
}
