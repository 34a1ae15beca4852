import { Trans, useLingui } from '@lingui/react/macro';
import { useMyself } from '../api/queries';
import { Doubles } from '../members/people/Doubles';
import { Link } from '../ui/Link';
import { PageHeader } from '../ui/PageHeader';

/** Who may be in the territory twice. */
export function DoublesOfTerritoryPage() {
  const { t } = useLingui();
  const { rights } = useMyself();
  return (
    <>
      <PageHeader
        title={t`Doublons du territoire`}
        back={
          <Link href="/operator/members">
            <Trans>Adhérents</Trans>
          </Link>
        }
        lead={t`Des fiches qui pourraient être celles d’une même personne. Chaque collectivité voit celles qui la concernent.`}
      />
      <Doubles path="/api/operator/doubles" may={rights.includes('OPERATE')} personPage={(entry) => `/directory/people/${entry.person.id}`} />
    </>
  );
}
