import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { locale } from '../ui/format';
import type { Access, ChangedBy, FileRole, FileSpace } from './api';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** "12,4 Mo": thousands, as people and their machines count. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: units[unit], unitDisplay: unit === 0 ? 'long' : 'short', maximumFractionDigits: unit < 2 || value >= 100 ? 0 : 1 }).format(value);
}

export function spaceName(space: Pick<FileSpace, 'kind' | 'name'>): string {
  return space.kind === 'mine' || !space.name ? i18n._(msg`Mes fichiers`) : space.name;
}

export function byName(by: ChangedBy): string {
  const name = by.name ?? i18n._(msg`quelqu’un qui n’est plus là`);
  return by.byLink ? byALink(name) : name;
}

/** Of what somebody put who came with a link of theirs. */
export function byALink(name: string): string {
  return i18n._(msg`par un lien de ${name}`);
}

const roles = { read: msg`peut lire`, edit: msg`peut modifier`, manage: msg`peut partager` } as const;

export function roleName(role: FileRole): string {
  return i18n._(roles[role]);
}

/** Of whom it is to. */
export function granteeName({ to, name }: Pick<Access, 'to' | 'name'>): string {
  if (to.kind === 'EVERYONE') return i18n._(msg`Tout le territoire`);
  if (to.kind === 'ADMINS') return i18n._(msg`Les administrateurs de ${name}`);
  return name;
}
