import { Trans, useLingui } from '@lingui/react/macro';
import { useGet } from '../../api/queries';
import type { IdentitySources, RefusedSignIn } from '../../api/types';
import { DateText } from '../../ui/DateText';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { useHere, useMay } from '../common';
import { Doubles } from './Doubles';
import '../members.css';

/** Who may be here twice, and whom the member's own provider takes for somebody else. */
export function DoublesPage() {
  const { t } = useLingui();
  const { member, page, api } = useHere();
  const may = useMay();
  return (
    <>
      <PageHeader
        title={t`Doublons et conflits`}
        back={
          <Link href={`${page}/people`}>
            <Trans>Personnes</Trans>
          </Link>
        }
        lead={t`Des fiches qui pourraient être celles d’une même personne, dont une au moins est d’ici.`}
      />
      <div className="e-stack">
        <Doubles path={`${api}/doubles`} may={may.people} personPage={(entry) => (entry.affiliations.some((one) => one.member.id === member) ? `${page}/people/${entry.person.id}` : `/directory/people/${entry.person.id}`)} />
        {may.member && <Conflicts api={api} />}
      </div>
    </>
  );
}

function Conflicts({ api }: { api: string }) {
  const sources = useGet<IdentitySources>(`${api}/identity-sources`);
  return (
    <section className="m-section" aria-labelledby="conflicts">
      <h2 id="conflicts">
        <Trans>Adresses en conflit</Trans>
      </h2>
      <p className="e-soft">
        <Trans>Votre fournisseur d’identité a donné une adresse qui est à quelqu’un d’autre, à plusieurs, ou d’un domaine qui ne lui est pas confié : la connexion a été refusée et rien n’a été relié. Corrigez l’adresse chez le fournisseur, ou dans la fiche.</Trans>
      </p>
      <Loaded query={sources}>{(known) => <>{known.sources.filter((one) => one.described).map((one) => <OfSource key={one.id} label={one.label} path={`${api}/identity-sources/${one.id}/refusals`} />)}</>}</Loaded>
    </section>
  );
}

function OfSource({ label, path }: { label: string; path: string }) {
  const refused = useGet<RefusedSignIn[]>(path);
  return (
    <Loaded query={refused}>
      {(all) => {
        const conflicts = all.filter((one) => one.conflict);
        return (
          <>
            <h3>{label}</h3>
            {conflicts.length === 0 ? (
              <p className="e-soft">
                <Trans>Aucun conflit ces 30 derniers jours.</Trans>
              </p>
            ) : (
              <ul className="m-list">
                {conflicts.map((one) => (
                  <li key={`${one.at} ${one.address}`} className="m-line">
                    <div className="m-line__main">
                      <strong className="m-any">{one.address ?? <Trans>sans adresse</Trans>}</strong>
                      <p className="e-soft">
                        <DateText at={one.at} style="datetime" /> · {one.text}
                      </p>
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
