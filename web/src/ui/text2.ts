import { useLingui } from '@lingui/react';
import type { Text2 } from '../api/types';

/** A text that the platform keeps in both languages, in the reader's. */
export function useText2(): (text: Text2) => string {
  const { i18n } = useLingui();
  return (text) => (i18n.locale === 'en' ? text.en || text.fr : text.fr || text.en);
}
