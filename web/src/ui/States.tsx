import { Trans, useLingui } from '@lingui/react/macro';
import { CloudOff, type LucideIcon, RotateCcw, SearchX, ServerOff, ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { isOffline, isUnavailable, Problem, problemText } from '../api/problem';
import { Button } from './Button';
import './States.css';

export interface EmptyStateProps {
  icon?: LucideIcon;
  /** What belongs here: "Aucun mot de passe d’application". */
  title: string;
  /** What it is for, and the first step. */
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon: Icon = SearchX, title, children, action }: EmptyStateProps) {
  return (
    <div className="e-state">
      <Icon size={36} strokeWidth={1.5} aria-hidden="true" className="e-state__icon" />
      <p className="e-state__title">{title}</p>
      {children && <div className="e-soft">{children}</div>}
      {action}
    </div>
  );
}

export interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
}

/** What happened, what was kept, what to do. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useLingui();
  const forbidden = error instanceof Problem && error.status === 403;
  const Icon = isOffline(error) ? CloudOff : forbidden ? ShieldAlert : ServerOff;
  const title = isOffline(error)
    ? t`Pas de connexion`
    : isUnavailable(error)
      ? t`Ce service ne répond pas pour le moment`
      : forbidden
        ? t`Cette page ne vous est pas ouverte à ce titre`
        : t`Cela n’a pas pu être affiché`;
  return (
    <div className="e-state" role="alert">
      <Icon size={36} strokeWidth={1.5} aria-hidden="true" className="e-state__icon" />
      <p className="e-state__title">{title}</p>
      <p className="e-soft">{problemText(error)}</p>
      {onRetry && (
        <Button icon={RotateCcw} onPress={onRetry}>
          <Trans>Réessayer</Trans>
        </Button>
      )}
    </div>
  );
}
