import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { HardDrive, Pencil } from 'lucide-react';
import { useState } from 'react';
import { api as call, address } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet, useList } from '../../api/queries';
import type { Page } from '../../api/types';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { formatSize } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Pager } from '../../ui/Pager';
import { SearchField } from '../../ui/SearchField';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { useFilters, useHere, useMay } from '../common';
import type { Withheld } from './QuarantinePage';
import { bytesOf, gigabytesOf } from './bytes';
import { InvitedSection } from './InvitedSection';
import { TagsSection } from './TagsSection';
import '../members.css';

type SpaceKind = 'mine' | 'unit' | 'member' | 'shared' | 'handed';
type Settable = 'mine' | 'unit' | 'member' | 'shared';
type PerSpace = Record<Settable, number | null>;

interface Allowance {
  used: number;
  /** By the agreements; null where they set no bound. */
  agreed: number | null;
  own: PerSpace;
  usual: PerSpace;
}

interface Held {
  id: string;
  kind: SpaceKind;
  name: string;
  used: number;
  allowed: number | null;
  quota: number | null;
}

const limit = 50;

/** How full a member's files are, and how full they may become. */
export function FilesRoomPage() {
  const { t } = useLingui();
  const { api } = useHere();
  const allowance = useGet<Allowance>(`${api}/files/allowance`);
  return (
    <>
      <PageHeader title={t`Place des fichiers`} lead={t`Ce que tiennent les espaces de fichiers de la collectivité, et ce qu’ils peuvent tenir. Les versions et la corbeille comptent.`} />
      <Loaded query={allowance}>
        {(found) => (
          <div className="e-stack">
            <InAll found={found} />
            <SetAside />
            <Spaces />
            <Kinds key={JSON.stringify(found.own)} found={found} />
            <InvitedSection />
            <TagsSection />
          </div>
        )}
      </Loaded>
    </>
  );
}

/** Where the antivirus set something aside; nothing is said where it did not. */
function SetAside() {
  const { t } = useLingui();
  const { page, api } = useHere();
  const may = useMay();
  const list = useGet<Withheld[]>(may.member ? `${api}/quarantine` : null);
  const held = list.data?.filter((one) => one.state !== 'RELEASED').length ?? 0;
  if (held === 0) return null;
  return (
    <Message
      tone="warn"
      title={plural(held, { one: 'L’antivirus a mis # fichier à l’écart', other: 'L’antivirus a mis # fichiers à l’écart' })}
      action={<Link href={`${page}/quarantine`}>{t`Voir les fichiers mis à l’écart`}</Link>}
    />
  );
}

function InAll({ found: { used, agreed } }: { found: Allowance }) {
  const { t } = useLingui();
  if (agreed === null) {
    return (
      <p>
        <Trans>
          <strong>{formatSize(used)}</strong> en tout. Aucune convention ne fixe de limite.
        </Trans>
      </p>
    );
  }
  const left = Math.max(0, agreed - used);
  return (
    <div className="e-stack e-stack--tight">
      <p>
        <Trans>
          <strong>{formatSize(used)}</strong> en tout, sur <strong>{formatSize(agreed)}</strong> prévus par vos conventions.
        </Trans>
      </p>
      {used >= 0.9 * agreed && (
        <Message tone="warn" title={left === 0 ? t`Il n’y a plus de place` : t`Il reste ${formatSize(left)}`}>
          <Trans>Quand tout est plein, plus rien ne peut être déposé. Videz des corbeilles, ou demandez à l’opérateur un avenant à la convention.</Trans>
        </Message>
      )}
    </div>
  );
}

function Kinds({ found: { own, usual } }: { found: Allowance }) {
  const { t } = useLingui();
  const { api } = useHere();
  const may = useMay();
  const kinds: { id: Settable; word: string }[] = [
    { id: 'mine', word: t`Fichiers d’une personne, par rattachement` },
    { id: 'unit', word: t`Espace d’une unité` },
    { id: 'member', word: t`Espace de la collectivité` },
    { id: 'shared', word: t`Espace partagé` },
  ];
  const [typed, setTyped] = useState<Record<Settable, string>>({ mine: gigabytesOf(own.mine), unit: gigabytesOf(own.unit), member: gigabytesOf(own.member), shared: gigabytesOf(own.shared) });
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const read = kinds.map(({ id }) => [id, bytesOf(typed[id])] as const);
  const wrong = read.some(([, bytes]) => bytes === undefined);
  const changed = read.some(([id, bytes]) => bytes !== own[id]);
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      await call.put(`${api}/files/allowance`, Object.fromEntries(read));
      await refresh(`${api}/files`);
      toast(t`Place enregistrée.`);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  const help = (id: Settable) => {
    const bytes = usual[id];
    return bytes === null ? t`Vide : sans limite propre.` : t`Vide : ${formatSize(bytes)}, comme dans tout le territoire.`;
  };
  return (
    <section className="m-section" aria-labelledby="kinds">
      <div className="m-section__head">
        <h2 id="kinds">
          <Trans>Place de chaque espace</Trans>
        </h2>
      </div>
      {may.member ? (
        <div className="m-form">
          {kinds.map(({ id, word }) => (
            <TextField
              key={id}
              label={t`${word} (Go)`}
              help={help(id)}
              inputMode="decimal"
              value={typed[id]}
              onChange={(text) => setTyped({ ...typed, [id]: text })}
              isRequired={false}
              maxLength={12}
              error={bytesOf(typed[id]) === undefined ? t`Un nombre de gigaoctets, comme 10 ou 0,5.` : undefined}
            />
          ))}
          {error !== null && <Message tone="bad">{problemText(error)}</Message>}
          <div className="m-acts">
            <Button variant="primary" pending={pending} isDisabled={wrong || !changed} onPress={() => void save()}>
              <Trans>Enregistrer la place</Trans>
            </Button>
          </div>
        </div>
      ) : (
        <dl className="e-facts">
          {kinds.map(({ id, word }) => {
            const bytes = own[id] ?? usual[id];
            return (
              <div key={id}>
                <dt>{word}</dt>
                <dd>{bytes === null ? t`sans limite propre` : formatSize(bytes)}</dd>
              </div>
            );
          })}
        </dl>
      )}
    </section>
  );
}

