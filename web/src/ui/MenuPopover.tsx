import { useRef } from 'react';
import { Menu, type MenuProps } from 'react-aria-components/Menu';
import { Popover, type PopoverProps } from 'react-aria-components/Popover';
import type { LateMenu } from './lateMenu';
import './field.css';

export interface MenuPopoverProps extends Omit<MenuProps<object>, 'id' | 'autoFocus' | 'onClose'> {
  at: LateMenu;
  'aria-label': string;
  placement?: PopoverProps['placement'];
  popoverClass?: string;
}

/** What `useLateMenu` opens. */
export function MenuPopover({ at, placement, popoverClass = '', ...props }: MenuPopoverProps) {
  const list = useRef<HTMLDivElement>(null);
  return (
    <Popover
      trigger="MenuTrigger"
      triggerRef={at.trigger}
      scrollRef={list}
      isOpen={at.isOpen}
      onOpenChange={(open) => !open && at.close()}
      aria-label={props['aria-label']}
      className={`e-popover ${popoverClass}`}
      placement={placement}
    >
      <Menu {...props} ref={list} id={at.id} autoFocus={at.focus} onClose={at.close} />
    </Popover>
  );
}
