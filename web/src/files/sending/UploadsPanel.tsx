import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ChevronDown, ChevronUp, CircleAlert, CircleCheck, CircleHelp, Clock, Pause, Play, RotateCcw, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { problemText } from '../../api/problem';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Choices';
import { DateText } from '../../ui/DateText';
import { announce } from '../../ui/live';
import { Progress } from '../../ui/Progress';
import { formatSize } from '../../ui/format';
import { answer, clearDone, giveUp, goOn, pause, type Sent, subscribe, uploads } from './uploads';
import './Uploads.css';

/** More would be a list of its own; what needs somebody comes first. */
const most = 100;
const order: Sent['state'][] = ['asking', 'failed', 'sending', 'paused', 'waiting', 'skipped', 'done'];

/** What is being sent, wherever in the files one looks meanwhile. */
export function UploadsPanel() {
  const { t } = useLingui();
  const all = useSyncExternalStore(subscribe, uploads);
  const [open, setOpen] = useState(true);
  const count = (...states: Sent['state'][]) => all.filter((one) => states.includes(one.state)).length;
  const left = count('sending', 'waiting', 'paused');
  const asking = count('asking');
  const failed = count('failed');
  const finished = all.length > 0 && left + asking === 0;
  useEffect(() => {
    if (finished) announce(failed > 0 ? t`Envoi terminé : certains fichiers ne sont pas passés.` : t`Envoi terminé.`);
  }, [finished, failed, t]);
  useEffect(() => {
    if (asking > 0) announce(t`Un fichier de ce nom existe déjà : une réponse est attendue dans les envois.`);
  }, [asking, t]);
  if (all.length === 0) return null;
  const bytes = all.reduce((sum, one) => sum + one.size, 0);
  const sent = all.reduce((sum, one) => sum + (one.state === 'done' || one.state === 'skipped' ? one.size : one.sent), 0);
  const sorted = [...all].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.id - b.id);
  return (
    <section className="e-uploads" aria-label={t`Envois`}>
      <header className="e-uploads__head">
        <h2>
          {left > 0 ? (
            <Plural value={left} one="# fichier en cours d’envoi" other="# fichiers en cours d’envoi" />
          ) : asking > 0 ? (
            <Trans>Une réponse est attendue</Trans>
          ) : failed > 0 ? (
            <Plural value={failed} one="# fichier n’est pas passé" other="# fichiers ne sont pas passés" />
          ) : (
            <Trans>Envoi terminé</Trans>
          )}
        </h2>
        <Button variant="plain" icon={open ? ChevronDown : ChevronUp} iconOnly aria-expanded={open} onPress={() => setOpen(!open)}>
          {open ? t`Réduire les envois` : t`Voir les envois`}
        </Button>
        {left + asking === 0 && (
          <Button variant="plain" icon={X} iconOnly onPress={() => (failed > 0 ? all.forEach((one) => giveUp(one.id)) : clearDone())}>
            {t`Fermer les envois`}
          </Button>
        )}
      </header>
      {left > 0 && <Progress label={t`${formatSize(sent)} sur ${formatSize(bytes)}`} value={bytes === 0 ? 100 : Math.floor((100 * sent) / bytes)} />}
      {open && (
        <ul className="e-uploads__list">
          {sorted.slice(0, most).map((one) => (
            <Line key={one.id} one={one} many={asking > 1 || left > 0} />
          ))}
          {sorted.length > most && (
            <li className="e-soft e-small">
              <Plural value={sorted.length - most} one="et un autre fichier" other="et # autres fichiers" />
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

const icons = { waiting: Clock, sending: null, paused: Pause, asking: CircleHelp, failed: CircleAlert, done: CircleCheck, skipped: X } as const;

function Line({ one, many }: { one: Sent; many: boolean }) {
  const { t } = useLingui();
  const Icon = icons[one.state];
  const { name } = one;
  return (
    <li className={`e-uploads__line e-uploads__line--${one.state}`}>
      <div className="e-uploads__name">
        {Icon ? <Icon size={18} aria-hidden="true" /> : <span className="e-spinner" aria-hidden="true" />}
        <span className="e-files__cut" title={[...one.path, name].join(' / ')}>
          {[...one.path, name].join(' / ')}
        </span>
        {(one.state === 'sending' || one.state === 'waiting') && one.size > 0 && (
          <Button variant="plain" icon={Pause} iconOnly onPress={() => pause(one.id)}>
            {t`Suspendre ${name}`}
          </Button>
        )}
        {one.state === 'paused' && (
          <Button variant="plain" icon={Play} iconOnly onPress={() => goOn(one.id)}>
            {t`Reprendre ${name}`}
          </Button>
        )}
        {one.state === 'failed' && (
          <Button variant="plain" icon={RotateCcw} iconOnly onPress={() => goOn(one.id)}>
            {t`Réessayer ${name}`}
          </Button>
        )}
        {one.state !== 'done' && one.state !== 'skipped' && (
          <Button variant="plain" icon={X} iconOnly onPress={() => giveUp(one.id)}>
            {t`Abandonner ${name}`}
          </Button>
        )}
      </div>
      <p className="e-soft e-small">
        {one.state === 'waiting' && <Trans>en attente</Trans>}
        {one.state === 'sending' && <Trans>{formatSize(one.sent)} sur {formatSize(one.size)}</Trans>}
        {one.state === 'paused' && <Trans>suspendu : ce qui est arrivé est gardé trois jours</Trans>}
        {one.state === 'skipped' && <Trans>passé</Trans>}
        {one.state === 'done' && formatSize(one.size)}
        {one.state === 'failed' && problemText(one.error)}
      </p>
      {one.state === 'asking' && <Question one={one} many={many} />}
    </li>
  );
}

function Question({ one, many }: { one: Sent; many: boolean }) {
  const { t } = useLingui();
  const [all, setAll] = useState(false);
  const { existing } = one;
  return (
    <div className="e-uploads__question">
      <p>
        {existing?.folder ? (
          <Trans>Un dossier porte déjà ce nom ici.</Trans>
        ) : existing ? (
          <Trans>
            Un fichier porte déjà ce nom ici : {formatSize(existing.size)}, du <DateText at={existing.modifiedAt} style="datetime" />. Le remplacer en garde l’ancienne version.
          </Trans>
        ) : (
          <Trans>Un fichier porte déjà ce nom ici.</Trans>
        )}
      </p>
      <div className="e-row">
        {!existing?.folder && <Button onPress={() => answer(one.id, 'replace', all)}>{t`Remplacer`}</Button>}
        <Button onPress={() => answer(one.id, 'both', all)}>{t`Garder les deux`}</Button>
        <Button variant="plain" onPress={() => answer(one.id, 'skip', all)}>{t`Passer`}</Button>
      </div>
      {many && (
        <Checkbox isSelected={all} onChange={setAll}>
          <Trans>Répondre de même pour les suivants</Trans>
        </Checkbox>
      )}
    </div>
  );
}
