import type { Cents } from '../api/pooling';
import { formatAmount } from '../ui/format';

export const euros = (cents: Cents): string => formatAmount(cents / 100);

/** What somebody typed as an amount, "12 345,67", in whole cents; null when it is none. Never by way of a fraction. */
export function readEuros(typed: string): Cents | null {
  const plain = typed.replaceAll(/[\s\u00a0\u202f€]/g, '').replace('.', ',');
  const match = /^(-?)(\d{1,13})(?:,(\d{1,2}))?$/.exec(plain);
  if (!match) return null;
  const cents = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0') || 0);
  return match[1] && cents !== 0 ? -cents : cents;
}
