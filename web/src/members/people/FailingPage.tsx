import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { CircleCheck } from 'lucide-react';
import { address } from '../../api/client';
import { useList } from '../../api/queries';
import type { FailingAccount, Page } from '../../api/types';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { Pager } from '../../ui/Pager';
import { EmptyState } from '../../ui/States';
import { useText2 } from '../../ui/text2';
import { useFilters, useHere } from '../common';

const limit = 50;

/** Accounts that their service does not take, and why: known here before somebody complains. */
export function FailingPage() {
  const { t } = useLingui();
  const text = useText2();
  const { page, api } = useHere();
  const { offset, set } = useFilters();
  const failing = useList<Page<FailingAccount>>(address(`${api}/accounts/failing`, { offset, limit }), { refetchInterval: 30_000 });
  return (
    <>
      <PageHeader
        title={t`Comptes en échec`}
        back={
          <Link href={page}>
            <Trans>Vue d’ensemble</Trans>
          </Link>
        }
        lead={t`Ce que les services n’ont pas encore pris. Chaque compte est réessayé tout seul ; rien n’est perdu.`}
      />
      <Loaded query={failing}>
        {({ items, total }) =>
          total === 0 ? (
            <EmptyState icon={CircleCheck} title={t`Aucun compte n’est en échec`} />
          ) : (
            <>
              <DataTable
                label={t`Comptes en échec`}
                rows={items}
                rowId={(one) => one.account.id}
                rowHref={(one) => `${page}/people/${one.person.id}`}
                columns={[
                  { id: 'person', title: t`Personne`, cell: (one) => fullName(one.person), sortBy: (one) => fullName(one.person) },
                  { id: 'service', title: t`Service`, cell: (one) => text(one.account.name), sortBy: (one) => text(one.account.name) },
                  { id: 'error', title: t`Ce que le service répond`, cell: (one) => one.account.error ?? '' },
                  { id: 'attempts', title: t`Essais`, align: 'end', cell: (one) => <Plural value={one.account.attempts} one="# essai" other="# essais" />, sortBy: (one) => one.account.attempts },
                  { id: 'next', title: t`Prochain essai`, cell: (one) => (one.account.nextAttemptAt ? <DateText at={one.account.nextAttemptAt} style="datetime" /> : '') },
                ]}
              />
              <Pager offset={offset} limit={limit} total={total} onOffset={(next) => set({ offset: next })} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
