import { type ReactNode, useEffect, useRef } from 'react';
import './PageHeader.css';

export interface PageHeaderProps {
  title: string;
  /** One or two sentences: what this page is for. */
  lead?: ReactNode;
  /** The one main action. */
  action?: ReactNode;
  /** Above the title: where one is, as a link back. */
  back?: ReactNode;
}

let first = true;

/** The head of every page: it names the document and, after a navigation, takes the focus, so that one hears where one is. */
export function PageHeader({ title, lead, action, back }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Entente`;
  }, [title]);
  useEffect(() => {
    // On the first page the browser starts at the top by itself, and the skip link must come first.
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
  }, []);
  return (
    <header className="e-page-head">
      {back && <div className="e-page-head__back">{back}</div>}
      <div className="e-page-head__row">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {action && <div className="e-page-head__action">{action}</div>}
      </div>
      {lead && <p className="e-page-head__lead">{lead}</p>}
    </header>
  );
}
