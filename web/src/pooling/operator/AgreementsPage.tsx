import { Trans, useLingui } from '@lingui/react/macro';
import { Handshake } from 'lucide-react';
import { useState } from 'react';
import type { Agreement } from '../../api/pooling';
import { useGet, useMyself } from '../../api/queries';
import '../../members/members.css';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { AgreementChip } from '../AgreementChip';
import { NewAgreementDialog } from './AgreementDialogs';
import { OperatorTabs } from './OperatorTabs';

/** The agreements of the territory: who is bound to what, until when. */
export function AgreementsPage() {
  const { t } = useLingui();
  const { rights } = useMyself();
  const [making, setMaking] = useState(false);
  const agreements = useGet<Agreement[]>('/api/operator/pooling/agreements');
  return (
    <>
      <PageHeader title={t`Conventions`} lead={t`Ce que les collectivités ont signé ensemble : services, parties, durée, clé de répartition.`}
        action={
          rights.includes('OPERATE') && (
            <Button variant="primary" icon={Handshake} onPress={() => setMaking(true)}>
              <Trans>Enregistrer une convention</Trans>
            </Button>
          )
        }
      />
      <OperatorTabs selected="agreements">
      <Loaded query={agreements}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={Handshake} title={t`Aucune convention n’est enregistrée`}>
              <Trans>Une convention dit quels services sont partagés, par qui, et comment ils sont payés.</Trans>
            </EmptyState>
          ) : (
            <DataTable
              label={t`Conventions`}
              rows={all}
              rowId={(one) => one.id}
              rowHref={(one) => `/operator/agreements/${one.id}`}
              columns={[
                { id: 'title', title: t`Convention`, cell: (one) => `${one.number} · ${one.title}`, sortBy: (one) => one.number },
                { id: 'status', title: t`État`, cell: (one) => <AgreementChip status={one.status} /> },
                { id: 'parties', title: t`Parties`, align: 'end', cell: (one) => one.parties, sortBy: (one) => one.parties },
                { id: 'key', title: t`Clé de répartition`, cell: (one) => one.costKey?.name ?? t`aucune` },
                { id: 'ends', title: t`Fin`, cell: (one) => (one.endsOn ? <DateText at={one.endsOn} /> : t`sans terme`), sortBy: (one) => one.endsOn },
                { id: 'notice', title: t`Préavis à donner avant le`, cell: (one) => (one.noticeBy ? <DateText at={one.noticeBy} /> : ''), sortBy: (one) => one.noticeBy },
              ]}
            />
          )
        }
      </Loaded>
      </OperatorTabs>
      {making && <NewAgreementDialog onClose={() => setMaking(false)} />}
    </>
  );
}
