import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Label } from 'react-aria-components/Label';
import './Progress.css';

/** How far a long job is. `value` in percent; without it, only that it goes on. */
export function Progress({ label, value }: { label: string; value?: number }) {
  return (
    <ProgressBar value={value ?? 0} isIndeterminate={value === undefined} className="e-progress">
      {({ percentage, valueText, isIndeterminate }) => (
        <>
          <span className="e-row e-row--apart">
            <Label>{label}</Label>
            {!isIndeterminate && <span className="e-soft e-numbers">{valueText}</span>}
          </span>
          <span className="e-progress__track">
            <span className="e-progress__done" style={isIndeterminate ? undefined : { width: `${percentage ?? 0}%` }} />
          </span>
        </>
      )}
    </ProgressBar>
  );
}
