import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../api/client';
import { problemText } from '../api/problem';
import { refresh, useGet, useMyself } from '../api/queries';
import { Button } from '../ui/Button';
import { DateText } from '../ui/DateText';
import { formatNumber, formatSize } from '../ui/format';
import { toast } from '../ui/Toasts';

interface AntivirusState {
  on: boolean;
  answers: boolean;
  detail: string | null;
  signatures: string | null;
  signaturesSince: string | null;
  waiting: number;
  again: number;
  clean: number;
  found: number;
  failed: number;
  large: number;
  released: number;
  servesLarge: boolean;
  most: number;
}

const path = '/api/operator/antivirus';

/** What the antivirus knows, what it has to do and what it found. Nothing is shown where there is none. */
export function Antivirus() {
  const { t } = useLingui();
  const { rights } = useMyself();
  const known = useGet<AntivirusState>(path, { refetchInterval: 5000, staleTime: 0 });
  const [asking, setAsking] = useState(false);
  const state = known.data;
  if (!state?.on) return null;
  const again = async () => {
    setAsking(true);
    try {
      await call.post(`${path}/rescan`);
      toast(t`Tous les fichiers sont analysés de nouveau. Ils restent ouverts à tous pendant ce temps.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setAsking(false);
      await refresh(path);
    }
  };
  const most = formatSize(state.most);
  return (
    <section className="m-section o-antivirus" aria-labelledby="antivirus">
      <div className="m-section__head">
        <h2 id="antivirus">
          <Trans>Antivirus</Trans>
        </h2>
        {rights.includes('OPERATE') && (
          <Button isDisabled={asking} onPress={() => void again()}>
            <Trans>Tout analyser de nouveau</Trans>
          </Button>
        )}
      </div>
      <dl className="e-facts">
        <dt>
          <Trans>Signatures</Trans>
        </dt>
        <dd>
          {state.signatures ?? <Trans>pas encore connues</Trans>}
          {state.signaturesSince && (
            <span className="e-soft">
              {' '}
              <Trans>
                (vues <DateText at={state.signaturesSince} style="relative" />)
              </Trans>
            </span>
          )}
        </dd>
        <dt>
          <Trans>À analyser</Trans>
        </dt>
        <dd>
          <Plural value={state.waiting} _0="rien n’attend" one="# contenu, fermé d’ici là" other="# contenus, fermés d’ici là" />
          {state.again > 0 && (
            <>
              {' · '}
              <Plural value={state.again} one="# à revoir avec les nouvelles signatures" other="# à revoir avec les nouvelles signatures" />
            </>
          )}
        </dd>
        <dt>
          <Trans>Sains</Trans>
        </dt>
        <dd className="e-numbers">{formatNumber(state.clean)}</dd>
        <dt>
          <Trans>Mis à l’écart</Trans>
        </dt>
        <dd>
          <Plural value={state.found} _0="aucun virus" one="# virus" other="# virus" />
          {state.failed > 0 && (
            <>
              {' · '}
              <Plural value={state.failed} one="# contenu que l’antivirus n’a pas pu analyser" other="# contenus que l’antivirus n’a pas pu analyser" />
            </>
          )}
          {state.released > 0 && (
            <>
              {' · '}
              <Plural value={state.released} one="# rétabli par un administrateur" other="# rétablis par un administrateur" />
            </>
          )}
        </dd>
        <dt>
          <Trans>Trop volumineux</Trans>
        </dt>
        <dd>
          <span className="e-numbers">{formatNumber(state.large)}</span> {state.servesLarge ? t`(plus de ${most} : servis sans analyse)` : t`(plus de ${most} : fermés)`}
        </dd>
      </dl>
    </section>
  );
}
