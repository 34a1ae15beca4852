import { useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Problem, problemText } from '../api/problem';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { changed, type FileNode, files } from './api';
import { stemLength } from './kinds';

export interface NameDialogProps {
  /** What gets another name; without, a folder is made in `parent`. */
  node?: FileNode;
  parent: string;
  onClose: () => void;
  onDone: (node: FileNode) => void;
}

/** A name, for a new folder or instead of another. */
export function NameDialog({ node, parent, onClose, onDone }: NameDialogProps) {
  const { t } = useLingui();
  const [name, setName] = useState(node?.name ?? '');
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // One types over the name; its ending stays.
    const input = form.current?.querySelector('input');
    input?.focus();
    input?.setSelectionRange(0, node ? (node.folder ? node.name.length : stemLength(node.name)) : 0);
  }, [node]);
  const act = async (event: FormEvent) => {
    event.preventDefault();
    if (node && name === node.name) return onClose();
    setPending(true);
    setError(null);
    try {
      const done = node ? await files.rename(node.id, name.trim()) : await files.makeFolder(parent, name.trim());
      await changed();
      onDone(done);
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  const said = error === null ? undefined : error instanceof Problem || error instanceof Error ? problemText(error) : undefined;
  return (
    <Dialog
      title={node ? t`Renommer « ${node.name} »` : t`Nouveau dossier`}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t`Ne rien changer`}</Button>
          <Button variant="primary" pending={pending} isDisabled={name.trim() === ''} onPress={() => form.current?.requestSubmit()}>
            {node ? t`Renommer` : t`Créer le dossier`}
          </Button>
        </>
      }
    >
      <form ref={form} onSubmit={(event) => void act(event)}>
        <TextField label={t`Nom`} value={name} onChange={setName} error={said} isRequired maxLength={200} autoComplete="off" />
      </form>
    </Dialog>
  );
}
