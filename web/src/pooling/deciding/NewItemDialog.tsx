import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { Agreement, Majority, MeetingDetail, NewEffect, StoredKey } from '../../api/pooling';
import { refresh, useGet } from '../../api/queries';
import { Checkbox } from '../../ui/Choices';
import { DateField } from '../../ui/DateField';
import { ConfirmDialog } from '../../ui/Dialog';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { useServiceList } from '../serviceNames';
import { majorityWords } from './words';

type Kind = NewEffect['kind'] | 'none';

/** A point of the agenda, and what is put to the vote on it. */
export function NewItemDialog({ meeting, onClose }: { meeting: MeetingDetail; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [votes, setVotes] = useState(true);
  const [question, setQuestion] = useState('');
  const [secret, setSecret] = useState(false);
  const [majority, setMajority] = useState<Majority | 'body'>('body');
  const [effect, setEffect] = useState<NewEffect | 'incomplete' | null>(null);
  const save = async () => {
    const ballot = votes ? { question: question.trim(), secret, majority: majority === 'body' ? null : majority, effect } : null;
    await call.post(`/api/operator/pooling/meetings/${meeting.id}/items`, { title: title.trim(), text: text.trim(), ballot });
    await refresh('/api/pooling/meetings');
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Ajouter un point`} confirm={t`Ajouter un point`} isDisabled={!title.trim() || (votes && (!question.trim() || effect === 'incomplete'))} onConfirm={save}>
      <TextField label={t`Titre`} value={title} onChange={setTitle} isRequired maxLength={200} />
      <TextField label={t`Exposé`} value={text} onChange={setText} isRequired={false} rows={4} maxLength={10_000} />
      <Checkbox isSelected={votes} onChange={setVotes}>
        <Trans>Mettre au vote</Trans>
      </Checkbox>
      {votes && (
        <>
          <TextField label={t`Question posée`} value={question} onChange={setQuestion} isRequired maxLength={500} help={t`On y répond pour, contre ou abstention.`} />
          <Checkbox isSelected={secret} onChange={setSecret} help={<Trans>Rien ne relie un votant à son vote ; un vote émis ne se change pas.</Trans>}>
            <Trans>Vote secret</Trans>
          </Checkbox>
          <Select<Majority | 'body'>
            label={t`Majorité`}
            value={majority}
            onChange={setMajority}
            options={[{ value: 'body', label: t`Celle de l’instance` }, ...(['simple', 'absolute', 'two-thirds'] as const).map((value) => ({ value, label: i18n._(majorityWords[value]) }))]}
          />
          <EffectFields onEffect={setEffect} />
        </>
      )}
    </ConfirmDialog>
  );
}

function EffectFields({ onEffect }: { onEffect: (effect: NewEffect | 'incomplete' | null) => void }) {
  const { t } = useLingui();
  const services = useServiceList();
  const keys = useGet<StoredKey[]>('/api/operator/pooling/keys');
  const agreements = useGet<Agreement[]>('/api/operator/pooling/agreements');
  const [form, setForm] = useState({ kind: 'none' as Kind, key: null as string | null, agreement: null as string | null, service: null as string | null, year: String(new Date().getFullYear() + 1), effectiveOn: null as string | null });
  const change = (part: Partial<typeof form>) => {
    const next = { ...form, ...part };
    setForm(next);
    onEffect(effectOf(next));
  };
  const open = agreements.data?.filter((one) => one.status !== 'ended') ?? [];
  const agreed = (
    <Select
      label={t`Convention`}
      value={form.agreement}
      onChange={(agreement) => change({ agreement })}
      options={(form.kind === 'agreement' ? open.filter((one) => one.status === 'proposed') : open).map((one) => ({ value: one.id, label: `${one.number} · ${one.title}` }))}
    />
  );
  return (
    <>
      <Select<Kind>
        label={t`Si c’est adopté`}
        value={form.kind}
        onChange={(kind) => change({ kind })}
        options={[
          { value: 'none', label: t`Rien de plus : la décision est consignée` },
          { value: 'key', label: t`Une clé de répartition est adoptée` },
          { value: 'budget', label: t`Un budget est adopté` },
          { value: 'agreement', label: t`Une convention proposée entre en vigueur` },
          { value: 'service', label: t`Un service entre dans une convention` },
        ]}
      />
      {form.kind === 'key' && (
        <>
          <Select label={t`Clé`} value={form.key} onChange={(key) => change({ key })} options={(keys.data ?? []).filter((one) => one.status !== 'retired').map((one) => ({ value: one.id, label: one.name, help: one.text }))} />
          {agreed}
        </>
      )}
      {form.kind === 'budget' && <TextField label={t`Année`} value={form.year} onChange={(year) => change({ year })} inputMode="numeric" maxLength={4} />}
      {(form.kind === 'agreement' || form.kind === 'service') && agreed}
      {form.kind === 'service' && <Select label={t`Service`} value={form.service} onChange={(service) => change({ service })} options={services} />}
      {form.kind !== 'none' && <DateField label={t`Prend effet le`} value={form.effectiveOn} onChange={(effectiveOn) => change({ effectiveOn })} isRequired />}
    </>
  );
}

/** Null where nothing follows from the vote. */
function effectOf(form: { kind: Kind; key: string | null; agreement: string | null; service: string | null; year: string; effectiveOn: string | null }): NewEffect | 'incomplete' | null {
  const { kind, key, agreement, service, year, effectiveOn } = form;
  if (kind === 'none') return null;
  if (!effectiveOn) return 'incomplete';
  if (kind === 'key' && key) return { kind, key, agreement, effectiveOn };
  if (kind === 'budget' && /^20\d\d$/.test(year)) return { kind, year: Number(year), effectiveOn };
  if (kind === 'agreement' && agreement) return { kind, agreement, effectiveOn };
  if (kind === 'service' && agreement && service) return { kind, agreement, service, effectiveOn };
  return 'incomplete';
}
