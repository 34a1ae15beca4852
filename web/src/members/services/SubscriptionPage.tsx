import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet } from '../../api/queries';
import type { Population, Subscription, Unit } from '../../api/types';
import { go } from '../../navigation';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { toast } from '../../ui/Toasts';
import { useHere, useMay, useParam } from '../common';
import { text } from '../words';
import { ClaimsDialog } from './ClaimsDialog';
import { draftOf, fresh, PopulationFields, toSend } from './PopulationFields';
import { GainsAndLosses, usePreview } from './GainsAndLosses';
import { usePopulationWords } from './populationWords';
import '../members.css';

/** Whom a service is for. Who gains and who loses is counted before anything is saved. */
export function SubscriptionPage() {
  const { t } = useLingui();
  const { api } = useHere();
  const id = useParam('service');
  const all = useGet<Subscription[]>(`${api}/subscriptions`);
  const units = useGet<Unit[]>(`${api}/units`);
  return (
    <Loaded query={all}>
      {(found) => {
        const one = found.find((row) => row.service.id === id);
        if (!one) return <EmptyState title={t`Ce service n’est pas au catalogue`} />;
        return <Loaded query={units}>{(known) => <Editor key={`${id} ${one.since}`} one={one} units={known} />}</Loaded>;
      }}
    </Loaded>
  );
}

function Editor({ one, units }: { one: Subscription; units: Unit[] }) {
  const { t, i18n } = useLingui();
  const { member, page, api } = useHere();
  const may = useMay();
  const say = usePopulationWords(units);
  const [drafts, setDrafts] = useState(one.populations.length ? one.populations.map(draftOf) : [fresh(one.service)]);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [leaving, setLeaving] = useState(false);
  const [trying, setTrying] = useState(false);
  const path = `${api}/subscriptions/${one.service.id}`;
  const populations = drafts.map(toSend);
  const changed = !one.active || JSON.stringify(populations) !== JSON.stringify(one.populations);
  const editable = may.member && !one.everyone;
  const preview = usePreview(editable && changed ? path : null, populations);
  const name = text(one.service.name, i18n.locale);
  const back = `${page}/services`;
  const save = async () => {
    setSaving(true);
    setError(null);
    try {
      await call.put(path, { populations });
      await refresh(`${api}/subscriptions`);
      toast(one.active ? t`Abonnement enregistré. Les comptes suivent.` : t`Abonnement pris. Les comptes s’ouvrent.`);
      go(back);
    } catch (failure) {
      setError(failure);
      setSaving(false);
    }
  };
  const leave = async () => {
    await call.delete(path);
    await refresh(`${api}/subscriptions`);
    toast(t`Abonnement terminé. Les comptes se ferment.`);
    go(back);
  };
  return (
    <>
      <PageHeader
        title={name}
        back={
          <Link href={back}>
            <Trans>Abonnements</Trans>
          </Link>
        }
        lead={text(one.service.summary, i18n.locale) || undefined}
        action={
          may.member &&
          one.service.signIn !== 'built-in' && (
            <Button icon={Eye} onPress={() => setTrying(true)}>
              <Trans>Essayer</Trans>
            </Button>
          )
        }
      />
      {trying && <ClaimsDialog service={one.service} member={member} onClose={() => setTrying(false)} />}
      {one.everyone ? (
        <Message>
          <Trans>Ce service est donné à toute personne du territoire : il n’y a rien à choisir.</Trans>
        </Message>
      ) : !may.member ? (
        <ReadOnly one={one} say={say} />
      ) : (
        <div className="m-split">
          <div className="e-stack">
            <PopulationFields service={one.service} drafts={drafts} onChange={setDrafts} units={units} />
          </div>
          <aside className="m-side e-stack" aria-live="polite" aria-label={t`Ce qui va changer`}>
            {changed ? <GainsAndLosses preview={preview} /> : <p className="m-said"><Plural value={one.people} _0="Personne n’a ce service pour l’instant." one="# personne a ce service." other="# personnes ont ce service." /></p>}
            {error !== null && <Message tone="bad">{problemText(error)}</Message>}
            <div className="m-column">
              <Button variant="primary" pending={saving} isDisabled={!changed} onPress={() => void save()}>
                {one.active ? <Trans>Enregistrer l’abonnement</Trans> : <Trans>S’abonner</Trans>}
              </Button>
              {one.active && (
                <Button variant="plain" onPress={() => setLeaving(true)}>
                  <Trans>Mettre fin à l’abonnement</Trans>
                </Button>
              )}
            </div>
          </aside>
        </div>
      )}
      {leaving && <LeaveDialog name={name} path={path} onClose={() => setLeaving(false)} onLeave={leave} />}
    </>
  );
}

function LeaveDialog({ name, path, onClose, onLeave }: { name: string; path: string; onClose: () => void; onLeave: () => Promise<void> }) {
  const { t } = useLingui();
  const preview = usePreview(path, none);
  return (
    <ConfirmDialog title={t`Mettre fin à l’abonnement ?`} isOpen onClose={onClose} confirm={t`Mettre fin à l’abonnement`} danger isDisabled={!preview.data} onConfirm={onLeave}>
      <p>
        <Trans>{name} ne sera plus donné à personne ici. Ce que les comptes contiennent est gardé le temps prévu.</Trans>
      </p>
      <GainsAndLosses preview={preview} />
    </ConfirmDialog>
  );
}

const none: Population[] = [];

function ReadOnly({ one, say }: { one: Subscription; say: ReturnType<typeof usePopulationWords> }) {
  return one.active ? (
    <ul className="m-list">
      {one.populations.map((population, at) => (
        <li key={at}>{say(population)}</li>
      ))}
    </ul>
  ) : (
    <p className="e-soft">
      <Trans>La collectivité n’est pas abonnée à ce service.</Trans>
    </p>
  );
}
