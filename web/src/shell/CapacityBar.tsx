import { Trans, useLingui } from '@lingui/react/macro';
import { useLingui as useRuntime } from '@lingui/react';
import { Check, ChevronDown, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { problemText } from '../api/problem';
import type { Capacity, Me } from '../api/types';
import { announce } from '../ui/live';
import { toast } from '../ui/Toasts';
import { kindWords } from '../ui/words';
import { actAs, confirmMyself } from './session';
import '../ui/field.css';

/** In which capacity one acts, under the colour of its member. Never hidden; with several, the way to another one. */
export function CapacityBar({ me }: { me: Me }) {
  const { t } = useLingui();
  const [changing, setChanging] = useState(false);
  const acting = me.acting;
  if (!acting) return <div className="e-capacity" />;

  const change = async (capacity: Capacity) => {
    if (capacity.id === acting.id) return;
    if (me.unconfirmed.includes(capacity.id)) {
      confirmMyself();
      return;
    }
    setChanging(true);
    try {
      await actAs(capacity);
      announce(t`Vous agissez maintenant au titre de ${capacity.function}, ${capacity.member.name}.`);
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    } finally {
      setChanging(false);
    }
  };

  return (
    <div className="e-capacity" data-member={acting.member.colour}>
      <span className="e-capacity__word">
        <Trans>Au titre de</Trans>
      </span>
      {me.capacities.length > 1 ? (
        <MenuTrigger>
          <Button className="e-capacity__button" isPending={changing}>
            <CapacityWords capacity={acting} />
            {changing ? <span className="e-spinner" aria-hidden="true" /> : <ChevronDown size={18} aria-hidden="true" />}
          </Button>
          <Popover className="e-popover e-capacity__list" placement="bottom start">
            <Menu
              aria-label={t`Agir au titre de`}
              className="e-list"
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[acting.id]}
              onAction={(key) => {
                const chosen = me.capacities.find((one) => one.id === key);
                if (chosen) void change(chosen);
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
            </Menu>
          </Popover>
        </MenuTrigger>
      ) : (
        <span className="e-capacity__only">
          <CapacityWords capacity={acting} />
        </span>
      )}
    </div>
  );
}

function CapacityWords({ capacity }: { capacity: Capacity }) {
  return (
    <span className="e-capacity__words">
      <span className="e-capacity__function">{capacity.function},</span> <strong>{capacity.member.name}</strong>
    </span>
  );
}

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
