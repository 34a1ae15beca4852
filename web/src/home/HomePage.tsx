import { Trans, useLingui } from '@lingui/react/macro';
import { ArrowUpRight, LayoutGrid } from 'lucide-react';
import { useHome, useMyself } from '../api/queries';
import type { Home, Tile } from '../api/types';
import { actAs } from '../shell/session';
import { Button } from '../ui/Button';
import { CapacityChip } from '../ui/CapacityChip';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { ServiceIcon } from '../ui/ServiceIcon';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { useText2 } from '../ui/text2';
import { toast } from '../ui/Toasts';
import { problemText } from '../api/problem';
import './HomePage.css';

/** What one may use in this capacity, and what the others would open. */
export function HomePage() {
  const { t } = useLingui();
  const me = useMyself();
  const home = useHome();
  const name = me.person.givenName;
  return (
    <>
      <PageHeader title={t`Bonjour ${name}`} />
      <Loaded query={home} skeleton={<Skeleton kind="tiles" lines={6} />}>
        {(found) => (
          <div className="e-home">
            {found.categories.length === 0 && (
              <EmptyState icon={LayoutGrid} title={t`Aucun service ne vous est ouvert à ce titre`}>
                <Trans>L’administrateur de votre collectivité choisit les services ouverts à chacun. Vos autres rattachements peuvent en ouvrir d’autres.</Trans>
              </EmptyState>
            )}
            {found.categories.map((category) => (
              <Category key={category.id} category={category} />
            ))}
            {found.elsewhere.length > 0 && <Elsewhere elsewhere={found.elsewhere} />}
          </div>
        )}
      </Loaded>
    </>
  );
}

function Category({ category }: { category: Home['categories'][number] }) {
  const text = useText2();
  return (
    <section aria-labelledby={`category-${category.id}`}>
      <h2 id={`category-${category.id}`} className="e-home__title">
        {text(category.name)}
      </h2>
      <ul className="e-tiles">
        {category.tiles.map((tile) => (
          <li key={tile.service}>
            <TileLink tile={tile} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function TileLink({ tile }: { tile: Tile }) {
  const { t } = useLingui();
  const text = useText2();
  return (
    <a className="e-tile" href={tile.url} target={tile.external ? '_blank' : undefined} rel={tile.external ? 'noreferrer' : undefined}>
      <span className="e-tile__icon">
        <ServiceIcon name={tile.icon} />
      </span>
      <span className="e-tile__text">
        <span className="e-tile__name">
          {text(tile.name)}
          {tile.external && (
            <>
              <ArrowUpRight size={16} aria-hidden="true" className="e-soft" />
              <span className="e-hidden">{t`(nouvel onglet)`}</span>
            </>
          )}
        </span>
        <span className="e-tile__summary">{text(tile.summary)}</span>
      </span>
    </a>
  );
}

function Elsewhere({ elsewhere }: { elsewhere: Home['elsewhere'] }) {
  const { t } = useLingui();
  const text = useText2();
  const change = (entry: Home['elsewhere'][number]) => actAs(entry.capacity).catch((error: unknown) => toast(problemText(error), { tone: 'bad' }));
  return (
    <section aria-labelledby="elsewhere">
      <h2 id="elsewhere" className="e-home__title">
        <Trans>Au titre de vos autres rattachements</Trans>
      </h2>
      <ul className="e-elsewhere">
        {elsewhere.map((entry) => (
          <li key={`${entry.service} ${entry.capacity.id}`}>
            <span className="e-elsewhere__name">{text(entry.name)}</span>
            <CapacityChip capacity={entry.capacity} />
            <Button variant="plain" aria-label={t`Changer de titre : ${entry.capacity.function}, ${entry.capacity.member.name}`} onPress={() => void change(entry)}>
              <Trans>Changer de titre</Trans>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
