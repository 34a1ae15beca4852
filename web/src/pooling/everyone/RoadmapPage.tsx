import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Roadmap } from '../../api/pooling';
import { useGet } from '../../api/queries';
import { Badge } from '../../ui/Badge';
import { DateText } from '../../ui/DateText';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import '../pooling.css';
import { requestWords } from '../words';
import { PoolingTabs } from './PoolingTabs';

/** Drawn from the requests: what is asked, what is decided, what comes when. */
export function RoadmapPage() {
  const { t, i18n } = useLingui();
  const roadmap = useGet<Roadmap>('/api/pooling/roadmap');
  return (
    <>
      <PageHeader title={t`Feuille de route`} lead={t`Tirée des demandes des collectivités : ce qui est demandé, retenu, en construction, en service.`} />
      <PoolingTabs selected="roadmap">
        <Loaded query={roadmap}>
          {({ columns }) =>
            columns.every((column) => column.requests.length === 0) ? (
              <EmptyState title={t`Aucune demande n’a encore été proposée`} />
            ) : (
              <div className="p-columns">
                {columns
                  .filter((column) => column.requests.length > 0)
                  .map(({ state, requests }) => (
                    <section key={state} className="p-column">
                      <h2>
                        {i18n._(requestWords[state])} <span className="e-soft">({requests.length})</span>
                      </h2>
                      {requests.map((one) => (
                        <article key={one.id} className="e-card e-stack e-stack--tight">
                          <h3>
                            <Link href={`/pooling/requests/${one.id}`}>{one.title}</Link>
                          </h3>
                          <p>{one.need}</p>
                          <p className="e-soft e-small">
                            {one.memberName} · <Plural value={one.backers} one="# soutien" other="# soutiens" />
                          </p>
                          {one.expected && (
                            <p>
                              <Badge tone="info">
                                <Trans>
                                  Prévu pour le <DateText at={one.expected} />
                                </Trans>
                              </Badge>
                            </p>
                          )}
                        </article>
                      ))}
                    </section>
                  ))}
              </div>
            )
          }
        </Loaded>
      </PoolingTabs>
    </>
  );
}
