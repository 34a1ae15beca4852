import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { Agreement, BudgetChange, BudgetLine, Nature, StoredKey } from '../../api/pooling';
import { refresh, useGet } from '../../api/queries';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog, Dialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { euros, readEuros } from '../money';
import { useServiceList } from '../serviceNames';
import { natureWords } from '../words';

const none = 'none';

export function NewLineDialog({ year, onClose }: { year: number; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const services = useServiceList();
  const agreements = useGet<Agreement[]>('/api/operator/pooling/agreements');
  const keys = useGet<StoredKey[]>('/api/operator/pooling/keys');
  const [form, setForm] = useState({ label: '', agreement: null as string | null, service: none, costKey: none, nature: 'running' as Nature, firstYear: String(year), years: '1', amount: '', funding: '', funder: '' });
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const amount = readEuros(form.amount);
  const funding = form.funding.trim() ? readEuros(form.funding) : 0;
  const years = /^\d{1,2}$/.test(form.years) ? Number(form.years) : null;
  const firstYear = /^20\d\d$/.test(form.firstYear) ? Number(form.firstYear) : null;
  const valid = form.label.trim() && form.agreement && amount !== null && funding !== null && years && firstYear;
  const make = async () => {
    const { label, agreement, service, nature, funder } = form;
    await call.post('/api/operator/pooling/budget', { label: label.trim(), agreement, service: service === none ? null : service, nature, firstYear, years, amount, funding, funder: funder.trim() || null, costKey: form.costKey === none ? null : form.costKey });
    await refresh('/api/operator/pooling/budget');
    toast(t`Ligne ajoutée.`);
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Ajouter une ligne au budget`} confirm={t`Ajouter la ligne`} isDisabled={!valid} onConfirm={make}>
      <TextField label={t`Libellé`} value={form.label} onChange={(label) => set({ label })} isRequired maxLength={200} />
      <div className="m-pair">
        <Select label={t`Convention`} value={form.agreement} onChange={(agreement) => set({ agreement })} isRequired options={(agreements.data ?? []).filter((one) => one.status !== 'ended').map((one) => ({ value: one.id, label: `${one.number} · ${one.title}` }))} />
        <Select label={t`Service`} value={form.service} onChange={(service) => set({ service })} options={[{ value: none, label: t`commun à la convention` }, ...services]} />
      </div>
      <Select<Nature> label={t`Nature`} value={form.nature} onChange={(nature) => set({ nature, years: nature === 'investment' ? '5' : '1' })} options={(['running', 'people', 'investment'] as const).map((value) => ({ value, label: i18n._(natureWords[value]) }))} />
      <div className="m-pair">
        <TextField label={form.nature === 'investment' ? t`Première année` : t`Année`} value={form.firstYear} onChange={(typed) => set({ firstYear: typed })} inputMode="numeric" maxLength={4} isRequired error={firstYear ? null : t`Donnez l’année en quatre chiffres.`} />
        {form.nature === 'investment' && (
          <TextField label={t`Durée d’amortissement, en années`} value={form.years} onChange={(typed) => set({ years: typed })} inputMode="numeric" maxLength={2} isRequired error={years ? null : t`Donnez un nombre d’années.`} />
        )}
      </div>
      <div className="m-pair">
        <Money label={t`Montant en euros`} value={form.amount} onChange={(typed) => set({ amount: typed })} help={form.nature === 'investment' ? t`Le coût entier : il pèse par parts égales sur la durée.` : undefined} isRequired />
        <Money label={t`Financé par ailleurs, en euros`} value={form.funding} onChange={(typed) => set({ funding: typed })} />
      </div>
      <Select
        label={t`Répartie selon`}
        value={form.costKey}
        onChange={(costKey) => set({ costKey })}
        options={[{ value: none, label: t`la clé de la convention` }, ...(keys.data ?? []).filter((key) => key.status === 'adopted').map((key) => ({ value: key.id, label: key.name, help: key.text }))]}
      />
      <TextField label={t`Financeur`} value={form.funder} onChange={(funder) => set({ funder })} isRequired={false} maxLength={200} />
    </ConfirmDialog>
  );
}

/** What the line was before each change stays with it. */
export function AmendLineDialog({ line, runs, onClose }: { line: BudgetLine; runs: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(euros(line.amount));
  const [funded, setFunded] = useState(line.funding ? euros(line.funding) : '');
  const [reason, setReason] = useState('');
  const amount = readEuros(typed);
  const funding = funded.trim() ? readEuros(funded) : 0;
  const amend = async () => {
    await call.put(`/api/operator/pooling/budget/lines/${line.id}`, { version: line.version, amount, funding, reason: reason.trim() });
    await refresh('/api/operator/pooling/budget');
    toast(t`Ligne amendée.`);
  };
  if (!runs) {
    return (
      <Dialog isOpen onClose={onClose} title={line.label}>
        <History line={line} />
      </Dialog>
    );
  }
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t`Amender « ${line.label} »`} confirm={t`Enregistrer l’amendement`} isDisabled={amount === null || funding === null || !reason.trim()} onConfirm={amend}>
      <div className="m-pair">
        <Money label={t`Montant en euros`} value={typed} onChange={setTyped} isRequired />
        <Money label={t`Financé par ailleurs, en euros`} value={funded} onChange={setFunded} />
      </div>
      <TextField label={t`Motif`} value={reason} onChange={setReason} isRequired maxLength={500} />
      <History line={line} />
    </ConfirmDialog>
  );
}

function History({ line }: { line: BudgetLine }) {
  const history = useGet<BudgetChange[]>(`/api/operator/pooling/budget/lines/${line.id}/history`);
  return (
    <Loaded query={history}>
      {(all) =>
        all.length === 0 ? (
          <p className="e-soft">
            <Trans>Cette ligne n’a pas encore été amendée.</Trans>
          </p>
        ) : (
          <ol>
            {all.map((one) => (
              <li key={one.at}>
                <DateText at={one.at} /> : {euros(one.amountBefore)} → {euros(one.amountAfter)}
                {one.fundingBefore !== one.fundingAfter && (
                  <>
                    {' '}
                    (<Trans>financement</Trans> {euros(one.fundingBefore)} → {euros(one.fundingAfter)})
                  </>
                )}{' '}
                <span className="e-soft">
                  {one.by} · {one.reason}
                </span>
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}

function Money({ label, value, onChange, help, isRequired = false }: { label: string; value: string; onChange: (typed: string) => void; help?: string; isRequired?: boolean }) {
  const { t } = useLingui();
  return <TextField label={label} value={value} onChange={onChange} inputMode="decimal" isRequired={isRequired} help={help} error={value.trim() && readEuros(value) === null ? t`Écrivez un montant comme 12 345,67.` : null} />;
}
