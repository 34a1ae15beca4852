import { Trans, useLingui } from '@lingui/react/macro';
import { Plus, Trash2, X } from 'lucide-react';
import type { Kind, Population, Service, Unit } from '../../api/types';
import { Button } from '../../ui/Button';
import { Checkboxes } from '../../ui/Choices';
import { ComboBox } from '../../ui/ComboBox';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { kindWords } from '../../ui/words';
import { flat, unitTree } from '../units/tree';
import './population.css';

export interface PopulationDraft extends Omit<Population, 'groups'> {
  key: number;
  groups: string;
}

let last = 0;
export const draftOf = (population: Population): PopulationDraft => ({ ...population, key: ++last, groups: population.groups.join(', ') });
export const fresh = (service: Service): PopulationDraft => draftOf({ kinds: [], units: [], groups: [], role: service.roles[0] ?? 'user' });
export const toSend = ({ kinds, units, groups, role }: PopulationDraft): Population => ({ kinds, units, groups: groups.split(',').map((one) => one.trim()).filter(Boolean), role });

interface Props {
  service: Service;
  drafts: PopulationDraft[];
  onChange: (drafts: PopulationDraft[]) => void;
  units: readonly Unit[];
}

/** Each population narrows by kind, unit and group; several add up. */
export function PopulationFields({ service, drafts, onChange, units }: Props) {
  const { t } = useLingui();
  return (
    <>
      {drafts.map((draft, at) => (
        <fieldset key={draft.key} className="e-card m-population">
          <legend className="e-hidden">{t`Population ${at + 1}`}</legend>
          <div className="m-section__head">
            <h2 aria-hidden="true">{drafts.length > 1 ? <Trans>Population {at + 1}</Trans> : <Trans>Pour qui</Trans>}</h2>
            {drafts.length > 1 && (
              <Button variant="plain" icon={Trash2} onPress={() => onChange(drafts.filter((one) => one !== draft))}>
                <Trans>Retirer</Trans>
              </Button>
            )}
          </div>
          <Population draft={draft} service={service} units={units} onChange={(next) => onChange(drafts.map((one) => (one === draft ? next : one)))} />
        </fieldset>
      ))}
      <div>
        <Button icon={Plus} onPress={() => onChange([...drafts, fresh(service)])}>
          <Trans>Ajouter une autre population</Trans>
        </Button>
      </div>
    </>
  );
}

function Population({ draft, service, units, onChange }: { draft: PopulationDraft; service: Service; units: readonly Unit[]; onChange: (draft: PopulationDraft) => void }) {
  const { t, i18n } = useLingui();
  const places = flat(unitTree(units));
  const kinds = (Object.keys(kindWords) as Kind[]).filter((kind) => service.suits.length === 0 || service.suits.includes(kind));
  const chosen = draft.units.map((id) => ({ id, name: places.find((unit) => unit.id === id)?.fullName ?? id }));
  return (
    <div className="e-stack">
      <Checkboxes<Kind> label={t`Types de rattachement`} help={t`Aucun coché : tous les types qui conviennent à ce service.`} value={draft.kinds} onChange={(next) => onChange({ ...draft, kinds: next })} options={kinds.map((kind) => ({ value: kind, label: i18n._(kindWords[kind]) }))} />
      {units.length > 0 && (
        <div className="e-stack e-stack--tight">
          <ComboBox
            key={draft.units.length}
            label={t`Unités`}
            help={t`Aucune : toute la collectivité. Une unité vaut pour toutes celles qu’elle contient.`}
            placeholder={t`Ajouter une unité`}
            value={null}
            onChange={(id) => id && onChange({ ...draft, units: [...draft.units, id] })}
            options={places.filter((unit) => !unit.closed && !draft.units.includes(unit.id)).map((unit) => ({ value: unit.id, label: unit.fullName }))}
          />
          {chosen.length > 0 && (
            <ul className="m-tags">
              {chosen.map((unit) => (
                <li key={unit.id} className="m-tag">
                  {unit.name}
                  <button type="button" aria-label={t`Retirer ${unit.name}`} onClick={() => onChange({ ...draft, units: draft.units.filter((id) => id !== unit.id) })}>
                    <X size={16} aria-hidden="true" />
                  </button>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <div className="m-pair">
        <TextField label={t`Groupes`} value={draft.groups} onChange={(groups) => onChange({ ...draft, groups })} isRequired={false} help={t`Séparés par des virgules.`} />
        {service.roles.length > 1 && <Select label={t`Rôle dans le service`} value={draft.role} onChange={(role) => onChange({ ...draft, role })} options={service.roles.map((role) => ({ value: role, label: role }))} />}
      </div>
    </div>
  );
}
