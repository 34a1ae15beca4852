import { useLingui } from '@lingui/react/macro';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components/Table';
import type { Selection, SortDescriptor } from 'react-aria-components/Table';
import { CheckMark } from './Choices';
import { locale } from './format';
import './DataTable.css';

export interface TableColumn<T> {
  id: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** Makes the column sortable, here in the browser. With `onSort` the server sorts and any value will do. */
  sortBy?: (row: T) => string | number | null;
  /** The column that names the row; the first one unless told. */
  rowHeader?: boolean;
  align?: 'start' | 'end';
  /** Takes only the room it needs. */
  narrow?: boolean;
}

export interface DataTableProps<T> {
  label: string;
  columns: TableColumn<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** Where a row leads; the row is then pressable as a whole. */
  rowHref?: (row: T) => string;
  onRow?: (row: T) => void;
  sort?: SortDescriptor;
  onSort?: (sort: SortDescriptor) => void;
  selected?: ReadonlySet<string>;
  onSelected?: (selected: Set<string>) => void;
  empty?: ReactNode;
}

/** Rows of work: sortable, selectable, by keyboard as well. Under 640 px each row becomes a card. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, rowId, rowHref, onRow, onSort, selected, onSelected, empty } = props;
  const { t } = useLingui();
  const [ownSort, setOwnSort] = useState<SortDescriptor>();
  const sort = onSort ? props.sort : ownSort;
  const sorted = useMemo(() => (onSort ? rows : inOrder(rows, columns, ownSort)), [rows, columns, ownSort, onSort]);
  const header = columns.find((column) => column.rowHeader)?.id ?? columns[0]?.id;
  return (
    <div className="e-table-box">
      <Table
        aria-label={label}
        className="e-table"
        sortDescriptor={sort}
        onSortChange={onSort ?? setOwnSort}
        selectionMode={onSelected ? 'multiple' : 'none'}
        selectedKeys={selected}
        onSelectionChange={(keys: Selection) => onSelected?.(keys === 'all' ? new Set(rows.map(rowId)) : new Set([...keys].map(String)))}
      >
        <TableHeader>
          {onSelected && (
            <Column className="e-table__head e-table__narrow">
              <Checkbox slot="selection" className="e-choice" aria-label={t`Tout choisir`}>
                <CheckMark />
              </Checkbox>
            </Column>
          )}
          {columns.map((column) => (
            <Column
              key={column.id}
              id={column.id}
              isRowHeader={column.id === header}
              allowsSorting={column.sortBy !== undefined}
              className={`e-table__head${column.align === 'end' ? ' e-table__end' : ''}${column.narrow ? ' e-table__narrow' : ''}`}
            >
              {({ allowsSorting, sortDirection }) => (
                <span className="e-table__title">
                  {column.title}
                  {allowsSorting && (
                    <span className="e-table__sort" aria-hidden="true">
                      {sortDirection === 'ascending' ? <ArrowUp size={16} /> : sortDirection === 'descending' ? <ArrowDown size={16} /> : null}
                    </span>
                  )}
                </span>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody renderEmptyState={() => empty}>
          {sorted.map((row) => (
            <Row key={rowId(row)} id={rowId(row)} href={rowHref?.(row)} onAction={onRow && (() => onRow(row))} className="e-table__row">
              {onSelected && (
                <Cell className="e-table__cell e-table__narrow">
                  <Checkbox slot="selection" className="e-choice" aria-label={t`Choisir cette ligne`}>
                    <CheckMark />
                  </Checkbox>
                </Cell>
              )}
              {columns.map((column) => (
                <Cell
                  key={column.id}
                  className={`e-table__cell${column.align === 'end' ? ' e-table__end' : ''}${column.narrow ? ' e-table__narrow' : ''}${column.id === header ? ' e-table__name' : ''}`}
                >
                  {column.id !== header && (
                    <span className="e-table__label" aria-hidden="true">
                      {column.title}
                    </span>
                  )}
                  <span className="e-table__value">{column.cell(row)}</span>
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

/** Sorted as a French reader expects: accents do not count, numbers within words do, nothing comes last. */
export function inOrder<T>(rows: readonly T[], columns: readonly TableColumn<T>[], sort?: SortDescriptor): readonly T[] {
  const by = columns.find((column) => column.id === sort?.column)?.sortBy;
  if (!by || !sort) return rows;
  const collator = new Intl.Collator(locale(), { sensitivity: 'base', numeric: true });
  const sign = sort.direction === 'descending' ? -1 : 1;
  return [...rows].sort((left, right) => {
    const a = by(left);
    const b = by(right);
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)));
  });
}
