import { Trans, useLingui } from '@lingui/react/macro';
import { Check, ChevronRight, X } from 'lucide-react';
import { useGet } from '../../api/queries';
import type { Explanation, MemberPerson } from '../../api/types';
import { Badge } from '../../ui/Badge';
import { fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { StateChip } from '../../ui/StateChip';
import { EmptyState } from '../../ui/States';
import { useHere, useParam } from '../common';
import { text } from '../words';
import '../members.css';
import './rights.css';

/** Every service, had or not, and the steps that decide it: nobody has to guess why. */
export function RightsPage() {
  const { t } = useLingui();
  const { page, api } = useHere();
  const person = useParam('person');
  const affiliation = useParam('affiliation');
  const found = useGet<MemberPerson>(`${api}/people/${person}`);
  const rights = useGet<Explanation[]>(`${api}/affiliations/${affiliation}/rights`);
  const one = found.data?.affiliations.find((a) => a.id === affiliation);
  return (
    <>
      <PageHeader
        title={t`Droits expliqués`}
        back={<Link href={`${page}/people/${person}`}>{found.data ? fullName(found.data.person) : '…'}</Link>}
        lead={one && <Trans>Au titre de : {one.function}. Ouvrez une ligne pour savoir pourquoi le service est donné, ou non.</Trans>}
      />
      <Loaded query={rights}>
        {(all) => {
          const given = all.filter((x) => x.given);
          const not = all.filter((x) => !x.given);
          return all.length === 0 ? (
            <EmptyState title={t`Le catalogue est vide`}>
              <Trans>L’opérateur n’a encore publié aucun service.</Trans>
            </EmptyState>
          ) : (
            <div className="m-rights">
              <Group title={t`Services donnés`} all={given} none={t`Aucun service n’est donné par ce rattachement.`} />
              <Group title={t`Services non donnés`} all={not} none={t`Tous les services sont donnés.`} />
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

function Group({ title, all, none }: { title: string; all: Explanation[]; none: string }) {
  const { t, i18n } = useLingui();
  return (
    <section>
      <h2 className="m-rights__title">
        {title} <span className="e-soft">{all.length}</span>
      </h2>
      {all.length === 0 ? (
        <p className="e-soft">{none}</p>
      ) : (
        <div className="m-list">
          {all.map((one) => (
            <details key={one.service} className="m-right">
              <summary>
                <ChevronRight size={18} aria-hidden="true" className="m-right__open" />
                <strong className="m-line__main">{text(one.name, i18n.locale)}</strong>
                {one.role && one.role !== 'user' && <Badge>{one.role}</Badge>}
                {one.given ? one.account ? <StateChip state={one.account.state} /> : <Badge tone="good">{t`Donné`}</Badge> : <Badge>{t`Non donné`}</Badge>}
              </summary>
              <ol className="m-steps">
                {one.steps.map((step, at) => (
                  <li key={at} data-ok={step.ok}>
                    {step.ok ? <Check size={18} aria-hidden="true" /> : <X size={18} aria-hidden="true" />}
                    <span>
                      <span className="e-hidden">{step.ok ? t`Oui :` : t`Non :`}</span> {step.text}
                    </span>
                  </li>
                ))}
                {one.account?.error && (
                  <li data-ok={false}>
                    <X size={18} aria-hidden="true" />
                    <span>
                      <Trans>Le compte n’est pas encore à jour : {one.account.error} Un nouvel essai est prévu.</Trans>
                    </span>
                  </li>
                )}
              </ol>
            </details>
          ))}
        </div>
      )}
    </section>
  );
}
