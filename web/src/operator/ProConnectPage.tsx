import { Trans, useLingui } from '@lingui/react/macro';
import { IdCard } from 'lucide-react';
import { useState } from 'react';
import { useGet } from '../api/queries';
import type { ProConnectEnrolment, ProConnectSheet } from '../api/types';
import { CopyText } from '../members/CopyText';
import { Button } from '../ui/Button';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { EmptyState } from '../ui/States';
import { TextField } from '../ui/TextField';
import '../members/members.css';

/** What to declare so that the territory is an identity provider of ProConnect, and the DNS records of its members. */
export function ProConnectPage() {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [given, setGiven] = useState('');
  const known = useGet<ProConnectEnrolment>(`/api/operator/proconnect-enrolment${given ? `?identityProvider=${encodeURIComponent(given)}` : ''}`);
  return (
    <>
      <PageHeader
        title={t`ProConnect`}
        back={
          <Link href="/operator/services">
            <Trans>Services</Trans>
          </Link>
        }
        lead={t`Le territoire peut être un fournisseur d’identité de ProConnect : vos agents et élus entrent alors ainsi dans les services de l’État. Voici ce qu’il faut lui déclarer.`}
      />
      <form
        className="e-card e-stack"
        onSubmit={(event) => {
          event.preventDefault();
          setGiven(typed.trim());
        }}
      >
        <TextField label={t`Identifiant donné par ProConnect`} value={typed} onChange={setTyped} maxLength={36} placeholder="71144ab3-ee1a-4401-b7b3-79b44f7daeeb" help={t`ProConnect l’envoie après votre formulaire. Il entre dans l’enregistrement DNS de chaque domaine.`} />
        <div className="m-acts">
          <Button type="submit">
            <Trans>Mettre dans les enregistrements</Trans>
          </Button>
        </div>
      </form>
      <Loaded query={known}>
        {({ sheets }) =>
          sheets.length === 0 ? (
            <EmptyState icon={IdCard} title={t`Aucun service « proconnect: federation »`}>
              <Trans>Décrivez d’abord ProConnect dans un descripteur, comme docs/operators/proconnect.md l’explique, puis abonnez-y les collectivités qui participent.</Trans>
            </EmptyState>
          ) : (
            <div className="e-stack">
              {sheets.map((sheet) => (
                <Sheet key={sheet.service} sheet={sheet} />
              ))}
            </div>
          )
        }
      </Loaded>
    </>
  );
}

function Sheet({ sheet }: { sheet: ProConnectSheet }) {
  const { t } = useLingui();
  const domains = sheet.members.flatMap((member) => member.domains.map((domain) => ({ ...domain, member: member.name, siret: member.siret })));
  const download = () => {
    const url = URL.createObjectURL(new Blob([sheet.text], { type: 'text/plain;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `proconnect-${sheet.service}.txt`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <section className="m-section e-stack" aria-labelledby={`sheet-${sheet.service}`}>
      <div className="m-section__head">
        <h2 id={`sheet-${sheet.service}`}>{sheet.name}</h2>
        <Button onPress={download}>
          <Trans>Télécharger la fiche</Trans>
        </Button>
      </div>
      {sheet.doubts.map((doubt) => (
        <Message key={doubt} tone="warn">
          {doubt}
        </Message>
      ))}
      <CopyText label={t`Discovery URL`} value={sheet.discovery} />
      <CopyText label={t`Nom du client (client_id)`} value={sheet.clientId} />
      <CopyText label={t`Signature de l’id_token et du userinfo`} value={sheet.algorithm} />
      <h3>
        <Trans>Domaines et enregistrements DNS (TXT)</Trans>
      </h3>
      <ul className="m-list">
        {domains.map((one) => (
          <li key={one.domain} className="m-line">
            <div className="m-line__main">
              <strong>@{one.domain}</strong>
              <p className="e-soft">
                {one.member} · {one.siret ?? <Trans>sans SIRET</Trans>}
              </p>
              {one.record.value === null ? (
                <p className="e-soft">
                  <Trans>La valeur sera connue avec l’identifiant donné par ProConnect.</Trans>
                </p>
              ) : (
                <CopyText label={t`TXT à la racine de ${one.record.name}`} value={one.record.value} />
              )}
            </div>
          </li>
        ))}
      </ul>
      <h3>
        <Trans>Fiche entière</Trans>
      </h3>
      <TextField label={t`À copier dans le formulaire`} rows={12} value={sheet.text} isReadOnly />
    </section>
  );
}
