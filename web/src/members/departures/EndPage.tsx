import { Trans, useLingui } from '@lingui/react/macro';
import { CalendarX2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { address, api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet, useList } from '../../api/queries';
import type { Affiliation, Departure, DeparturePreview, MemberPerson, Page, Unit } from '../../api/types';
import { go } from '../../navigation';
import { Button } from '../../ui/Button';
import { Radios } from '../../ui/Choices';
import { ComboBox } from '../../ui/ComboBox';
import { DateField } from '../../ui/DateField';
import { fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Select } from '../../ui/Select';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { useHere, useParam } from '../common';
import { useTyped } from '../people/useTyped';
import { instantOf, today } from '../../ui/time';
import { flat, unitTree } from '../units/tree';
import { endWords } from '../words';
import { WhatWillHappen } from './WhatWillHappen';
import '../members.css';

/** The key act: ending a mandate or a post. What will be cut is said in words beside the form, before the verb is pressed. */
export function EndPage() {
  const { t } = useLingui();
  const { api } = useHere();
  const person = useParam('person');
  const id = useParam('affiliation');
  const found = useGet<MemberPerson>(`${api}/people/${person}`);
  return (
    <Loaded query={found}>
      {(known) => {
        const one = known.affiliations.find((a) => a.id === id);
        return one ? <EndForm known={known} one={one} /> : <EmptyState title={t`Ce rattachement n’est pas ici`} />;
      }}
    </Loaded>
  );
}

function EndForm({ known, one }: { known: MemberPerson; one: Affiliation }) {
  const { t, i18n } = useLingui();
  const { page, api } = useHere();
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const [day, setDay] = useState<string | null>(today());
  const [time, setTime] = useState('18:00');
  const [reason, setReason] = useState<string | null>(null);
  const [other, setOther] = useState('');
  const [heir, setHeir] = useState<'none' | 'person' | 'unit'>('none');
  const [successor, setSuccessor] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);

  const at = when === 'later' && day && /^\d{2}:\d{2}$/.test(time) ? instantOf(day, time) : null;
  const preview = useList<DeparturePreview>(when === 'later' && !at ? null : address(`${api}/affiliations/${one.id}/departure-preview`, { at }));
  const why = reason === 'other' ? other.trim() : (reason ?? '');
  const verb = i18n._(endWords[one.kind]);
  const back = `${page}/people/${known.person.id}`;
  const reasons = one.kind === 'elu' ? [t`Fin de mandat`, t`Démission`, t`Décès`] : one.kind === 'agent' ? [t`Mutation`, t`Fin de contrat`, t`Démission`, t`Retraite`, t`Disponibilité ou détachement`, t`Décès`] : one.kind === 'trainee' ? [t`Fin de stage`, t`Fin d’apprentissage`] : [t`Fin de la mission`, t`Fin du marché`];

  const end = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const made = await call.post<Departure>(`${api}/affiliations/${one.id}/departure`, {
        ...(at && { at }),
        reason: why,
        ...(heir !== 'none' && successor && { successor: { [heir]: successor } }),
      });
      void refresh(`${api}/`);
      go(`${page}/departures/${made.id}`);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <>
      <PageHeader title={verb} back={<Link href={back}>{fullName(known.person)}</Link>} lead={<strong className="m-light">{[one.function, one.unit?.name, one.member.name].filter(Boolean).join(', ')}</strong>} />
      <form className="m-split" onSubmit={(event) => void end(event)}>
        <div className="m-form">
          <Radios
            label={t`Quand`}
            value={when}
            onChange={setWhen}
            options={[
              { value: 'now', label: t`Maintenant`, help: t`Les accès sont coupés dans les deux secondes.` },
              { value: 'later', label: t`À une date`, help: t`Les accès sont coupés à l’heure dite, sans que personne ait à revenir.` },
            ]}
          />
          {when === 'later' && (
            <div className="m-pair">
              <DateField label={t`Jour`} value={day} onChange={setDay} min={today()} isRequired />
              <TextField label={t`Heure`} type="time" value={time} onChange={setTime} isRequired />
            </div>
          )}
          <Select label={t`Motif`} value={reason} onChange={setReason} isRequired options={[...reasons.map((label) => ({ value: label, label })), { value: 'other', label: t`Autre motif` }]} help={t`Il figure au journal et sur le certificat.`} />
          {reason === 'other' && <TextField label={t`Précisez le motif`} value={other} onChange={setOther} isRequired maxLength={200} />}
          <Radios
            label={t`À qui revient ce que cette personne tenait`}
            value={heir}
            onChange={(next) => {
              setHeir(next);
              setSuccessor(null);
            }}
            options={[
              { value: 'none', label: t`À personne pour l’instant`, help: t`Rien n’est perdu : fichiers et messages sont gardés, sans être accessibles.` },
              { value: 'person', label: t`À une personne` },
              { value: 'unit', label: t`À une unité` },
            ]}
          />
          {heir === 'person' && <PersonChoice value={successor} onChange={setSuccessor} except={known.person.id} />}
          {heir === 'unit' && <UnitChoice value={successor} onChange={setSuccessor} />}
          {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        </div>
        <aside className="m-side e-stack" aria-live="polite" aria-label={t`Ce qui va se passer`}>
          {when === 'later' && !at ? (
            <p className="m-said">
              <Trans>Choisissez un jour et une heure.</Trans>
            </p>
          ) : (
            <Loaded query={preview}>{(said) => <WhatWillHappen said={said} now={when === 'now'} kind={one.kind} />}</Loaded>
          )}
          <div className="m-acts">
            <Button type="submit" variant="danger" icon={CalendarX2} pending={pending} isDisabled={!why || (when === 'later' && !at) || (heir !== 'none' && !successor) || !preview.data}>
              {verb}
            </Button>
            <Link variant="plain" href={back}>
              <Trans>Ne rien changer</Trans>
            </Link>
          </div>
          {!why && (
            <p className="e-soft e-small">
              <Trans>Indiquez d’abord le motif.</Trans>
            </p>
          )}
        </aside>
      </form>
    </>
  );
}

export function PersonChoice({ value, onChange, except, label, error }: { value: string | null; onChange: (id: string | null) => void; except?: string; label?: string; error?: string }) {
  const { t } = useLingui();
  const { api } = useHere();
  const [q, setQ] = useState('');
  const [typed, setTyped] = useTyped(q, setQ);
  const people = useList<Page<MemberPerson>>(address(`${api}/people`, { q, phase: 'current', limit: 20 }));
  const options = (people.data?.items ?? [])
    .filter((one) => one.person.id !== except)
    .map((one) => ({ value: one.person.id, label: fullName(one.person), help: one.affiliations.filter((a) => a.phase === 'current').map((a) => a.function).join(', ') }));
  return <ComboBox label={label ?? t`Personne`} value={value} onChange={onChange} options={options} text={typed} onText={setTyped} placeholder={t`Tapez un nom`} isRequired error={error} />;
}

function UnitChoice({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const { t } = useLingui();
  const { api } = useHere();
  const units = useGet<Unit[]>(`${api}/units`);
  return <ComboBox label={t`Unité`} value={value} onChange={onChange} isRequired options={flat(unitTree(units.data ?? [])).filter((u) => !u.closed).map((u) => ({ value: u.id, label: u.fullName }))} />;
}
