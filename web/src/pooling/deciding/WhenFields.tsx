import { useLingui } from '@lingui/react/macro';
import { DateField } from '../../ui/DateField';
import { TextField } from '../../ui/TextField';
import { instantOf } from './time';

export interface When {
  day: string | null;
  time: string;
  place: string;
}

/** The instant they name, or null as long as they name none. */
export const momentOf = ({ day, time }: When) => (day ? instantOf(day, time) : null);

/** Day, hour and place of a meeting. */
export function WhenFields({ value, onChange }: { value: When; onChange: (value: When) => void }) {
  const { t } = useLingui();
  return (
    <>
      <div className="m-pair">
        <DateField label={t`Date`} value={value.day} onChange={(day) => onChange({ ...value, day })} isRequired />
        <TextField
          label={t`Heure (de Paris)`}
          value={value.time}
          onChange={(time) => onChange({ ...value, time })}
          isRequired
          maxLength={5}
          error={instantOf('2026-01-01', value.time) === null ? t`Écrivez l’heure comme 14:00.` : null}
        />
      </div>
      <TextField label={t`Lieu`} value={value.place} onChange={(place) => onChange({ ...value, place })} isRequired={false} maxLength={200} />
    </>
  );
}
