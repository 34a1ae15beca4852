import { Trans, useLingui } from '@lingui/react/macro';
import { ReceiptEuro } from 'lucide-react';
import type { ContributionYear } from '../../api/pooling';
import { useGet } from '../../api/queries';
import { useHere } from '../../members/common';
import '../../members/members.css';
import { Badge } from '../../ui/Badge';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { euros } from '../money';
import { callWords } from '../words';

/** What the member owes, year by year; each year is explained line by line. */
export function ContributionsPage() {
  const { t, i18n } = useLingui();
  const { api, page } = useHere();
  const years = useGet<ContributionYear[]>(`${api}/contributions`);
  return (
    <>
      <PageHeader title={t`Contributions`} lead={t`Ce que votre collectivité verse pour les services partagés. Choisissez une année pour savoir pourquoi.`} />
      <Loaded query={years}>
        {(all) => {
          const late = all.filter((one) => one.overdue);
          return all.length === 0 ? (
            <EmptyState icon={ReceiptEuro} title={t`Aucune contribution n’a encore été appelée`}>
              <Trans>Le premier appel de contribution de votre syndicat apparaîtra ici, avec son explication.</Trans>
            </EmptyState>
          ) : (
            <div className="e-stack">
              {late.map((one) => (
                <Message key={one.year} tone="warn" title={t`Contribution ${one.year} : échéance dépassée`}>
                  <Trans>
                    {euros(one.balance)} restaient à verser le <DateText at={one.dueOn} />.
                  </Trans>
                </Message>
              ))}
              <DataTable
                label={t`Contributions par année`}
                rows={all}
                rowId={(one) => String(one.year)}
                rowHref={(one) => `${page}/contributions/${one.year}`}
                columns={[
                  { id: 'year', title: t`Année`, cell: (one) => one.year, sortBy: (one) => one.year },
                  { id: 'kind', title: t`Appel`, cell: (one) => <Badge tone={one.kind === 'final' ? 'good' : 'info'}>{i18n._(callWords[one.kind])}</Badge> },
                  { id: 'due', title: t`À verser avant le`, cell: (one) => <DateText at={one.dueOn} />, sortBy: (one) => one.dueOn },
                  { id: 'amount', title: t`Appelé`, align: 'end', cell: (one) => euros(one.amount), sortBy: (one) => one.amount },
                  { id: 'paid', title: t`Versé`, align: 'end', cell: (one) => euros(one.paid), sortBy: (one) => one.paid },
                  { id: 'balance', title: t`Reste à verser`, align: 'end', cell: (one) => euros(one.balance), sortBy: (one) => one.balance },
                ]}
              />
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
