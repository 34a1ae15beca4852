import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Network, Plus } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { refresh, useGet } from '../../api/queries';
import type { Unit } from '../../api/types';
import { Button } from '../../ui/Button';
import { ComboBox } from '../../ui/ComboBox';
import { ConfirmDialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { Tree, type TreeNode } from '../../ui/Tree';
import { useFilters, useHere, useMay } from '../common';
import { flat, type UnitNode, unitTree } from './tree';
import '../members.css';

type Act = 'add' | 'rename' | 'move' | 'close' | 'reopen';

/** Directions and services as a tree; what one does to the chosen unit stands beside it. */
export function UnitsPage() {
  const { t } = useLingui();
  const { api } = useHere();
  const may = useMay();
  const { values, set } = useFilters('unit');
  const units = useGet<Unit[]>(`${api}/units`);
  const [act, setAct] = useState<{ act: Act; unit: UnitNode | null } | null>(null);
  return (
    <>
      <PageHeader
        title={t`Unités`}
        lead={t`Les directions et les services, emboîtés. Un abonnement donné à une unité vaut pour toutes celles qu’elle contient.`}
        action={
          may.member && (
            <Button variant="primary" icon={Plus} onPress={() => setAct({ act: 'add', unit: null })}>
              <Trans>Ajouter une unité</Trans>
            </Button>
          )
        }
      />
      <Loaded query={units}>
        {(all) => {
          const tree = unitTree(all);
          const chosen = flat(tree).find((unit) => unit.id === values.unit);
          return all.length === 0 ? (
            <EmptyState icon={Network} title={t`Aucune unité`}>
              <Trans>Ajoutez vos directions et services, ou laissez un import les créer. Sans unités tout marche aussi : les abonnements se donnent alors par type de rattachement.</Trans>
            </EmptyState>
          ) : (
            <div className="m-split">
              <Tree label={t`Unités`} nodes={tree.map(nodeOf)} selected={values.unit} onSelect={(unit) => set({ unit })} />
              <aside className="m-side" aria-live="polite">
                {chosen ? (
                  <Chosen unit={chosen} onAct={(next) => setAct({ act: next, unit: chosen })} />
                ) : (
                  <p className="m-said e-soft">
                    <Trans>Choisissez une unité pour voir ce qu’on peut en faire.</Trans>
                  </p>
                )}
              </aside>
            </div>
          );
        }}
      </Loaded>
      {act && <ActDialog key={act.act} {...act} all={units.data ?? []} onClose={() => setAct(null)} />}
    </>
  );
}

function nodeOf(unit: UnitNode): TreeNode {
  return {
    id: unit.id,
    name: unit.name,
    aside: (
      <span className="e-soft e-numbers">
        {unit.closed ? <Trans>fermée</Trans> : <Plural value={sum(unit)} _0="" one="# personne" other="# personnes" />}
      </span>
    ),
    children: unit.children.map(nodeOf),
  };
}

const sum = (unit: UnitNode): number => unit.people + unit.children.reduce((total, child) => total + sum(child), 0);

function Chosen({ unit, onAct }: { unit: UnitNode; onAct: (act: Act) => void }) {
  const { page } = useHere();
  const may = useMay();
  return (
    <div className="e-card e-stack e-stack--tight">
      <h2>{unit.name}</h2>
      {unit.depth > 0 && <p className="e-soft">{unit.fullName}</p>}
      <p>
        <Plural value={unit.people} _0="Personne n’y est rattaché directement." one="# personne y est rattachée directement." other="# personnes y sont rattachées directement." />
        {unit.code && (
          <span className="e-soft">
            {' '}
            <Trans>Code {unit.code}.</Trans>
          </span>
        )}
      </p>
      {sum(unit) > 0 && (
        <p>
          <Link href={`${page}/people?unit=${unit.id}`}>
            <Trans>Voir ces personnes</Trans>
          </Link>
        </p>
      )}
      {may.member && (
        <div className="m-column">
          {!unit.closed && (
            <>
              <Button onPress={() => onAct('add')}>
                <Trans>Ajouter une unité dedans</Trans>
              </Button>
              <Button onPress={() => onAct('rename')}>
                <Trans>Renommer</Trans>
              </Button>
              <Button onPress={() => onAct('move')}>
                <Trans>Déplacer</Trans>
              </Button>
            </>
          )}
          <Button onPress={() => onAct(unit.closed ? 'reopen' : 'close')}>{unit.closed ? <Trans>Rouvrir l’unité</Trans> : <Trans>Fermer l’unité</Trans>}</Button>
        </div>
      )}
    </div>
  );
}

function ActDialog({ act, unit, all, onClose }: { act: Act; unit: UnitNode | null; all: readonly Unit[]; onClose: () => void }) {
  const { t } = useLingui();
  const { api } = useHere();
  const { set } = useFilters('unit');
  const [name, setName] = useState(act === 'rename' ? (unit?.name ?? '') : '');
  const [code, setCode] = useState(act === 'rename' ? (unit?.code ?? '') : '');
  const [parent, setParent] = useState(act === 'add' ? (unit?.id ?? null) : (unit?.parent ?? null));
  const inside = new Set(unit && act !== 'add' ? flat([unit]).map((one) => one.id) : []);
  const places = flat(unitTree(all)).filter((one) => !one.closed && !inside.has(one.id));
  const words: Record<Act, { title: string; verb: string; done: string }> = {
    add: { title: t`Ajouter une unité`, verb: t`Ajouter l’unité`, done: t`Unité ajoutée.` },
    rename: { title: t`Renommer ${unit?.name ?? ''}`, verb: t`Renommer l’unité`, done: t`Unité renommée.` },
    move: { title: t`Déplacer ${unit?.name ?? ''}`, verb: t`Déplacer l’unité`, done: t`Unité déplacée. Les droits suivent.` },
    close: { title: t`Fermer ${unit?.name ?? ''} ?`, verb: t`Fermer l’unité`, done: t`Unité fermée.` },
    reopen: { title: t`Rouvrir ${unit?.name ?? ''} ?`, verb: t`Rouvrir l’unité`, done: t`Unité rouverte.` },
  };
  const send = async () => {
    if (act === 'add') {
      const made = await call.post<Unit>(`${api}/units`, { name: name.trim(), code: code.trim() || null, parent });
      set({ unit: made.id });
    } else {
      const change = act === 'rename' ? { name: name.trim(), code: code.trim() || null } : act === 'move' ? { parent } : { closed: act === 'close' };
      await call.patch(`${api}/units/${unit?.id}`, change);
    }
    await refresh(`${api}/units`);
    toast(words[act].done);
  };
  return (
    <ConfirmDialog title={words[act].title} isOpen onClose={onClose} confirm={words[act].verb} isDisabled={(act === 'add' || act === 'rename') && !name.trim()} onConfirm={send}>
      {(act === 'add' || act === 'rename') && (
        <>
          <TextField label={t`Nom de l’unité`} value={name} onChange={setName} isRequired maxLength={200} autoFocus />
          <TextField label={t`Code dans le SIRH`} value={code} onChange={setCode} isRequired={false} maxLength={60} help={t`Il permet aux imports de reconnaître l’unité.`} />
        </>
      )}
      {(act === 'add' || act === 'move') && <ComboBox label={t`Placée dans`} value={parent} onChange={setParent} isRequired={false} options={places.map((one) => ({ value: one.id, label: one.fullName }))} help={t`Vide : tout en haut.`} />}
      {act === 'close' && (
        <p>
          <Trans>On ne pourra plus y rattacher personne. Ceux qui y sont y restent, et rien ne leur est retiré.</Trans>
        </p>
      )}
      {act === 'reopen' && (
        <p>
          <Trans>On pourra de nouveau y rattacher des personnes.</Trans>
        </p>
      )}
    </ConfirmDialog>
  );
}
