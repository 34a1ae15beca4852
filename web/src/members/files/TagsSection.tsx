import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Pencil, Tag as TagIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet } from '../../api/queries';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { useHere, useMay } from '../common';

interface Kept {
  id: string;
  name: string;
  files: number;
}

/** The words by which a member's files are sorted: its administrators keep the list. */
export function TagsSection() {
  const { t } = useLingui();
  const { api } = useHere();
  const may = useMay();
  const tags = useGet<Kept[]>(`${api}/files/tags`);
  const [asked, setAsked] = useState<{ tag: Kept; what: 'rename' | 'remove' } | null>(null);
  return (
    <section className="m-section" aria-labelledby="tags">
      <div className="m-section__head">
        <h2 id="tags">
          <Trans>Étiquettes des fichiers</Trans>
        </h2>
      </div>
      <Loaded query={tags}>
        {(all) => (
          <DataTable
            label={t`Étiquettes des fichiers`}
            rows={all}
            rowId={(row) => row.id}
            columns={[
              { id: 'name', title: t`Étiquette`, rowHeader: true, cell: (row) => <span className="m-any">{row.name}</span> },
              { id: 'files', title: t`Fichiers et dossiers`, align: 'end', cell: (row) => row.files },
              ...(may.member
                ? [
                    {
                      id: 'act',
                      title: t`Changer`,
                      narrow: true,
                      cell: (row: Kept) => (
                        <span className="e-row">
                          <Button variant="plain" icon={Pencil} iconOnly onPress={() => setAsked({ tag: row, what: 'rename' })}>
                            {t`Renommer l’étiquette ${row.name}`}
                          </Button>
                          <Button variant="plain" icon={Trash2} iconOnly onPress={() => setAsked({ tag: row, what: 'remove' })}>
                            {t`Supprimer l’étiquette ${row.name}`}
                          </Button>
                        </span>
                      ),
                    },
                  ]
                : []),
            ]}
            empty={
              <EmptyState icon={TagIcon} title={t`Aucune étiquette`}>
                <Trans>Qui peut modifier un fichier lui en donne une, dans ses détails.</Trans>
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {asked && <Change key={asked.tag.id} tag={asked.tag} what={asked.what} onClose={() => setAsked(null)} />}
    </section>
  );
}

function Change({ tag, what, onClose }: { tag: Kept; what: 'rename' | 'remove'; onClose: () => void }) {
  const { t } = useLingui();
  const { api } = useHere();
  const [name, setName] = useState(tag.name);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const run = async () => {
    setPending(true);
    try {
      await (what === 'rename' ? call.patch(`${api}/files/tags/${tag.id}`, { name }) : call.delete(`${api}/files/tags/${tag.id}`));
      await refresh(`${api}/files`);
      toast(what === 'rename' ? t`Étiquette renommée.` : t`Étiquette supprimée.`);
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title={what === 'rename' ? t`Renommer l’étiquette ${tag.name}` : t`Supprimer l’étiquette ${tag.name}`}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t`Ne rien changer`}</Button>
          <Button variant={what === 'remove' ? 'danger' : 'primary'} pending={pending} isDisabled={name.trim() === ''} onPress={() => void run()}>
            {what === 'rename' ? t`Renommer` : t`Supprimer`}
          </Button>
        </>
      }
    >
      <div className="e-stack">
        {what === 'rename' ? (
          <TextField label={t`Étiquette`} value={name} onChange={setName} maxLength={40} autoFocus />
        ) : (
          <p>
            <Plural value={tag.files} one="# fichier ou dossier la perdra." other="# fichiers et dossiers la perdront." />
          </p>
        )}
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      </div>
    </Dialog>
  );
}
