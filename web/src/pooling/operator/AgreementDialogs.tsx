import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { address, api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { Agreement, AgreementDetail, EndPreview, Party, PoolingDocument, Terms } from '../../api/pooling';
import { refresh, useGet } from '../../api/queries';
import type { MemberDetail, Page } from '../../api/types';
import { go } from '../../navigation';
import { Checkbox } from '../../ui/Choices';
import { ComboBox } from '../../ui/ComboBox';
import { DateField } from '../../ui/DateField';
import { ConfirmDialog, Dialog } from '../../ui/Dialog';
import { FileDrop } from '../../ui/FileDrop';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { Losses } from './Losses';
import { noTerms, TermsFields } from './TermsFields';

const all = '/api/operator/pooling/agreements';

/** A day as far as it is typed: while its year is still 20 or 202, nothing is asked about it. */
const whole = (day: string | null): string | undefined => (day !== null && day >= '1900' ? day : undefined);

/** Made as it was signed, or as a proposal that a decision will adopt. */
export function NewAgreementDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [number, setNumber] = useState('');
  const [startsOn, setStartsOn] = useState<string | null>(null);
  const [proposed, setProposed] = useState(false);
  const [terms, setTerms] = useState<Terms>(noTerms);
  const make = async () => {
    const made = await call.post<Agreement>(all, { ...terms, title: terms.title.trim(), number: number.trim(), startsOn, proposed });
    await refresh(all);
    go(`/operator/agreements/${made.id}`);
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Enregistrer une convention`} confirm={t`Enregistrer la convention`} isDisabled={!number.trim() || !startsOn || !terms.title.trim()} onConfirm={make}>
      <div className="m-pair">
        <TextField label={t`Numéro`} value={number} onChange={setNumber} isRequired maxLength={50} />
        <DateField label={t`Premier jour`} value={startsOn} onChange={setStartsOn} isRequired />
      </div>
      <TermsFields terms={terms} onChange={setTerms} />
      <Checkbox isSelected={proposed} onChange={setProposed} help={<Trans>Elle ne tient rien et ne coûte rien tant qu’une décision ne l’a pas adoptée.</Trans>}>
        <Trans>C’est une proposition, à soumettre au vote</Trans>
      </Checkbox>
    </ConfirmDialog>
  );
}

/** All terms anew, from a day on: what was signed before stays readable. */
export function AmendDialog({ one, path, onClose }: { one: AgreementDetail; path: string; onClose: () => void }) {
  const { t } = useLingui();
  const { title, endsOn, noticeMonths, renewal, costKey, services } = one;
  const [terms, setTerms] = useState<Terms>({ title, endsOn, noticeMonths, renewal, costKey: costKey?.id ?? null, services });
  const [effectiveOn, setEffectiveOn] = useState<string | null>(null);
  const [signedOn, setSignedOn] = useState<string | null>(null);
  const [summary, setSummary] = useState('');
  const amend = async () => {
    await call.post(`${path}/amendments`, { version: one.version, effectiveOn, signedOn, summary: summary.trim(), terms });
    await refresh(all);
    toast(t`Avenant enregistré.`);
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Avenant à la convention ${one.number}`} confirm={t`Enregistrer l’avenant`} isDisabled={!effectiveOn || !summary.trim() || !terms.title.trim()} onConfirm={amend}>
      <TextField label={t`Ce qui change, en une phrase`} value={summary} onChange={setSummary} isRequired maxLength={500} />
      <div className="m-pair">
        <DateField label={t`Prend effet le`} value={effectiveOn} onChange={setEffectiveOn} isRequired />
        <DateField label={t`Signé le`} value={signedOn} onChange={setSignedOn} />
      </div>
      <TermsFields terms={terms} onChange={setTerms} />
    </ConfirmDialog>
  );
}

