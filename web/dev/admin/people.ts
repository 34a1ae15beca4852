import type { Account, Affiliation, Explanation, Session } from '../../src/api/types.ts';
import { addHuman, affiliate, affiliationOf, current, here, human, humans, members, refOf, serves, services, subscriptions, unitRef, units } from './world.ts';
import { ago, ahead, day, done, type Handlers, idOf, missing, ok, page, plain, refuse } from './kit.ts';
import { record } from './ledger.ts';

const shown = (member: string, id: string) => {
  const found = human(id);
  const mine = found?.affiliations.filter((a) => a.member.id === member) ?? [];
  if (!found || !mine.length) return null;
  return { person: found.person, affiliations: mine, elsewhere: new Set(found.affiliations.filter((a) => a.member.id !== member && a.phase !== 'ended').map((a) => a.member.id)).size };
};
const read = (member: string, body: any): Partial<Affiliation> => ({
  ...(body.kind !== undefined && { kind: body.kind }),
  ...(body.function !== undefined && { function: body.function }),
  ...(body.unit !== undefined && { unit: unitRef(member, body.unit) }),
  ...(body.address !== undefined && { address: body.address }),
  ...(body.phone !== undefined && { phone: body.phone }),
  ...(body.weeklyShare !== undefined && { weeklyShare: body.weeklyShare }),
  ...(body.reference !== undefined && { reference: body.reference }),
  ...(body.groups !== undefined && { groups: body.groups }),
  ...(body.from && { from: body.from }),
  ...(body.until !== undefined && { until: body.until }),
});
/** Pairs that the mock takes for doubles: neighbours in the list, until somebody says that they are two. */
const apart = new Set<string>();
const pairs = (member: string | null) => {
  const all = (member ? here(member) : humans).filter((h) => h.affiliations.some((a) => a.phase === 'current'));
  const entry = (h: (typeof all)[number]) => ({ person: h.person, affiliations: h.affiliations.filter((a) => a.phase === 'current') });
  return (['name-and-birth-date', 'similar-name', 'name'] as const)
    .flatMap((why, n) => (all[2 * n + 1] ? [{ one: entry(all[2 * n]!), other: { ...entry(all[2 * n + 1]!), person: { ...all[2 * n + 1]!.person, givenName: all[2 * n]!.person.givenName, usualName: all[2 * n]!.person.usualName } }, why }] : []))
    .filter((pair) => !apart.has(pair.one.person.id));
};
const addressTaken = (address: string | null | undefined, person?: string) =>
  address && liveAddresses().some(([a, p]) => a === address && p !== person)
    ? refuse(409, 'address.taken', `L’adresse ${address} est déjà celle d’une autre personne. Choisissez-en une autre.`, { fields: { address: 'taken' } })
    : null;
const liveAddresses = (): [string, string][] => members.flatMap((m) => current(m.id)).flatMap((a) => (a.address ? [[a.address, a.person] as [string, string]] : []));

