import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Tabs } from '../../ui/Tabs';

/** The three views of what is shared: service by service, all at a glance, and what is to come. */
export function PoolingTabs({ selected, children }: { selected: 'catalogue' | 'matrix' | 'roadmap'; children: ReactNode }) {
  const { t } = useLingui();
  return (
    <Tabs
      label={t`Mutualisation`}
      selected={selected}
      tabs={[
        { id: 'catalogue', title: t`Catalogue`, href: '/pooling' },
        { id: 'matrix', title: t`Qui partage quoi`, href: '/pooling/matrix' },
        { id: 'roadmap', title: t`Feuille de route`, href: '/pooling/roadmap' },
      ]}
    >
      {children}
    </Tabs>
  );
}
