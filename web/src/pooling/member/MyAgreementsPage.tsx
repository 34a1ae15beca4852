import { Trans, useLingui } from '@lingui/react/macro';
import { Handshake } from 'lucide-react';
import type { MemberAgreement } from '../../api/pooling';
import { useGet } from '../../api/queries';
import { useHere } from '../../members/common';
import '../../members/members.css';
import { Badge } from '../../ui/Badge';
import { DataTable } from '../../ui/DataTable';
import { formatNumber } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { ShareBar } from '../charts';
import { useServiceNames } from '../serviceNames';
import { AgreementFacts, AgreementPapers } from '../AgreementFacts';
import '../pooling.css';

/** The agreements the member is a party of: what each gives, until when, and the signed papers. */
export function MyAgreementsPage() {
  const { t } = useLingui();
  const { api } = useHere();
  const agreements = useGet<MemberAgreement[]>(`${api}/agreements`);
  return (
    <>
      <PageHeader title={t`Conventions`} lead={t`Ce que votre collectivité a signé : services, durée, préavis, documents.`} />
      <Loaded query={agreements}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={Handshake} title={t`Votre collectivité n’est partie à aucune convention`}>
              <Trans>Une convention dit quels services sont partagés et comment ils sont payés. Votre syndicat l’enregistre une fois signée.</Trans>
            </EmptyState>
          ) : (
            <div className="e-stack">
              {all.map((one) => (
                <One key={one.id} one={one} />
              ))}
            </div>
          )
        }
      </Loaded>
    </>
  );
}

function One({ one }: { one: MemberAgreement }) {
  const { t } = useLingui();
  const { api } = useHere();
  const nameOf = useServiceNames();
  return (
    <article className="e-card e-stack">
      <div className="p-line-head">
        <h2>
          {one.number} · {one.title}
        </h2>
      </div>
      <AgreementFacts one={one} since={one.since} />
      {one.used.length > 0 && (
        <DataTable
          label={t`Comptes utilisés, convention ${one.number}`}
          rows={one.used}
          rowId={(row) => row.service}
          columns={[
            { id: 'service', title: t`Service`, cell: (row) => nameOf(row.service) },
            { id: 'accounts', title: t`Comptes`, align: 'end', cell: (row) => formatNumber(row.accounts) },
            { id: 'quota', title: t`Plafond`, align: 'end', cell: (row) => (row.quota === null ? t`sans plafond` : formatNumber(row.quota)) },
            { id: 'storage', title: t`Place`, align: 'end', cell: (row) => (row.storageGb === null ? '' : t`${formatNumber(row.storageGb)} Go`) },
            {
              id: 'share',
              title: t`Part utilisée`,
              cell: (row) => (row.quota === null ? '' : row.accounts > row.quota ? <Badge tone="warn">{t`Plafond dépassé`}</Badge> : <ShareBar part={row.accounts} whole={row.quota} />),
            },
          ]}
        />
      )}
      {one.documents.length > 0 && <AgreementPapers files={one.documents} at={`${api}/agreements/${one.id}`} />}
    </article>
  );
}
