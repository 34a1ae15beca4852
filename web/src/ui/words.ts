import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Kind, Role } from '../api/types';

/** The kinds of affiliation, as a person reads them. */
export const kindWords: Record<Kind, MessageDescriptor> = {
  elu: msg`Élu`,
  agent: msg`Agent`,
  partner: msg`Partenaire`,
  trainee: msg`Stagiaire`,
};

export const roleWords: Record<Role, MessageDescriptor> = {
  operator_admin: msg`Administration du territoire`,
  member_admin: msg`Administration de la collectivité`,
  member_hr: msg`Ressources humaines`,
  auditor: msg`Contrôle (lecture seule)`,
};

const memberKinds: Record<string, MessageDescriptor> = {
  commune: msg`Commune`,
  epci: msg`Intercommunalité`,
  metropole: msg`Métropole`,
  syndicat: msg`Syndicat`,
  departement: msg`Département`,
  region: msg`Région`,
  ccas: msg`CCAS`,
  other: msg`Organisme`,
};

export function memberKindWord(kind: string): MessageDescriptor {
  return memberKinds[kind] ?? msg`Organisme`;
}
