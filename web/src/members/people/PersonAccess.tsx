import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { KeyRound, LogOut, MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { refresh, useGet } from '../../api/queries';
import type { Account, MemberPerson, Session } from '../../api/types';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog, Dialog } from '../../ui/Dialog';
import { fullName } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { StateChip } from '../../ui/StateChip';
import { toast } from '../../ui/Toasts';
import { useHere, useMay } from '../common';
import { CopyText } from '../CopyText';
import { text } from '../words';

/** What a person holds through this member: accounts, open sessions, and the way in for the first time. */
export function PersonAccess({ found }: { found: MemberPerson }) {
  const { t, i18n } = useLingui();
  const { api } = useHere();
  const may = useMay();
  const at = `${api}/people/${found.person.id}`;
  const accounts = useGet<Account[]>(`${at}/accounts`);
  const functionOf = (id: string) => found.affiliations.find((a) => a.id === id)?.function ?? '';
  return (
    <>
      <section className="m-section" aria-labelledby="accounts">
        <div className="m-section__head">
          <h2 id="accounts">
            <Trans>Comptes dans les services</Trans>
          </h2>
        </div>
        <Loaded query={accounts}>
          {(all) =>
            all.length === 0 ? (
              <p className="e-soft">
                <Trans>Aucun compte. Un compte s’ouvre de lui-même quand un abonnement comprend cette personne.</Trans>
              </p>
            ) : (
              <div className="m-dense">
                <DataTable
                  label={t`Comptes dans les services`}
                  rows={all}
                  rowId={(row) => row.id}
                  columns={[
                    { id: 'name', title: t`Service`, cell: (row) => text(row.name, i18n.locale), sortBy: (row) => text(row.name, i18n.locale) },
                    { id: 'capacity', title: t`Au titre de`, cell: (row) => functionOf(row.capacity) },
                    {
                      id: 'state',
                      title: t`État`,
                      cell: (row) => (
                        <>
                          <StateChip state={row.state} />
                          {row.error && (
                            <p className="e-small">
                              {row.error}{' '}
                              {row.nextAttemptAt && (
                                <Trans>
                                  Nouvel essai à <DateText at={row.nextAttemptAt} style="time" /> (<Plural value={row.attempts} one="# essai" other="# essais" /> déjà).
                                </Trans>
                              )}
                            </p>
                          )}
                        </>
                      ),
                    },
                    { id: 'since', title: t`Depuis`, narrow: true, cell: (row) => <DateText at={row.since} style="short" /> },
                  ]}
                />
              </div>
            )
          }
        </Loaded>
      </section>
      {may.people && <Sessions found={found} at={at} />}
      {may.people && <FirstSignIn found={found} at={at} />}
    </>
  );
}

function Sessions({ found, at }: { found: MemberPerson; at: string }) {
  const { t } = useLingui();
  const sessions = useGet<Session[]>(`${at}/sessions`);
  const [closing, setClosing] = useState<Session | null>(null);
  const close = async () => {
    await call.delete(`${at}/sessions/${closing?.id}`);
    await refresh(`${at}/sessions`);
    toast(t`Session fermée.`);
  };
  return (
    <section className="m-section" aria-labelledby="sessions">
      <div className="m-section__head">
        <h2 id="sessions">
          <Trans>Sessions ouvertes</Trans>
        </h2>
      </div>
      <Loaded query={sessions}>
        {(all) =>
          all.length === 0 ? (
            <p className="e-soft">
              <Trans>Aucune session ouverte au titre de cette collectivité.</Trans>
            </p>
          ) : (
            <ul className="m-list">
              {all.map((one) => (
                <li key={one.id} className="m-line">
                  <MonitorSmartphone size={20} aria-hidden="true" className="e-soft" />
                  <div className="m-line__main">
                    <strong>{one.app}</strong>, {one.device}
                    <p className="e-soft">
                      <Trans>
                        Depuis <DateText at={one.since} style="relative" />, vue <DateText at={one.lastSeen} style="relative" />
                      </Trans>
                      {one.address && ` · ${one.address}`}
                    </p>
                  </div>
                  <Button variant="plain" icon={LogOut} onPress={() => setClosing(one)}>
                    <Trans>Fermer la session</Trans>
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <ConfirmDialog title={t`Fermer cette session ?`} isOpen={closing !== null} onClose={() => setClosing(null)} confirm={t`Fermer la session`} danger onConfirm={close}>
        <p>
          <Trans>
            La session de {fullName(found.person)} dans {closing?.app} ({closing?.device}) sera fermée aussitôt. Ses droits ne changent pas : une nouvelle connexion reste possible.
          </Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}

function FirstSignIn({ found, at }: { found: MemberPerson; at: string }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const [link, setLink] = useState<{ url: string; expiresAt: string } | null>(null);
  if (!found.affiliations.some((a) => a.phase !== 'ended')) return null;
  return (
    <section className="m-section" aria-labelledby="first">
      <div className="m-section__head">
        <h2 id="first">
          <Trans>Première connexion</Trans>
        </h2>
      </div>
      <div className="m-list">
        <div className="m-line m-pad">
          <p className="m-line__main">
            <Trans>Un lien à usage unique pour choisir son mot de passe. Remettez-le en main propre ou par un canal sûr.</Trans>
          </p>
          <Button icon={KeyRound} onPress={() => setAsking(true)}>
            <Trans>Créer un lien de première connexion</Trans>
          </Button>
        </div>
      </div>
      <ConfirmDialog title={t`Créer un lien de première connexion ?`} isOpen={asking} onClose={() => setAsking(false)} confirm={t`Créer le lien`} onConfirm={async () => setLink(await call.post(`${at}/first-sign-in-link`))}>
        <p>
          <Trans>Qui tient ce lien peut choisir le mot de passe de {fullName(found.person)}. Il ne sert qu’une fois et ne vaut que quelques jours.</Trans>
        </p>
      </ConfirmDialog>
      {link && (
        <Dialog
          title={t`Lien de première connexion`}
          isOpen
          onClose={() => setLink(null)}
          foot={
            <Button variant="primary" onPress={() => setLink(null)}>
              <Trans>J’ai copié le lien</Trans>
            </Button>
          }
        >
          <div className="e-stack">
            <Message tone="warn">
              <Trans>Ce lien n’est montré qu’une fois. Copiez-le maintenant.</Trans>
            </Message>
            <CopyText label={t`Lien`} value={link.url} />
            <p>
              <Trans>
                Il vaut jusqu’au <DateText at={link.expiresAt} style="datetime" />.
              </Trans>
            </p>
          </div>
        </Dialog>
      )}
    </section>
  );
}
