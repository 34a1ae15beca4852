import { Trans, useLingui } from '@lingui/react/macro';
import type { Partner } from '../../api/types';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { DateText } from '../../ui/DateText';
import { Link } from '../../ui/Link';
import { useHere } from '../common';

/** One partner: invited or not, come or not, and what can be done about it. */
export function PartnerLine({ partner, onInvite, onWithdraw, onUnlink }: { partner: Partner; onInvite: () => void; onWithdraw: () => void; onUnlink: () => void }) {
  const { t } = useLingui();
  const { page } = useHere();
  const { name, siret, account } = partner;
  return (
    <li className="m-line">
      <div className="m-line__main">
        <Link href={`${page}/people/${partner.person}`}>{name}</Link> <StateOf partner={partner} />
        <p className="e-soft">
          {partner.function}
          {' · '}
          <span className="m-address">{partner.address ?? <Trans>sans adresse</Trans>}</span>
          {partner.until && (
            <>
              {' · '}
              <Trans>
                jusqu’au <DateText at={partner.until} />
              </Trans>
            </>
          )}
        </p>
        {siret && (
          <p className="e-soft">
            SIRET {siret}
            {account && (
              <>
                {' · '}
                <Trans>
                  venu pour la dernière fois le <DateText at={account.lastAt} style="datetime" />
                </Trans>
              </>
            )}
            {account?.address && account.address !== partner.address && (
              <>
                {' · '}
                <Trans>ProConnect donne maintenant l’adresse {account.address}</Trans>
              </>
            )}
          </p>
        )}
      </div>
      <div className="e-line__side">
        <Button aria-label={siret ? t`Changer le SIRET de ${name}` : t`Inviter ${name}`} onPress={onInvite}>
          {siret ? <Trans>Changer le SIRET</Trans> : <Trans>Inviter</Trans>}
        </Button>
        {account && (
          <Button variant="plain" aria-label={t`Délier le compte de ${name}`} onPress={onUnlink}>
            <Trans>Délier le compte</Trans>
          </Button>
        )}
        {siret && (
          <Button variant="plain" aria-label={t`Retirer l’invitation de ${name}`} onPress={onWithdraw}>
            <Trans>Retirer l’invitation</Trans>
          </Button>
        )}
      </div>
    </li>
  );
}

function StateOf({ partner }: { partner: Partner }) {
  if (partner.account) {
    return (
      <Badge tone="good">
        <Trans>Compte relié</Trans>
      </Badge>
    );
  }
  return partner.siret ? (
    <Badge tone="warn">
      <Trans>Invité, pas encore venu</Trans>
    </Badge>
  ) : (
    <Badge>
      <Trans>Pas invité</Trans>
    </Badge>
  );
}
