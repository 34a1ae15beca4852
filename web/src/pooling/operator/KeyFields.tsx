import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { CostKey, UsageMetric } from '../../api/pooling';
import { useGet } from '../../api/queries';
import type { MemberDetail, Page } from '../../api/types';
import { Button } from '../../ui/Button';
import { Message } from '../../ui/Message';
import { Select } from '../../ui/Select';
import { useText2 } from '../../ui/text2';
import { TextField } from '../../ui/TextField';
import { useDebounced } from '../../ui/useDebounced';
import { type KeyForm, keyOf, newPart, type PartForm } from './keyForm';

/** A key put together from parts and bounds; while one writes, it is said back in words. */
export function KeyFields({ form, onChange, onKey }: { form: KeyForm; onChange: (form: KeyForm) => void; onKey: (key: CostKey | null) => void }) {
  const { t } = useLingui();
  const part = (at: number, change: Partial<PartForm>) => onChange({ ...form, parts: form.parts.map((one, index) => (index === at ? { ...one, ...change } : one)) });
  return (
    <div className="e-stack">
      {form.parts.map((one, at) => (
        <fieldset key={at} className="p-seats">
          <legend>
            <Trans>Part {at + 1}</Trans>
          </legend>
          <PartFields part={one} onChange={(change) => part(at, change)} alone={form.parts.length === 1} />
          {form.parts.length > 1 && (
            <Button variant="plain" aria-label={t`Retirer la part ${at + 1}`} onPress={() => onChange({ ...form, parts: form.parts.filter((_, index) => index !== at) })}>
              <Trans>Retirer</Trans>
            </Button>
          )}
        </fieldset>
      ))}
      {form.parts.length < 4 && (
        <div>
          <Button onPress={() => onChange({ ...form, parts: [...form.parts.map((one, index) => (index === 0 && form.parts.length === 1 ? { ...one, percent: '50' } : one)), newPart(form.parts.length === 1 ? '50' : '0')] })}>
            <Trans>Ajouter une part</Trans>
          </Button>
        </div>
      )}
      <div className="m-pair">
        <TextField label={t`Au plus, en % du total`} value={form.most} onChange={(most) => onChange({ ...form, most })} inputMode="decimal" isRequired={false} help={t`Vide : sans plafond.`} />
        <TextField label={t`Au moins, en euros`} value={form.least} onChange={(least) => onChange({ ...form, least })} inputMode="decimal" isRequired={false} help={t`Le minimum de chaque collectivité.`} />
      </div>
      <div className="p-said">
        <Said form={form} onKey={onKey} />
      </div>
    </div>
  );
}

function PartFields({ part, onChange, alone }: { part: PartForm; onChange: (change: Partial<PartForm>) => void; alone: boolean }) {
  const { t } = useLingui();
  const measures = useMeasures();
  const slice = (at: number, change: Partial<PartForm['slices'][number]>) => onChange({ slices: part.slices.map((one, index) => (index === at ? { ...one, ...change } : one)) });
  return (
    <>
      <div className="m-pair">
        <Select
          label={t`Réparti`}
          value={part.by}
          onChange={(by) => onChange({ by })}
          options={[
            { value: 'measure', label: t`selon une grandeur` },
            { value: 'tapered', label: t`selon une grandeur, par tranches` },
            { value: 'equal', label: t`à parts égales` },
            { value: 'fixed', label: t`selon des parts convenues` },
          ]}
        />
        {!alone && <TextField label={t`% du total`} value={part.percent} onChange={(percent) => onChange({ percent })} inputMode="decimal" isRequired />}
      </div>
      {part.by === 'fixed' && <AgreedFields percents={part.percents} onChange={(percents) => onChange({ percents })} />}
      {(part.by === 'measure' || part.by === 'tapered') && <Select label={t`Grandeur`} value={part.measure} onChange={(measure) => onChange({ measure })} options={measures} />}
      {part.by === 'tapered' && (
        <>
          {part.slices.map((one, at) => (
            <div key={at} className="m-pair">
              <TextField label={t`Tranche ${at + 1} : jusqu’à`} value={one.upTo} onChange={(upTo) => slice(at, { upTo })} inputMode="numeric" isRequired={false} help={at === part.slices.length - 1 ? t`La dernière reste sans fin.` : undefined} />
              <TextField label={t`Tranche ${at + 1} : coefficient`} value={one.coefficient} onChange={(coefficient) => slice(at, { coefficient })} inputMode="decimal" isRequired />
            </div>
          ))}
          <div className="m-acts">
            <Button onPress={() => onChange({ slices: [...part.slices.slice(0, -1), { upTo: '', coefficient: '1' }, ...part.slices.slice(-1)] })}>
              <Trans>Ajouter une tranche</Trans>
            </Button>
            {part.slices.length > 1 && (
              <Button variant="plain" onPress={() => onChange({ slices: [...part.slices.slice(0, -2), ...part.slices.slice(-1)] })}>
                <Trans>Retirer une tranche</Trans>
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}

/** One percent a member; whoever has none pays nothing by it. */
function AgreedFields({ percents, onChange }: { percents: Record<string, string>; onChange: (percents: Record<string, string>) => void }) {
  const { t } = useLingui();
  const members = useGet<Page<MemberDetail>>('/api/operator/members?limit=200');
  return (
    <div className="p-agreed">
      {(members.data?.items ?? []).map((member) => (
        <TextField key={member.id} label={t`${member.name}, en %`} value={percents[member.id] ?? ''} onChange={(typed) => onChange({ ...percents, [member.id]: typed })} inputMode="decimal" />
      ))}
    </div>
  );
}

/** What a key may be counted by. */
export function useMeasures(): { value: string; label: string }[] {
  const { t } = useLingui();
  const text = useText2();
  const metrics = useGet<UsageMetric[]>('/api/pooling/usage/metrics');
  return [{ value: 'population', label: t`Population` }, { value: 'agents', label: t`Agents` }, ...(metrics.data ?? []).map((one) => ({ value: `${one.metric}.${one.service}`, label: `${one.name} · ${text(one.serviceName)}` }))];
}

/** The platform reads the key back: what it says here is what the statements will say. */
function Said({ form, onKey }: { form: KeyForm; onKey: (key: CostKey | null) => void }) {
  const { t } = useLingui();
  const key = keyOf(form);
  const written = useDebounced(key === null ? '' : JSON.stringify(key), 300);
  const [said, setSaid] = useState<{ text: string } | { error: unknown } | null>(null);
  useEffect(() => {
    let over = false;
    onKey(null);
    if (!written) return setSaid(null);
    const formula = JSON.parse(written) as CostKey;
    call.post<{ text: string }>('/api/operator/pooling/keys/read', { formula }).then(
      (read) => {
        if (over) return;
        setSaid(read);
        onKey(formula);
      },
      (error: unknown) => !over && setSaid({ error }),
    );
    return () => {
      over = true;
    };
    // What is done with the key does not change what it says.
  }, [written]);
  if (!said || key === null) return <Message tone="warn">{t`Complétez les parts : nombres en chiffres, comme 12,5.`}</Message>;
  return 'text' in said ? <Message tone="good">{said.text}</Message> : <Message tone="bad">{problemText(said.error)}</Message>;
}
