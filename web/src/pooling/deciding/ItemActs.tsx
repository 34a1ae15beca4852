import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { AgendaItem, MeetingDetail } from '../../api/pooling';
import { refresh } from '../../api/queries';
import { Button } from '../../ui/Button';
import { DateField } from '../../ui/DateField';
import { ConfirmDialog, Dialog } from '../../ui/Dialog';
import { FileDrop } from '../../ui/FileDrop';
import { Message } from '../../ui/Message';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { inAnHour, instantOf } from './time';

const changed = () => Promise.all([refresh('/api/pooling/'), refresh('/api/me/ballots')]);

type Asked = 'open' | 'close' | 'remove' | 'paper';

/** What the operator may do with one point of an agenda, by where the meeting stands. */
export function ItemActs({ item, meeting }: { item: AgendaItem; meeting: MeetingDetail }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { ballot } = item;
  const retry = async () => {
    if (!ballot) return;
    await call.post(`/api/operator/pooling/ballots/${ballot.id}/effect/retry`);
    await changed();
  };
  const done = () => setAsked(null);
  return (
    <div className="m-acts">
      {meeting.state === 'convened' && ballot?.state === 'planned' && (
        <Button variant="primary" onPress={() => setAsked('open')}>
          <Trans>Ouvrir le vote</Trans>
        </Button>
      )}
      {ballot?.state === 'open' && (
        <Button onPress={() => setAsked('close')}>
          <Trans>Clore le vote</Trans>
        </Button>
      )}
      {ballot?.effect?.state === 'failed' && (
        <Button onPress={() => void retry()}>
          <Trans>Tenter l’effet de nouveau</Trans>
        </Button>
      )}
      {(meeting.state === 'draft' || meeting.state === 'convened') && (
        <Button onPress={() => setAsked('paper')} aria-label={t`Joindre un document à ${item.title}`}>
          <Trans>Joindre un document</Trans>
        </Button>
      )}
      {meeting.state === 'draft' && (
        <Button variant="plain" onPress={() => setAsked('remove')} aria-label={t`Retirer ${item.title}`}>
          <Trans>Retirer</Trans>
        </Button>
      )}
      {asked === 'open' && ballot && <OpenBallot id={ballot.id} question={ballot.question} onClose={done} />}
      {asked === 'paper' && <Paper item={item} meeting={meeting} onClose={done} />}
      <ConfirmDialog
        isOpen={asked === 'close'}
        onClose={done}
        title={t`Clore ce vote ?`}
        confirm={t`Clore le vote`}
        onConfirm={async () => {
          await call.post(`/api/operator/pooling/ballots/${ballot?.id}/close`);
          await changed();
          toast(t`Vote clos.`);
        }}
      >
        <p>
          <Trans>
            {ballot?.voted ?? 0} sièges sur {ballot?.seats ?? 0} ont voté. Le résultat est établi aussitôt, et ce qui est adopté prend effet à sa date.
          </Trans>
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'remove'}
        onClose={done}
        danger
        title={t`Retirer ce point ?`}
        confirm={t`Retirer`}
        onConfirm={async () => {
          await call.delete(`/api/operator/pooling/meetings/${meeting.id}/items/${item.id}`);
          await changed();
        }}
      >
        <p>{item.title}</p>
      </ConfirmDialog>
    </div>
  );
}

function OpenBallot({ id, question, onClose }: { id: string; question: string; onClose: () => void }) {
  const { t } = useLingui();
  const [suggested] = useState(() => inAnHour());
  const [day, setDay] = useState<string | null>(suggested.day);
  const [time, setTime] = useState(suggested.time);
  const closesAt = day ? instantOf(day, time) : null;
  const open = async () => {
    await call.post(`/api/operator/pooling/ballots/${id}/open`, { closesAt });
    await changed();
    toast(t`Vote ouvert : les délégués sont prévenus.`);
  };
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t`Ouvrir ce vote ?`} confirm={t`Ouvrir le vote`} isDisabled={closesAt === null} onConfirm={open}>
      <p>{question}</p>
      <div className="m-pair">
        <DateField label={t`Clôture le`} value={day} onChange={setDay} isRequired />
        <TextField label={t`à (heure de Paris)`} value={time} onChange={setTime} isRequired inputMode="numeric" maxLength={5} error={time && instantOf('2026-01-01', time) === null ? t`Écrivez l’heure comme 18:00.` : null} />
      </div>
    </ConfirmDialog>
  );
}

function Paper({ item, meeting, onClose }: { item: AgendaItem; meeting: MeetingDetail; onClose: () => void }) {
  const { t } = useLingui();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (file: File) => {
    setPending(true);
    setError(null);
    try {
      const body = new FormData();
      body.append('file', file);
      await call.post(`/api/operator/pooling/meetings/${meeting.id}/items/${item.id}/documents`, body);
      await changed();
      toast(t`${file.name} est joint.`);
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title={t`Joindre un document`}>
      <FileDrop label={t`Déposez ici le document (PDF, 20 Mo au plus)`} accept={['.pdf', 'application/pdf']} onFile={(file) => void send(file)} pending={pending} />
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
    </Dialog>
  );
}