function Spaces() {
  const { t } = useLingui();
  const { api } = useHere();
  const may = useMay();
  const { values, offset, set } = useFilters('q');
  const query = useList<Page<Held>>(address(`${api}/files/spaces`, { q: values.q, offset, limit }));
  const [changing, setChanging] = useState<Held | null>(null);
  const kinds: Record<SpaceKind, string> = { mine: t`d’une personne`, unit: t`d’une unité`, member: t`de la collectivité`, shared: t`partagé`, handed: t`transmis au départ` };
  return (
    <section className="m-section" aria-labelledby="spaces">
      <div className="m-section__head">
        <h2 id="spaces">
          <Trans>Espaces, du plus plein au moins plein</Trans>
        </h2>
        <SearchField label={t`Chercher un espace`} value={values.q} onChange={(q) => set({ q })} />
      </div>
      <Loaded query={query}>
        {(found) => (
          <>
            <DataTable
              label={t`Espaces de fichiers`}
              rows={found.items}
              rowId={(row) => row.id}
              columns={[
                { id: 'name', title: t`Espace`, rowHeader: true, cell: (row) => <span className="m-any">{row.name}</span> },
                { id: 'kind', title: t`Sorte`, cell: (row) => kinds[row.kind] },
                { id: 'used', title: t`Utilisé`, align: 'end', cell: (row) => formatSize(row.used) },
                {
                  id: 'allowed',
                  title: t`Place`,
                  align: 'end',
                  cell: (row) => (
                    <>
                      {row.allowed === null ? t`sans limite` : formatSize(row.allowed)}
                      {row.quota !== null && <span className="e-soft e-small"> {t`(propre à cet espace)`}</span>}
                    </>
                  ),
                },
                ...(may.member
                  ? [
                      {
                        id: 'act',
                        title: t`Changer`,
                        narrow: true,
                        cell: (row: Held) => (
                          <Button variant="plain" icon={Pencil} iconOnly onPress={() => setChanging(row)}>
                            {t`Changer la place de ${row.name}`}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
              empty={
                <EmptyState icon={HardDrive} title={values.q ? t`Aucun espace de ce nom` : t`Personne n’a encore de fichiers ici`}>
                  {!values.q && <Trans>Un espace naît quand une personne ouvre ses fichiers pour la première fois.</Trans>}
                </EmptyState>
              }
            />
            <Pager offset={offset} limit={limit} total={found.total} onOffset={(next) => set({ offset: next })} />
          </>
        )}
      </Loaded>
      {changing && <OneSpace space={changing} onClose={() => setChanging(null)} />}
    </section>
  );
}

function OneSpace({ space, onClose }: { space: Held; onClose: () => void }) {
  const { t } = useLingui();
  const { api } = useHere();
  const [typed, setTyped] = useState(gigabytesOf(space.quota));
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const bytes = bytesOf(typed);
  const save = async () => {
    setPending(true);
    try {
      await call.put(`${api}/files/spaces/${space.id}/quota`, { bytes });
      await refresh(`${api}/files`);
      toast(t`Place enregistrée.`);
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title={t`Place de ${space.name}`}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t`Ne rien changer`}</Button>
          <Button variant="primary" pending={pending} isDisabled={bytes === undefined || bytes === space.quota} onPress={() => void save()}>{t`Enregistrer`}</Button>
        </>
      }
    >
      <div className="e-stack">
        <TextField
          label={t`Place de cet espace (Go)`}
          help={t`Vide : comme tous ceux de sa sorte.`}
          inputMode="decimal"
          value={typed}
          onChange={setTyped}
          isRequired={false}
          maxLength={12}
          error={bytes === undefined ? t`Un nombre de gigaoctets, comme 10 ou 0,5.` : undefined}
        />
        {bytes !== null && bytes !== undefined && bytes < space.used && (
          <Message tone="warn">
            <Trans>Il tient déjà {formatSize(space.used)} : rien ne sera effacé, mais rien de plus ne pourra y être déposé.</Trans>
          </Message>
        )}
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      </div>
    </Dialog>
  );
}
