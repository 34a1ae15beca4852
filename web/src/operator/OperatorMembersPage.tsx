import { Trans, useLingui } from '@lingui/react/macro';
import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { address, api as call } from '../api/client';
import { refresh, useList, useMyself } from '../api/queries';
import type { MemberDetail, Page } from '../api/types';
import { useFilters } from '../members/common';
import { useTyped } from '../members/people/useTyped';
import '../members/members.css';
import { Button } from '../ui/Button';
import { MemberChip } from '../ui/CapacityChip';
import { Radios } from '../ui/Choices';
import { DataTable } from '../ui/DataTable';
import { ConfirmDialog } from '../ui/Dialog';
import { formatNumber, formatSiren } from '../ui/format';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Pager } from '../ui/Pager';
import { SearchField } from '../ui/SearchField';
import { Skeleton } from '../ui/Skeleton';
import { StateChip } from '../ui/StateChip';
import { EmptyState } from '../ui/States';
import { toast } from '../ui/Toasts';
import { memberKindWord } from '../ui/words';

const limit = 50;

/** The authorities of the territory; each leads to its own administration. */
export function OperatorMembersPage() {
  const { t, i18n } = useLingui();
  const { rights } = useMyself();
  const { values, offset, set, any } = useFilters('q');
  const [typed, setTyped] = useTyped(values.q, (q) => set({ q }));
  const [changing, setChanging] = useState<MemberDetail | null>(null);
  const members = useList<Page<MemberDetail>>(address('/api/operator/members', { q: values.q, offset, limit }));
  const operates = rights.includes('OPERATE');
  return (
    <>
      <PageHeader
        title={t`Adhérents`}
        lead={t`Les collectivités du territoire. Chacune s’administre elle-même ; vous pouvez l’aider depuis sa page.`}
        action={
          operates && (
            <div className="e-row">
              <Link variant="quiet" href="/operator/doubles">
                <Trans>Doublons</Trans>
              </Link>
              <Link variant="quiet" href="/operator/members/new">
                <Trans>Ajouter sans rien d’autre</Trans>
              </Link>
              <Link variant="primary" icon={Plus} href="/operator/joining">
                <Trans>Accueillir une collectivité</Trans>
              </Link>
            </div>
          )
        }
      />
      <search className="m-filters">
        <SearchField label={t`Nom, SIREN ou code INSEE`} value={typed} onChange={setTyped} />
      </search>
      <Loaded query={members} skeleton={<Skeleton kind="rows" lines={10} />}>
        {(found) =>
          found.total === 0 ? (
            <EmptyState icon={Building2} title={any ? t`Aucun adhérent ne correspond` : t`Le territoire est vide`}>
              {any ? <Trans>Cherchez avec moins de lettres. Les accents ne comptent pas.</Trans> : <Trans>Ajoutez une première collectivité depuis la liste nationale.</Trans>}
            </EmptyState>
          ) : (
            <div className="e-stack m-dense">
              <DataTable
                label={t`Adhérents`}
                rows={found.items}
                rowId={(row) => row.id}
                rowHref={(row) => `/members/${row.id}`}
                columns={[
                  { id: 'name', title: t`Nom`, rowHeader: true, cell: (row) => <MemberChip member={row} /> },
                  { id: 'kind', title: t`Type`, cell: (row) => i18n._(memberKindWord(row.kind)) },
                  { id: 'siren', title: 'SIREN', narrow: true, cell: (row) => (row.siren ? formatSiren(row.siren) : <span className="e-soft">{t`non connu`}</span>) },
                  { id: 'insee', title: 'INSEE', narrow: true, cell: (row) => row.insee ?? <span className="e-soft">—</span> },
                  { id: 'population', title: t`Habitants`, align: 'end', narrow: true, cell: (row) => (row.population === null ? <span className="e-soft">—</span> : formatNumber(row.population)) },
                  { id: 'people', title: t`Personnes`, align: 'end', narrow: true, cell: (row) => formatNumber(row.counts.people) },
                  { id: 'services', title: t`Services`, align: 'end', narrow: true, cell: (row) => formatNumber(row.counts.services) },
                  { id: 'status', title: t`État`, narrow: true, cell: (row) => <StateChip state={row.status} /> },
                  ...(operates
                    ? [
                        {
                          id: 'act',
                          title: t`Acte`,
                          narrow: true,
                          cell: (row: MemberDetail) => (
                            <Button variant="plain" aria-label={t`Changer l’état de ${row.name}`} onPress={() => setChanging(row)}>
                              <Trans>Changer l’état</Trans>
                            </Button>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
              <Pager offset={offset} limit={limit} total={found.total} onOffset={(next) => set({ offset: next })} />
            </div>
          )
        }
      </Loaded>
      {changing && <StatusDialog member={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

function StatusDialog({ member, onClose }: { member: MemberDetail; onClose: () => void }) {
  const { t } = useLingui();
  const [status, setStatus] = useState(member.status);
  const save = async () => {
    await call.patch(`/api/operator/members/${member.id}`, { status, version: member.version });
    await Promise.all([refresh('/api/operator/members'), refresh(`/api/members/${member.id}`)]);
    toast(t`État enregistré.`);
  };
  return (
    <ConfirmDialog title={t`État de ${member.name}`} isOpen onClose={onClose} confirm={t`Enregistrer l’état`} isDisabled={status === member.status} danger={status === 'left'} onConfirm={save}>
      <Radios
        label={t`État`}
        value={status}
        onChange={setStatus}
        options={[
          { value: 'invited', label: t`Invité`, help: t`Prépare ses personnes et ses unités avant d’ouvrir.` },
          { value: 'active', label: t`Actif`, help: t`Ses personnes se connectent et ses services marchent.` },
          { value: 'left', label: t`Parti`, help: t`La collectivité a quitté le territoire. Ses données sont gardées le temps prévu.` },
        ]}
      />
    </ConfirmDialog>
  );
}
