import { Trans, useLingui } from '@lingui/react/macro';
import { Lightbulb } from 'lucide-react';
import { useState } from 'react';
import { address } from '../../api/client';
import type { PoolRequest, RequestState } from '../../api/pooling';
import { useList } from '../../api/queries';
import { useFilters } from '../../members/common';
import '../../members/members.css';
import { useTyped } from '../../members/people/useTyped';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { formatNumber } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { SearchField } from '../../ui/SearchField';
import { Select } from '../../ui/Select';
import { EmptyState } from '../../ui/States';
import { PoolingTabs } from '../everyone/PoolingTabs';
import { requestTones, requestWords } from '../words';
import { ProposeDialog } from './ProposeDialog';

const states = ['idea', 'studied', 'accepted', 'building', 'live', 'declined', 'withdrawn'] as const;

/** What members ask for: anybody proposes, members back, the operator answers. */
export function RequestsPage() {
  const { t, i18n } = useLingui();
  const { values, set, any } = useFilters('q', 'state', 'of');
  const [typed, setTyped] = useTyped(values.q, (q) => set({ q }));
  const [proposing, setProposing] = useState(false);
  const requests = useList<PoolRequest[]>(address('/api/pooling/requests', { q: values.q || undefined, state: values.state || undefined, of: values.of || undefined }));
  return (
    <>
      <PageHeader
        title={t`Demandes`}
        lead={t`Proposez un besoin, soutenez ceux des autres : la feuille de route en est tirée.`}
        action={
          <Button variant="primary" icon={Lightbulb} onPress={() => setProposing(true)}>
            <Trans>Proposer un besoin</Trans>
          </Button>
        }
      />
      <PoolingTabs selected="requests">
        <div className="m-filters">
          <SearchField label={t`Chercher dans les demandes`} value={typed} onChange={setTyped} />
          <Select<RequestState | 'all'>
            label={t`État`}
            labelHidden
            value={(values.state as RequestState) || 'all'}
            onChange={(state) => set({ state: state === 'all' ? '' : state })}
            options={[{ value: 'all', label: t`Tous les états` }, ...states.map((value) => ({ value, label: i18n._(requestWords[value]) }))]}
          />
          <Select<'all' | 'mine' | 'member'>
            label={t`De qui`}
            labelHidden
            value={(values.of as 'mine' | 'member') || 'all'}
            onChange={(of) => set({ of: of === 'all' ? '' : of })}
            options={[
              { value: 'all', label: t`De tout le monde` },
              { value: 'mine', label: t`Que j’ai proposées` },
              { value: 'member', label: t`Proposées ou soutenues par ma collectivité` },
            ]}
          />
        </div>
        <Loaded query={requests}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState icon={Lightbulb} title={any ? t`Aucune demande ne correspond` : t`Aucune demande n’a encore été proposée`}>
                {any ? <Trans>Élargissez la recherche, ou proposez ce besoin.</Trans> : <Trans>Dites ce qui vous manque : les autres collectivités pourront le soutenir, et l’opérateur répond.</Trans>}
              </EmptyState>
            ) : (
              <DataTable
                label={t`Demandes`}
                rows={all}
                rowId={(one) => one.id}
                rowHref={(one) => `/pooling/requests/${one.id}`}
                columns={[
                  { id: 'title', title: t`Besoin`, cell: (one) => one.title, sortBy: (one) => one.title },
                  { id: 'member', title: t`Proposé par`, cell: (one) => one.memberName, sortBy: (one) => one.memberName },
                  { id: 'state', title: t`État`, cell: (one) => <Badge tone={requestTones[one.state]}>{i18n._(requestWords[one.state])}</Badge>, sortBy: (one) => states.indexOf(one.state) },
                  { id: 'backers', title: t`Soutiens`, align: 'end', cell: (one) => formatNumber(one.backers), sortBy: (one) => one.backers },
                  { id: 'talk', title: t`Échanges`, align: 'end', cell: (one) => formatNumber(one.comments), sortBy: (one) => one.comments },
                  { id: 'expected', title: t`Prévu`, cell: (one) => (one.expected ? <DateText at={one.expected} /> : ''), sortBy: (one) => one.expected },
                ]}
              />
            )
          }
        </Loaded>
      </PoolingTabs>
      {proposing && <ProposeDialog onClose={() => setProposing(false)} />}
    </>
  );
}
