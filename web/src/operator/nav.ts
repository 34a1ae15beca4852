import { msg } from '@lingui/core/macro';
import { Activity, Building2, FileSignature, LayoutGrid, ListTodo, ScrollText } from 'lucide-react';
import type { NavEntry } from '../shell/nav';

/** What the side bar shows under "Territoire". */
export const operatorNav: NavEntry[] = [
  { href: '/operator/members', word: msg`Adhérents`, icon: Building2, right: 'READ_TERRITORY' },
  { href: '/operator/services', word: msg`Services`, icon: LayoutGrid, right: 'READ_TERRITORY' },
  { href: '/operator/pooling', also: /^.operator.(agreements|budget|keys|what-if|calls|bodies)/, word: msg`Mutualisation`, icon: FileSignature, right: 'READ_TERRITORY' },
  { href: '/operator/engines', also: /^.operator.office-server/, word: msg`Moteurs`, icon: Activity, right: 'READ_TERRITORY' },
  { href: '/operator/jobs', word: msg`Travaux`, icon: ListTodo, right: 'READ_TERRITORY' },
  { href: '/operator/ledger', word: msg`Journal du territoire`, icon: ScrollText, right: 'READ_TERRITORY' },
];
