import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { Body, BodyDetail, Majority } from '../../api/pooling';
import { refresh, useGet, useMyself } from '../../api/queries';
import '../../members/members.css';
import { go } from '../../navigation';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { ConfirmDialog } from '../../ui/Dialog';
import { formatNumber } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { Select } from '../../ui/Select';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { OperatorTabs } from '../operator/OperatorTabs';
import { SeatFields } from './SeatFields';
import { majorityWords } from './words';

/** The bodies that decide: committee, board. */
export function BodiesPage() {
  const { t, i18n } = useLingui();
  const { rights } = useMyself();
  const [making, setMaking] = useState(false);
  const bodies = useGet<Body[]>('/api/pooling/bodies');
  return (
    <>
      <PageHeader
        title={t`Instances`}
        lead={t`Qui décide : sièges, voix, délégués. Les séances et les votes s’y tiennent.`}
        action={
          rights.includes('OPERATE') && (
            <Button variant="primary" icon={Users} onPress={() => setMaking(true)}>
              <Trans>Créer une instance</Trans>
            </Button>
          )
        }
      />
      <OperatorTabs selected="bodies">
        <Loaded query={bodies}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState icon={Users} title={t`Aucune instance n’est enregistrée`}>
                <Trans>Un comité ou un bureau a des sièges, un par collectivité, chacun avec ses voix.</Trans>
              </EmptyState>
            ) : (
              <DataTable
                label={t`Instances`}
                rows={all}
                rowId={(one) => one.id}
                rowHref={(one) => `/operator/bodies/${one.id}`}
                columns={[
                  { id: 'name', title: t`Instance`, cell: (one) => one.name, sortBy: (one) => one.name },
                  { id: 'seats', title: t`Sièges`, align: 'end', cell: (one) => formatNumber(one.seats), sortBy: (one) => one.seats },
                  { id: 'weight', title: t`Voix`, align: 'end', cell: (one) => formatNumber(one.weight), sortBy: (one) => one.weight },
                  { id: 'quorum', title: t`Quorum`, align: 'end', cell: (one) => <Plural value={one.quorumPercent} one="# % des sièges" other="# % des sièges" /> },
                  { id: 'majority', title: t`Majorité`, cell: (one) => i18n._(majorityWords[one.majority]) },
                ]}
              />
            )
          }
        </Loaded>
      </OperatorTabs>
      {making && <NewBodyDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function NewBodyDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState('');
  const [quorum, setQuorum] = useState('50');
  const [majority, setMajority] = useState<Majority>('absolute');
  const [seats, setSeats] = useState<{ member: string; weight: number }[]>([]);
  const percent = /^\d{1,3}$/.test(quorum) && Number(quorum) <= 100 ? Number(quorum) : null;
  const save = async () => {
    const made = await call.post<BodyDetail>('/api/operator/pooling/bodies', { name: name.trim(), purpose: purpose.trim(), quorumPercent: percent, majority, seats });
    await refresh('/api/pooling/bodies');
    go(`/operator/bodies/${made.id}`);
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Créer une instance`} confirm={t`Créer l’instance`} isDisabled={!name.trim() || percent === null || seats.length === 0} onConfirm={save}>
      <TextField label={t`Nom`} value={name} onChange={setName} isRequired maxLength={200} />
      <TextField label={t`Rôle`} value={purpose} onChange={setPurpose} isRequired={false} maxLength={1000} rows={2} />
      <div className="m-pair">
        <TextField label={t`Quorum, en % des sièges`} value={quorum} onChange={setQuorum} inputMode="numeric" maxLength={3} isRequired error={percent === null ? t`Donnez un nombre de 0 à 100.` : null} />
        <Select<Majority> label={t`Majorité`} value={majority} onChange={setMajority} options={(['simple', 'absolute', 'two-thirds'] as const).map((value) => ({ value, label: i18n._(majorityWords[value]) }))} />
      </div>
      <SeatFields seats={seats} onChange={setSeats} />
    </ConfirmDialog>
  );
}
