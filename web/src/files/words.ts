import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Access, ChangedBy, FileRole, FileSpace } from './api';

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
