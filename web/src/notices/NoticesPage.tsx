import { Trans, useLingui } from '@lingui/react/macro';
import { Bell, BellDot, CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { address, api } from '../api/client';
import { problemText } from '../api/problem';
import { refresh, useList } from '../api/queries';
import type { Notice, Page } from '../api/types';
import { Button } from '../ui/Button';
import { DateText } from '../ui/DateText';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Pager } from '../ui/Pager';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { toast } from '../ui/Toasts';
import '../ui/Lines.css';
import './NoticesPage.css';

const limit = 30;

/** What has happened that concerns me, newest first. Long jobs are found again here. */
export function NoticesPage() {
  const { t } = useLingui();
  const [offset, setOffset] = useState(0);
  const [pending, setPending] = useState(false);
  const notices = useList<Page<Notice>>(address('/api/notices', { offset, limit }), { refetchInterval: 30_000 });
  const unread = notices.data?.items.some((notice) => !notice.read) ?? false;
  const readAll = async () => {
    setPending(true);
    try {
      await api.post('/api/notices/read');
      await Promise.all([refresh('/api/notices'), refresh('/api/me')]);
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <PageHeader
        title={t`Avis`}
        action={
          unread && (
            <Button icon={CheckCheck} pending={pending} onPress={() => void readAll()}>
              <Trans>Tout marquer comme lu</Trans>
            </Button>
          )
        }
      />
      <Loaded query={notices} skeleton={<Skeleton kind="rows" lines={5} />}>
        {(page) =>
          page.total === 0 ? (
            <EmptyState icon={Bell} title={t`Aucun avis`}>
              <Trans>Vous serez prévenu ici quand un accès s’ouvre ou se ferme, quand un long travail s’achève, ou quand on se connecte à votre compte.</Trans>
            </EmptyState>
          ) : (
            <div className="e-stack">
              <ul className="e-lines">
                {page.items.map((notice) => (
                  <NoticeLine key={notice.id} notice={notice} />
                ))}
              </ul>
              <Pager offset={offset} limit={limit} total={page.total} onOffset={setOffset} />
            </div>
          )
        }
      </Loaded>
    </>
  );
}

function NoticeLine({ notice }: { notice: Notice }) {
  const Icon = notice.read ? Bell : BellDot;
  return (
    <li className={notice.read ? 'e-line e-notice' : 'e-line e-notice e-notice--new'}>
      <Icon size={22} aria-hidden="true" />
      <div className="e-line__main">
        <p className="e-line__title">
          {!notice.read && (
            <span className="e-notice__new">
              <Trans>Nouveau</Trans>
            </span>
          )}
          {notice.to ? <Link href={notice.to}>{notice.title}</Link> : notice.title}
        </p>
        <p>{notice.body}</p>
      </div>
      <span className="e-soft e-small">
        <DateText at={notice.at} style="relative" />
      </span>
    </li>
  );
}
