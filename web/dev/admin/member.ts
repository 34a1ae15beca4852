import type { Population, ScimClient, Subscription, UnknownUnit } from '../../src/api/types.ts';
import { current, human, members, serves, subscriptions, units } from './world.ts';
import { ago, day, done, type Handlers, idOf, missing, ok, refuse } from './kit.ts';
import { record } from './ledger.ts';

const live = (sub: Subscription, member: string) => current(member).filter((a) => serves(sub, a));
const counted = (member: string) => (subscriptions[member] ?? []).map((s) => ({ ...s, people: new Set(live(s, member).map((a) => a.person)).size }));
let made = 900;
let software: ScimClient[] = [{ id: 'client-1', name: 'Annuaire de la ville', madeAt: '2026-03-02T08:00:00Z', madeBy: 'Marc Delorme', lastUsedAt: '2026-11-25T06:12:00Z', makesUnits: false }];
let unknownUnits: UnknownUnit[] = [{ id: 'said-1', name: 'Pôle famille / Petite enfance', people: 12 }];

const spaces = [
  { id: 'space-1', kind: 'member', name: 'Vénissieux', used: 61_200_000_000, allowed: 100_000_000_000, quota: null as number | null },
  { id: 'space-2', kind: 'unit', name: 'Systèmes d’information', used: 48_900_000_000, allowed: 150_000_000_000, quota: 150_000_000_000 as number | null },
  { id: 'space-3', kind: 'mine', name: 'Nadia Benali, Adjointe au maire déléguée au numérique', used: 6_400_000_000, allowed: 10_000_000_000, quota: null as number | null },
];
let perSpace: Record<string, number | null> = { mine: null, unit: 100_000_000_000, member: null, shared: null };
let textSearch = true;
let inviteRule = { allowed: true, days: 180 };
const invited = { reason: 'Plans de la halle', role: 'edit', by: 'Nadia Benali', madeAt: '2026-11-02T08:00:00Z', endedAt: null as string | null, inForce: true };
const invitations = [
  { ...invited, id: 'i2', spaceName: 'Groupe de travail mobilités', address: 'c.roux@bureau-etudes.example', givenName: 'Camille', usualName: 'Roux', organisation: 'Bureau d’études Roux', until: '2027-02-28T23:00:00Z' },
  { ...invited, id: 'i1', spaceName: 'Groupe de travail mobilités', address: 'm.petit@asso.example', givenName: 'Malo', usualName: 'Petit', organisation: 'Association Vélo en ville', reason: 'Enquête', by: null, until: '2026-10-31T23:00:00Z', inForce: false },
];
let fileTags = [
  { id: 't2', name: 'À relire', files: 4 },
  { id: 't1', name: 'Budget', files: 37 },
];

const withheld = [
  {
    content: idOf(31, 1),
    state: 'FOUND',
    virus: 'Xls.Dropper.Agent-7417',
    scannedAt: ago(0.2 * day),
    files: [
      { node: idOf(32, 1), name: 'Facture impayée.xlsm', space: '', owner: 'Nadia Benali', putBy: 'Nadia Benali', former: false, trashed: false },
      { node: idOf(32, 2), name: 'Facture (copie).xlsm', space: 'Systèmes d’information', owner: null, putBy: 'Inès Lefèvre', former: false, trashed: true },
    ],
  },
  { content: idOf(31, 2), state: 'RELEASED', virus: 'Pdf.Heuristic-12', scannedAt: ago(4 * day), files: [{ node: idOf(32, 3), name: 'Plan de sauvegarde.pdf', space: 'Vénissieux', owner: null, putBy: null, former: true, trashed: false }] },
];

