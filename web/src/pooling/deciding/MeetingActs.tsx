import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { MeetingDetail } from '../../api/pooling';
import { refresh } from '../../api/queries';
import { go } from '../../navigation';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/Dialog';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { localDayAndTime } from './time';
import { momentOf, WhenFields, type When } from './WhenFields';

interface ActProps {
  one: MeetingDetail;
  onClose: () => void;
}

/** What the operator may do with a meeting: convene and close it; move it, call it off or throw the draft away as long as nothing was voted. */
export function MeetingActs({ one }: { one: MeetingDetail }) {
  const [asked, setAsked] = useState<'next' | 'move' | 'off' | null>(null);
  const draft = one.state === 'draft';
  const voted = one.agenda.some((item) => item.ballot && item.ballot.state !== 'planned');
  const done = () => setAsked(null);
  return (
    <div className="e-row">
      {!voted && (
        <>
          <Button variant="quiet" onPress={() => setAsked('move')}>
            {draft ? <Trans>Changer la date</Trans> : <Trans>Reporter</Trans>}
          </Button>
          <Button variant="quiet" onPress={() => setAsked('off')}>
            {draft ? <Trans>Abandonner</Trans> : <Trans>Annuler la séance</Trans>}
          </Button>
        </>
      )}
      <Button variant="primary" isDisabled={draft && one.agenda.length === 0} onPress={() => setAsked('next')}>
        {draft ? <Trans>Convoquer</Trans> : <Trans>Clore la séance</Trans>}
      </Button>
      {asked === 'next' && <Next one={one} onClose={done} />}
      {asked === 'move' && <Move one={one} onClose={done} />}
      {asked === 'off' && (draft ? <Discard one={one} onClose={done} /> : <CallOff one={one} onClose={done} />)}
    </div>
  );
}

const path = (one: MeetingDetail) => `/api/operator/pooling/meetings/${one.id}`;
const changed = () => Promise.all([refresh('/api/pooling/meetings'), refresh('/api/me/proxies')]);

function Next({ one, onClose }: ActProps) {
  const { t } = useLingui();
  const draft = one.state === 'draft';
  const act = async () => {
    await call.post(`${path(one)}/${draft ? 'convene' : 'close'}`);
    await changed();
    toast(draft ? t`Séance convoquée : les délégués sont prévenus.` : t`Séance close : le procès-verbal est signé.`);
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={draft ? t`Convoquer cette séance ?` : t`Clore cette séance ?`}
      confirm={draft ? t`Convoquer` : t`Clore la séance`}
      onConfirm={act}
    >
      {draft ? (
        <p>
          <Trans>Les délégués reçoivent un avis avec l’ordre du jour, qui ne change plus ensuite.</Trans>
        </p>
      ) : (
        <p>
          <Trans>Le procès-verbal est établi et signé ; rien n’est plus mis au vote.</Trans>
        </p>
      )}
    </ConfirmDialog>
  );
}

function Move({ one, onClose }: ActProps) {
  const { t } = useLingui();
  const draft = one.state === 'draft';
  const [when, setWhen] = useState<When>({ ...localDayAndTime(one.at), place: one.place });
  const at = momentOf(when);
  const move = async () => {
    await call.put(path(one), { at, place: when.place.trim() });
    await changed();
    toast(draft ? t`Date enregistrée.` : t`Séance reportée : les délégués sont prévenus.`);
  };
  return (
    <ConfirmDialog isOpen onClose={onClose} title={draft ? t`Changer la date ou le lieu` : t`Reporter cette séance`} confirm={draft ? t`Enregistrer` : t`Reporter et prévenir`} isDisabled={!at} onConfirm={move}>
      {!draft && (
        <p>
          <Trans>Les délégués reçoivent un avis. L’ordre du jour, les documents et les procurations restent.</Trans>
        </p>
      )}
      <WhenFields value={when} onChange={setWhen} />
    </ConfirmDialog>
  );
}

function CallOff({ one, onClose }: ActProps) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const cancel = async () => {
    await call.post(`${path(one)}/cancel`, { reason: reason.trim() });
    await changed();
    toast(t`Séance annulée : les délégués sont prévenus.`);
  };
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t`Annuler « ${one.title} » ?`} confirm={t`Annuler et prévenir`} isDisabled={!reason.trim()} onConfirm={cancel}>
      <p>
        <Trans>Elle reste lisible, avec ce motif ; rien n’y est voté et ses décisions n’ont pas d’effet. Cela ne se reprend pas.</Trans>
      </p>
      <TextField label={t`Motif`} value={reason} onChange={setReason} isRequired maxLength={500} rows={3} />
    </ConfirmDialog>
  );
}

function Discard({ one, onClose }: ActProps) {
  const { t } = useLingui();
  const discard = async () => {
    await call.delete(path(one));
    await refresh('/api/pooling/meetings');
    go(`/pooling/bodies/${one.body}`);
    toast(t`Projet de séance abandonné.`);
  };
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t`Abandonner « ${one.title} » ?`} confirm={t`Abandonner ce projet`} onConfirm={discard}>
      <p>
        <Trans>L’ordre du jour et ses documents sont supprimés. Personne n’en avait encore été prévenu.</Trans>
      </p>
    </ConfirmDialog>
  );
}
