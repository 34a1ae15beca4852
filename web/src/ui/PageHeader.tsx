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
  /** Stands in until the real title is known: names the page, but is not shown and takes no focus. */
  quiet?: boolean;
}

let first = true;

/** The head of every page: it names the document and, after a navigation, takes the focus, so that one hears where one is. */
export function PageHeader({ title, lead, action, back, quiet }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Entente`;
  }, [title]);
  useEffect(() => {
    // On the first page the browser starts at the top by itself, and the skip link must come first.
    if (quiet) return;
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
  }, [quiet]);
  return (
    <header className={quiet ? 'e-hidden' : 'e-page-head'}>
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
