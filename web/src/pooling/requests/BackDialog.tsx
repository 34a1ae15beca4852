import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { PoolRequestDetail } from '../../api/pooling';
import type { MemberRef } from '../../api/types';
import { Radios } from '../../ui/Choices';
import { ConfirmDialog } from '../../ui/Dialog';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { euros, readEuros } from '../money';

interface Props {
  one: PoolRequestDetail;
  member: MemberRef;
  own?: PoolRequestDetail['backing'][number];
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

/** How much a member wants it, and what it would put in. */
export function BackDialog({ one, member, own, onClose, onDone }: Props) {
  const { t } = useLingui();
  const [weight, setWeight] = useState<'1' | '2' | '3'>(String(own?.weight ?? 2) as '1' | '2' | '3');
  const [typed, setTyped] = useState(own?.budget ? euros(own.budget) : '');
  const [note, setNote] = useState(own?.note ?? '');
  const budget = typed.trim() ? readEuros(typed) : null;
  const wrong = typed.trim() !== '' && (budget === null || budget < 0);
  const back = async () => {
    await call.put(`/api/members/${member.id}/requests/${one.id}/backing`, { weight: Number(weight), budget, note: note.trim() || null });
    await onDone();
    toast(t`${member.name} soutient cette demande.`);
  };
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t`Soutenir pour ${member.name}`} confirm={t`Soutenir`} isDisabled={wrong} onConfirm={back}>
      <p>{one.title}</p>
      <Radios
        label={t`Priorité pour nous`}
        value={weight}
        onChange={setWeight}
        options={[
          { value: '1', label: t`Utile` },
          { value: '2', label: t`Important` },
          { value: '3', label: t`Indispensable` },
        ]}
      />
      <TextField label={t`Budget que nous pourrions y mettre, en euros`} value={typed} onChange={setTyped} isRequired={false} inputMode="decimal" error={wrong ? t`Écrivez un montant comme 12 345,67.` : null} help={<Trans>Seuls l’opérateur et vous voyez ce montant.</Trans>} />
      <TextField label={t`Note`} value={note} onChange={setNote} isRequired={false} maxLength={1000} rows={2} />
    </ConfirmDialog>
  );
}
