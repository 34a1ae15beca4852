import { Trans, useLingui } from '@lingui/react/macro';
import { Download, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { address } from '../../api/client';
import { useList } from '../../api/queries';
import type { LedgerEntry, LedgerPage } from '../../api/types';
import { DataTable } from '../../ui/DataTable';
import { DateField } from '../../ui/DateField';
import { DateText } from '../../ui/DateText';
import { Dialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { Pager } from '../../ui/Pager';
import { SearchField } from '../../ui/SearchField';
import { Skeleton } from '../../ui/Skeleton';
import { EmptyState } from '../../ui/States';
import { useFilters } from '../common';
import { useTyped } from '../people/useTyped';
import { fieldWord } from '../words';
import './ledger.css';

const limit = 50;

/** The ledger with its filters; a row opens to what was before and after. */
export function LedgerTable({ path, withMember }: { path: string; withMember?: boolean }) {
  const { t } = useLingui();
  const { values, offset, set, any } = useFilters('q', 'from', 'to', 'act');
  const [typed, setTyped] = useTyped(values.q, (q) => set({ q }));
  const [open, setOpen] = useState<LedgerEntry | null>(null);
  const filter = { q: values.q, act: values.act, from: values.from, to: values.to };
  const entries = useList<LedgerPage>(address(path, { ...filter, offset, limit }));
  return (
    <>
      <search className="m-filters m-filters--ledger">
        <SearchField label={t`Personne, auteur ou acte`} value={typed} onChange={setTyped} />
        <DateField label={t`Du`} value={values.from || null} onChange={(from) => set({ from: from ?? '' })} />
        <DateField label={t`Au`} value={values.to || null} onChange={(to) => set({ to: to ?? '' })} />
        <a className="e-button e-button--quiet" href={address(`${path}.csv`, filter)} download>
          <Download size={18} aria-hidden="true" />
          <span>
            <Trans>Exporter (CSV)</Trans>
          </span>
        </a>
      </search>
      <Loaded query={entries} skeleton={<Skeleton kind="rows" lines={12} />}>
        {(found) =>
          found.total === 0 ? (
            <EmptyState icon={ScrollText} title={any ? t`Aucun acte ne correspond` : t`Aucun acte pour l’instant`}>
              {any ? <Trans>Élargissez les dates, ou cherchez avec moins de lettres.</Trans> : <Trans>Chaque acte d’administration apparaîtra ici.</Trans>}
            </EmptyState>
          ) : (
            <div className="e-stack m-dense">
              <DataTable
                label={t`Journal`}
                rows={found.items}
                rowId={(row) => String(row.id)}
                onRow={setOpen}
                columns={[
                  { id: 'at', title: t`Quand`, narrow: true, cell: (row) => <DateText at={row.at} style="precise" /> },
                  { id: 'act', title: t`Acte`, rowHeader: true, cell: (row) => <span className="m-light m-wrap">{row.actText}</span> },
                  { id: 'capacity', title: t`Au titre de`, cell: (row) => row.capacity ?? <span className="e-soft">—</span> },
                  ...(withMember ? [{ id: 'member', title: t`Adhérent`, cell: (row: LedgerEntry) => row.member?.name ?? <span className="e-soft">—</span> }] : []),
                ]}
              />
              <Pager offset={offset} limit={limit} total={found.total} onOffset={(next) => set({ offset: next })} />
            </div>
          )
        }
      </Loaded>
      {open && <EntryDialog entry={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function EntryDialog({ entry, onClose }: { entry: LedgerEntry; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const keys = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])];
  return (
    <Dialog title={entry.actText} isOpen onClose={onClose} wide>
      <div className="e-stack">
        <dl className="e-facts">
          <dt>{t`Quand`}</dt>
          <dd>
            <DateText at={entry.at} style="precise" />
          </dd>
          <dt>{t`Sur`}</dt>
          <dd>{entry.subject}</dd>
          <dt>{t`Par`}</dt>
          <dd>
            {entry.author}
            {entry.capacity && `, ${entry.capacity}`}
          </dd>
          {entry.address && (
            <>
              <dt>{t`Depuis`}</dt>
              <dd>{entry.address}</dd>
            </>
          )}
          <dt>{t`Numéro`}</dt>
          <dd>{entry.position ?? <Trans>pas encore scellé</Trans>}</dd>
        </dl>
        {keys.length > 0 && (
          <table className="m-diff">
            <thead>
              <tr>
                <th scope="col">{t`Champ`}</th>
                <th scope="col">{t`Avant`}</th>
                <th scope="col">{t`Après`}</th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <tr key={key}>
                  <th scope="row">{i18n._(fieldWord(key))}</th>
                  <td>{plain(entry.before[key])}</td>
                  <td>{plain(entry.after[key])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Dialog>
  );
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value)) return value.map(plain).join(', ') || '—';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
