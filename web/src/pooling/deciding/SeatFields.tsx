import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useGet } from '../../api/queries';
import type { MemberDetail, Page } from '../../api/types';
import { Button } from '../../ui/Button';
import { ComboBox } from '../../ui/ComboBox';
import { TextField } from '../../ui/TextField';

export interface SeatWeight {
  member: string;
  weight: number;
}

/** Which members sit, each with how many voices. */
export function SeatFields({ seats, onChange }: { seats: SeatWeight[]; onChange: (seats: SeatWeight[]) => void }) {
  const { t } = useLingui();
  const members = useGet<Page<MemberDetail>>('/api/operator/members?limit=200');
  const [member, setMember] = useState<string | null>(null);
  const all = members.data?.items ?? [];
  const nameOf = (id: string) => all.find((one) => one.id === id)?.name ?? id;
  const add = () => {
    if (member) onChange([...seats, { member, weight: 1 }]);
    setMember(null);
  };
  const weigh = (id: string, typed: string) => onChange(seats.map((one) => (one.member === id ? { ...one, weight: Number(typed.replace(/\D/g, '').slice(0, 4)) } : one)));
  return (
    <fieldset className="p-seats">
      <legend>
        <Trans>Sièges</Trans>
      </legend>
      {seats.length > 0 && (
        <ul className="m-list">
          {seats.map((seat) => (
            <li key={seat.member} className="m-line">
              <strong className="m-line__main">{nameOf(seat.member)}</strong>
              <TextField label={t`Voix de ${nameOf(seat.member)}`} value={String(seat.weight)} onChange={(typed) => weigh(seat.member, typed)} inputMode="numeric" />
              <Button variant="plain" aria-label={t`Retirer ${nameOf(seat.member)}`} onPress={() => onChange(seats.filter((one) => one.member !== seat.member))}>
                <Trans>Retirer</Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="p-add">
        <ComboBox label={t`Collectivité`} value={member} onChange={setMember} options={all.filter((one) => seats.every((seat) => seat.member !== one.id)).map((one) => ({ value: one.id, label: one.name }))} />
        <Button isDisabled={!member} onPress={add}>
          <Trans>Ajouter un siège</Trans>
        </Button>
      </div>
    </fieldset>
  );
}
