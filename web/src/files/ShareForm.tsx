import { Trans, useLingui } from '@lingui/react/macro';
import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { address } from '../api/client';
import { problemText } from '../api/problem';
import { useGet, useList, useMyself } from '../api/queries';
import type { DirectoryEntry, MemberCard, Page, UnitRef } from '../api/types';
import { Button } from '../ui/Button';
import { ComboBox } from '../ui/ComboBox';
import { DateField } from '../ui/DateField';
import { fullName } from '../ui/format';
import { Message } from '../ui/Message';
import { type Option, Select } from '../ui/Select';
import { TextField } from '../ui/TextField';
import { endOf } from '../ui/time';
import { toast } from '../ui/Toasts';
import { useDebounced } from '../ui/useDebounced';
import { changed, type FileNode, type FileRole, type Grantee, type GranteeKind, sharing } from './api';

/** With a person (in one of their capacities), a unit, a group, an authority, or everyone. */
export function ShareForm({ node }: { node: FileNode }) {
  const { t } = useLingui();
  const me = useMyself();
  const mine = me.acting?.member;
  const [kind, setKind] = useState<GranteeKind>('CAPACITY');
  const [id, setId] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Option | null>(null);
  const [given, setGiven] = useState(0);
  const [group, setGroup] = useState('');
  const [role, setRole] = useState<FileRole>('read');
  const [until, setUntil] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const q = useDebounced(text, 200);
  const people = useList<Page<DirectoryEntry>>(kind === 'CAPACITY' && q.trim().length > 1 ? address('/api/directory/people', { q, limit: 20 }) : null);
  const units = useGet<UnitRef[]>(kind === 'UNIT' && mine ? `/api/directory/members/${mine.id}/units` : null, { staleTime: 300_000 });
  const members = useGet<Page<MemberCard>>(kind === 'MEMBER' ? '/api/directory/members?limit=200' : null, { staleTime: 300_000 });
  const capacities = (people.data?.items ?? []).flatMap(({ person, affiliations }) =>
    affiliations.map((one) => ({ value: one.id, label: `${fullName(person)} · ${one.function}, ${one.member.name}` })),
  );
  const to: Grantee | null =
    kind === 'EVERYONE'
      ? { kind, id: null, group: null }
      : kind === 'GROUP'
        ? mine && group.trim()
          ? { kind, id: mine.id, group: group.trim() }
          : null
        : id
          ? { kind, id, group: null }
          : null;
  const share = async () => {
    if (!to) return;
    setPending(true);
    setError(null);
    try {
      // Until the end of that day.
      await sharing.give(node.id, to, role, until && endOf(until));
      await changed();
      toast(t`C’est partagé. Les personnes concernées le trouvent sous « Partagés avec moi ».`);
      setId(null);
      setChosen(null);
      setText('');
      setGroup('');
      setGiven(given + 1);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <section className="e-stack e-stack--tight">
      <h3>
        <Trans>Partager</Trans>
      </h3>
      <div className="e-share">
        <Select<GranteeKind>
          label={t`Avec`}
          value={kind}
          onChange={(next) => {
            setKind(next);
            setId(null);
            setText('');
          }}
          options={[
            { value: 'CAPACITY', label: t`une personne` },
            { value: 'UNIT', label: t`un service de ma collectivité` },
            { value: 'GROUP', label: t`un groupe de ma collectivité` },
            { value: 'MEMBER', label: t`toute une collectivité` },
            { value: 'EVERYONE', label: t`tout le territoire` },
          ]}
        />
        {kind === 'CAPACITY' && (
          // What was typed is the box's own: it writes the one that was chosen, who stays among those to choose from.
          <ComboBox
            key={given}
            label={t`Personne`}
            placeholder={t`Nom, fonction…`}
            options={chosen && capacities.every((one) => one.value !== chosen.value) ? [chosen, ...capacities] : capacities}
            value={id}
            onChange={(next) => {
              setId(next);
              setChosen(capacities.find((one) => one.value === next) ?? chosen);
            }}
            onText={setText}
          />
        )}
        {kind === 'UNIT' && <ComboBox key="unit" label={t`Service de la collectivité`} options={(units.data ?? []).map((one) => ({ value: one.id, label: one.fullName }))} value={id} onChange={setId} />}
        {kind === 'MEMBER' && <ComboBox key="member" label={t`Collectivité`} options={(members.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} value={id} onChange={setId} />}
        {kind === 'GROUP' && <TextField label={t`Nom du groupe`} value={group} onChange={setGroup} maxLength={100} />}
        <Select<FileRole>
          label={t`Ce qui sera permis`}
          value={role}
          onChange={setRole}
          options={[
            { value: 'read', label: t`lire` },
            { value: 'edit', label: t`lire et modifier` },
            { value: 'manage', label: t`lire, modifier et partager` },
          ]}
        />
        <DateField label={t`Jusqu’au (facultatif)`} value={until} onChange={setUntil} />
      </div>
      {kind === 'EVERYONE' && (
        <Message tone="warn">
          <Trans>Toutes les personnes de toutes les collectivités du territoire le verront.</Trans>
        </Message>
      )}
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      <div>
        <Button variant="primary" icon={Share2} pending={pending} isDisabled={!to} onPress={() => void share()}>
          {t`Partager`}
        </Button>
      </div>
    </section>
  );
}
