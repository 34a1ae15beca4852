import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Download, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api as call } from '../../api/client';
import { refresh, useGet } from '../../api/queries';
import type { Departure } from '../../api/types';
import { Button } from '../../ui/Button';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { formatDate, fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { announce } from '../../ui/live';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { StateChip } from '../../ui/StateChip';
import { toast } from '../../ui/Toasts';
import { useHere, useMay, useParam } from '../common';
import { Acts, ToldApps, duration, tookOf } from './Acts';
import '../members.css';

const pace: Partial<Record<Departure['state'], number>> = { cutting: 400, scheduled: 15_000 };

/** A departure as it goes: each act turns done under one's eyes, then the certificate proves it. */
export function DeparturePage() {
  const { api } = useHere();
  const id = useParam('departure');
  const departure = useGet<Departure>(`${api}/departures/${id}`, {
    refetchInterval: (query) => {
      const data = query.state.data;
      if (!data) return false;
      if (data.state === 'complete' && !data.certificate) return 1000;
      const failing = data.state === 'cutting' && data.acts.every((act) => act.state !== 'waiting');
      return failing ? 3000 : (pace[data.state] ?? false);
    },
  });
  return <Loaded query={departure}>{(found) => <Known one={found} />}</Loaded>;
}

function Known({ one }: { one: Departure }) {
  const { t } = useLingui();
  const { page, api } = useHere();
  const may = useMay();
  const [undoing, setUndoing] = useState(false);
  const at = `${api}/departures/${one.id}`;
  const name = fullName(one.person);
  const scheduled = one.state === 'scheduled';
  const undoable = may.people && one.undoUntil !== null && Date.parse(one.undoUntil) > Date.now() && (one.state === 'complete' || one.state === 'cutting');
  useEffect(() => {
    if (one.state === 'complete') announce(t`Départ achevé : tout est coupé.`);
  }, [one.state, t]);
  const undo = async () => {
    if (scheduled) await call.delete(at);
    else await call.post(`${at}/undo`);
    await refresh(`${api}/`);
    toast(scheduled ? t`Départ abandonné : rien n’a été coupé.` : t`Départ annulé : les accès de ${name} sont rétablis.`);
  };
  return (
    <>
      <PageHeader
        title={t`Départ de ${name}`}
        back={
          <Link href={`${page}/departures`}>
            <Trans>Départs</Trans>
          </Link>
        }
        lead={[one.affiliation.function, one.affiliation.unit?.name, one.affiliation.member.name].filter(Boolean).join(', ')}
        action={
          one.certificate && (
            <a className="e-button e-button--primary" href={`${at}/certificate.pdf`} download>
              <Download size={18} aria-hidden="true" />
              <span>
                <Trans>Télécharger le certificat</Trans>
              </span>
            </a>
          )
        }
      />
      <div className="m-split">
        <div className="e-stack">
          <Summary one={one} />
          {one.state === 'complete' && !one.certificate && (
            <p className="e-soft" aria-live="polite">
              <Trans>Le certificat est en cours d’établissement…</Trans>
            </p>
          )}
          {one.acts.length > 0 && <Acts one={one} />}
          <ToldApps one={one} />
        </div>
        <aside className="m-side e-stack" aria-label={t`Faits`}>
          <div className="e-card">
            <dl className="m-facts">
              <dt>
                <Trans>État</Trans>
              </dt>
              <dd>
                <StateChip state={one.state} />
              </dd>
              <dt>
                <Trans>Fin du rattachement</Trans>
              </dt>
              <dd>
                <DateText at={one.at} style="datetime" />
              </dd>
              <dt>
                <Trans>Motif</Trans>
              </dt>
              <dd>{one.reason || '—'}</dd>
              <dt>
                <Trans>Demandé par</Trans>
              </dt>
              <dd>
                {one.askedBy}, <DateText at={one.askedAt} style="relative" />
              </dd>
              <dt>
                <Trans>Successeur</Trans>
              </dt>
              <dd>{one.successor?.person ? fullName(one.successor.person) : (one.successor?.unit?.fullName ?? <Trans>Personne pour l’instant</Trans>)}</dd>
              <dt>
                <Trans>Personne</Trans>
              </dt>
              <dd>
                <Link href={`${page}/people/${one.person.id}`}>{name}</Link>
              </dd>
            </dl>
          </div>
          {scheduled && may.people && (
            <Button icon={Undo2} onPress={() => setUndoing(true)}>
              <Trans>Abandonner ce départ</Trans>
            </Button>
          )}
          {undoable && one.undoUntil && (
            <div className="e-stack e-stack--tight">
              <Button icon={Undo2} onPress={() => setUndoing(true)}>
                <Trans>Annuler ce départ</Trans>
              </Button>
              <p className="e-soft e-small">
                <Trans>
                  Possible jusqu’au <DateText at={one.undoUntil} style="datetime" />. Tout est alors rétabli.
                </Trans>
              </p>
            </div>
          )}
        </aside>
      </div>
      <ConfirmDialog
        title={scheduled ? t`Abandonner ce départ ?` : t`Annuler ce départ ?`}
        isOpen={undoing}
        onClose={() => setUndoing(false)}
        confirm={scheduled ? t`Abandonner le départ` : t`Rétablir les accès`}
        onConfirm={undo}
      >
        <p>
          {scheduled ? (
            <Trans>
              Le {formatDate(one.at)}, rien ne sera coupé : {name} garde ses accès, sans date de fin.
            </Trans>
          ) : (
            <Trans>{name} retrouvera les accès de ce rattachement. Les mots de passe d’application révoqués sont à refaire. Le certificat déjà établi restera au journal.</Trans>
          )}
        </p>
      </ConfirmDialog>
    </>
  );
}

function Summary({ one }: { one: Departure }) {
  const failed = one.acts.filter((act) => act.state === 'failed').length;
  const done = one.acts.filter((act) => act.state === 'done').length;
  const took = tookOf(one);
  if (one.state === 'scheduled')
    return (
      <Message>
        <Trans>
          Tout sera coupé le <DateText at={one.at} /> à <DateText at={one.at} style="time" />. Personne n’a besoin de revenir.
        </Trans>
      </Message>
    );
  if (one.state === 'complete')
    return (
      <Message tone="good">
        <Trans>Tout est coupé.</Trans> {took !== null && <Trans>Il a fallu {duration(took)}.</Trans>}
      </Message>
    );
  if (one.state === 'cancelled')
    return (
      <Message>
        <Trans>Ce départ a été abandonné avant son terme. Rien n’a été coupé.</Trans>
      </Message>
    );
  if (one.state === 'undone')
    return (
      <Message>
        <Trans>Ce départ a été annulé. Les accès sont rétablis.</Trans>
      </Message>
    );
  if (failed > 0)
    return (
      <Message tone="warn">
        <Plural value={failed} one="Un système ne répond pas encore : il est réessayé tout seul, sans que rien soit perdu." other="# systèmes ne répondent pas encore : ils sont réessayés tout seuls, sans que rien soit perdu." />
      </Message>
    );
  return (
    <Message>
      <Trans>
        Coupure en cours : {done} sur {one.acts.length}.
      </Trans>
    </Message>
  );
}
