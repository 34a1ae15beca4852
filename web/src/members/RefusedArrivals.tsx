import { Plural, Trans } from '@lingui/react/macro';
import type { RefusedArrival } from '../api/types';
import { Badge } from '../ui/Badge';
import { DateText } from '../ui/DateText';

/** Who came by ProConnect and was not let in: the one place where it is said why. */
export function RefusedArrivals({ refused }: { refused: readonly RefusedArrival[] }) {
  if (refused.length === 0) {
    return (
      <p className="e-soft">
        <Trans>Aucune connexion refusée ces 30 derniers jours.</Trans>
      </p>
    );
  }
  return (
    <ul className="m-list">
      {refused.map((one) => (
        <li key={`${one.at} ${one.member} ${one.address} ${one.siret} ${one.text}`} className="m-line">
          <div className="m-line__main">
            <strong className="m-address">{one.address ?? <Trans>sans adresse</Trans>}</strong>{' '}
            {one.conflict && (
              <Badge tone="warn">
                <Trans>Conflit</Trans>
              </Badge>
            )}
            <p>{one.text}</p>
            <p className="e-soft">
              <DateText at={one.at} style="datetime" />
              {one.times > 1 && (
                <>
                  {' · '}
                  <Plural value={one.times} one="# fois" other="# fois" />
                </>
              )}
              {one.siret && <> · SIRET {one.siret}</>}
              {one.member && <> · {one.member}</>}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
