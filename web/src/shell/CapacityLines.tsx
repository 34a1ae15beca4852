import { useLingui as useRuntime } from '@lingui/react';
import { Trans } from '@lingui/react/macro';
import { LockKeyhole } from 'lucide-react';
import type { Capacity } from '../api/types';
import { kindWords } from '../ui/words';
import '../ui/field.css';

/** One capacity as a choice: its function, its member, its kind; and whether one must confirm first that it is oneself. */
export function CapacityLines({ capacity, unconfirmed = false }: { capacity: Capacity; unconfirmed?: boolean }) {
  const { _ } = useRuntime();
  return (
    <span className="e-capacity-lines" data-member={capacity.member.colour} data-unconfirmed={unconfirmed || undefined}>
      <span className="e-capacity-lines__band" aria-hidden="true" />
      <span>
        <strong className="e-capacity-lines__member">{capacity.member.name}</strong>
        <span className="e-capacity-lines__function">{capacity.function}</span>
        <span className="e-choice__help">
          {_(kindWords[capacity.kind])}
          {capacity.unit && ` · ${capacity.unit.name}`}
        </span>
        {unconfirmed && (
          <span className="e-capacity-lines__confirm">
            <LockKeyhole size={14} aria-hidden="true" /> <Trans>Confirmez que c’est vous</Trans>
          </span>
        )}
      </span>
    </span>
  );
}