export const memberHandlers: Handlers = {
  'GET /api/members/:member/files/allowance': () =>
    ok({ used: 463_000_000_000, agreed: 500_000_000_000, own: perSpace, usual: { mine: 10_000_000_000, unit: 100_000_000_000, member: 100_000_000_000, shared: 100_000_000_000 } }),
  'PUT /api/members/:member/files/allowance': ({ body }) => {
    perSpace = { ...body };
    return done;
  },
  'GET /api/members/:member/files/spaces': ({ query }) => {
    const found = spaces.filter((one) => one.name.toLowerCase().includes((query.get('q') ?? '').toLowerCase()));
    return ok({ items: found, total: found.length, offset: 0 });
  },
  'PUT /api/members/:member/files/spaces/:id/quota': ({ params, body }) => {
    const space = spaces.find((one) => one.id === params.id);
    if (!space) return missing();
    space.quota = body.bytes;
    return done;
  },
  'GET /api/members/:member/files/invitations': () => ok({ items: invitations, total: invitations.length, offset: 0 }),
  'DELETE /api/members/:member/files/invitations/:id': ({ params }) => {
    const one = invitations.find((other) => other.id === params.id);
    if (!one) return missing();
    Object.assign(one, { endedAt: new Date().toISOString(), inForce: false });
    return done;
  },
  'GET /api/members/:member/files/invite-rule': () => ok(inviteRule),
  'PUT /api/members/:member/files/invite-rule': ({ body }) => {
    inviteRule = body;
    return done;
  },
  'GET /api/members/:member/files/tags': () => ok(fileTags),
  'PATCH /api/members/:member/files/tags/:id': ({ params, body }) => {
    const one = fileTags.find((other) => other.id === params.id);
    if (!one) return missing();
    one.name = body.name;
    return done;
  },
  'DELETE /api/members/:member/files/tags/:id': ({ params }) => {
    fileTags = fileTags.filter((other) => other.id !== params.id);
    return done;
  },
  'GET /api/members/:member/units': ({ params }) =>
    ok((units[params.member!] ?? []).map((u) => ({ ...u, people: current(params.member!).filter((a) => a.unit?.id === u.id).length }))),
  'POST /api/members/:member/units': ({ params, body }) => {
    if (!body.name?.trim()) return refuse(422, 'unit.name', 'Donnez un nom à l’unité.', { fields: { name: 'required' } });
    const unit = { id: idOf(2, made++), parent: body.parent ?? null, code: body.code || null, name: body.name, closed: false, people: 0 };
    (units[params.member!] ??= []).push(unit);
    record('unit.added', 'Unité ajoutée', unit.name, params.member!, {}, unit);
    return { status: 201, body: unit };
  },
  'PATCH /api/members/:member/units/:id': ({ params, body }) => {
    const unit = units[params.member!]?.find((u) => u.id === params.id);
    if (!unit) return missing();
    for (let at = body.parent; at; at = units[params.member!]?.find((u) => u.id === at)?.parent)
      if (at === unit.id) return refuse(409, 'unit.circle', 'Une unité ne peut pas être placée sous elle-même.');
    Object.assign(unit, body);
    record('unit.changed', 'Unité changée', unit.name, params.member!, {}, body);
    return ok(unit);
  },
  'GET /api/members/:member/quarantine': () => ok(withheld),
  'POST /api/members/:member/quarantine/:content/release': ({ params }) => {
    for (const one of withheld) if (one.content === params.content) one.state = 'RELEASED';
    return done;
  },
  'DELETE /api/members/:member/quarantine/:content': ({ params }) => {
    withheld.splice(0, withheld.length, ...withheld.filter((one) => one.content !== params.content));
    return done;
  },
  'GET /api/members/:member/text-search': () => ok({ territory: true, on: textSearch }),
  'PUT /api/members/:member/text-search': ({ body }) => {
    textSearch = (body as { on: boolean }).on;
    return ok({ territory: true, on: textSearch });
  },
  'GET /api/members/:member/scim-clients': ({ params }) => ok({ url: `https://entente.example/scim/v2/${members.find((m) => m.id === params.member)?.siren ?? ''}`, users: software.length * 214, clients: software, unknownUnits }),
  'POST /api/members/:member/scim-clients': ({ body }) => {
    const { name } = body as { name: string };
    if (software.some((one) => one.name === name)) return refuse(409, 'scim.client.taken', `Un logiciel porte déjà le nom « ${name} ».`);
    const client = { id: `client-${software.length + 1}`, name, madeAt: '2026-11-25T08:00:00Z', madeBy: 'Marc Delorme', lastUsedAt: null, makesUnits: false };
    software.push(client);
    return ok({ client, token: 'scim-q8XkZ0m4Jr1tUuV7yQe2WcN5bH9sLd3fGoPaIiKjTx0' });
  },
  'PATCH /api/members/:member/scim-clients/:id': ({ params, body }) => {
    software = software.map((one) => (one.id === params.id ? { ...one, ...(body as { makesUnits: boolean }) } : one));
    return { status: 204 };
  },
  'POST /api/members/:member/scim-clients/units/:id': ({ params }) => {
    unknownUnits = unknownUnits.filter((one) => one.id !== params.id);
    return { status: 204 };
  },
  'DELETE /api/members/:member/scim-clients/:id': ({ params }) => {
    software = software.filter((one) => one.id !== params.id);
    return { status: 204 };
  },
  'GET /api/members/:member/domains': ({ params }) => ok(members.find((m) => m.id === params.member)?.domains ?? []),
  'POST /api/members/:member/domains': ({ params, body }) => {
    if (!/^[a-z0-9.-]+\.[a-z]{2,}$/.test(body.domain)) return refuse(422, 'domain.wrong', `« ${body.domain} » n’est pas un nom de domaine. Écrivez-le sans @ ni https, par exemple mairie.fr.`, { fields: { domain: 'wrong' } });
    if (members.some((m) => m.domains.some((d) => d.domain === body.domain))) return refuse(409, 'domain.taken', 'Ce domaine est déjà déclaré. Un domaine n’appartient qu’à un adhérent.', { fields: { domain: 'taken' } });
    const domain = { domain: body.domain, token: '0c4b7d2e91f64a3f8e5d1b7a6c2f9e80', verifiedAt: null };
    members.find((m) => m.id === params.member)?.domains.push(domain);
    return { status: 201, body: domain };
  },
  'DELETE /api/members/:member/domains/:domain': ({ params }) => {
    const m = members.find((x) => x.id === params.member);
    if (m) m.domains = m.domains.filter((d) => d.domain !== params.domain);
    return done;
  },
  'POST /api/members/:member/domains/:domain/verify': ({ params }) => {
    const d = members.find((m) => m.id === params.member)?.domains.find((x) => x.domain === params.domain);
    if (!d) return missing();
    if (d.domain.includes('mediatheque')) return refuse(409, 'domain.not-found', 'L’enregistrement TXT n’est pas encore visible. Un changement de DNS peut prendre une heure : réessayez plus tard.');
    d.verifiedAt = new Date().toISOString();
    return ok(d);
  },
  'GET /api/members/:member/subscriptions': ({ params }) => ok(counted(params.member!)),
  'POST /api/members/:member/subscriptions/:service/preview': ({ params, body }) => {
    const was = subscriptions[params.member!]?.find((s) => s.service.id === params.service);
    if (!was) return missing();
    const populations = body.populations as Population[];
    const before = new Set(live(was, params.member!).map((a) => a.person));
    const after = new Set(live({ ...was, active: populations.length > 0, populations }, params.member!).map((a) => a.person));
    const gaining = [...after].filter((p) => !before.has(p));
    const losing = [...before].filter((p) => !after.has(p));
    const named = (ids: string[]) => ids.slice(0, 10).map((id) => human(id)!.person);
    return ok({ gains: gaining.length, loses: losing.length, gaining: named(gaining), losing: named(losing), alsoLost: [] });
  },
  'PUT /api/members/:member/subscriptions/:service': ({ params, body }) => {
    const sub = subscriptions[params.member!]?.find((s) => s.service.id === params.service);
    if (!sub) return missing();
    record('subscription.changed', 'Abonnement changé', sub.service.name.fr, params.member!, { populations: sub.populations }, body);
    Object.assign(sub, { populations: body.populations, active: true, since: sub.since ?? new Date().toISOString() });
    return ok(counted(params.member!).find((s) => s.service.id === params.service));
  },
  'DELETE /api/members/:member/subscriptions/:service': ({ params }) => {
    const sub = subscriptions[params.member!]?.find((s) => s.service.id === params.service);
    if (sub) Object.assign(sub, { active: false, populations: [], since: null });
    return done;
  },
};
