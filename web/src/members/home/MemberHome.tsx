import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { AtSign, CalendarClock, CalendarX2, CircleCheck, FileUp, FileWarning, type LucideIcon, ShieldAlert, TriangleAlert, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { address } from '../../api/client';
import { useGet } from '../../api/queries';
import type { Departure, DirectoryEntry, FailingAccount, Import, MemberDetail, Page } from '../../api/types';
import { DateText } from '../../ui/DateText';
import { formatDate, formatNumber, formatSiren, fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { StateChip } from '../../ui/StateChip';
import { memberKindWord } from '../../ui/words';
import { useHere, useMay, useMember } from '../common';
import { holdersOf } from '../roles/RolesPage';
import '../members.css';
import './home.css';

/** Where a delegated admin starts: what is here in numbers, and what waits for a hand. */
export function MemberHome() {
  const member = useMember();
  return <Loaded query={member}>{(found) => <Home member={found} />}</Loaded>;
}

function Home({ member }: { member: MemberDetail }) {
  const { t } = useLingui();
  const { page } = useHere();
  const may = useMay();
  const { counts } = member;
  return (
    <>
      <PageHeader
        title={member.name}
        lead={<Who member={member} />}
        action={
          may.people && (
            <Link variant="primary" icon={UserPlus} href={`${page}/people/new`}>
              <Trans>Ajouter une personne</Trans>
            </Link>
          )
        }
      />
      <div className="m-figures">
        <Figure href={`${page}/people`} number={counts.people} word={t`personnes`} />
        <Figure href={`${page}/people?kind=agent`} number={counts.agents} word={t`agents`} />
        <Figure href={`${page}/people?kind=elu`} number={counts.elus} word={t`élus`} />
        <Figure href={`${page}/services`} number={counts.services} word={t`services`} />
      </div>
      <div className="m-home">
        <Attention member={member} />
        <Coming />
      </div>
    </>
  );
}

function Who({ member }: { member: MemberDetail }) {
  const { i18n } = useLingui();
  return (
    <>
      {i18n._(memberKindWord(member.kind))}
      {member.population !== null && (
        <>
          {', '}
          <Trans>{formatNumber(member.population)} habitants</Trans>
          {member.populationSource && (
            <span className="e-small">
              {' '}
              ({member.populationSource}
              {member.populationDate && `, ${formatDate(member.populationDate)}`})
            </span>
          )}
        </>
      )}
      {' · '}
      {member.siren ? <Trans>SIREN {formatSiren(member.siren)}</Trans> : <Trans>SIREN non connu</Trans>}
      {member.insee && (
        <>
          {' · '}
          <Trans>INSEE {member.insee}</Trans>
        </>
      )}
      {member.status !== 'active' && (
        <>
          {' '}
          <StateChip state={member.status} />
        </>
      )}
    </>
  );
}

function Figure({ href, number, word }: { href: string; number: number; word: string }) {
  return (
    <Link variant="bare" href={href} className="m-figure">
      <span className="m-figure__number">{formatNumber(number)}</span>
      <span className="m-figure__word">{word}</span>
    </Link>
  );
}

/** Only what somebody here can act on. */
function Attention({ member }: { member: MemberDetail }) {
  const { page, api } = useHere();
  const imports = useGet<Import[]>(`${api}/imports`);
  const cutting = useGet<Page<Departure>>(address(`${api}/departures`, { state: 'cutting', limit: 50 }));
  const roles = useGet<DirectoryEntry[]>(`${api}/roles`);
  const accounts = useGet<Page<FailingAccount>>(address(`${api}/accounts/failing`, { limit: 1 }));
  const stuck = accounts.data?.total ?? 0;
  const waiting = imports.data?.filter((one) => one.state === 'analysed') ?? [];
  const failing = cutting.data?.items.filter((one) => one.acts.some((act) => act.state === 'failed')) ?? [];
  const unproved = member.domains.filter((one) => !one.verifiedAt);
  const admins = (roles.data && holdersOf(roles.data))?.filter((one) => one.affiliation.roles.includes('member_admin')).length ?? 2;
  const nothing = stuck + waiting.length + failing.length + unproved.length === 0 && admins >= 2 && member.counts.people > 0;
  return (
    <section aria-labelledby="attention">
      <h2 id="attention" className="m-home__title">
        <Trans>À faire</Trans>
      </h2>
      <ul className="m-list">
        {member.counts.people === 0 && (
          <Todo icon={FileUp} href={`${page}/imports`} go={<Trans>Importer un fichier</Trans>}>
            <Trans>Personne n’est encore rattaché ici. Le plus simple est d’importer le fichier de votre logiciel RH.</Trans>
          </Todo>
        )}
        {failing.map((one) => (
          <Todo key={one.id} icon={CalendarX2} tone="bad" href={`${page}/departures/${one.id}`} go={<Trans>Voir le départ</Trans>}>
            <Trans>
              <strong>Départ de {fullName(one.person)} :</strong> un système ne répond pas encore. Il est réessayé tout seul.
            </Trans>
          </Todo>
        ))}
        {stuck > 0 && (
          <Todo icon={TriangleAlert} tone="bad" href={`${page}/people/failing`} go={<Trans>Voir</Trans>}>
            <Plural value={stuck} one="# compte n’est pas pris par son service." other="# comptes ne sont pas pris par leur service." />
          </Todo>
        )}
        {waiting.map((one) => (
          <Todo key={one.id} icon={FileWarning} tone="warn" href={`${page}/imports/${one.id}`} go={<Trans>Relire</Trans>}>
            <Trans>
              <strong>{one.fileName}</strong> attend d’être relu
            </Trans>
            {one.counts.undecided > 0 && (
              <>
                {' : '}
                <Plural value={one.counts.undecided} one="# doute à trancher" other="# doutes à trancher" />
              </>
            )}
            .
          </Todo>
        ))}
        {admins < 2 && member.counts.people > 0 && (
          <Todo icon={ShieldAlert} tone="warn" href={`${page}/roles`} go={<Trans>Donner un rôle</Trans>}>
            <Trans>Moins de deux personnes administrent la collectivité. Si l’une s’absente, personne ne peut la remplacer.</Trans>
          </Todo>
        )}
        {unproved.map((one) => (
          <Todo key={one.domain} icon={AtSign} href={`${page}/settings`} go={<Trans>Vérifier</Trans>}>
            <Trans>
              Le domaine <strong>{one.domain}</strong> n’est pas encore vérifié.
            </Trans>
          </Todo>
        ))}
        {nothing && (
          <li className="m-line">
            <CircleCheck size={20} aria-hidden="true" className="m-good" />
            <span className="m-line__main">
              <Trans>Rien n’attend : tout est à jour.</Trans>
            </span>
          </li>
        )}
      </ul>
    </section>
  );
}

function Todo({ icon: Icon, tone, href, go, children }: { icon: LucideIcon; tone?: 'bad' | 'warn'; href: string; go: ReactNode; children: ReactNode }) {
  return (
    <li className="m-line">
      <Icon size={20} aria-hidden="true" className={tone ? `m-${tone}` : 'e-soft'} />
      <span className="m-line__main">{children}</span>
      <Link href={href}>{go}</Link>
    </li>
  );
}

/** Departures already decided: nobody should be surprised by one. */
function Coming() {
  const { page, api } = useHere();
  const coming = useGet<Page<Departure>>(address(`${api}/departures`, { state: 'scheduled', limit: 8 }));
  return (
    <section aria-labelledby="coming">
      <h2 id="coming" className="m-home__title">
        <Trans>Départs programmés</Trans>
      </h2>
      <Loaded query={coming}>
        {(found) =>
          found.total === 0 ? (
            <p className="e-soft">
              <Trans>Aucun départ n’est programmé.</Trans>
            </p>
          ) : (
            <ul className="m-list">
              {[...found.items]
                .sort((a, b) => a.at.localeCompare(b.at))
                .map((one) => (
                  <li key={one.id} className="m-line">
                    <CalendarClock size={20} aria-hidden="true" className="e-soft" />
                    <span className="m-line__main">
                      <Link href={`${page}/departures/${one.id}`}>{fullName(one.person)}</Link>, {one.affiliation.function}
                    </span>
                    <span className="e-soft">
                      <DateText at={one.at} style="datetime" />
                    </span>
                  </li>
                ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
