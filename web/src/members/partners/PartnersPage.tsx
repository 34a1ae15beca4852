import { Trans, useLingui } from '@lingui/react/macro';
import { Handshake } from 'lucide-react';
import { useState } from 'react';
import { address, api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet, useList } from '../../api/queries';
import type { Page, Partner, ProConnectHere } from '../../api/types';
import { Checkbox } from '../../ui/Choices';
import { ConfirmDialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Pager } from '../../ui/Pager';
import { SearchField } from '../../ui/SearchField';
import { EmptyState } from '../../ui/States';
import { toast } from '../../ui/Toasts';
import { RefusedArrivals } from '../RefusedArrivals';
import { useFilters, useHere, useMay } from '../common';
import { useTyped } from '../people/useTyped';
import { InviteDialog } from './InviteDialog';
import { PartnerLine } from './PartnerLine';
import '../members.css';

const limit = 50;

/** The member's partners, and for which organisation each may come by ProConnect. */
export function PartnersPage() {
  const { t } = useLingui();
  const { page, api } = useHere();
  const may = useMay();
  const { values, offset, set } = useFilters('q');
  const [typed, setTyped] = useTyped(values.q, (q) => set({ q }));
  const here = useGet<ProConnectHere>(`${api}/proconnect`);
  const partners = useList<Page<Partner>>(address(`${api}/partners`, { q: values.q, offset, limit }));
  const [inviting, setInviting] = useState<Partner | null>(null);
  const [asked, setAsked] = useState<{ what: 'withdraw' | 'unlink'; of: Partner } | null>(null);
  const again = () => Promise.all([refresh(`${api}/partners`), refresh(`${api}/proconnect`)]);
  const confirm = async () => {
    if (!asked) return;
    await call.delete(`${api}/partners/${asked.of.affiliation}${asked.what === 'unlink' ? '/account' : ''}`);
    await again();
    toast(asked.what === 'unlink' ? t`Compte délié.` : t`Invitation retirée.`);
  };
  return (
    <>
      <PageHeader
        title={t`Partenaires par ProConnect`}
        back={
          <Link href={`${page}/people`}>
            <Trans>Personnes</Trans>
          </Link>
        }
        lead={t`Un partenaire que vous invitez se connecte avec son compte habituel : la première fois reconnu à son adresse et au SIRET de son organisation, ensuite à son compte.`}
        action={
          may.people && (
            <Link variant="primary" href={`${page}/people/new`}>
              <Trans>Ajouter un partenaire</Trans>
            </Link>
          )
        }
      />
      <Loaded query={here}>
        {({ state }) =>
          state === 'on' ? (
            <></>
          ) : (
            <Message tone="info">
              {state === 'trial' ? <Trans>ProConnect est à l’essai : seul le lien d’essai de l’opérateur y mène. Vos invitations sont gardées.</Trans> : <Trans>L’opérateur n’a pas encore mis ProConnect en service. Vos invitations sont gardées jusque-là.</Trans>}
            </Message>
          )
        }
      </Loaded>
      <search className="m-filters">
        <SearchField label={t`Nom ou adresse`} value={typed} onChange={setTyped} />
      </search>
      <Loaded query={partners}>
        {({ items, total }) =>
          items.length === 0 ? (
            <EmptyState icon={Handshake} title={values.q ? t`Aucun partenaire ne correspond` : t`Aucun partenaire`}>
              <Trans>Ajoutez d’abord la personne, avec un rattachement de type « partenaire », son adresse professionnelle et une date de fin.</Trans>
            </EmptyState>
          ) : (
            <>
              <ul className="m-list">
                {items.map((one) => (
                  <PartnerLine key={one.affiliation} partner={one} onInvite={() => setInviting(one)} onWithdraw={() => setAsked({ what: 'withdraw', of: one })} onUnlink={() => setAsked({ what: 'unlink', of: one })} />
                ))}
              </ul>
              <Pager offset={offset} limit={limit} total={total} onOffset={(next) => set({ offset: next })} />
            </>
          )
        }
      </Loaded>
      {may.member && here.data && <Agents allowed={here.data.agents} />}
      <section className="m-section" aria-labelledby="refused">
        <div className="m-section__head">
          <h2 id="refused">
            <Trans>Connexions refusées</Trans>
          </h2>
        </div>
        <Loaded query={here}>{({ refused }) => <RefusedArrivals refused={refused} />}</Loaded>
      </section>
      {inviting && <InviteDialog partner={inviting} onClose={() => setInviting(null)} onDone={again} />}
      <ConfirmDialog
        title={asked?.what === 'unlink' ? t`Délier le compte ProConnect de ${asked.of.name} ?` : t`Retirer l’invitation de ${asked?.of.name ?? ''} ?`}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        confirm={asked?.what === 'unlink' ? t`Délier le compte` : t`Retirer l’invitation`}
        danger
        onConfirm={confirm}
      >
        <p>
          {asked?.what === 'unlink' ? (
            <Trans>Le prochain compte ProConnect qui viendra avec cette adresse et ce SIRET sera relié à cette personne. À faire quand elle a changé de fournisseur d’identité, et seulement si vous savez que c’est bien elle.</Trans>
          ) : (
            <Trans>Cette personne ne viendra plus par ProConnect. Son rattachement continue : pour fermer tous ses accès, mettez-y fin.</Trans>
          )}
        </p>
      </ConfirmDialog>
    </>
  );
}

function Agents({ allowed }: { allowed: boolean }) {
  const { t } = useLingui();
  const { api } = useHere();
  const [error, setError] = useState<unknown>(null);
  const change = async (agents: boolean) => {
    setError(null);
    try {
      await call.put(`${api}/proconnect`, { agents });
      toast(agents ? t`Vos agents et élus peuvent venir par ProConnect.` : t`Vos agents et élus ne viennent plus par ProConnect.`);
    } catch (failure) {
      setError(failure);
    } finally {
      await refresh(`${api}/proconnect`);
    }
  };
  return (
    <section className="m-section e-stack" aria-labelledby="agents">
      <div className="m-section__head">
        <h2 id="agents">
          <Trans>Vos propres agents et élus</Trans>
        </h2>
      </div>
      <Checkbox isSelected={allowed} onChange={(next) => void change(next)} help={t`Seulement ceux dont ProConnect dit qu’ils travaillent à un SIRET de la collectivité, et dont l’adresse est dans un de ses domaines vérifiés. Sinon, qui vient ainsi est refusé et paraît ci-dessous.`}>
        <Trans>Ils peuvent aussi se connecter par ProConnect</Trans>
      </Checkbox>
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
    </section>
  );
}
