import { Trans } from '@lingui/react/macro';
import './Skeleton.css';

/** What will be here, in grey, once it takes longer than 200 ms: quick answers never flash. */
export function Skeleton({ lines = 4, kind = 'lines' }: { lines?: number; kind?: 'lines' | 'tiles' | 'rows' }) {
  return (
    <div className={`e-skeleton e-skeleton--${kind}`} role="status">
      <span className="e-hidden">
        <Trans>Chargement…</Trans>
      </span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="e-skeleton__bone" aria-hidden="true" />
      ))}
    </div>
  );
}
