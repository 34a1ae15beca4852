import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { address, api as call } from '../../api/client';
import type { AgreementDetail, EndPreview } from '../../api/pooling';
import { refresh, useGet, useMyself } from '../../api/queries';
import { useParam } from '../../members/common';
import '../../members/members.css';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { DateField } from '../../ui/DateField';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { formatNumber } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { useText2 } from '../../ui/text2';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { AgreementChip } from '../AgreementChip';
import '../pooling.css';
import { useServiceNames } from '../serviceNames';
import { renewalWords } from '../words';

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
  const { t, i18n } = useLingui();
  const nameOf = useServiceNames();
  const { rights } = useMyself();
  const [ending, setEnding] = useState(false);
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
          rights.includes('OPERATE') &&
          one.status !== 'ended' && (
            <Button variant="danger" onPress={() => setEnding(true)}>
              <Trans>Mettre fin à la convention</Trans>
            </Button>
          )
        }
      />
      <div className="e-stack">
        <dl className="e-facts e-card">
          <dt>
            <Trans>État</Trans>
          </dt>
          <dd>
            <AgreementChip status={one.status} />
          </dd>
          <dt>
            <Trans>Début</Trans>
          </dt>
          <dd>
            <DateText at={one.startsOn} />
          </dd>
          <dt>
            <Trans>Fin</Trans>
          </dt>
          <dd>
            {one.endsOn ? <DateText at={one.endsOn} /> : <Trans>sans terme</Trans>}, {i18n._(renewalWords[one.renewal]).toLowerCase()}
          </dd>
          <dt>
            <Trans>Préavis</Trans>
          </dt>
          <dd>
            <Plural value={one.noticeMonths} one="# mois" other="# mois" />
          </dd>
          <dt>
            <Trans>Clé de répartition</Trans>
          </dt>
          <dd>{one.costKey?.name ?? <Trans>aucune</Trans>}</dd>
        </dl>
        <DataTable
          label={t`Parties`}
          rows={one.partyList}
          rowId={(party) => `${party.member} ${party.since}`}
          columns={[
            { id: 'name', title: t`Partie`, cell: (party) => party.name, sortBy: (party) => party.name },
            { id: 'since', title: t`Depuis`, cell: (party) => <DateText at={party.since} />, sortBy: (party) => party.since },
            { id: 'until', title: t`Jusqu’au`, cell: (party) => (party.until ? <DateText at={party.until} /> : '') },
          ]}
        />
        <DataTable
          label={t`Services`}
          rows={one.services}
          rowId={(service) => service.service}
          columns={[
            { id: 'service', title: t`Service`, cell: (service) => nameOf(service.service) },
            { id: 'quota', title: t`Plafond de comptes par collectivité`, align: 'end', cell: (service) => (service.quota === null ? t`sans plafond` : formatNumber(service.quota)) },
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
        {one.documents.length > 0 && (
          <section>
            <h2>
              <Trans>Documents</Trans>
            </h2>
            <ul>
              {one.documents.map((file) => (
                <li key={file.id}>
                  <a href={`${path}/documents/${file.id}`} download>
                    {file.name}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {ending && <End one={one} path={path} onClose={() => setEnding(false)} />}
    </>
  );
}

/** Who loses what is counted before the agreement ends. */
function End({ one, path, onClose }: { one: AgreementDetail; path: string; onClose: () => void }) {
  const { t } = useLingui();
  const text = useText2();
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const preview = useGet<EndPreview>(until ? address(`${path}/end-preview`, { until }) : null);
  const end = async () => {
    await call.post(`${path}/end`, { until, reason: reason.trim() });
    await refresh('/api/operator/pooling/agreements');
    toast(t`Fin de la convention ${one.number} enregistrée.`);
  };
  return (
    <ConfirmDialog wide danger isOpen onClose={onClose} title={t`Mettre fin à la convention ${one.number} ?`} confirm={t`Mettre fin à la convention`} isDisabled={!until || !reason.trim() || !preview.data} onConfirm={end}>
      <DateField label={t`Dernier jour`} value={until} onChange={setUntil} isRequired />
      <TextField label={t`Motif`} value={reason} onChange={setReason} isRequired maxLength={500} />
      {until && (
        <Loaded query={preview}>
          {({ withinNotice, losses, budgetLines }) => (
            <div className="e-stack">
              {!withinNotice && (
                <Message tone="warn">
                  <Trans>Le préavis de {one.noticeMonths} mois n’est pas respecté à cette date.</Trans>
                </Message>
              )}
              {losses.length === 0 ? (
                <p>
                  <Trans>Personne ne perd de service.</Trans>
                </p>
              ) : (
                <DataTable
                  label={t`Qui perd quoi`}
                  rows={losses}
                  rowId={(loss) => `${loss.member} ${loss.service}`}
                  columns={[
                    { id: 'name', title: t`Collectivité`, cell: (loss) => loss.name },
                    { id: 'service', title: t`Service`, cell: (loss) => text(loss.serviceName) },
                    { id: 'people', title: t`Personnes`, align: 'end', cell: (loss) => formatNumber(loss.people) },
                  ]}
                />
              )}
              {budgetLines.length > 0 && (
                <p>
                  <Trans>Lignes de budget à revoir : {budgetLines.join(', ')}.</Trans>
                </p>
              )}
            </div>
          )}
        </Loaded>
      )}
    </ConfirmDialog>
  );
}
