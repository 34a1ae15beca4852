import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link as AriaLink, type LinkProps as AriaProps } from 'react-aria-components/Link';
import { preload } from '../navigation';
import './Button.css';
import './Link.css';

export interface LinkProps extends Omit<AriaProps, 'children' | 'className' | 'style'> {
  children: ReactNode;
  href: string;
  /** A link that looks like a button still opens in a new tab, can be copied, and is announced as a link. */
  variant?: 'text' | 'bare' | 'primary' | 'quiet' | 'plain';
  icon?: LucideIcon;
  className?: string;
}

/** A link inside Entente; the room it leads to starts loading as soon as one points at it. */
export function Link({ children, variant = 'text', icon: Icon, className, ...props }: LinkProps) {
  const look = variant === 'text' || variant === 'bare' ? `e-link e-link--${variant}` : `e-button e-button--${variant}`;
  const soon = () => preload(props.href);
  return (
    <AriaLink {...props} onHoverStart={soon} onFocus={soon} className={className ? `${look} ${className}` : look}>
      {Icon && <Icon size={18} aria-hidden="true" />}
      {Icon ? <span>{children}</span> : children}
    </AriaLink>
  );
}
