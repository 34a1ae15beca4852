import { Trans, useLingui } from '@lingui/react/macro';
import { Gavel } from 'lucide-react';
import type { Decision } from '../../api/pooling';
import { useGet } from '../../api/queries';
import { Badge } from '../../ui/Badge';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { effectWords } from './words';

/** What was decided, by whom, and what came of it. */
export function DecisionsPage() {
  const { t, i18n } = useLingui();
  const decisions = useGet<Decision[]>('/api/pooling/decisions');
  return (
    <>
      <PageHeader
        title={t`Décisions`}
        back={
          <Link href="/pooling/votes">
            <Trans>Votes et séances</Trans>
          </Link>
        }
        lead={t`Ce que les instances ont décidé. Une décision adoptée prend effet d’elle-même, à sa date.`}
      />
      <Loaded query={decisions}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={Gavel} title={t`Rien n’a encore été décidé`} />
          ) : (
            <DataTable
              label={t`Décisions`}
              rows={all}
              rowId={(one) => one.id}
              rowHref={(one) => `/pooling/meetings/${one.meeting}`}
              columns={[
                { id: 'question', title: t`Décision`, cell: (one) => one.question, sortBy: (one) => one.question },
                { id: 'result', title: t`Résultat`, cell: (one) => <Badge tone={one.adopted ? 'good' : 'bad'}>{one.adopted ? t`Adopté` : t`Rejeté`}</Badge>, sortBy: (one) => (one.adopted ? 0 : 1) },
                { id: 'body', title: t`Instance`, cell: (one) => one.body, sortBy: (one) => one.body },
                { id: 'closed', title: t`Le`, cell: (one) => <DateText at={one.closedAt} />, sortBy: (one) => one.closedAt },
                { id: 'effect', title: t`Effet`, cell: (one) => (one.effect ? `${one.effect.text} (${i18n._(effectWords[one.effect.state])})` : '') },
              ]}
            />
          )
        }
      </Loaded>
    </>
  );
}
