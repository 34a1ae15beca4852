import type { Departure, DepartureAct, DeparturePreview } from '../../src/api/types.ts';
import { affiliationOf, current, human, members, serves, services, subscriptions, unitRef } from './world.ts';
import { ago, ahead, day, done, type Handlers, idOf, missing, ok, page, refuse } from './kit.ts';
import { record } from './ledger.ts';

const departures: (Departure & { startedAt?: number })[] = [];
const systems: [string, string, number][] = [
  ['portal', 'Sessions du portail', 40], ['keycloak', 'Connexion et applications reliées', 260], ['app-passwords', 'Mots de passe d’application', 90],
  ['mail', 'Messagerie', 420], ['files', 'Fichiers', 610], ['pastell', 'Dématérialisation', 900],
];
/** What applications were told, once sign-in is cut. */
function told(d: Departure): Departure['apps'] {
  const cut = d.acts.find((act) => act.system === 'keycloak');
  const failing = d.reason.includes('panne');
  if (!cut || cut.state === 'waiting') return [];
  const by = (means: string, state: Departure['apps'][number]['means'][number]['state'], detail: string, attempts = 1) => [
    { means, state, at: state === 'failed' ? null : cut.at, detail, attempts, nextAttemptAt: state === 'failed' ? ahead(45_000) : null },
  ];
  return [
    { service: 'files', label: 'Fichiers', means: by('ours', 'done', 'Service d’Entente : le droit y est vérifié à chaque requête, plus aucune ne passe', 0) },
    { service: 'chat', label: 'Messagerie instantanée', means: by('oidc_back_channel', 'done', 'OpenID Connect, de serveur à serveur – prévenue, elle a confirmé') },
    failing
      ? { service: 'paie', label: 'Paie', means: by('saml_soap', 'failed', 'SAML, de serveur à serveur (SOAP) – pas encore confirmé (pas de réponse à temps), nouvel essai prévu', 3) }
      : { service: 'paie', label: 'Paie', means: by('saml_soap', 'done', 'SAML, de serveur à serveur (SOAP) – prévenue, elle a confirmé') },
    { service: 'cadastre', label: 'Cadastre', means: by('link', 'unsure', 'Simple lien : ce site ne connaît pas Entente, rien ne peut y être fermé d’ici', 0) },
  ];
}
/** Each act is done when its time has come: what the screen shows while it looks on. */
function look(d: (typeof departures)[number]): Departure {
  if (d.state === 'scheduled' && d.at <= new Date().toISOString()) Object.assign(d, { state: 'cutting', startedAt: Date.parse(d.at) });
  if (d.state === 'cutting') {
    const start = d.startedAt ?? Date.parse(d.at);
    d.acts = systems.map(([system, label, ms]): DepartureAct => {
      const slow = ms * 4;
      const fails = system === 'pastell' && d.reason.includes('panne');
      const isDone = Date.now() > start + slow;
      return {
        system, label, state: isDone ? (fails ? 'failed' : 'done') : 'waiting', at: isDone && !fails ? new Date(start + ms).toISOString() : null,
        detail: isDone ? (fails ? 'Le serveur ne répond pas (délai dépassé).' : system === 'portal' ? '1 session fermée' : system === 'app-passwords' ? '2 mots de passe révoqués' : 'Compte suspendu') : '',
        attempts: isDone ? (fails ? 3 : 1) : 0, nextAttemptAt: isDone && fails ? ahead(45_000) : null,
      };
    });
    if (d.acts.every((a) => a.state === 'done')) Object.assign(d, { state: 'complete', completedAt: new Date(start + 900).toISOString(), certificate: true, undoUntil: new Date(start + 30 * day).toISOString() });
  }
  d.apps = told(d);
  const { startedAt: _, ...seen } = d;
  return seen;
}
const given = (id: string) => {
  const a = affiliationOf(id)!;
  return services.filter((s) => {
    const sub = subscriptions[a.member.id]?.find((x) => x.service.id === s.id);
    return serves(sub, a);
  });
};
const find = (member: string, id: string) => departures.find((d) => d.id === id && d.affiliation.member.id === member);
function begin(affiliation: string, at: string, reason: string, by: string, cause = 'admin'): (typeof departures)[number] {
  const a = affiliationOf(affiliation)!;
  const now = at <= new Date().toISOString();
  const d: (typeof departures)[number] = {
    id: idOf(8, departures.length + 1), affiliation: a, person: human(a.person)!.person, state: now ? 'cutting' : 'scheduled', at, askedBy: by, askedAt: new Date(Math.min(Date.now(), Date.parse(at))).toISOString(), reason, cause,
    successor: null, undoUntil: null, completedAt: null, certificate: false, apps: [], startedAt: Date.parse(at),
    acts: systems.map(([system, label]) => ({ system, label, state: 'waiting', at: null, detail: '', attempts: 0, nextAttemptAt: null })),
  };
  a.until = at;
  if (now) a.phase = 'ended';
  departures.unshift(d);
  return d;
}
const first = current(members[0]!.id).filter((a) => a.kind === 'agent' && !a.roles.length);
first.slice(30, 38).forEach((a, n) => begin(a.id, ago((n * 9 + 2) * day), ['Mutation', 'Fin de contrat', 'Retraite'][n % 3]!, n % 2 ? 'Import SIRH' : 'Léa Perrin', n % 2 ? 'import' : 'admin'));
first.slice(40, 43).forEach((a, n) => begin(a.id, ahead((n * 6 + 2) * day), 'Fin de contrat', 'Léa Perrin'));
begin(first[50]!.id, ago(60_000), 'Retraite (panne du serveur)', 'Léa Perrin');

