import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { AgreementDetail, Party } from '../../api/pooling';
import { useGet, useMyself } from '../../api/queries';
import { useParam } from '../../members/common';
import '../../members/members.css';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { formatNumber } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { AgreementFacts, AgreementPapers } from '../AgreementFacts';
import '../pooling.css';
import { useServiceNames } from '../serviceNames';
import { AddPartyDialog, AmendDialog, DocumentDialog, EndDialog, LeaveDialog } from './AgreementDialogs';

/** One agreement: terms, parties, services, what was amended when, the signed papers; and its end, said before it is done. */
export function AgreementPage() {
  const { t } = useLingui();
  const path = `/api/operator/pooling/agreements/${useParam('agreement')}`;
  const agreement = useGet<AgreementDetail>(path);
  return (
    <Loaded query={agreement} title={t`Convention`}>
      {(found) => <Shown one={found} path={path} />}
    </Loaded>
  );
}

function Shown({ one, path }: { one: AgreementDetail; path: string }) {
  const { t } = useLingui();
  const nameOf = useServiceNames();
  const { rights } = useMyself();
  const [asked, setAsked] = useState<'amend' | 'party' | 'document' | 'end' | Party | null>(null);
  const runs = rights.includes('OPERATE') && one.status !== 'ended';
  const done = () => setAsked(null);
  return (
    <>
      <PageHeader
        title={`${one.number} · ${one.title}`}
        back={
          <Link href="/operator/agreements">
            <Trans>Conventions</Trans>
          </Link>
        }
        action={
          runs && (
            <div className="e-row">
              <Button variant="primary" onPress={() => setAsked('amend')}>
                <Trans>Enregistrer un avenant</Trans>
              </Button>
              <Button variant="danger" onPress={() => setAsked('end')}>
                <Trans>Mettre fin à la convention</Trans>
              </Button>
            </div>
          )
        }
      />
      <div className="e-stack">
        <div className="e-card">
          <AgreementFacts one={one} />
        </div>
        <section>
          <div className="m-section__head">
            <h2>
              <Trans>Parties</Trans>
            </h2>
            {runs && (
              <Button onPress={() => setAsked('party')}>
                <Trans>Ajouter une partie</Trans>
              </Button>
            )}
          </div>
          <DataTable
            label={t`Parties`}
            rows={one.partyList}
            rowId={(party) => `${party.member} ${party.since}`}
            columns={[
              { id: 'name', title: t`Partie`, cell: (party) => party.name, sortBy: (party) => party.name },
              { id: 'since', title: t`Depuis`, cell: (party) => <DateText at={party.since} />, sortBy: (party) => party.since },
              { id: 'until', title: t`Jusqu’au`, cell: (party) => (party.until ? <DateText at={party.until} /> : '') },
              ...(runs
                ? [
                    {
                      id: 'act',
                      title: t`Départ`,
                      narrow: true,
                      cell: (party: Party) =>
                        !party.until && (
                          <Button variant="plain" aria-label={t`Faire partir ${party.name}`} onPress={() => setAsked(party)}>
                            <Trans>Faire partir</Trans>
                          </Button>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        </section>
        <DataTable
          label={t`Services`}
          rows={one.services}
          rowId={(service) => service.service}
          columns={[
            { id: 'service', title: t`Service`, cell: (service) => nameOf(service.service) },
            { id: 'quota', title: t`Plafond de comptes par collectivité`, align: 'end', cell: (service) => (service.quota === null ? t`sans plafond` : formatNumber(service.quota)) },
            { id: 'storage', title: t`Place par collectivité`, align: 'end', cell: (service) => (service.storageGb === null ? '' : t`${formatNumber(service.storageGb)} Go`) },
          ]}
        />
        <section>
          <h2>
            <Trans>Avenants</Trans>
          </h2>
          <ol>
            {one.amendments.map((amendment) => (
              <li key={amendment.number}>
                <DateText at={amendment.effectiveOn} /> : {amendment.summary || amendment.terms.title}
                {amendment.inForce && (
                  <>
                    {' '}
                    <strong>
                      <Trans>(en vigueur)</Trans>
                    </strong>
                  </>
                )}
              </li>
            ))}
          </ol>
        </section>
        <section>
          <div className="m-section__head">
            <h2>
              <Trans>Documents</Trans>
            </h2>
            {runs && (
              <Button onPress={() => setAsked('document')}>
                <Trans>Joindre un document</Trans>
              </Button>
            )}
          </div>
          {one.documents.length === 0 ? (
            <p className="e-soft">
              <Trans>Aucun document n’est joint.</Trans>
            </p>
          ) : (
            <AgreementPapers files={one.documents} at={path} />
          )}
        </section>
      </div>
      {asked === 'amend' && <AmendDialog one={one} path={path} onClose={done} />}
      {asked === 'party' && <AddPartyDialog one={one} path={path} onClose={done} />}
      {asked === 'document' && <DocumentDialog path={path} onClose={done} />}
      {asked === 'end' && <EndDialog one={one} path={path} onClose={done} />}
      {asked !== null && typeof asked === 'object' && <LeaveDialog one={one} path={path} party={asked} onClose={done} />}
    </>
  );
}
