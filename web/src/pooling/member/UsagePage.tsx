import { Trans, useLingui } from '@lingui/react/macro';
import { ChartNoAxesColumn } from 'lucide-react';
import type { MemberUsage } from '../../api/pooling';
import { address } from '../../api/client';
import { useGet } from '../../api/queries';
import { useFilters, useHere } from '../../members/common';
import '../../members/members.css';
import { DataTable } from '../../ui/DataTable';
import { formatNumber } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { Select } from '../../ui/Select';
import { EmptyState } from '../../ui/States';
import { useText2 } from '../../ui/text2';
import { formatMonth, LineChart, monthsAgo } from '../charts';
import '../pooling.css';

/** What the member uses, beside the middle one of those of its size. */
export function UsagePage() {
  const { t } = useLingui();
  const { api } = useHere();
  const text = useText2();
  const { values, set } = useFilters('service', 'months');
  const months = Number(values.months) || 24;
  const usage = useGet<MemberUsage>(address(`${api}/usage`, { from: monthsAgo(months - 1), to: monthsAgo(0) }));
  return (
    <>
      <PageHeader title={t`Usages`} lead={t`Des comptes par mois, sans aucune donnée personnelle, à côté des collectivités de taille comparable.`} />
      <Loaded query={usage}>
        {({ series, comparable }) => {
          const services = [...new Map(series.map((one) => [one.service, text(one.serviceName)]))];
          const shown = series.filter((one) => !values.service || one.service === values.service);
          return series.length === 0 ? (
            <EmptyState icon={ChartNoAxesColumn} title={t`Rien n’a encore été mesuré`}>
              <Trans>Les premiers chiffres apparaissent le lendemain de l’ouverture d’un service.</Trans>
            </EmptyState>
          ) : (
            <div className="e-stack">
              <div className="m-filters">
                <Select labelHidden label={t`Service`} value={values.service || 'all'} onChange={(service) => set({ service: service === 'all' ? '' : service })} options={[{ value: 'all', label: t`Tous les services` }, ...services.map(([value, label]) => ({ value, label }))]} />
                <Select labelHidden label={t`Durée`} value={String(months)} onChange={(next) => set({ months: next })} options={[12, 24, 36].map((count) => ({ value: String(count), label: t`${count} mois` }))} />
              </div>
              {comparable.length > 0 && (
                <p className="e-soft">
                  <Trans>Comparables par la population : {comparable.map((one) => one.name).join(', ')}.</Trans>
                </p>
              )}
              <div className="p-grid-cards">
                {shown.map((one) => {
                  const title = `${text(one.serviceName)} : ${one.name}`;
                  const rows = one.periods.map((period, at) => ({ period, mine: one.mine[at] ?? null, median: one.comparableMedian[at] ?? null })).reverse();
                  const say = (value: number | null) => (value === null ? '–' : formatNumber(value));
                  return (
                    <article key={`${one.service} ${one.metric}`} className="e-card e-stack e-stack--tight">
                      <h2>{title}</h2>
                      <LineChart
                        label={title}
                        periods={one.periods}
                        series={[
                          { name: t`Votre collectivité`, values: one.mine },
                          { name: t`Médiane des comparables`, values: one.comparableMedian },
                        ]}
                      />
                      <details className="m-more">
                        <summary>
                          <Trans>Les chiffres en tableau</Trans>
                        </summary>
                        <DataTable
                          label={title}
                          rows={rows}
                          rowId={(row) => row.period}
                          columns={[
                            { id: 'period', title: t`Mois`, cell: (row) => formatMonth(row.period) },
                            { id: 'mine', title: t`Votre collectivité`, align: 'end', cell: (row) => say(row.mine) },
                            { id: 'median', title: t`Médiane`, align: 'end', cell: (row) => say(row.median) },
                          ]}
                        />
                      </details>
                    </article>
                  );
                })}
              </div>
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
