import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components/Button';
import './Button.css';

export interface ButtonProps extends Omit<AriaProps, 'children' | 'className' | 'style'> {
  children: ReactNode;
  /** `primary` is the one main action of a page; `danger` for what cannot be undone. */
  variant?: 'primary' | 'quiet' | 'plain' | 'danger';
  icon?: LucideIcon;
  /** Shown as busy and not pressable; the word stays, so that nothing jumps. */
  pending?: boolean;
  /** The word is read aloud but not shown: only where the place is too narrow for it. */
  iconOnly?: boolean;
  className?: string;
}

export function Button({ children, variant = 'quiet', icon: Icon, pending, iconOnly, className, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      isPending={pending}
      className={`e-button e-button--${variant}${iconOnly ? ' e-button--icon' : ''}${className ? ` ${className}` : ''}`}
    >
      {pending ? <span className="e-spinner" aria-hidden="true" /> : Icon && <Icon size={18} aria-hidden="true" />}
      <span className={iconOnly ? 'e-hidden' : undefined}>{children}</span>
    </AriaButton>
  );
}
