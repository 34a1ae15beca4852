import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { Trans } from '@lingui/react/macro';
import { BookUser, Building2, House, Landmark, Users } from 'lucide-react';
import type { Home, Me } from '../api/types';
import { memberNav } from '../members/nav';
import { operatorNav } from '../operator/nav';
import { Link } from '../ui/Link';
import { ServiceIcon } from '../ui/ServiceIcon';
import { useText2 } from '../ui/text2';
import { isHere, type NavEntry } from './nav';

const mainNav: NavEntry[] = [
  { href: '/', word: msg`Accueil`, icon: House, exact: true },
  { href: '/directory', word: msg`Annuaire`, icon: BookUser },
  { href: '/pooling', word: msg`Mutualisation`, icon: Users },
];

/** Who was invited to a space sees that space, and nobody's directory. */
const placesOf = (me: Me): NavEntry[] => (me.invited ? mainNav.filter((entry) => entry.exact) : mainNav);

/** Where administration begins, for those who have any. */
export function adminNav(me: Me, path = ''): { entries: NavEntry[]; below: NavEntry[][] } {
  const member = me.acting?.member;
  const entries: NavEntry[] = [];
  const below: NavEntry[][] = [];
  if (member && me.rights.includes('READ_MEMBER')) {
    entries.push({ href: `/members/${member.id}`, word: msg`Administrer`, icon: Building2 });
    below.push(memberNav(member.id).filter((entry) => !entry.right || me.rights.includes(entry.right)));
  }
  if (me.rights.includes('READ_TERRITORY') || me.rights.includes('OPERATE')) {
    entries.push({ href: '/operator', word: msg`Territoire`, icon: Landmark });
    below.push(operatorNav.filter((entry) => !entry.right || me.rights.includes(entry.right)));
    // Who runs the territory may help any member: its rooms are then in the menu as well.
    const helped = /^\/members\/([^/]+)/.exec(path)?.[1];
    if (helped && helped !== member?.id) {
      entries.push({ href: `/members/${helped}`, word: msg`Cet adhérent`, icon: Building2 });
      below.push(memberNav(helped));
    }
  }
  return { entries, below };
}

export interface SideBarProps {
  me: Me;
  home?: Home;
  path: string;
}

export function SideBar({ me, home, path }: SideBarProps) {
  const text = useText2();
  const admin = adminNav(me, path);
  // At work in an administration its rooms come first; the services wait below.
  const administering = admin.entries.some((entry) => isHere(entry, path));
  const tiles = home?.categories.flatMap((category) => category.tiles) ?? [];
  const services = tiles.length > 0 && (
    <section>
      <h2 className="e-side__title">
        <Trans>Services</Trans>
      </h2>
      <ul>
        {tiles.map((tile) => (
          <li key={tile.service}>
            <a className="e-side__link" href={tile.url} target={tile.external ? '_blank' : undefined} rel={tile.external ? 'noreferrer' : undefined}>
              <ServiceIcon name={tile.icon} size={20} />
              <span>{text(tile.name)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
  const administration = admin.entries.length > 0 && (
    <section>
      <h2 className="e-side__title">
        <Trans>Administration</Trans>
      </h2>
      {admin.entries.map((entry, index) => {
        const inside = isHere(entry, path);
        return (
          <div key={entry.href}>
            <Entries entries={[entry]} path={path} parent />
            {inside && <Entries entries={admin.below[index] ?? []} path={path} nested />}
          </div>
        );
      })}
    </section>
  );
  return (
    <>
      <Entries entries={placesOf(me)} path={path} />
      {administering ? administration : services}
      {administering ? services : administration}
    </>
  );
}

function Entries({ entries, path, nested, parent }: { entries: NavEntry[]; path: string; nested?: boolean; parent?: boolean }) {
  const { _ } = useLingui();
  if (entries.length === 0) return null;
  return (
    <ul className={nested ? 'e-side__nested' : undefined}>
      {entries.map((entry) => {
        const Icon = entry.icon;
        const here = parent ? path === entry.href : isHere(entry, path);
        return (
          <li key={entry.href}>
            <Link variant="bare" href={entry.href} className="e-side__link" aria-current={here ? 'page' : undefined}>
              <Icon size={20} aria-hidden="true" />
              <span>{_(entry.word)}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
