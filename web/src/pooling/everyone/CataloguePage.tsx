import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { CatalogueEntry } from '../../api/pooling';
import { useGet, useMyself } from '../../api/queries';
import '../../members/members.css';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { ServiceIcon } from '../../ui/ServiceIcon';
import { EmptyState } from '../../ui/States';
import { useText2 } from '../../ui/text2';
import { euros } from '../money';
import '../pooling.css';
import { maturityWords } from '../words';
import { ProposeDialog } from '../requests/ProposeDialog';
import { PoolingTabs } from './PoolingTabs';
import { SheetDialog } from './SheetDialog';

/** Every service of the territory: what it is for, who runs it, where the data lives, what it costs, who uses it. */
export function CataloguePage() {
  const { t } = useLingui();
  const catalogue = useGet<CatalogueEntry[]>('/api/pooling/catalogue');
  return (
    <>
      <PageHeader title={t`Catalogue des services`} lead={t`Ce que les collectivités du territoire partagent, et à quelles conditions.`} />
      <PoolingTabs selected="catalogue">
        <Loaded query={catalogue}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState title={t`Aucun service n’est encore au catalogue`} />
            ) : (
              <div className="p-grid-cards">
                {all.map((one) => (
                  <Entry key={one.service} one={one} />
                ))}
              </div>
            )
          }
        </Loaded>
      </PoolingTabs>
    </>
  );
}

function Entry({ one }: { one: CatalogueEntry }) {
  const { t, i18n } = useLingui();
  const { rights } = useMyself();
  const [asking, setAsking] = useState<'service' | 'sheet' | null>(null);
  const text = useText2();
  const { sheet } = one;
  return (
    <article className="e-card e-stack e-stack--tight">
      <div className="e-row e-row--apart">
        <h2 className="e-row">
          <ServiceIcon name={one.icon} size={22} />
          {text(one.name)}
        </h2>
        {one.mine && (
          <Badge tone="good">
            <Trans>Chez vous</Trans>
          </Badge>
        )}
      </div>
      <p>{sheet ? text(sheet.purpose) : text(one.summary)}</p>
      <dl className="e-facts">
        {one.operator && (
          <>
            <dt>
              <Trans>Exploité par</Trans>
            </dt>
            <dd>{one.operator}</dd>
          </>
        )}
        {sheet && (
          <>
            <dt>
              <Trans>Maturité</Trans>
            </dt>
            <dd>{i18n._(maturityWords[sheet.maturity])}</dd>
            <dt>
              <Trans>Données</Trans>
            </dt>
            <dd>{sheet.dataLocation}</dd>
            <dt>
              <Trans>Licence</Trans>
            </dt>
            <dd>{sheet.licence}</dd>
            <dt>
              <Trans>Il faut</Trans>
            </dt>
            <dd>{text(sheet.prerequisites)}</dd>
          </>
        )}
        {one.yearCost !== null && (
          <>
            <dt>
              <Trans>Coût de l’année</Trans>
            </dt>
            <dd>{euros(one.yearCost)}</dd>
          </>
        )}
      </dl>
      <details className="m-more">
        <summary>
          <Plural value={one.members.length} _0="Personne ne l’utilise encore" one="# collectivité l’utilise" other="# collectivités l’utilisent" />
        </summary>
        <div>{one.members.map((member) => member.name).join(', ')}</div>
      </details>
      <div className="m-acts">
        {!one.mine && (
          <Button aria-label={t`Demander ${text(one.name)}`} onPress={() => setAsking('service')}>
            <Trans>Demander</Trans>
          </Button>
        )}
        {rights.includes('OPERATE') && (
          <Button variant="plain" aria-label={t`Modifier la fiche de ${text(one.name)}`} onPress={() => setAsking('sheet')}>
            <Trans>Modifier la fiche</Trans>
          </Button>
        )}
      </div>
      {asking === 'sheet' && <SheetDialog one={one} onClose={() => setAsking(null)} />}
      {asking === 'service' && <ProposeDialog service={{ id: one.service, name: text(one.name) }} onClose={() => setAsking(null)} />}
    </article>
  );
}
