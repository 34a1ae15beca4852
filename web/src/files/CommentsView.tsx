import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Pencil, Send, Trash2, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { address, api } from '../api/client';
import { problemText } from '../api/problem';
import { useList } from '../api/queries';
import { Button } from '../ui/Button';
import { ComboBox } from '../ui/ComboBox';
import { DateText } from '../ui/DateText';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { TextField } from '../ui/TextField';
import { toast } from '../ui/Toasts';
import { useDebounced } from '../ui/useDebounced';
import { type Comments, comments, type FileComment, type Reader } from './about';
import { at, type FileNode } from './api';
import { byName } from './words';

const longest = 4000;

/** What people say about it, the last first; whoever sees it may say something. */
export function CommentsView({ node }: { node: FileNode }) {
  const { t } = useLingui();
  const path = `${at(node.id)}/comments`;
  const query = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam, signal }) => api.get<Comments>(address(path, { before: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return (
    <div className="e-stack">
      <Write node={node} />
      <Loaded query={query}>
        {({ pages }) => {
          const all = pages.flatMap((page) => page.items);
          return all.length === 0 ? (
            <p className="e-soft">
              <Trans>Aucun commentaire. Tous ceux qui voient ce fichier ou ce dossier liront le vôtre.</Trans>
            </p>
          ) : (
            <>
              <ul className="e-versions" aria-label={t`Commentaires`}>
                {all.map((one) => (
                  <One key={one.id} node={node} comment={one} />
                ))}
              </ul>
              {query.hasNextPage && (
                <div>
                  <Button pending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>{t`Montrer la suite`}</Button>
                </div>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function Write({ node }: { node: FileNode }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [named, setNamed] = useState<Reader[]>([]);
  const [typed, setTyped] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [given, setGiven] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const q = useDebounced(typed, 200);
  const readers = useList<Reader[]>(q.trim().length > 1 ? address(`${at(node.id)}/readers`, { q }) : null);
  const choices = (readers.data ?? []).filter((one) => named.every((other) => other.capacity !== one.capacity));
  const send = async () => {
    setPending(true);
    setError(null);
    try {
      await comments.write(node.id, text, named.map((one) => one.capacity));
      setText('');
      setNamed([]);
      // The button is none to stay on any more: the keyboard goes where the next comment would begin.
      form.current?.querySelector('textarea')?.focus();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  const name = (capacity: string | null) => {
    const reader = choices.find((one) => one.capacity === capacity);
    if (!reader) return;
    setNamed([...named, reader]);
    setText(`${text}${text === '' || /\s$/.test(text) ? '' : ' '}@${reader.name} `);
    setTyped('');
    setGiven(given + 1);
  };
  return (
    <form
      ref={form}
      className="e-stack e-stack--tight"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextField label={t`Votre commentaire`} value={text} onChange={setText} rows={3} maxLength={longest} />
      <ComboBox
        key={given}
        label={t`Nommer quelqu’un (facultatif)`}
        help={t`Parmi ceux qui voient ce fichier ou ce dossier ; la personne en est avertie.`}
        options={choices.map((one) => ({ value: one.capacity, label: one.name, help: one.detail }))}
        value={null}
        onChange={name}
        onText={setTyped}
      />
      {named.length > 0 && (
        <ul className="e-tags" aria-label={t`Personnes averties`}>
          {named.map((one) => (
            <li key={one.capacity} className="e-tag">
              {one.name}
              <Button variant="plain" icon={X} iconOnly onPress={() => setNamed(named.filter((other) => other !== one))}>
                {t`Ne pas avertir ${one.name}`}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      <div>
        <Button variant="primary" type="submit" icon={Send} pending={pending} isDisabled={text.trim() === ''}>{t`Commenter`}</Button>
      </div>
    </form>
  );
}

function One({ node, comment }: { node: FileNode; comment: FileComment }) {
  const { t } = useLingui();
  const [text, setText] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const who = byName(comment.by);
  const run = async (does: () => Promise<void>) => {
    setPending(true);
    try {
      await does();
      setText(null);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setPending(false);
    }
  };
  return (
    <li>
      <div className="e-files__wrap">
        <strong>{who}</strong>{' '}
        <span className="e-soft e-small">
          {comment.by.function && `${comment.by.function} · `}
          <DateText at={comment.madeAt} style="datetime" />
          {comment.changedAt && (
            <>
              {' '}
              · <Trans>modifié</Trans>
            </>
          )}
        </span>
        {text === null ? (
          <p className="e-comment__text">{comment.text}</p>
        ) : (
          <form
            className="e-stack e-stack--tight"
            onSubmit={(event) => {
              event.preventDefault();
              void run(() => comments.change(node.id, comment.id, text));
            }}
          >
            <TextField label={t`Votre commentaire`} value={text} onChange={setText} rows={3} maxLength={longest} autoFocus />
            <span className="e-row">
              <Button variant="primary" type="submit" pending={pending} isDisabled={text.trim() === ''}>{t`Enregistrer`}</Button>
              <Button onPress={() => setText(null)}>{t`Annuler`}</Button>
            </span>
          </form>
        )}
      </div>
      {text === null && (
        <span className="e-row">
          {comment.mine && (
            <Button variant="plain" icon={Pencil} iconOnly onPress={() => setText(comment.text)}>
              {t`Modifier votre commentaire`}
            </Button>
          )}
          {comment.removable && (
            <Button variant="plain" icon={Trash2} iconOnly isDisabled={pending} onPress={() => void run(() => comments.remove(node.id, comment.id))}>
              {t`Supprimer le commentaire de ${who}`}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}
