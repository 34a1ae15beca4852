import type { ReactNode } from 'react';
import './Badge.css';

export interface BadgeProps {
  children: ReactNode;
  tone?: 'plain' | 'info' | 'good' | 'warn' | 'bad';
}

/** A state in one or two words; the colour repeats the word, never replaces it. */
export function Badge({ children, tone = 'plain' }: BadgeProps) {
  return <span className={`e-badge e-badge--${tone}`}>{children}</span>;
}
