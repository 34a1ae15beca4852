import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { queryClient, refresh, useGet } from '../../api/queries';
import type { Import } from '../../api/types';
import { go } from '../../navigation';
import { Button } from '../../ui/Button';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { formatNumber } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Progress } from '../../ui/Progress';
import { StateChip } from '../../ui/StateChip';
import { toast } from '../../ui/Toasts';
import { useHere, useMay, useParam } from '../common';
import { ApplyDialog } from './ApplyDialog';
import { DryRun } from './DryRun';
import { Mapping } from './Mapping';
import '../members.css';
import './imports.css';

/** One file, from reading to result. Each state has its page; leaving and coming back finds it where it is. */
export function ImportPage() {
  const { api } = useHere();
  const path = `${api}/imports/${useParam('import')}`;
  const found = useGet<Import>(path, {
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.state === 'analysing' || query.state.data?.state === 'applying' ? 500 : false),
  });
  return <Loaded query={found}>{(one) => <Known one={one} path={path} />}</Loaded>;
}

function Known({ one, path }: { one: Import; path: string }) {
  const { t } = useLingui();
  const { page } = useHere();
  const may = useMay();
  const [mapping, setMapping] = useState(false);
  const [applying, setApplying] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  const lacking = one.state === 'analysed' && one.missingColumns.length > 0;
  const counts = one.counts;
  const nothing = counts.arrivals + counts.changes + counts.departures + counts.doubts === 0;
  const ready = one.state === 'analysed' && !lacking && !mapping;
  const take = (next: Import) => {
    queryClient.setQueryData([path], next);
    void refresh(`${path}/`);
  };
  const forget = async () => {
    await call.delete(path);
    await refresh(path.slice(0, path.lastIndexOf('/')));
    toast(t`Fichier oublié. Rien n’a été changé.`);
    go(`${page}/imports`);
  };
  return (
    <>
      <PageHeader
        title={one.fileName}
        back={
          <Link href={`${page}/imports`}>
            <Trans>Imports</Trans>
          </Link>
        }
        lead={
          <>
            <StateChip state={one.state} />{' '}
            <Trans>
              Déposé par {one.by} <DateText at={one.at} style="relative" />.
            </Trans>{' '}
            {counts.lines > 0 && <Plural value={counts.lines} one="# ligne," other="# lignes," />} {one.source === 'hr' && one.encoding && <ReadAs one={one} />}
          </>
        }
        action={
          ready &&
          may.people && (
            <Button variant="primary" isDisabled={counts.undecided > 0 || (counts.errors > 0 && one.source === 'hr') || nothing} onPress={() => setApplying(true)}>
              <Trans>Appliquer cet import</Trans>
            </Button>
          )
        }
      />
      {one.state === 'analysing' && (
        <div className="e-card e-stack">
          <Progress label={t`Lecture et comparaison du fichier`} value={one.progress} />
          <p className="e-soft">
            <Trans>Rien n’est changé. Vous pouvez quitter cette page : vous retrouverez le fichier sous « Imports ».</Trans>
          </p>
        </div>
      )}
      {(lacking || mapping) && may.people && <Mapping one={one} path={path} onDone={(next) => { setMapping(false); take(next); }} onLeave={lacking ? undefined : () => setMapping(false)} />}
      {lacking && !may.people && <Message tone="warn">{t`Les colonnes de ce fichier ne sont pas encore reconnues.`}</Message>}
      {ready && (
        <div className="e-stack">
          {one.error ? (
            <Message tone="bad" title={t`Ce fichier n’a pas été appliqué`}>
              {one.error}
            </Message>
          ) : (
            <NextStep one={one} nothing={nothing} />
          )}
          <DryRun one={one} path={path} onChange={take} />
          {may.people && (
            <div className="m-acts">
              {one.source === 'hr' && (
                <Button onPress={() => setMapping(true)}>
                  <Trans>Revoir les colonnes</Trans>
                </Button>
              )}
              <Button variant="plain" onPress={() => setForgetting(true)}>
                <Trans>Oublier ce fichier</Trans>
              </Button>
            </div>
          )}
        </div>
      )}
      {one.state === 'applying' && (
        <div className="e-card e-stack">
          <Progress label={t`Application en cours`} value={one.progress} />
          <p className="e-soft">
            <Trans>Tout sera appliqué, ou rien. Vous pouvez quitter cette page et revenir : l’import continue.</Trans>
          </p>
        </div>
      )}
      {one.state === 'applied' && <Applied one={one} path={path} onChange={take} />}
      {one.state === 'failed' && (
        <div className="e-stack">
          <Message tone="bad" title={t`Ce fichier n’a pas été appliqué`}>
            {one.error} <Trans>Rien n’a été changé.</Trans>
          </Message>
          <div className="m-acts">
            <Link variant="quiet" href={`${page}/imports`}>
              <Trans>Déposer un autre fichier</Trans>
            </Link>
          </div>
        </div>
      )}
      {applying && <ApplyDialog one={one} path={path} onClose={() => setApplying(false)} onDone={take} />}
      <ConfirmDialog title={t`Oublier ce fichier ?`} isOpen={forgetting} onClose={() => setForgetting(false)} confirm={t`Oublier le fichier`} onConfirm={forget}>
        <p>
          <Trans>Le fichier et les doutes déjà tranchés seront effacés. Aucune personne n’est touchée.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}

function NextStep({ one, nothing }: { one: Import; nothing: boolean }) {
  const { counts } = one;
  if (counts.errors > 0 && one.source === 'hr')
    return (
      <Message tone="warn">
        <Plural value={counts.errors} one="Une ligne est en erreur : corrigez-la dans le fichier, puis déposez-le de nouveau. Rien ne s’applique à moitié." other="# lignes sont en erreur : corrigez-les dans le fichier, puis déposez-le de nouveau. Rien ne s’applique à moitié." />
      </Message>
    );
  if (counts.undecided > 0)
    return (
      <Message tone="warn">
        <Plural value={counts.undecided} one="Un doute reste à trancher avant d’appliquer." other="# doutes restent à trancher avant d’appliquer." />
      </Message>
    );
  if (nothing)
    return (
      <Message tone="good">
        <Trans>Ce fichier ne change rien : tout est déjà à jour.</Trans>
      </Message>
    );
  if (one.mustConfirmDepartures)
    return (
      <Message tone="warn">
        <Trans>
          Ce fichier mettrait fin à {formatNumber(counts.departures)} rattachements, soit {formatNumber(one.departuresPercent)} %, plus que la limite de {one.departureLimit} %. Est-il complet ? Vous devrez confirmer ce nombre.
        </Trans>
      </Message>
    );
  return (
    <Message>
      <Trans>Relisez ce qui va changer. Rien n’est encore appliqué.</Trans>
    </Message>
  );
}

function Applied({ one, path, onChange }: { one: Import; path: string; onChange: (next: Import) => void }) {
  const { page } = useHere();
  return (
    <div className="e-stack">
      <Message tone="good">
        <Trans>Import appliqué. Les accès suivent : ouverts pour les arrivées, coupés pour les départs.</Trans>
      </Message>
      <DryRun one={one} path={path} onChange={onChange} />
      <div className="m-acts">
        <Link variant="quiet" href={`${page}/people`}>
          <Trans>Voir les personnes</Trans>
        </Link>
        {one.counts.departures > 0 && (
          <Link variant="quiet" href={`${page}/departures`}>
            <Trans>Suivre les départs</Trans>
          </Link>
        )}
      </div>
    </div>
  );
}

function ReadAs({ one }: { one: Import }) {
  const { t } = useLingui();
  const words: Record<string, string> = { ';': t`point-virgule`, ',': t`virgule`, '\t': t`tabulation` };
  const separator = words[one.separator] ?? one.separator;
  return (
    <Trans>
      lu en {one.encoding}, séparé par {separator}.
    </Trans>
  );
}
