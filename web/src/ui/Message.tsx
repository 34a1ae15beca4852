import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import './Message.css';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

const icons: Record<Tone, LucideIcon> = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

export interface MessageProps {
  tone?: Tone;
  title?: string;
  children?: ReactNode;
  /** A button or a link that helps. */
  action?: ReactNode;
}

/** Something said in its place on the page. What is bad is read aloud when it appears. */
export function Message({ tone = 'info', title, children, action }: MessageProps) {
  const Icon = icons[tone];
  return (
    <div className={`e-message e-message--${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon size={20} aria-hidden="true" />
      <div className="e-message__text">
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
        {action && <div className="e-message__action">{action}</div>}
      </div>
    </div>
  );
}
