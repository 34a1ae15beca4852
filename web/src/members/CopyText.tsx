import { CopyButton } from '../ui/CopyButton';

/** Something to be copied exactly: a link, a DNS record. */
export function CopyText({ label, value }: { label: string; value: string }) {
  return (
    <div className="m-copy">
      <span className="e-small e-soft">{label}</span>
      <div className="m-copy__row">
        <code className="m-mono">{value}</code>
        <CopyButton value={value} />
      </div>
    </div>
  );
}
