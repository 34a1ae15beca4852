import { Trans, useLingui } from '@lingui/react/macro';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet } from '../../api/queries';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog, Dialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { toast } from '../../ui/Toasts';
import { useHere } from '../common';
import '../members.css';
import './quarantine.css';

interface Where {
  node: string;
  name: string;
  space: string;
  owner: string | null;
  putBy: string | null;
  former: boolean;
  trashed: boolean;
}

export interface Withheld {
  content: string;
  state: 'FOUND' | 'FAILED' | 'LARGE' | 'RELEASED';
  virus: string | null;
  scannedAt: string | null;
  files: Where[];
}

/** What the antivirus set aside, and that it is no virus after all. */
export function QuarantinePage() {
  const { t } = useLingui();
  const { page, api } = useHere();
  const list = useGet<Withheld[]>(`${api}/quarantine`, { staleTime: 0 });
  const [asked, setAsked] = useState<Withheld | null>(null);
  const [doomed, setDoomed] = useState<Withheld | null>(null);
  return (
    <>
      <PageHeader
        title={t`Fichiers mis à l’écart`}
        back={
          <Link href={`${page}/files`}>
            <Trans>Place des fichiers</Trans>
          </Link>
        }
        lead={t`Ce que l’antivirus ne laisse ouvrir à personne. Qui a déposé le fichier en est prévenu et peut le supprimer.`}
      />
      <Loaded query={list}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={ShieldCheck} title={t`Rien n’est mis à l’écart`} />
          ) : (
            <ul className="m-quarantine">
              {all.map((one) => (
                <Entry key={one.content} one={one} onRelease={() => setAsked(one)} onDelete={() => setDoomed(one)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asked && <ReleaseDialog one={asked} onClose={() => setAsked(null)} />}
      {doomed && <DeleteDialog one={doomed} onClose={() => setDoomed(null)} />}
    </>
  );
}

function nameOf({ files, content }: Withheld): string {
  return files[0]?.name ?? content;
}

function Entry({ one, onRelease, onDelete }: { one: Withheld; onRelease: () => void; onDelete: () => void }) {
  const { t } = useLingui();
  const name = nameOf(one);
  const why = {
    FOUND: t`Virus : ${one.virus ?? '?'}`,
    FAILED: t`L’antivirus n’a pas pu l’analyser`,
    LARGE: t`Trop volumineux pour être analysé`,
    RELEASED: t`Rétabli, malgré l’antivirus (${one.virus ?? '?'})`,
  }[one.state];
  return (
    <li className="e-card">
      <div className="e-row e-row--apart">
        <h2 className="m-quarantine__name">{name}</h2>
        <Badge tone={one.state === 'RELEASED' ? 'plain' : 'bad'}>{why}</Badge>
      </div>
      {one.scannedAt && (
        <p className="e-soft e-small">
          <Trans>
            Analysé le <DateText at={one.scannedAt} style="datetime" />
          </Trans>
        </p>
      )}
      <ul className="e-small">
        {one.files.map((where, index) => (
          <li key={`${where.node} ${index}`}>
            <Place where={where} />
          </li>
        ))}
      </ul>
      {one.state !== 'RELEASED' && (
        <div className="e-row">
          <Button onPress={onRelease} aria-label={t`Rétablir ${name}`}>
            <Trans>Rétablir…</Trans>
          </Button>
          {one.files.length > 0 && (
            <Button onPress={onDelete} aria-label={t`Supprimer ${name}`}>
              <Trans>Supprimer…</Trans>
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function Place({ where: { name, space, owner, putBy, former, trashed } }: { where: Where }) {
  const { t } = useLingui();
  const place = owner ? t`fichiers de ${owner}` : space;
  const by = putBy ?? t`quelqu’un qui n’est plus là`;
  return (
    <>
      <Trans>
        {name}, {place} ; déposé par {by}
      </Trans>
      {former && (
        <>
          {' '}
          <Trans>(ancienne version)</Trans>
        </>
      )}
      {trashed && (
        <>
          {' '}
          <Trans>(à la corbeille)</Trans>
        </>
      )}
    </>
  );
}

function DeleteDialog({ one, onClose }: { one: Withheld; onClose: () => void }) {
  const { t } = useLingui();
  const { api } = useHere();
  const name = nameOf(one);
  const remove = async () => {
    await call.delete(`${api}/quarantine/${one.content}`);
    toast(t`${name} est supprimé.`);
    await refresh(`${api}/quarantine`);
  };
  return (
    <ConfirmDialog title={t`Supprimer ${name} ?`} isOpen onClose={onClose} confirm={t`Supprimer pour de bon`} danger onConfirm={remove}>
      <Message tone="warn">
        <Trans>
          Ce contenu disparaît de tous les fichiers de la liste, à qui qu’ils soient, sans passer par la corbeille. Un fichier qui avait une version saine avant celle-ci la retrouve. Le journal garde votre
          nom.
        </Trans>
      </Message>
    </ConfirmDialog>
  );
}

function ReleaseDialog({ one, onClose }: { one: Withheld; onClose: () => void }) {
  const { t } = useLingui();
  const { api } = useHere();
  const [pending, setPending] = useState(false);
  const name = nameOf(one);
  const release = async () => {
    setPending(true);
    try {
      await call.post(`${api}/quarantine/${one.content}/release`);
      toast(t`${name} peut être ouvert de nouveau.`);
      await refresh(`${api}/quarantine`);
      onClose();
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
      setPending(false);
    }
  };
  return (
    <Dialog
      title={t`Rétablir ${name} ?`}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>
            <Trans>Ne rien changer</Trans>
          </Button>
          <Button variant="danger" isDisabled={pending} onPress={() => void release()}>
            <Trans>Ce n’est pas un virus, rétablir</Trans>
          </Button>
        </>
      }
    >
      <Message tone="warn">
        <Trans>Tous ceux qui voient ce fichier pourront l’ouvrir et le télécharger. Ne le faites que si vous savez d’où il vient et que l’antivirus se trompe. Le journal garde votre nom.</Trans>
      </Message>
    </Dialog>
  );
}
