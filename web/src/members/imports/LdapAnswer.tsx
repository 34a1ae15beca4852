import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { LdapTried } from '../../api/types';
import { DataTable } from '../../ui/DataTable';
import { Message } from '../../ui/Message';
import { ldapWord } from './ldap';

/** What the directory answered: precisely what is wrong, or whom would be read. */
export function LdapAnswer({ tried }: { tried: LdapTried }) {
  const { t, i18n } = useLingui();
  if (tried.problem)
    return (
      <Message tone="bad" title={t`L’annuaire n’a pas pu être lu`}>
        {tried.problem}
      </Message>
    );
  const lacking = Object.entries(tried.lacking);
  return (
    <section className="m-section e-stack" aria-labelledby="tried">
      <div className="m-section__head">
        <h2 id="tried">
          <Trans>Ce qui serait lu</Trans>
        </h2>
      </div>
      <Message tone="good">
        <Plural value={tried.entries} one="# personne trouvée." other="# personnes trouvées." />{' '}
        {tried.disabled > 0 && <Plural value={tried.disabled} one="Dont # compte désactivé ou expiré : ce serait un départ." other="Dont # comptes désactivés ou expirés : ce seraient des départs." />} <Trans>Rien n’a été changé ni enregistré.</Trans>
      </Message>
      {lacking.length > 0 && (
        <Message tone="warn" title={t`Ce qui manque`}>
          <ul>
            {lacking.map(([field, count]) => (
              <li key={field}>
                {i18n._(ldapWord(field))} : <Plural value={count} one="absent d’une entrée" other="absent de # entrées" />
              </li>
            ))}
          </ul>
        </Message>
      )}
      {tried.people.length > 0 && (
        <div className="m-dense">
          <DataTable
            label={t`Les premières personnes, telles qu’elles seraient lues`}
            rows={tried.people}
            rowId={(row) => row.dn}
            columns={[
              { id: 'name', title: t`Personne`, rowHeader: true, cell: (row) => [row.givenName, row.usualName].filter(Boolean).join(' ') || '—' },
              { id: 'function', title: t`Fonction`, cell: (row) => row.function ?? '—' },
              { id: 'unit', title: t`Unité`, cell: (row) => row.unit ?? '—' },
              { id: 'address', title: t`Adresse`, cell: (row) => row.address ?? '—' },
              { id: 'phone', title: t`Téléphone`, narrow: true, cell: (row) => row.phone ?? '—' },
              { id: 'reference', title: t`Matricule`, narrow: true, cell: (row) => row.reference ?? '—' },
            ]}
          />
        </div>
      )}
    </section>
  );
}
