import { Trans, useLingui } from '@lingui/react/macro';
import { ShieldAlert, ShieldQuestion } from 'lucide-react';
import { Message } from '../ui/Message';
import type { FileNode, Scan } from './api';

/** Whether it is withheld for good: what waits to be scanned opens in a moment. */
export function isWithheld({ scan }: Pick<FileNode, 'scan'>): boolean {
  return scan?.withheld === true && scan.state !== 'WAITING';
}

function useWords(): (scan: Scan) => string {
  const { t } = useLingui();
  return ({ state, virus, withheld }) => {
    if (state === 'FOUND') return t`Mis à l’écart : virus ${virus ?? '?'}`;
    if (state === 'FAILED') return t`Mis à l’écart : l’antivirus n’a pas pu l’analyser`;
    if (state === 'WAITING') return t`L’antivirus l’analyse`;
    if (state === 'RELEASED') return t`Rétabli par un administrateur, malgré l’antivirus (${virus ?? '?'})`;
    return withheld ? t`Trop volumineux pour l’antivirus : ne peut pas être ouvert` : t`Trop volumineux pour être analysé par l’antivirus`;
  };
}

/** Beside a name, where there is something to be said: what is being scanned just now opens in a moment. */
export function ScanMark({ scan }: Pick<FileNode, 'scan'>) {
  const words = useWords();
  if (!scan || scan.state === 'RELEASED' || scan.state === 'WAITING') return null;
  const held = isWithheld({ scan });
  const Icon = held ? ShieldAlert : ShieldQuestion;
  return (
    <span className={held ? 'e-scan e-scan--held' : 'e-scan'} title={words(scan)}>
      <Icon size={16} aria-hidden="true" />
      <span className="e-hidden">{words(scan)}</span>
    </span>
  );
}

/** Where a list has room for words. */
export function ScanWords({ scan }: { scan: Scan }) {
  const words = useWords();
  return (
    <span className="e-scan--held" aria-hidden="true">
      {words(scan)}
    </span>
  );
}

/** In the details of a file. */
export function ScanDetails({ scan }: Pick<FileNode, 'scan'>) {
  const words = useWords();
  if (!scan) return null;
  return (
    <Message tone={isWithheld({ scan }) ? 'bad' : 'info'} title={words(scan)}>
      {scan.state === 'FOUND' && (
        <Trans>Personne ne peut l’ouvrir. Supprimez-le, et faites vérifier l’ordinateur d’où il vient. Si c’est une erreur, un administrateur de votre collectivité peut le rétablir.</Trans>
      )}
      {scan.state === 'FAILED' && <Trans>Personne ne peut l’ouvrir. Un administrateur de votre collectivité peut le rétablir.</Trans>}
    </Message>
  );
}
