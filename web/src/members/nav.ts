import { msg } from '@lingui/core/macro';
import { Activity, Building2, Calculator, CalendarX2, FileSignature, FileUp, HardDrive, LayoutGrid, Network, ScrollText, Settings, ShieldCheck, Users } from 'lucide-react';
import type { NavEntry } from '../shell/nav';

/** What the side bar shows under "Administrer" for one member. */
export function memberNav(member: string): NavEntry[] {
  const at = `/members/${member}`;
  return [
    { href: at, word: msg`Vue d’ensemble`, icon: Building2, right: 'READ_MEMBER', exact: true },
    { href: `${at}/people`, word: msg`Personnes`, icon: Users, right: 'READ_MEMBER' },
    { href: `${at}/departures`, word: msg`Départs`, icon: CalendarX2, right: 'READ_MEMBER' },
    { href: `${at}/imports`, word: msg`Imports`, icon: FileUp, right: 'READ_MEMBER' },
    { href: `${at}/units`, word: msg`Unités`, icon: Network, right: 'READ_MEMBER' },
    { href: `${at}/services`, word: msg`Abonnements`, icon: LayoutGrid, right: 'READ_MEMBER' },
    { href: `${at}/contributions`, word: msg`Contributions`, icon: Calculator, right: 'READ_MEMBER' },
    { href: `${at}/agreements`, word: msg`Conventions`, icon: FileSignature, right: 'READ_MEMBER' },
    { href: `${at}/usage`, word: msg`Usages`, icon: Activity, right: 'READ_MEMBER' },
    { href: `${at}/files`, word: msg`Place des fichiers`, icon: HardDrive, right: 'READ_MEMBER' },
    { href: `${at}/roles`, word: msg`Rôles`, icon: ShieldCheck, right: 'READ_MEMBER' },
    { href: `${at}/ledger`, word: msg`Journal`, icon: ScrollText, right: 'READ_MEMBER' },
    { href: `${at}/settings`, word: msg`Réglages`, icon: Settings, right: 'READ_MEMBER' },
  ];
}
