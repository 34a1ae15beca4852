import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Tabs } from '../../ui/Tabs';

/** The rooms in which the syndicate runs its year. */
export function OperatorTabs({ selected, children }: { selected: 'dashboard' | 'agreements' | 'budget' | 'keys' | 'calls' | 'bodies'; children: ReactNode }) {
  const { t } = useLingui();
  return (
    <Tabs
      label={t`Mutualisation`}
      selected={selected}
      tabs={[
        { id: 'dashboard', title: t`Tableau de bord`, href: '/operator/pooling' },
        { id: 'agreements', title: t`Conventions`, href: '/operator/agreements' },
        { id: 'budget', title: t`Budget`, href: '/operator/budget' },
        { id: 'keys', title: t`Clés`, href: '/operator/keys' },
        { id: 'calls', title: t`Contributions`, href: '/operator/calls' },
        { id: 'bodies', title: t`Instances`, href: '/operator/bodies' },
      ]}
    >
      {children}
    </Tabs>
  );
}
