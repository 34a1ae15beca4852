import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { NotFoundPage } from '../pages/Failures';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Tabs } from '../ui/Tabs';
import { Capacities } from './Capacities';
import './Account.css';

const Security = lazy(() => import('./Security').then((part) => ({ default: part.Security })));
const AppPasswords = lazy(() => import('./AppPasswords').then((part) => ({ default: part.AppPasswords })));
const MyDataView = lazy(() => import('./MyDataView').then((part) => ({ default: part.MyDataView })));
const Display = lazy(() => import('./Display').then((part) => ({ default: part.Display })));

/** All that concerns one's own account, in five parts with an address each. */
export function AccountPage() {
  const { t } = useLingui();
  const { part = 'capacities' } = useParams({ strict: false }) as { part?: string };
  const tabs = [
    { id: 'capacities', title: t`Mes rattachements`, href: '/account', content: <Capacities /> },
    { id: 'security', title: t`Sécurité et appareils`, href: '/account/security', content: <Security /> },
    { id: 'app-passwords', title: t`Mots de passe d’application`, href: '/account/app-passwords', content: <AppPasswords /> },
    { id: 'data', title: t`Mes données`, href: '/account/data', content: <MyDataView /> },
    { id: 'display', title: t`Langue et affichage`, href: '/account/display', content: <Display /> },
  ];
  if (!tabs.some((tab) => tab.id === part)) return <NotFoundPage />;
  return (
    <>
      <PageHeader title={t`Mon compte`} />
      <Suspense fallback={<Skeleton />}>
        <Tabs label={t`Mon compte`} tabs={tabs} selected={part} />
      </Suspense>
    </>
  );
}
