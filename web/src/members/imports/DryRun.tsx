import { Trans, useLingui } from '@lingui/react/macro';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { address, api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { useList } from '../../api/queries';
import type { Import, ImportRow, Page } from '../../api/types';
import { Button } from '../../ui/Button';
import { DataTable, type TableColumn } from '../../ui/DataTable';
import { formatNumber } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { Pager } from '../../ui/Pager';
import { Skeleton } from '../../ui/Skeleton';
import { Tabs } from '../../ui/Tabs';
import { toast } from '../../ui/Toasts';
import { cell, saveText } from '../save';
import { fieldWord } from '../words';
import { Doubts } from './Doubts';
import './imports.css';

type What = ImportRow['what'];
const limit = 50;

/** What the file would change, a tab a kind. Doubts come first as long as there are any: they hold everything else up. */
export function DryRun({ one, path, onChange }: { one: Import; path: string; onChange: (next: Import) => void }) {
  const { t } = useLingui();
  const { counts } = one;
  const all: { id: What; word: string; count: number }[] = [
    { id: 'doubt', word: t`Doutes`, count: counts.doubts },
    { id: 'arrival', word: t`Arrivées`, count: counts.arrivals },
    { id: 'change', word: t`Changements`, count: counts.changes },
    { id: 'departure', word: t`Départs`, count: counts.departures },
    { id: 'error', word: t`Erreurs`, count: counts.errors },
    { id: 'unchanged', word: t`Inchangés`, count: counts.unchanged },
  ];
  const [chosen, setChosen] = useState<What | null>(null);
  const what = chosen ?? all.find((tab) => tab.count > 0)?.id ?? 'arrival';
  return (
    <div className="m-tabs">
    <Tabs
      label={t`Ce que le fichier change`}
      selected={what}
      onSelect={(id) => setChosen(id as What)}
      tabs={all.map((tab) => ({
        id: tab.id,
        title: (
          <>
            {tab.word} <span className={tab.count > 0 && (tab.id === 'error' || (tab.id === 'doubt' && counts.undecided > 0)) ? 'm-count m-count--warn' : 'm-count'}>{formatNumber(tab.count)}</span>
          </>
        ),
        content: tab.id === what && <Rows key={`${tab.id} ${one.state}`} one={one} path={path} what={tab.id} count={tab.count} onChange={onChange} />,
      }))}
    />
    </div>
  );
}

function Rows({ one, path, what, count, onChange }: { one: Import; path: string; what: What; count: number; onChange: (next: Import) => void }) {
  const { t } = useLingui();
  const [offset, setOffset] = useState(0);
  const [saving, setSaving] = useState(false);
  const rows = useList<Page<ImportRow>>(count === 0 ? null : address(`${path}/rows`, { what, offset, limit }));
  const columns = useRowColumns(what);
  const none: Record<What, string> = {
    doubt: t`Aucun doute : chaque personne est reconnue sans hésitation.`,
    arrival: t`Personne n’arrive avec ce fichier.`,
    change: t`Aucun rattachement ne change.`,
    departure: t`Aucun départ : tous ceux qui étaient là y sont encore.`,
    error: t`Aucune erreur : toutes les lignes ont pu être lues.`,
    unchanged: t`Aucune ligne inchangée.`,
  };
  const save = async () => {
    setSaving(true);
    try {
      const lines: ImportRow[] = [];
      while (lines.length < count) {
        const next = await call.get<Page<ImportRow>>(address(`${path}/rows`, { what, offset: lines.length, limit: 200 }));
        if (next.items.length === 0) break;
        lines.push(...next.items);
      }
      saveText(`${one.fileName.replace(/\.\w+$/, '')}-erreurs.csv`, [[t`Ligne`, t`Matricule`, t`Nom`, t`Raison`], ...lines.map((row) => [row.line, row.reference, row.name, row.message])].map((line) => line.map(cell).join(';')).join('\r\n'));
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setSaving(false);
    }
  };
  if (count === 0) return <p className="e-soft m-pad">{none[what]}</p>;
  return (
    <Loaded query={rows} skeleton={<Skeleton kind="rows" lines={8} />}>
      {(found) => (
        <div className="e-stack m-dense">
          {what === 'error' && (
            <div className="e-row e-row--apart">
              <p className="e-soft">
                {one.source === 'hr' ? <Trans>Tant qu’il en reste, rien ne s’applique. Corrigez ces lignes dans votre fichier et déposez-le de nouveau.</Trans> : <Trans>Ces personnes restent ici ce qu’elles étaient. Corrigez-les dans votre annuaire : la lecture suivante les prendra.</Trans>}
              </p>
              <Button icon={Download} pending={saving} onPress={() => void save()}>
                <Trans>Télécharger les erreurs</Trans>
              </Button>
            </div>
          )}
          {what === 'doubt' ? <Doubts rows={found.items} path={path} locked={one.state !== 'analysed'} onChange={onChange} /> : <DataTable label={t`Lignes du fichier`} rows={found.items} rowId={(row) => `${row.line} ${row.reference} ${row.name}`} columns={columns} />}
          <Pager offset={offset} limit={limit} total={found.total} onOffset={setOffset} />
        </div>
      )}
    </Loaded>
  );
}

function useRowColumns(what: What): TableColumn<ImportRow>[] {
  const { t, i18n } = useLingui();
  const line: TableColumn<ImportRow> = { id: 'line', title: t`Ligne`, align: 'end', narrow: true, cell: (row) => row.line };
  const name: TableColumn<ImportRow> = { id: 'name', title: t`Personne`, rowHeader: true, cell: (row) => row.name || '—' };
  const reference: TableColumn<ImportRow> = { id: 'reference', title: t`Matricule`, narrow: true, cell: (row) => row.reference ?? '—' };
  const word = (field: string) => i18n._(fieldWord(field));
  if (what === 'error') return [line, name, reference, { id: 'why', title: t`Raison`, cell: (row) => row.message }];
  const changes: TableColumn<ImportRow> = {
    id: 'changes',
    title: what === 'change' ? t`Changements` : t`Détail`,
    cell: (row) => (
      <ul className="m-changes">
        {row.changes.map((change) => (
          <li key={change.field}>
            <span className="e-soft">{word(change.field)} :</span>{' '}
            {change.before && <span className={change.after ? 'm-before' : undefined}>{change.before}</span>}
            {change.before && change.after && ' → '}
            {change.after && (change.before ? <strong>{change.after}</strong> : change.after)}
          </li>
        ))}
        {row.message && <li>{row.message}</li>}
      </ul>
    ),
  };
  return what === 'departure' ? [name, reference, changes] : what === 'unchanged' ? [line, name, reference] : [line, name, reference, changes];
}
