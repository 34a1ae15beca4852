import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { PoolRequestDetail, RequestState } from '../../api/pooling';
import { DateField } from '../../ui/DateField';
import { ConfirmDialog } from '../../ui/Dialog';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { useServiceList } from '../serviceNames';
import { requestWords } from '../words';

const no = 'none';

/** The operator's word: where the request stands now, and what it becomes. */
export function AnswerDialog({ one, onClose, onDone }: { one: PoolRequestDetail; onClose: () => void; onDone: () => Promise<unknown> }) {
  const { t, i18n } = useLingui();
  const services = useServiceList();
  const [state, setState] = useState<RequestState>(one.state);
  const [text, setText] = useState('');
  const [service, setService] = useState(one.service ?? no);
  const [release, setRelease] = useState(one.release ?? '');
  const [expected, setExpected] = useState<string | null>(one.expected);
  const states = [one.state, ...one.next.filter((next) => next !== one.state)];
  const answer = async () => {
    await call.post(`/api/operator/pooling/requests/${one.id}/answer`, { version: one.version, state, text: text.trim(), service: service === no ? null : service, release: release.trim() || null, expected });
    await onDone();
    toast(t`Réponse envoyée : les collectivités qui soutiennent sont prévenues.`);
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Répondre à cette demande`} confirm={t`Envoyer la réponse`} isDisabled={!text.trim()} onConfirm={answer}>
      <Select<RequestState> label={t`État`} value={state} onChange={setState} options={states.map((value) => ({ value, label: i18n._(requestWords[value]) }))} />
      <TextField label={t`Réponse`} value={text} onChange={setText} isRequired rows={4} maxLength={5000} />
      <div className="m-pair">
        <Select label={t`Service lié`} value={service} onChange={setService} options={[{ value: no, label: t`aucun` }, ...services]} />
        <TextField label={t`Version prévue`} value={release} onChange={setRelease} isRequired={false} maxLength={50} />
      </div>
      <DateField label={t`Prévu pour le`} value={expected} onChange={setExpected} />
      <p className="e-soft">
        <Trans>La réponse reste visible de tous, avec l’état qu’elle donne.</Trans>
      </p>
    </ConfirmDialog>
  );
}
