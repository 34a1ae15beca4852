import { useLingui } from '@lingui/react/macro';
import type { CatalogueEntry } from '../api/pooling';
import { useGet } from '../api/queries';
import { text } from '../members/words';

/** How services are called, by id; the id itself until the catalogue is there, and for one that has left it. */
export function useServiceNames(): (service: string) => string {
  const { i18n } = useLingui();
  const catalogue = useGet<CatalogueEntry[]>('/api/pooling/catalogue');
  const names = new Map(catalogue.data?.map((entry) => [entry.service, text(entry.name, i18n.locale)]));
  return (service) => names.get(service) ?? service;
}
