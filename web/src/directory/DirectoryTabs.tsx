import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { PageHeader } from '../ui/PageHeader';
import { Tabs } from '../ui/Tabs';

/** The two ways into who's who: the people, and the members. */
export function DirectoryTabs({ selected, children }: { selected: 'people' | 'members'; children: ReactNode }) {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`Annuaire`} />
      <Tabs
        label={t`Annuaire`}
        selected={selected}
        tabs={[
          { id: 'people', title: t`Personnes`, href: '/directory' },
          { id: 'members', title: t`Collectivités`, href: '/directory/members' },
        ]}
      >
        {children}
      </Tabs>
    </>
  );
}