export const departureHandlers: Handlers = {
  'GET /api/members/:member/affiliations/:id/departure-preview': ({ params, query }) => {
    const a = affiliationOf(params.id!);
    if (!a || a.member.id !== params.member) return missing();
    const h = human(a.person)!;
    const preview: DeparturePreview = {
      at: query.get('at') ?? new Date().toISOString(), person: h.person, member: a.member, services: given(a.id).map(({ id, name }) => ({ id, name })), sessions: 1, appPasswords: 2,
      remaining: h.affiliations.filter((x) => x.id !== a.id && x.phase === 'current') as never,
      warnings: a.roles.includes('member_admin') ? [`${h.person.givenName} ${h.person.usualName} administre ${a.member.name}. Vérifiez qu’une autre personne peut le faire.`] : [],
    };
    return ok(preview);
  },
  'POST /api/members/:member/affiliations/:id/departure': ({ params, body }) => {
    const a = affiliationOf(params.id!);
    if (!a || a.member.id !== params.member) return missing();
    if (!body.reason?.trim()) return refuse(422, 'departure.reason', 'Dites pourquoi ce rattachement se termine.', { fields: { reason: 'required' } });
    const d = begin(a.id, body.at ?? new Date().toISOString(), body.reason, 'Nadia Benali');
    d.successor = body.successor?.person ? { person: human(body.successor.person)!.person } : body.successor?.unit ? { unit: unitRef(params.member!, body.successor.unit)! } : null;
    record('departure.asked', 'Fin de rattachement demandée', `${d.person.givenName} ${d.person.usualName}`, params.member!, {}, { at: d.at, reason: d.reason });
    return { status: 201, body: look(d) };
  },
  'GET /api/members/:member/departures': ({ params, query }) =>
    ok(page(departures.filter((d) => d.affiliation.member.id === params.member).map(look).filter((d) => !query.get('state') || d.state === query.get('state')).sort((x, y) => y.at.localeCompare(x.at)), query)),
  'GET /api/members/:member/departures/:id': ({ params }) => {
    const d = find(params.member!, params.id!);
    return d ? ok(look(d)) : missing();
  },
  'POST /api/members/:member/departures/:id/undo': ({ params }) => {
    const d = find(params.member!, params.id!);
    if (!d) return missing();
    Object.assign(d, { state: 'undone', undoUntil: null });
    Object.assign(d.affiliation, { phase: 'current', until: null });
    return ok(look(d));
  },
  'DELETE /api/members/:member/departures/:id': ({ params }) => {
    const d = find(params.member!, params.id!);
    if (!d) return missing();
    d.state = 'cancelled';
    d.affiliation.until = null;
    return done;
  },
  'GET /api/members/:member/departures/:id/certificate.pdf': () => ({ status: 200, type: 'application/pdf', fileName: 'certificat.pdf', body: '%PDF-1.4\n%%EOF\n' }),
};