export const sessions: Session[] = [];
export const people: Handlers = {
  'GET /api/members/:member': ({ params }) => {
    const m = members.find((x) => x.id === params.member);
    if (!m) return missing();
    const live = current(m.id);
    m.counts = {
      people: new Set(live.map((a) => a.person)).size,
      agents: live.filter((a) => a.kind === 'agent').length,
      elus: live.filter((a) => a.kind === 'elu').length,
      services: subscriptions[m.id]?.filter((s) => s.active).length ?? 0,
    };
    return ok(m);
  },
  'PATCH /api/members/:member': ({ params, body }) => {
    const m = members.find((x) => x.id === params.member);
    if (!m) return missing();
    const { colour, secondFactor, departureLimit } = m;
    Object.assign(m, body, { version: m.version + 1 });
    record('member.changed', 'Réglages changés', m.name, m.id, { colour, secondFactor, departureLimit }, body);
    return ok(m);
  },
  'GET /api/members/:member/doubles': ({ params, query }) => ok(page(pairs(params.member!), query)),
  'POST /api/members/:member/doubles/apart': ({ body }) => {
    apart.add(body.one);
    return done;
  },
  'GET /api/operator/doubles': ({ query }) => ok(page(pairs(null), query)),
  'POST /api/operator/doubles/apart': ({ body }) => {
    apart.add(body.one);
    return done;
  },
  'GET /api/members/:member/services/:service/claims': ({ params, query }) => {
    const one = current(params.member!).find((a) => a.id === query.get('capacity'));
    if (!one) return refuse(404, 'claims.capacity', 'Cette personne n’a pas cette fonction.');
    return ok({ protocol: 'openid-connect', scopes: ['openid', 'email'], missing: [], idToken: { sub: one.person }, userinfo: { sub: one.person, email: one.address, roles: ['user'] } });
  },
  'GET /api/members/:member/accounts/failing': ({ params, query }) => {
    const items = here(params.member!)
      .slice(0, 2)
      .map((h, at) => ({
        person: h.person,
        account: { id: idOf(9, at + 1), service: services[0]!.id, name: services[0]!.name, capacity: h.affiliations[0]!.id, state: 'planned', desired: 'active', since: ago(86_400_000), attempts: 3 + at, nextAttemptAt: ahead(600_000), error: at ? 'Cette adresse appartient déjà à un autre compte.' : 'Le service ne répond pas.' } as Account,
      }));
    return ok(page(items, query));
  },
  'GET /api/members/:member/people': ({ params, query }) => {
    const words = plain(query.get('q') ?? '').split(/\s+/).filter(Boolean);
    const [kind, unit, phase, service] = ['kind', 'unit', 'phase', 'service'].map((k) => query.get(k));
    const sub = subscriptions[params.member!]?.find((s) => s.service.id === service);
    const found = here(params.member!)
      .map((h) => shown(params.member!, h.person.id)!)
      .filter((p) => {
        const text = plain([p.person.givenName, p.person.usualName, p.person.birthName, ...p.affiliations.flatMap((a) => [a.function, a.address, a.reference])].join(' '));
        return (
          words.every((w) => text.includes(w)) &&
          p.affiliations.some(
            (a) =>
              (!kind || a.kind === kind) && (!phase || a.phase === phase) && (!unit || a.unit?.id === unit || (units[params.member!] ?? []).some((u) => u.id === a.unit?.id && u.parent === unit)) &&
              (!service || (a.phase === 'current' && serves(sub, a))),
          )
        );
      })
      .sort((a, b) => plain(a.person.usualName).localeCompare(plain(b.person.usualName)) || plain(a.person.givenName).localeCompare(plain(b.person.givenName)));
    return ok(page(found, query));
  },
  'GET /api/members/:member/people/:person': ({ params }) => {
    const found = shown(params.member!, params.person!);
    return found ? ok(found) : missing();
  },
  'POST /api/members/:member/people': ({ params, body }) => {
    const m = members.find((x) => x.id === params.member);
    if (!m) return missing();
    const taken = addressTaken(body.affiliation?.address);
    if (taken) return taken;
    const p = body;
    const alike = candidates(p.givenName, p.usualName, p.birthDate);
    if (!body.decision && alike.length) return refuse(409, 'person.maybe', 'Cette personne est peut-être déjà connue du territoire.', { candidates: alike });
    const h = body.decision?.decision === 'same' ? human(body.decision.person)! : addHuman(p.givenName, p.usualName, p.birthDate ?? null, p.birthName ?? null);
    affiliate(h, m, { kind: 'agent', function: '', source: 'manual', ...read(m.id, body.affiliation) } as never);
    record('affiliation.started', 'Rattachement ajouté', `${h.person.givenName} ${h.person.usualName}`, m.id, {}, body.affiliation);
    return { status: 201, body: shown(m.id, h.person.id) };
  },
  'PATCH /api/members/:member/people/:person': ({ params, body }) => {
    const h = human(params.person!);
    if (!h) return missing();
    Object.assign(h.person, body, { version: h.person.version + 1 });
    record('person.changed', 'Identité corrigée', `${h.person.givenName} ${h.person.usualName}`, params.member!, {}, body);
    return ok(shown(params.member!, h.person.id));
  },
  'POST /api/members/:member/people/:person/affiliations': ({ params, body }) => {
    const h = human(params.person!);
    const m = members.find((x) => x.id === params.member);
    if (!h || !m) return missing();
    const taken = addressTaken(body.address, h.person.id);
    if (taken) return taken;
    return { status: 201, body: affiliate(h, m, { source: 'manual', ...read(m.id, body) } as never) };
  },
  'PATCH /api/members/:member/affiliations/:id': ({ params, body }) => {
    const a = affiliationOf(params.id!);
    if (!a || a.member.id !== params.member) return missing();
    const taken = addressTaken(body.address, a.person);
    if (taken) return taken;
    Object.assign(a, read(params.member!, body), { version: a.version + 1 });
    record('affiliation.changed', 'Rattachement changé', a.function, params.member!, {}, body);
    return ok(a);
  },
  'POST /api/members/:member/people/:person/first-sign-in-link': () =>
    ok({ url: 'https://portail.entente.example/premiere-connexion?cle=Zk3vTq8mN2bYx7RwLd5pHs', expiresAt: ahead(3 * day) }),
  'GET /api/members/:member/people/:person/sessions': ({ params }) => {
    if (!sessions.length) {
      const cap = human(params.person!)?.affiliations[0];
      if (cap)
        sessions.push(
          { id: idOf(7, 1), where: 'portal', app: 'Entente', capacity: { ...cap } as never, device: 'Firefox, Windows', address: '192.0.2.14', since: ago(3 * 3_600_000), lastSeen: ago(60_000), current: false },
          { id: idOf(7, 2), where: 'app', app: 'Dématérialisation', capacity: { ...cap } as never, device: 'Firefox, Windows', address: '192.0.2.14', since: ago(2 * 3_600_000), lastSeen: ago(900_000), current: false },
        );
    }
    return ok(sessions);
  },
  'DELETE /api/members/:member/people/:person/sessions/:id': ({ params }) => {
    const at = sessions.findIndex((s) => s.id === params.id);
    if (at >= 0) sessions.splice(at, 1);
    return done;
  },
  'GET /api/members/:member/people/:person/accounts': ({ params }) => {
    const mine = human(params.person!)?.affiliations.filter((a) => a.member.id === params.member) ?? [];
    return ok(
      mine.flatMap((a) =>
        services
          .filter((s) => s.connector)
          .flatMap((s): Account[] => {
            const sub = subscriptions[params.member!]?.find((x) => x.service.id === s.id);
            const on = a.phase === 'current' && serves(sub, a);
            if (!on && a.phase !== 'ended') return [];
            const failing = s.id === 'pastell' && a.function === 'Responsable RH';
            return [{ id: `${a.id}-${s.id}`, service: s.id, name: s.name, capacity: a.id, state: on ? (failing ? 'planned' : 'active') : 'suspended', desired: on ? 'active' : 'suspended', since: a.from, attempts: failing ? 4 : 1, nextAttemptAt: failing ? ahead(240_000) : null, error: failing ? 'Le serveur ne répond pas (délai dépassé).' : null }];
          }),
      ),
    );
  },
  'GET /api/members/:member/affiliations/:id/rights': ({ params }) => {
    const a = affiliationOf(params.id!);
    if (!a || a.member.id !== params.member) return missing();
    return ok(
      services.map((s): Explanation => {
        const sub = subscriptions[params.member!]?.find((x) => x.service.id === s.id);
        const live = a.phase === 'current';
        const inside = serves(sub, a);
        const suits = s.suits.includes(a.kind);
        const given = live && !!inside && suits;
        return {
          service: s.id,
          name: s.name,
          given,
          role: given ? inside!.role : null,
          steps: [
            { ok: live, rule: 'live', text: live ? 'Le rattachement est en cours.' : 'Le rattachement n’est pas en cours.' },
            { ok: !!sub?.active, rule: 'subscription', text: sub?.active ? `${a.member.name} est abonnée à ce service.` : `${a.member.name} n’est pas abonnée à ce service.` },
            ...(sub?.active ? [{ ok: suits, rule: 'suits', text: suits ? 'Le service convient à ce type de rattachement.' : 'Le service n’est pas prévu pour ce type de rattachement.' }, { ok: !!inside, rule: 'population', text: inside ? 'L’abonnement comprend cette personne.' : 'L’abonnement ne comprend ni ce type, ni cette unité, ni ce groupe.' }] : []),
          ],
          account: given && s.connector ? { state: 'active', since: a.from, error: null } : null,
        };
      }),
    );
  },
  'GET /api/members/:member/roles': ({ params }) =>
    ok(current(params.member!).filter((a) => a.roles.length).map((a) => ({ person: human(a.person)!.person, affiliations: [a] }))),
  'PUT /api/members/:member/affiliations/:id/roles': ({ params, body }) => {
    const a = affiliationOf(params.id!);
    if (!a || a.member.id !== params.member) return missing();
    record('roles.changed', 'Rôles changés', a.function, params.member!, { roles: a.roles }, { roles: body.roles });
    a.roles = body.roles;
    return ok(a);
  },
};

/** Who may be the same human being: same name, accents and hyphens aside, or same birth date and first name. */
export function candidates(givenName: string, usualName: string, birthDate: string | null) {
  const flat = (x: string) => plain(x).replace(/[^a-z]/g, '');
  return members
    .flatMap((m) => here(m.id))
    .filter((h, i, all) => all.indexOf(h) === i)
    .flatMap((h) => {
      const sameName = flat(h.person.usualName) === flat(usualName) || (h.person.birthName !== null && flat(h.person.birthName) === flat(usualName));
      const why = [
        ...(flat(h.person.givenName) === flat(givenName) && sameName ? ['name'] : []),
        ...(birthDate && h.person.birthDate === birthDate ? ['name-and-birth-date'] : []),
      ];
      return why.includes('name') ? [{ person: h.person, birthDate: h.person.birthDate, members: [...new Set(h.affiliations.map((a) => refOf(members.find((m) => m.id === a.member.id)!).name))], why }] : [];
    })
    .slice(0, 3);
}
