import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Kind, Text2 } from '../api/types';

/** "de Vénissieux", "d’Oullins", "de la Ville de Lyon", "du SITIV": a member's name after "de", as one says it. */
export function ofMember(name: string): string {
  if (/^(Ville|Métropole|Commune|Communauté|Région)\b/.test(name)) return `de la ${name}`;
  if (/^(Département|Syndicat|Centre)\b/.test(name)) return `du ${name}`;
  if (/^Le\s/.test(name)) return `du ${name.slice(3)}`;
  if (/^Les\s/.test(name)) return `des ${name.slice(4)}`;
  if (/^[A-ZÉ]{3,}$/.test(name)) return `du ${name}`;
  return /^[AEIOUYÂÉÈÊÎÔŒ]/i.test(name) ? `d’${name}` : `de ${name}`;
}

/** What one ends, in the words of the people: an élu has a mandate, an agent a post. */
export const endWords: Record<Kind, MessageDescriptor> = {
  elu: msg`Mettre fin au mandat`,
  agent: msg`Mettre fin au poste`,
  trainee: msg`Mettre fin au stage`,
  partner: msg`Mettre fin à l’accès du partenaire`,
};

/** The fields of a person and an affiliation, as imports, forms and the ledger name them. */
const fields: Record<string, MessageDescriptor> = {
  reference: msg`Matricule`,
  givenName: msg`Prénom`,
  usualName: msg`Nom d’usage`,
  birthName: msg`Nom de naissance`,
  birthDate: msg`Date de naissance`,
  function: msg`Fonction`,
  unit: msg`Unité`,
  unitCode: msg`Code de l’unité`,
  kind: msg`Type`,
  address: msg`Adresse professionnelle`,
  phone: msg`Téléphone`,
  weeklyShare: msg`Quotité de travail`,
  from: msg`Premier jour`,
  until: msg`Dernier jour`,
  groups: msg`Groupes`,
  key: msg`Identifiant dans l’annuaire`,
  source: msg`Tenu par`,
  name: msg`Nom`,
  language: msg`Langue`,
};

export function fieldWord(field: string): MessageDescriptor {
  return fields[field] ?? { id: field, message: field };
}

export const text = (both: Text2, language: string): string => (language === 'en' ? both.en : both.fr) || both.fr;
