import { Trans, useLingui } from '@lingui/react/macro';
import { Plus, Scale } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { CostKey, StoredKey } from '../../api/pooling';
import { refresh, useGet, useMyself } from '../../api/queries';
import '../../members/members.css';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import '../pooling.css';
import { keyStateWords } from '../words';
import { KeyFields } from './KeyFields';
import { formOf, newForm } from './keyForm';
import { OperatorTabs } from './OperatorTabs';

const keysPath = '/api/operator/pooling/keys';

/** Where keys are written, tried on real figures, and taken into use. */
export function KeysPage() {
  const { t, i18n } = useLingui();
  const { rights } = useMyself();
  const runs = rights.includes('OPERATE');
  const keys = useGet<StoredKey[]>(keysPath);
  const [asked, setAsked] = useState<'new' | { key: StoredKey; act: 'change' | 'adopt' | 'retire' } | null>(null);
  return (
    <>
      <PageHeader
        title={t`Clés de répartition`}
        lead={t`Comment un coût se partage. Une clé s’essaie sur les chiffres réels avant d’être adoptée, puis ne change plus.`}
        action={
          runs && (
            <Button variant="primary" icon={Plus} onPress={() => setAsked('new')}>
              <Trans>Écrire une clé</Trans>
            </Button>
          )
        }
      />
      <OperatorTabs selected="keys">
        <div className="e-stack">
          <p className="e-row">
            <Link href="/operator/keys/compare">
              <Trans>Comparer des clés</Trans>
            </Link>
            <Link href="/operator/what-if">
              <Trans>Et si… ? Essayer un changement</Trans>
            </Link>
          </p>
          <Loaded query={keys}>
            {(all) =>
              all.length === 0 ? (
                <EmptyState icon={Scale} title={t`Aucune clé n’est encore écrite`} />
              ) : (
                <DataTable
                  label={t`Clés de répartition`}
                  rows={all}
                  rowId={(one) => one.id}
                  columns={[
                    { id: 'name', title: t`Clé`, cell: (one) => one.name, sortBy: (one) => one.name },
                    { id: 'text', title: t`Ce qu’elle dit`, cell: (one) => one.text },
                    { id: 'state', title: t`État`, cell: (one) => <Badge tone={one.status === 'adopted' ? 'good' : one.status === 'draft' ? 'info' : 'plain'}>{i18n._(keyStateWords[one.status])}</Badge>, sortBy: (one) => one.status },
                    { id: 'since', title: t`Adoptée le`, cell: (one) => (one.adoptedOn ? <DateText at={one.adoptedOn} /> : ''), sortBy: (one) => one.adoptedOn },
                    ...(runs
                      ? [
                          {
                            id: 'act',
                            title: t`Suite`,
                            narrow: true,
                            cell: (one: StoredKey) =>
                              one.status !== 'retired' && (
                                <span className="e-row">
                                  {one.status === 'draft' && formOf(one.formula) && (
                                    <Button variant="plain" aria-label={t`Modifier ${one.name}`} onPress={() => setAsked({ key: one, act: 'change' })}>
                                      <Trans>Modifier</Trans>
                                    </Button>
                                  )}
                                  <Button variant="plain" aria-label={one.status === 'draft' ? t`Adopter ${one.name}` : t`Retirer ${one.name}`} onPress={() => setAsked({ key: one, act: one.status === 'draft' ? 'adopt' : 'retire' })}>
                                    {one.status === 'draft' ? <Trans>Adopter</Trans> : <Trans>Retirer</Trans>}
                                  </Button>
                                </span>
                              ),
                          },
                        ]
                      : []),
                  ]}
                />
              )
            }
          </Loaded>
        </div>
      </OperatorTabs>
      {asked === 'new' && <KeyDialog onClose={() => setAsked(null)} />}
      {asked !== null && asked !== 'new' && asked.act === 'change' && <KeyDialog draft={asked.key} onClose={() => setAsked(null)} />}
      {asked !== null && asked !== 'new' && asked.act !== 'change' && (
        <ConfirmDialog
          isOpen
          onClose={() => setAsked(null)}
          title={asked.act === 'adopt' ? t`Adopter la clé ${asked.key.name} ?` : t`Retirer la clé ${asked.key.name} ?`}
          confirm={asked.act === 'adopt' ? t`Adopter la clé` : t`Retirer la clé`}
          onConfirm={async () => {
            await call.post(`${keysPath}/${asked.key.id}/${asked.act}`);
            await refresh(keysPath);
            toast(asked.act === 'adopt' ? t`Clé adoptée.` : t`Clé retirée.`);
          }}
        >
          <p>{asked.key.text}</p>
          <p className="e-soft">{asked.act === 'adopt' ? <Trans>Une clé adoptée ne change plus. D’ordinaire une instance en décide par un vote, qui l’adopte à sa date.</Trans> : <Trans>Elle ne se propose plus ; ce qui a été calculé avec elle reste.</Trans>}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

/** A new key, or a draft written again; what is adopted never changes. */
function KeyDialog({ draft, onClose }: { draft?: StoredKey; onClose: () => void }) {
  const { t } = useLingui();
  const [name, setName] = useState(draft?.name ?? '');
  const [form, setForm] = useState((draft && formOf(draft.formula)) ?? newForm);
  const [key, setKey] = useState<CostKey | null>(null);
  const save = async () => {
    await (draft ? call.put(`${keysPath}/${draft.id}`, { version: draft.version, formula: key }) : call.post(keysPath, { name: name.trim(), formula: key }));
    await refresh(keysPath);
    toast(t`Clé enregistrée comme projet.`);
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={draft ? t`Modifier la clé ${draft.name}` : t`Écrire une clé`} confirm={t`Enregistrer ce projet`} isDisabled={!name.trim() || key === null} onConfirm={save}>
      {!draft && <TextField label={t`Nom`} value={name} onChange={setName} isRequired maxLength={100} />}
      <KeyFields form={form} onChange={setForm} onKey={setKey} />
    </ConfirmDialog>
  );
}
