import { useLingui } from '@lingui/react/macro';
import type { CatalogueEntry } from '../api/pooling';
import { useGet } from '../api/queries';
import { text } from '../members/words';

/** How services are called, by id; the id itself until the catalogue is there, and for one that has left it. */
export function useServiceNames(): (service: string) => string {
  const names = new Map(useServiceList().map((one) => [one.value, one.label]));
  return (service) => names.get(service) ?? service;
}

/** The services of the catalogue, to choose from. */
export function useServiceList(): { value: string; label: string }[] {
  const { i18n } = useLingui();
  const catalogue = useGet<CatalogueEntry[]>('/api/pooling/catalogue');
  return (catalogue.data ?? []).map((entry) => ({ value: entry.service, label: text(entry.name, i18n.locale) })).sort((a, b) => a.label.localeCompare(b.label, i18n.locale));
}
