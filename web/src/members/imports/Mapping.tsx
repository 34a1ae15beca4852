import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { Import } from '../../api/types';
import { Button } from '../../ui/Button';
import { Message } from '../../ui/Message';
import { Select } from '../../ui/Select';
import { fieldWord } from '../words';

const none = '\u0000none';

/** Which column is what. Kept for the next file, so that this is done once. */
export function Mapping({ one, path, onDone, onLeave }: { one: Import; path: string; onDone: (next: Import) => void; onLeave?: () => void }) {
  const { t, i18n } = useLingui();
  const [columns, setColumns] = useState(one.columns);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const fields = [...new Set([...one.missingColumns, ...Object.keys(one.columns)])];
  const word = (field: string) => i18n._(fieldWord(field));
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      onDone(await call.put<Import>(`${path}/mapping`, { columns }));
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <section className="e-card e-stack" aria-labelledby="mapping">
      <div>
        <h2 id="mapping">
          <Trans>Quelle colonne est laquelle ?</Trans>
        </h2>
        <p className="e-soft">
          {one.missingColumns.length > 0 ? <Trans>Il manque : {one.missingColumns.map(word).join(', ')}. </Trans> : null}
          <Trans>Votre choix est retenu pour les prochains fichiers.</Trans>
        </p>
      </div>
      <div className="m-mapping">
        {fields.map((field) => (
          <Select
            key={field}
            label={word(field)}
            value={columns[field] ?? none}
            onChange={(header) => setColumns({ ...columns, [field]: header === none ? null : header })}
            options={[{ value: none, label: t`(aucune colonne)` }, ...one.headers.map((header) => ({ value: header, label: header || t`(sans titre)` }))]}
            error={one.missingColumns.includes(field) && !columns[field] ? t`Nécessaire : choisissez une colonne.` : undefined}
          />
        ))}
      </div>
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      <div className="m-acts">
        <Button variant="primary" pending={pending} onPress={() => void save()}>
          <Trans>Relire le fichier avec ces colonnes</Trans>
        </Button>
        {onLeave && (
          <Button variant="plain" onPress={onLeave}>
            <Trans>Revenir</Trans>
          </Button>
        )}
      </div>
    </section>
  );
}
