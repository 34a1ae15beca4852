import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { Import } from '../../api/types';
import { ConfirmDialog } from '../../ui/Dialog';
import { formatNumber } from '../../ui/format';
import { TextField } from '../../ui/TextField';

/** What applying will do, in numbers; more departures than the member allows are typed out, so that nobody clicks them away. */
export function ApplyDialog({ one, path, onClose, onDone }: { one: Import; path: string; onClose: () => void; onDone: (next: Import) => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const { arrivals, changes, departures, doubts } = one.counts;
  const number = Number(typed.replace(/\s/g, ''));
  const confirmed = !one.mustConfirmDepartures || number === departures;
  const apply = async () => onDone(await call.post<Import>(`${path}/apply`, one.mustConfirmDepartures ? { confirmDepartures: number } : {}));
  return (
    <ConfirmDialog title={t`Appliquer ${one.fileName} ?`} isOpen onClose={onClose} confirm={t`Appliquer l’import`} danger={departures > 0} isDisabled={!confirmed} onConfirm={apply}>
      <ul className="m-bullets">
        {arrivals + doubts > 0 && (
          <li>
            <Plural value={arrivals + doubts} one="# personne arrive : ses accès s’ouvrent." other="# personnes arrivent : leurs accès s’ouvrent." />
          </li>
        )}
        {changes > 0 && (
          <li>
            <Plural value={changes} one="# rattachement change." other="# rattachements changent." />
          </li>
        )}
        {departures > 0 && (
          <li>
            <strong>
              <Plural value={departures} one="# rattachement prend fin : ses accès sont coupés aussitôt." other="# rattachements prennent fin : leurs accès sont coupés aussitôt." />
            </strong>
          </li>
        )}
      </ul>
      <p className="e-soft">
        <Trans>Tout est appliqué, ou rien. Chaque départ pourra être annulé pendant le délai prévu.</Trans>
      </p>
      {one.mustConfirmDepartures && (
        <TextField
          label={t`Tapez ${formatNumber(departures)} pour confirmer ces départs`}
          help={t`C’est ${formatNumber(one.departuresPercent)} % des rattachements ; votre limite est de ${one.departureLimit} %.`}
          inputMode="numeric"
          value={typed}
          onChange={setTyped}
          isRequired
          autoComplete="off"
        />
      )}
    </ConfirmDialog>
  );
}
