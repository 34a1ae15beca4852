import type { LedgerEntry } from '../../src/api/types.ts';
import { ago, type Handlers, ok, page, plain } from './kit.ts';
import { members, refOf } from './world.ts';

export const entries: LedgerEntry[] = [];
export function record(act: string, actText: string, subject: string, member: string | null, before: object, after: object, at = new Date().toISOString()): void {
  const m = members.find((x) => x.id === member);
  entries.unshift({
    id: entries.length + 1, position: entries.length + 1, subjectType: 'affiliation', subjectId: '', at, author: 'Nadia Benali', capacity: 'Adjointe au maire', address: '192.0.2.14', act, actText: `Nadia Benali : ${actText.toLowerCase()}, ${subject}`,
    member: m ? refOf(m) : null, subject, before: before as Record<string, unknown>, after: after as Record<string, unknown>,
  });
}
members.slice(0, 4).forEach((m) => {
  for (let n = 90; n > 0; n--) {
    const at = ago(n * 7_400_000);
    if (n % 3 === 0) record('affiliation.started', 'Rattachement ajouté', 'Sophie Garcia', m.id, {}, { kind: 'agent', function: 'Comptable' }, at);
    else if (n % 3 === 1) record('affiliation.changed', 'Rattachement changé', 'Karim Moreau', m.id, { function: 'Agent d’accueil' }, { function: 'Officier d’état civil' }, at);
    else record('subscription.changed', 'Abonnement changé', 'Dématérialisation', m.id, { kinds: ['elu'] }, { kinds: ['elu', 'agent'] }, at);
  }
});
function filtered(query: URLSearchParams, member?: string) {
  const words = plain(query.get('q') ?? '');
  return entries.filter(
    (e) =>
      (!member || e.member?.id === member) &&
      (!query.get('act') || e.act === query.get('act')) &&
      (!query.get('from') || e.at >= query.get('from')!) &&
      (!query.get('to') || e.at.slice(0, 10) <= query.get('to')!.slice(0, 10)) &&
      (!words || plain([e.author, e.subject, e.actText].join(' ')).includes(words)),
  );
}
const csv = (rows: LedgerEntry[]) => ({
  status: 200, type: 'text/csv', fileName: 'journal.csv', body: ['date;auteur;acte;objet', ...rows.map((e) => [e.at, e.author, e.actText, e.subject].join(';'))].join('\n'),
});
export const ledger: Handlers = {
  'GET /api/members/:member/ledger': ({ params, query }) => ok({ ...page(filtered(query, params.member), query), more: false, next: null }),
  'GET /api/members/:member/ledger.csv': ({ params, query }) => csv(filtered(query, params.member)),
  'GET /api/operator/ledger': ({ query }) => ok({ ...page(filtered(query), query), more: false, next: null }),
  'GET /api/operator/ledger.csv': ({ query }) => csv(filtered(query)),
  'POST /api/operator/ledger/verify': () => ok({ intact: true, sealed: entries.length, waiting: 0, anchors: 12, lastAnchorAt: ago(30_000_000), found: 0, findings: [], text: `Le journal est intact : ${entries.length} écritures, chacune liée à la précédente.` }),
};
