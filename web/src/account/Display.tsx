import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '../api/client';
import { problemText } from '../api/problem';
import { queryClient, refresh, useMyself } from '../api/queries';
import type { Me } from '../api/types';
import { Radios } from '../ui/Choices';
import { toast } from '../ui/Toasts';

/** How Entente looks and speaks to me; kept with the account, so that it is the same on every machine. */
export function Display() {
  const { t } = useLingui();
  const me = useMyself();
  const [pending, setPending] = useState(false);
  const change = async (preferences: Partial<Pick<Me, 'language' | 'density'>>) => {
    setPending(true);
    // Shown at once; what was there comes back if it cannot be kept.
    queryClient.setQueryData<Me>(['/api/me'], (known) => known && { ...known, ...preferences });
    try {
      await api.patch('/api/me/preferences', preferences);
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
      await refresh('/api/me');
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="e-stack e-narrow">
      <Radios
        label={t`Langue`}
        options={[
          { value: 'fr', label: 'Français' },
          { value: 'en', label: 'English' },
        ]}
        value={me.language}
        onChange={(language) => void change({ language })}
        isDisabled={pending}
      />
      <Radios
        label={t`Densité`}
        options={[
          { value: 'comfortable', label: t`Confortable`, help: t`De l’air autour de chaque ligne.` },
          { value: 'compact', label: t`Compacte`, help: t`Plus de lignes à l’écran, pour les tableaux de travail.` },
        ]}
        value={me.density}
        onChange={(density) => void change({ density })}
        isDisabled={pending}
        help={t`Le thème clair ou sombre suit le réglage de votre ordinateur ou de votre téléphone.`}
      />
    </div>
  );
}
