import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client';
import { Problem, problemText } from '../api/problem';
import { useGet, useMyself } from '../api/queries';
import { Button } from '../ui/Button';
import { Radios } from '../ui/Choices';
import { DateText } from '../ui/DateText';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import './files.css';

/** A program on a device that asks to be let in to files. `near`: it calls from the address of this browser. */
interface DeviceRequest {
  client: string;
  address: string;
  near: boolean;
  at: string;
}

/** Where Nextcloud's clients send somebody who connects a device: they say whether they asked for it, and at which title. */
export function ConnectPage() {
  const { t } = useLingui();
  const { request } = useParams({ strict: false }) as { request: string };
  const path = `/api/me/device-requests/${encodeURIComponent(request)}`;
  const query = useGet<DeviceRequest>(path, { staleTime: Infinity, retry: false });
  const [answer, setAnswer] = useState<'granted' | 'denied' | null>(null);

  if (answer === 'granted') {
    return (
      <>
        <PageHeader title={t`L’appareil est connecté`} lead={t`Il continue tout seul : vous pouvez fermer cette page et y revenir.`} />
        <div className="e-stack">
          <p>
            <Trans>
              Un appareil perdu ou cédé ? Révoquez-le parmi vos <Link href="/account/app-passwords">mots de passe d’application</Link> : il n’ouvre alors plus rien, et vos autres appareils continuent.
            </Trans>
          </p>
        </div>
      </>
    );
  }
  if (answer === 'denied') {
    return <PageHeader title={t`La connexion est refusée`} lead={t`L’appareil n’a rien appris et n’ouvre rien. Vous pouvez fermer cette page.`} />;
  }
  if (query.error instanceof Problem && query.error.status === 404) {
    return <PageHeader title={t`Cette demande n’existe plus`} lead={t`Elle a plus de 20 minutes, ou elle a déjà reçu sa réponse. Recommencez depuis l’appareil.`} />;
  }
  return (
    <Loaded query={query} title={t`Connecter un appareil`}>
      {(asked) => <Question asked={asked} path={path} onAnswer={setAnswer} />}
    </Loaded>
  );
}

function Question({ asked, path, onAnswer }: { asked: DeviceRequest; path: string; onAnswer: (answer: 'granted' | 'denied') => void }) {
  const { t } = useLingui();
  const me = useMyself();
  const [capacity, setCapacity] = useState(me.acting?.id ?? null);
  const [pending, setPending] = useState<'granted' | 'denied' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const say = async (answer: 'granted' | 'denied') => {
    setPending(answer);
    setError(null);
    try {
      await (answer === 'granted' ? api.post(`${path}/grant`, { capacity }) : api.delete(path));
      onAnswer(answer);
    } catch (failure) {
      setError(failure);
      setPending(null);
    }
  };
  return (
    <>
      <PageHeader title={t`Connecter un appareil à vos fichiers ?`} lead={t`N’acceptez que si vous venez de le demander vous-même, sur un appareil que vous avez en main.`} />
      <div className="e-connect">
        <dl className="e-connect__facts">
          <div>
            <dt>
              <Trans>L’appareil se présente ainsi</Trans>
            </dt>
            <dd>
              <strong className="e-connect__client">{asked.client}</strong>
            </dd>
          </div>
          <div>
            <dt>
              <Trans>Il a appelé</Trans>
            </dt>
            <dd>
              <DateText at={asked.at} style="relative" />, <Trans>de l’adresse {asked.address}</Trans>
            </dd>
          </div>
        </dl>
        {!asked.near && (
          <Message tone="warn" title={t`Il n’appelle pas d’ici`}>
            <Trans>Son adresse n’est pas celle de ce navigateur. C’est normal pour un téléphone qui n’est pas sur le même réseau ; sinon, refusez : quelqu’un d’autre a pu vous envoyer cette page.</Trans>
          </Message>
        )}
        {me.capacities.length > 1 && (
          <Radios
            label={t`Au titre de`}
            help={t`L’appareil voit les fichiers de ce mandat ou de ce poste seulement. Pour un autre, ajoutez-y un second compte.`}
            options={me.capacities.map((one) => ({ value: one.id, label: `${one.function}, ${one.member.name}`, help: one.unit?.name }))}
            value={capacity}
            onChange={setCapacity}
          />
        )}
        <p className="e-soft">
          <Trans>Il pourra lire et changer vos fichiers, et rien d’autre : ni votre courrier, ni votre compte. Vous le révoquez quand vous voulez, et il est coupé à votre départ.</Trans>
        </p>
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        <div className="e-connect__answers">
          <Button variant="primary" pending={pending === 'granted'} isDisabled={pending !== null || !capacity} onPress={() => void say('granted')}>
            <Trans>Connecter l’appareil</Trans>
          </Button>
          <Button pending={pending === 'denied'} isDisabled={pending !== null} onPress={() => void say('denied')}>
            <Trans>Refuser</Trans>
          </Button>
        </div>
      </div>
    </>
  );
}
