import { Trans, useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import type { Matrix } from '../../api/pooling';
import { useGet } from '../../api/queries';
import { formatDate } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { useText2 } from '../../ui/text2';
import '../pooling.css';
import { PoolingTabs } from './PoolingTabs';

/** What we share and what we do not: every member and every service on one page. */
export function MatrixPage() {
  const { t } = useLingui();
  const text = useText2();
  const matrix = useGet<Matrix>('/api/pooling/matrix');
  const title = t`Ce que nous partageons, et ce que nous ne partageons pas`;
  return (
    <>
      <PageHeader title={title} lead={t`Chaque collectivité, chaque service : depuis quand, et sous quelle convention.`} />
      <PoolingTabs selected="matrix">
        <Loaded query={matrix}>
          {({ services, members, cells }) => {
            const cellOf = new Map(cells.map((cell) => [`${cell.member} ${cell.service}`, cell]));
            return services.length === 0 || members.length === 0 ? (
              <EmptyState title={t`Rien n’est encore partagé`} />
            ) : (
              // Wider than a phone: the table moves within its box, the page does not.
              <div className="p-matrix-box" tabIndex={0} role="region" aria-label={title}>
                <table className="p-matrix">
                  <thead>
                    <tr>
                      <th scope="col">
                        <Trans>Collectivité</Trans>
                      </th>
                      {services.map((service) => (
                        <th key={service.service} scope="col">
                          {text(service.name)}
                          {service.operatedBy && (
                            <div className="e-soft e-small">
                              <Trans>exploité par {service.operatedBy}</Trans>
                            </div>
                          )}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {members.map((member) => (
                      <tr key={member.member}>
                        <th scope="row">{member.name}</th>
                        {services.map((service) => {
                          const cell = cellOf.get(`${member.member} ${service.service}`);
                          return (
                            <td key={service.service}>
                              {cell ? (
                                <>
                                  <span className="p-since">
                                    <Check size={18} aria-hidden="true" />
                                    {formatDate(cell.since.slice(0, 10), 'short')}
                                  </span>
                                  <div className="e-soft e-small">{cell.agreement ?? <Trans>hors convention</Trans>}</div>
                                </>
                              ) : (
                                <span className="e-soft">
                                  <Trans>non</Trans>
                                </span>
                              )}
                            </td>
                          );
                        })}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            );
          }}
        </Loaded>
      </PoolingTabs>
    </>
  );
}
