import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { refresh, useGet } from '../../api/queries';
import type { Unit, UnknownUnit } from '../../api/types';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/Dialog';
import { Select } from '../../ui/Select';
import { toast } from '../../ui/Toasts';
import { useHere } from '../common';
import { unitOptions } from '../units/tree';

const MAKE = 'make';

/** Units that the software names and nobody knows here: an admin says which of the member's each is, or has it made. */
export function UnknownUnits({ unknown }: { unknown: UnknownUnit[] }) {
  const { t } = useLingui();
  const { api } = useHere();
  const [asked, setAsked] = useState<UnknownUnit | null>(null);
  const [unit, setUnit] = useState<string>(MAKE);
  const units = useGet<Unit[]>(asked ? `${api}/units` : null);
  const decide = async () => {
    await call.post(`${api}/scim-clients/units/${asked?.id}`, { unit: unit === MAKE ? null : unit });
    await Promise.all([refresh(`${api}/scim-clients`), refresh(`${api}/units`)]);
    toast(t`C’est noté : ceux qui y sont rangés sont dans cette unité.`);
  };
  return (
    <div className="e-stack">
      <h3>
        <Trans>Unités que vos logiciels nomment et que personne ne connaît ici</Trans>
      </h3>
      <ul className="m-list">
        {unknown.map((one) => (
          <li key={one.id} className="m-line">
            <div className="m-line__main">
              <strong>{one.name}</strong>
              <p className="e-soft">
                <Plural value={one.people} one="# personne attend" other="# personnes attendent" />
              </p>
            </div>
            <Button
              aria-label={t`Dire laquelle c’est : ${one.name}`}
              onPress={() => {
                setUnit(MAKE);
                setAsked(one);
              }}
            >
              <Trans>Dire laquelle c’est</Trans>
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog title={t`Quelle unité est « ${asked?.name ?? ''} » ?`} isOpen={asked !== null} onClose={() => setAsked(null)} confirm={t`C’est cette unité`} onConfirm={decide}>
        <Select
          label={t`Unité`}
          help={t`Vaut désormais pour tous ceux que vos logiciels y rangent.`}
          options={[
            { value: MAKE, label: t`Aucune des nôtres : la créer` },
            ...unitOptions(units.data ?? []),
          ]}
          value={unit}
          onChange={setUnit}
          isRequired
        />
      </ConfirmDialog>
    </div>
  );
}
