import { useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import { MenuItem } from 'react-aria-components/Menu';
import type { Capacity, Me } from '../api/types';
import type { LateMenu } from '../ui/lateMenu';
import { MenuPopover } from '../ui/MenuPopover';
import { CapacityLines } from './CapacityLines';

export interface CapacityMenuProps {
  at: LateMenu;
  me: Me;
  acting: Capacity;
  onChange: (capacity: Capacity) => void;
}

/** All in which one may act. */
export function CapacityMenu({ at, me, acting, onChange }: CapacityMenuProps) {
  const { t } = useLingui();
  return (
    <MenuPopover
      at={at}
      aria-label={t`Agir au titre de`}
      placement="bottom start"
      popoverClass="e-capacity__list"
      className="e-list"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[acting.id]}
      onAction={(key) => {
        const chosen = me.capacities.find((one) => one.id === key);
        if (chosen) onChange(chosen);
      }}
    >
      {me.capacities.map((capacity) => (
        <MenuItem key={capacity.id} id={capacity.id} textValue={`${capacity.function}, ${capacity.member.name}`} className="e-option">
          {({ isSelected }) => (
            <>
              <CapacityLines capacity={capacity} unconfirmed={me.unconfirmed.includes(capacity.id)} />
              {isSelected && <Check size={18} aria-hidden="true" className="e-option__check" />}
            </>
          )}
        </MenuItem>
      ))}
    </MenuPopover>
  );
}
