import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Tabs } from '../../ui/Tabs';

/** What is shared, what is asked, what is used, what is decided. */
export function PoolingTabs({ selected, children }: { selected: 'catalogue' | 'matrix' | 'roadmap' | 'requests' | 'usage' | 'votes'; children: ReactNode }) {
  const { t } = useLingui();
  return (
    <Tabs
      label={t`Mutualisation`}
      selected={selected}
      tabs={[
        { id: 'catalogue', title: t`Catalogue`, href: '/pooling' },
        { id: 'matrix', title: t`Qui partage quoi`, href: '/pooling/matrix' },
        { id: 'roadmap', title: t`Feuille de route`, href: '/pooling/roadmap' },
        { id: 'requests', title: t`Demandes`, href: '/pooling/requests' },
        { id: 'usage', title: t`Usages`, href: '/pooling/usage' },
        { id: 'votes', title: t`Votes et séances`, href: '/pooling/votes' },
      ]}
    >
      {children}
    </Tabs>
  );
}
