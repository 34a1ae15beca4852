import { Trans, useLingui } from '@lingui/react/macro';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../api/problem';
import { useGet } from '../api/queries';
import { Button } from '../ui/Button';
import { Link } from '../ui/Link';
import { TextField } from '../ui/TextField';
import { toast } from '../ui/Toasts';
import { tags } from './about';
import { at, type FileNode, type Tag } from './api';

const offered = 8;

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** By what it is sorted; who may change it chooses among what there is, or adds to it. */
export function TagsView({ node }: { node: FileNode }) {
  const { t } = useLingui();
  const may = node.role !== 'read';
  const choices = useGet<Tag[]>(may ? `${at(node.id)}/tags/choices` : null);
  const [text, setText] = useState('');
  const [pending, setPending] = useState(false);
  const names = node.tags.map((tag) => tag.name);
  const set = async (next: string[]) => {
    setPending(true);
    try {
      await tags.set(node.id, next);
      setText('');
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setPending(false);
    }
  };
  const fitting = (choices.data ?? []).filter((tag) => !names.includes(tag.name) && plain(tag.name).includes(plain(text))).slice(0, offered);
  const isNew = text.trim() !== '' && !(choices.data ?? []).some((tag) => plain(tag.name) === plain(text));
  return (
    <div className="e-stack e-stack--tight">
      {node.tags.length === 0 ? (
        <span className="e-soft">
          <Trans>Aucune</Trans>
        </span>
      ) : (
        <ul className="e-tags" aria-label={t`Étiquettes`}>
          {node.tags.map(({ id, name }) => (
            <li key={id} className="e-tag">
              <Link href={`/files/search?tag=${id}`}>{name}</Link>
              {may && (
                <Button variant="plain" icon={X} iconOnly isDisabled={pending} onPress={() => void set(names.filter((one) => one !== name))}>
                  {t`Retirer l’étiquette ${name}`}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {may && (
        <form
          className="e-stack e-stack--tight"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) void set([...names, text.trim()]);
          }}
        >
          <TextField label={t`Ajouter une étiquette`} value={text} onChange={setText} maxLength={40} />
          {(fitting.length > 0 || isNew) && (
            <div className="e-tags" role="group" aria-label={t`Étiquettes à choisir`}>
              {fitting.map((tag) => (
                <Button key={tag.id} icon={Plus} isDisabled={pending} onPress={() => void set([...names, tag.name])}>
                  {tag.name}
                </Button>
              ))}
              {isNew && (
                <Button icon={Plus} isDisabled={pending} onPress={() => void set([...names, text.trim()])}>
                  {t`Créer « ${text.trim()} »`}
                </Button>
              )}
            </div>
          )}
        </form>
      )}
    </div>
  );
}
