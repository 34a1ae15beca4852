import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { address } from '../../api/client';
import { useGet, useList } from '../../api/queries';
import type { AppClaims, DirectoryEntry, Page, ServiceState } from '../../api/types';
import { useTyped } from '../people/useTyped';
import { text } from '../words';
import { ComboBox } from '../../ui/ComboBox';
import { DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { fullName } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { Skeleton } from '../../ui/Skeleton';

/**
 * Shows what an application would be told of somebody in one capacity, as the sign-in itself says it.
 *
 * @param member whose people may be looked at; anybody's where it is left out, which only the operator may
 */
export function ClaimsDialog({ service, member, onClose }: { service: ServiceState['service']; member?: string; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [q, setQ] = useState('');
  const [typed, setTyped] = useTyped(q, setQ);
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useList<Page<DirectoryEntry>>(address('/api/directory/people', { q, member, limit: 20 }));
  const options = (found.data?.items ?? []).flatMap((entry) =>
    entry.affiliations.filter((one) => !member || one.member.id === member).map((one) => ({ value: `${entry.person.id}:${one.id}`, label: `${fullName(entry.person)} · ${one.function} · ${one.member.name}` })),
  );
  const [person, capacity] = chosen?.split(':') ?? [null, null];
  const claims = useGet<AppClaims>(chosen ? address(`${member ? `/api/members/${member}` : '/api/operator'}/services/${service.id}/claims`, { person, capacity }) : null);
  if (service.signIn === 'link') {
    return (
      <Dialog isOpen onClose={onClose} title={t`Ce que reçoit ${text(service.name, i18n.locale)}`}>
        <p>
          <Trans>Rien : un lien ouvre un site qui ne connaît pas le territoire. Chacun s’y connecte avec le compte qu’il y a.</Trans>
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog isOpen wide onClose={onClose} title={t`Ce que reçoit ${text(service.name, i18n.locale)}`}>
      <p className="e-soft">
        <Trans>Choisissez une personne et à quel titre elle entre : voici ce que l’application recevrait si elle demandait tout, après une connexion par mot de passe.</Trans>
      </p>
      <ComboBox label={t`Personne et fonction`} value={chosen} onChange={setChosen} options={options} text={typed} onText={setTyped} placeholder={t`Tapez un nom`} />
      {chosen && (
        <Loaded query={claims} skeleton={<Skeleton kind="rows" lines={6} />}>
          {(told) => <Told claims={told} />}
        </Loaded>
      )}
    </Dialog>
  );
}

function Told({ claims }: { claims: AppClaims }) {
  const { t } = useLingui();
  const names = [...new Set([...Object.keys(claims.userinfo), ...Object.keys(claims.idToken)])];
  const where = (name: string) => {
    if (claims.protocol === 'saml') return t`assertion`;
    if (claims.protocol === 'cas') return 'serviceValidate';
    if (claims.protocol === 'gateway') return t`en-tête`;
    return [name in claims.userinfo && 'userinfo', name in claims.idToken && 'id_token'].filter(Boolean).join(', ');
  };
  return (
    <>
      {names.length === 0 && (
        <Message>
          <Trans>Rien n’est transmis de cette personne.</Trans>
        </Message>
      )}
      {claims.missing.length > 0 && (
        <Message tone="warn" title={t`Il manque : ${claims.missing.join(', ')}`}>
          <Trans>Une application ProConnect compte dessus. Le SIRET se saisit dans la fiche de la collectivité.</Trans>
        </Message>
      )}
      <div className="m-dense">
        <DataTable
          label={t`Données transmises`}
          rows={names}
          rowId={(name) => name}
          columns={[
            { id: 'name', title: t`Donnée`, rowHeader: true, cell: (name) => <code>{name}</code> },
            { id: 'value', title: t`Valeur`, cell: (name) => <span className="m-any">{shown(claims.userinfo[name] ?? claims.idToken[name])}</span> },
            { id: 'where', title: t`Où`, narrow: true, cell: where },
          ]}
        />
      </div>
    </>
  );
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
