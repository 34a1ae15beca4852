import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { Import, ImportRow } from '../../api/types';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { fullName } from '../../ui/format';
import { Message } from '../../ui/Message';
import { Candidates } from '../people/AddPersonPage';
import { fieldWord } from '../words';

/** The file's line on one side, who it may be on the other: same person, someone new, or left out. */
export function Doubts({ rows, path, locked, onChange }: { rows: readonly ImportRow[]; path: string; locked: boolean; onChange: (next: Import) => void }) {
  return (
    <ul className="m-doubts">
      {rows.map((row) => (
        <Doubt key={row.line} row={row} path={path} locked={locked} onChange={onChange} />
      ))}
    </ul>
  );
}

function Doubt({ row, path, locked, onChange }: { row: ImportRow; path: string; locked: boolean; onChange: (next: Import) => void }) {
  const { t, i18n } = useLingui();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const decided = row.decision;
  const decide = async (decision: 'same' | 'new' | 'skip', person?: string) => {
    setPending(true);
    setError(null);
    try {
      onChange(await call.put<Import>(`${path}/decisions`, { line: row.line, decision, ...(person && { person }) }));
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  const same = decided?.decision === 'same' ? decided.person : undefined;
  const sameName = row.candidates.find((one) => one.person.id === same);
  return (
    <li className="m-doubt">
      <div className="m-doubt__line">
        <p className="e-soft e-small">
          <Trans>Ligne {row.line} du fichier</Trans>
        </p>
        <p>
          <strong className="m-doubt__name">{row.name}</strong>
        </p>
        <ul className="m-changes">
          {row.reference && (
            <li>
              <span className="e-soft">{i18n._(fieldWord('reference'))} :</span> {row.reference}
            </li>
          )}
          {row.changes
            .filter((change) => change.after)
            .map((change) => (
              <li key={change.field}>
                <span className="e-soft">{i18n._(fieldWord(change.field))} :</span> {change.after}
              </li>
            ))}
        </ul>
        {row.message && <p className="e-small">{row.message}</p>}
        <p className="m-doubt__state">
          {!decided && <Badge tone="warn">{t`À trancher`}</Badge>}
          {decided?.decision === 'same' && <Badge tone="good">{sameName ? t`Même personne : ${fullName(sameName.person)}` : t`Même personne`}</Badge>}
          {decided?.decision === 'new' && <Badge tone="good">{t`Nouvelle personne`}</Badge>}
          {decided?.decision === 'skip' && <Badge>{t`Ligne laissée de côté`}</Badge>}
        </p>
      </div>
      <div className="m-doubt__who">
        <Candidates all={row.candidates} pending={pending} chosen={same} onSame={locked ? undefined : (person) => void decide('same', person)} />
        {!locked && (
          <div className="e-row">
            <Button variant={decided?.decision === 'new' ? 'primary' : 'quiet'} isDisabled={pending} onPress={() => void decide('new')}>
              <Trans>C’est une nouvelle personne</Trans>
            </Button>
            <Button variant={decided?.decision === 'skip' ? 'primary' : 'plain'} isDisabled={pending} onPress={() => void decide('skip')}>
              <Trans>Laisser cette ligne de côté</Trans>
            </Button>
          </div>
        )}
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      </div>
    </li>
  );
}
