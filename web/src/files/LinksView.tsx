import { Trans, useLingui } from '@lingui/react/macro';
import { Link2, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../api/problem';
import { useGet } from '../api/queries';
import { Button } from '../ui/Button';
import { CopyButton } from '../ui/CopyButton';
import { DateField } from '../ui/DateField';
import { DateText } from '../ui/DateText';
import { formatSize } from '../ui/format';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { Select } from '../ui/Select';
import { TextField } from '../ui/TextField';
import { endOf, lastDayOf } from '../ui/time';
import { toast } from '../ui/Toasts';
import { at, changed, type FileLink, type FileNode, links } from './api';

type Way = 'see' | 'put';

/** For people without an account: an address to be sent to them. */
export function LinksView({ node }: { node: FileNode }) {
  const { t } = useLingui();
  const all = useGet<FileLink[]>(`${at(node.id)}/links`, { staleTime: 0 });
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const act = async (what: () => Promise<unknown>, done: string) => {
    try {
      await what();
      await changed();
      toast(done);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    }
  };
  return (
    <section className="e-stack e-stack--tight">
      <h3>
        <Trans>Liens pour des personnes sans compte</Trans>
      </h3>
      {made && (
        <Message tone="good">
          <span className="e-stack e-stack--tight">
            <Trans>Voici le lien, montré cette fois seulement. Qui l’a peut s’en servir : envoyez-le à la bonne personne.</Trans>
            <code className="e-link-address">{made}</code>
            <span>
              <CopyButton value={made}>{t`Copier le lien`}</CopyButton>
            </span>
          </span>
        </Message>
      )}
      <Loaded query={all}>
        {(known) =>
          known.length === 0 ? null : (
            <ul className="e-versions">
              {known.map((one, index) => (
                <li key={one.id}>
                  <span className="e-entry__name">
                    <Link2 size={20} aria-hidden="true" />
                    <span>
                      <strong>{one.upload ? t`Déposer des fichiers` : t`Voir et télécharger`}</strong>
                      <br />
                      <span className="e-small e-soft">
                        <About link={one} />
                      </span>
                    </span>
                  </span>
                  {!one.inForce && (
                    <Button icon={RotateCcw} onPress={() => void act(() => links.takeOver(node.id, one.id), t`Le lien est à votre nom.`)}>
                      {t`Reprendre`}
                    </Button>
                  )}
                  <Button
                    icon={X}
                    aria-label={t`Mettre fin au lien n° ${index + 1}`}
                    onPress={() => void act(() => links.end(node.id, one.id), t`Le lien ne mène plus nulle part.`)}
                  >
                    {t`Mettre fin`}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {asking ? (
        <LinkForm
          node={node}
          onMade={(path) => {
            setMade(new URL(path, window.location.origin).href);
            setAsking(false);
          }}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div>
          <Button icon={Link2} onPress={() => setAsking(true)}>
            {t`Créer un lien`}
          </Button>
        </div>
      )}
    </section>
  );
}

function About({ link }: { link: FileLink }) {
  const { t } = useLingui();
  const { by, used, downloads, filesPut } = link;
  const files = link.bound?.files ?? 0;
  const put = formatSize(link.bytesPut);
  const most = formatSize(link.bound?.bytes ?? 0);
  return (
    <>
      <Trans>
        créé par {by} le <DateText at={link.madeAt} />
      </Trans>
      {link.password && <> · {t`avec mot de passe`}</>}
      {link.until && (
        <>
          {' '}
          ·{' '}
          <Trans>
            jusqu’au <DateText at={lastDayOf(link.until)} />
          </Trans>
        </>
      )}
      {downloads !== null && <> · {t`${used} téléchargement(s) sur ${downloads}`}</>}
      {link.bound && <> · {t`${filesPut} fichier(s) reçu(s) sur ${files}, ${put} sur ${most}`}</>}
      {!link.inForce && <> · {t`sans effet aujourd’hui`}</>}
    </>
  );
}

function LinkForm({ node, onMade, onCancel }: { node: FileNode; onMade: (path: string) => void; onCancel: () => void }) {
  const { t } = useLingui();
  const [way, setWay] = useState<Way>('see');
  const [password, setPassword] = useState('');
  const [until, setUntil] = useState<string | null>(null);
  const [downloads, setDownloads] = useState('');
  const [files, setFiles] = useState('200');
  const [size, setSize] = useState('2');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wrong = downloads !== '' && !/^[1-9]\d{0,5}$/.test(downloads);
  const wrongFiles = !/^([1-9]\d{0,3}|10000)$/.test(files);
  const wrongSize = !/^([1-9]\d{0,2}|1000)$/.test(size);
  const refused = way === 'see' ? wrong : wrongFiles || wrongSize;
  const make = async () => {
    setPending(true);
    setError(null);
    try {
      const made = await links.make(node.id, {
        upload: way === 'put',
        password: password || null,
        until: until && endOf(until),
        downloads: way === 'see' && downloads ? Number(downloads) : null,
        bound: way === 'put' ? { files: Number(files), bytes: Number(size) * 1_000_000_000 } : null,
      });
      await changed();
      onMade(made.path);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="e-stack e-stack--tight">
      <div className="e-share">
        {node.folder && (
          <Select<Way>
            label={t`Ce que le lien permet`}
            value={way}
            onChange={setWay}
            options={[
              { value: 'see', label: t`voir et télécharger` },
              { value: 'put', label: t`déposer, sans rien voir` },
            ]}
          />
        )}
        <TextField label={t`Mot de passe (facultatif)`} help={t`8 caractères au moins. Donnez-le à part.`} value={password} onChange={setPassword} maxLength={200} autoComplete="off" />
        <DateField label={t`Jusqu’au (facultatif)`} value={until} onChange={setUntil} />
        {way === 'see' && (
          <TextField label={t`Téléchargements au plus (facultatif)`} value={downloads} onChange={setDownloads} inputMode="numeric" error={wrong ? t`Un nombre, à partir de 1.` : undefined} />
        )}
        {way === 'put' && (
          <>
            <TextField label={t`Fichiers au plus`} value={files} onChange={setFiles} inputMode="numeric" error={wrongFiles ? t`Un nombre, de 1 à 10 000.` : undefined} />
            <TextField label={t`Taille en tout, en Go`} value={size} onChange={setSize} inputMode="numeric" error={wrongSize ? t`Un nombre, de 1 à 1 000.` : undefined} />
          </>
        )}
      </div>
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      <div className="e-row">
        <Button variant="primary" icon={Link2} pending={pending} isDisabled={refused} onPress={() => void make()}>
          {t`Créer le lien`}
        </Button>
        <Button onPress={onCancel}>{t`Ne pas créer`}</Button>
      </div>
    </div>
  );
}
