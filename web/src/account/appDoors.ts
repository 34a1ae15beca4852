import { useLingui } from '@lingui/react/macro';
import type { AppDoor } from '../api/types';
import { useText2 } from '../ui/text2';

/** What a door is for, in plain words. */
export function useDoorWords(): (door: AppDoor) => string {
  const { t } = useLingui();
  const text = useText2();
  return ({ door, name }) => {
    if (door === 'files') return t`Mes fichiers (WebDAV)`;
    if (door === 'mail') return t`Mon courrier, mon agenda, mes contacts`;
    if (door === 'ldap') return t`Les applications qui demandent un mot de passe (LDAP)`;
    const application = name ? text(name) : door.replace(/^ldap:/, '');
    return t`L’application ${application}`;
  };
}
