import { type RefObject, useId, useRef, useState } from 'react';
import type { ButtonProps } from 'react-aria-components/Button';

/** A menu as its button knows it. */
export interface LateMenu {
  id: string;
  isOpen: boolean;
  close: () => void;
  trigger: RefObject<HTMLButtonElement | null>;
  /** Which of its entries takes the focus. */
  focus: 'first' | 'last';
}

/**
 * A button with a menu that is fetched when somebody first goes near the button: the first page carries nothing of what menus need. What it does and says is what
 * `MenuTrigger` does.
 *
 * @param fetch what the menu is made of
 */
export function useLateMenu(fetch: () => Promise<unknown>) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const [focus, setFocus] = useState<LateMenu['focus']>('first');
  const [isOpen, setOpen] = useState(false);
  // Once it was open it stays, to be seen closing.
  const [met, meet] = useState(false);
  const open = (on: LateMenu['focus']) => {
    setFocus(on);
    meet(true);
    setOpen(true);
  };
  const soon = () => void fetch().catch(() => undefined);
  const button = {
    ref: trigger,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    'aria-controls': isOpen ? id : undefined,
    onHoverStart: soon,
    onFocus: soon,
    onPressStart: soon,
    onPress: () => open('first'),
    onKeyDown: (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        open(event.key === 'ArrowDown' ? 'first' : 'last');
      } else {
        event.continuePropagation();
      }
    },
  } satisfies ButtonProps & { ref: RefObject<HTMLButtonElement | null> };
  const menu: LateMenu = { id, isOpen, close: () => setOpen(false), trigger, focus };
  return { button, menu, met };
}
