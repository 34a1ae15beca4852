import type { CostKey } from '../../api/pooling';
import { readEuros } from '../money';

/** A key while it is being written: parts that make 100 % together, then bounds. */
export interface KeyForm {
  parts: PartForm[];
  /** No member pays more than this part of the whole; empty: no bound. */
  most: string;
  /** Each member pays at least this, in euros; empty: nothing. */
  least: string;
}

export interface PartForm {
  percent: string;
  by: 'equal' | 'measure' | 'tapered' | 'fixed';
  measure: string;
  slices: { upTo: string; coefficient: string }[];
  /** By member: agreed percents, which make 100 together. */
  percents: Record<string, string>;
}

export const newPart = (percent: string): PartForm => ({ percent, by: 'measure', measure: 'population', slices: [{ upTo: '20000', coefficient: '1' }, { upTo: '', coefficient: '0,5' }], percents: {} });
export const newForm: KeyForm = { parts: [newPart('100')], most: '', least: '' };

/** The key as it is stored; null while something of it cannot be read. What is read but makes no sense, the platform says in words. */
export function keyOf(form: KeyForm): CostKey | null {
  const parts = form.parts.map((part) => ({ percent: decimal(part.percent), by: partKey(part) }));
  if (parts.length === 0 || parts.some((part) => part.by === null || part.percent === null)) return null;
  const whole = parts as { percent: number; by: CostKey }[];
  let key: CostKey = whole.length === 1 && whole[0] ? whole[0].by : { key: 'mix', parts: whole };
  if (form.most.trim()) {
    const most = decimal(form.most);
    if (most === null) return null;
    key = { key: 'capped', of: key, mostPercent: most };
  }
  if (form.least.trim()) {
    const minimum = readEuros(form.least);
    if (minimum === null) return null;
    key = { key: 'at-least', of: key, minimum };
  }
  return key;
}

function partKey(part: PartForm): CostKey | null {
  if (part.by === 'equal') return { key: 'equal' };
  if (part.by === 'fixed') {
    const percents = Object.entries(part.percents)
      .filter(([, typed]) => typed.trim())
      .map(([member, typed]) => [member, decimal(typed)] as const);
    if (percents.length === 0 || percents.some(([, percent]) => percent === null)) return null;
    return { key: 'fixed', percents: Object.fromEntries(percents) as Record<string, number> };
  }
  if (!part.measure) return null;
  if (part.by === 'measure') return { key: 'measure', measure: part.measure };
  const slices = part.slices.map(({ upTo, coefficient }) => ({ upTo: upTo.trim() ? decimal(upTo) : undefined, coefficient: decimal(coefficient) }));
  if (slices.some((slice) => slice.upTo === null || slice.coefficient === null)) return null;
  return { key: 'tapered', measure: part.measure, slices: slices as { upTo?: number; coefficient: number }[] };
}

/** "12 500,5" as people write it. */
function decimal(typed: string): number | null {
  const plain = typed.replaceAll(/[\s\u00a0\u202f%]/g, '').replace(',', '.');
  return /^\d{1,12}(\.\d{1,4})?$/.test(plain) ? Number(plain) : null;
}

/** A stored key as it would be written here; null for one that is put together otherwise. */
export function formOf(key: CostKey): KeyForm | null {
  if (key.key === 'at-least') {
    const form = formOf(key.of);
    return form && form.least === '' ? { ...form, least: said(key.minimum / 100) } : null;
  }
  if (key.key === 'capped') {
    const form = formOf(key.of);
    return form && form.least === '' && form.most === '' ? { ...form, most: said(key.mostPercent) } : null;
  }
  const parts = key.key === 'mix' ? key.parts.map((part) => partOf(part.by, said(part.percent))) : [partOf(key, '100')];
  return parts.length <= 4 && parts.every((part) => part !== null) ? { parts: parts as PartForm[], most: '', least: '' } : null;
}

function partOf(key: CostKey, percent: string): PartForm | null {
  const part = newPart(percent);
  switch (key.key) {
    case 'equal':
      return { ...part, by: 'equal' };
    case 'measure':
      return { ...part, measure: key.measure };
    case 'tapered':
      return { ...part, by: 'tapered', measure: key.measure, slices: key.slices.map(({ upTo, coefficient }) => ({ upTo: upTo === undefined || upTo === null ? '' : said(upTo), coefficient: said(coefficient) })) };
    case 'fixed':
      return { ...part, by: 'fixed', percents: Object.fromEntries(Object.entries(key.percents).map(([member, value]) => [member, said(value)])) };
    default:
      return null;
  }
}

const said = (value: number): string => String(value).replace('.', ',');
