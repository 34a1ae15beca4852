import { useLingui } from '@lingui/react/macro';
import type { Kind, Population, Unit } from '../../api/types';

/** "Agents de Finances" rather than three lists: a population in a few words. */
export function usePopulationWords(units: readonly Unit[]): (population: Population) => string {
  const { t } = useLingui();
  const kinds: Record<Kind, string> = { elu: t`élus`, agent: t`agents`, partner: t`partenaires`, trainee: t`stagiaires` };
  const list = (parts: string[]) => new Intl.ListFormat(document.documentElement.lang || 'fr', { type: 'conjunction' }).format(parts);
  return ({ kinds: chosen, units: places, groups, role }) => {
    const who = chosen.length ? list(chosen.map((kind) => kinds[kind])) : t`tout le monde`;
    const where = places.length ? list(places.map((id) => units.find((unit) => unit.id === id)?.name ?? '…')) : '';
    const group = groups.length ? list(groups) : '';
    const said = [who, where && t`dans ${where}`, group && t`du groupe ${group}`].filter(Boolean).join(' ');
    const whole = said.charAt(0).toUpperCase() + said.slice(1);
    return role && role !== 'user' ? `${whole} (${role})` : whole;
  };
}
