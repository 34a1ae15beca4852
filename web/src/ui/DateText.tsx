import { type DateStyle, formatAmount, formatDate, formatRelative } from './format';

/** A moment in words; the machine-readable form and the exact time stay within reach. */
export function DateText({ at, style = 'date' }: { at: string; style?: DateStyle | 'relative' }) {
  return (
    <time dateTime={at} title={style === 'relative' ? formatDate(at, 'precise') : undefined} className="e-numbers">
      {style === 'relative' ? formatRelative(at) : formatDate(at, style)}
    </time>
  );
}

export function AmountText({ euros }: { euros: number }) {
  return <span className="e-numbers e-nowrap">{formatAmount(euros)}</span>;
}