export function AddPartyDialog({ one, path, onClose }: { one: AgreementDetail; path: string; onClose: () => void }) {
  const { t } = useLingui();
  const members = useGet<Page<MemberDetail>>('/api/operator/members?limit=200');
  const [member, setMember] = useState<string | null>(null);
  const [since, setSince] = useState<string | null>(one.startsOn);
  const add = async () => {
    await call.post(`${path}/parties`, { member, since });
    await refresh(all);
    toast(t`Partie ajoutée.`);
  };
  const options = (members.data?.items ?? []).filter((found) => one.partyList.every((party) => party.member !== found.id || party.until)).map((found) => ({ value: found.id, label: found.name }));
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t`Ajouter une partie`} confirm={t`Ajouter`} isDisabled={!member || !since} onConfirm={add}>
      <ComboBox label={t`Collectivité`} value={member} onChange={setMember} options={options} isRequired />
      <DateField label={t`Depuis`} value={since} onChange={setSince} isRequired />
    </ConfirmDialog>
  );
}

/** Who loses what is counted before a party leaves. */
export function LeaveDialog({ one, path, party, onClose }: { one: AgreementDetail; path: string; party: Party; onClose: () => void }) {
  const { t } = useLingui();
  const [until, setUntil] = useState<string | null>(null);
  const preview = useGet<EndPreview>(whole(until) ? address(`${path}/parties/${party.member}/leave-preview`, { until: whole(until) }) : null);
  const leave = async () => {
    await call.delete(address(`${path}/parties/${party.member}`, { until: until ?? '' }));
    await refresh(all);
    toast(t`Départ de ${party.name} enregistré.`);
  };
  return (
    <ConfirmDialog wide danger isOpen onClose={onClose} title={t`${party.name} quitte la convention ?`} confirm={t`Enregistrer le départ`} isDisabled={!until || !preview.data} onConfirm={leave}>
      <DateField label={t`Dernier jour`} value={until} onChange={setUntil} isRequired />
      {whole(until) && <Loaded query={preview}>{(found) => <Losses preview={found} noticeMonths={one.noticeMonths} />}</Loaded>}
    </ConfirmDialog>
  );
}

type Kind = PoolingDocument['kind'];

export function DocumentDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const { t } = useLingui();
  const [kind, setKind] = useState<Kind>('signed');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (file: File) => {
    setPending(true);
    setError(null);
    try {
      const body = new FormData();
      body.append('file', file);
      body.append('kind', kind);
      await call.post(`${path}/documents`, body);
      await refresh(all);
      toast(t`${file.name} est joint.`);
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title={t`Joindre un document`}>
      <div className="e-stack">
        <Select<Kind>
          label={t`Document`}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'signed', label: t`Convention signée` },
            { value: 'amendment', label: t`Avenant signé` },
            { value: 'annex', label: t`Annexe` },
          ]}
        />
        <FileDrop label={t`Déposez ici le document (PDF, 20 Mo au plus)`} accept={['.pdf', 'application/pdf']} onFile={(file) => void send(file)} pending={pending} />
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      </div>
    </Dialog>
  );
}

/** Who loses what is counted before the agreement ends. */
export function EndDialog({ one, path, onClose }: { one: AgreementDetail; path: string; onClose: () => void }) {
  const { t } = useLingui();
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const preview = useGet<EndPreview>(whole(until) ? address(`${path}/end-preview`, { until: whole(until) }) : null);
  const end = async () => {
    await call.post(`${path}/end`, { until, reason: reason.trim() });
    await refresh(all);
    toast(t`Fin de la convention ${one.number} enregistrée.`);
  };
  return (
    <ConfirmDialog wide danger isOpen onClose={onClose} title={t`Mettre fin à la convention ${one.number} ?`} confirm={t`Mettre fin à la convention`} isDisabled={!until || !reason.trim() || !preview.data} onConfirm={end}>
      <DateField label={t`Dernier jour`} value={until} onChange={setUntil} isRequired />
      <TextField label={t`Motif`} value={reason} onChange={setReason} isRequired maxLength={500} />
      {whole(until) && <Loaded query={preview}>{(found) => <Losses preview={found} noticeMonths={one.noticeMonths} />}</Loaded>}
    </ConfirmDialog>
  );
}
