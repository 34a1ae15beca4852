import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api as call } from '../../api/client';
import type { PersonRef, Population, SubscriptionPreview } from '../../api/types';
import { fullName } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { text } from '../words';
import './population.css';

/** Counts what saving these populations would change; nothing is saved. `null` asks for nothing. */
export function usePreview(path: string | null, populations: readonly Population[]) {
  return useQuery<SubscriptionPreview>({
    queryKey: [`${path}/preview`, JSON.stringify(populations)],
    queryFn: () => call.post<SubscriptionPreview>(`${path}/preview`, { populations }),
    enabled: path !== null,
    placeholderData: keepPreviousData,
  });
}

export function GainsAndLosses({ preview }: { preview: ReturnType<typeof usePreview> }) {
  const { i18n } = useLingui();
  return (
    <Loaded query={preview}>
      {(said) => (
        <div className={said.loses > 0 ? 'm-said m-said--bad e-stack e-stack--tight' : 'm-said e-stack e-stack--tight'}>
          {said.gains === 0 && said.loses === 0 && (
            <p>
              <Trans>Personne ne gagne ni ne perd ce service.</Trans>
            </p>
          )}
          {said.gains > 0 && (
            <div className="m-change">
              <strong>+{said.gains}</strong> <Plural value={said.gains} one="personne gagne ce service" other="personnes gagnent ce service" />
              <Names of={said.gaining} total={said.gains} />
            </div>
          )}
          {said.loses > 0 && (
            <div className="m-change">
              <strong>−{said.loses}</strong> <Plural value={said.loses} one="personne perd ce service" other="personnes perdent ce service" />
              <Names of={said.losing} total={said.loses} />
            </div>
          )}
          {said.alsoLost.length > 0 && (
            <Message tone="warn">
              <Trans>Sans lui, ces services ne marchent plus non plus : {said.alsoLost.map((one) => text(one.name, i18n.locale)).join(', ')}.</Trans>
            </Message>
          )}
        </div>
      )}
    </Loaded>
  );
}

function Names({ of, total }: { of: readonly PersonRef[]; total: number }) {
  const shown = of.slice(0, 6);
  const more = total - shown.length;
  if (shown.length === 0) return null;
  return (
    <p className="m-change__names e-soft e-small">
      {shown.map(fullName).join(', ')}
      {more > 0 && (
        <>
          {' '}
          <Plural value={more} one="et # autre" other="et # autres" />
        </>
      )}
    </p>
  );
}
