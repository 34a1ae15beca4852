import type { FileComment } from '../../src/files/about.ts';
import type { Tag } from '../../src/files/api.ts';
import { fold, type Handler, ok, on } from '../kit.ts';
import { at, room, view } from './index.ts';

const nadia = { capacity: 'c1', name: 'Nadia Benali', function: 'Adjointe au maire déléguée au numérique' };
const ines = { capacity: 'c2', name: 'Inès Lefèvre', function: 'Instructrice du droit des sols' };

const said: FileComment[] = [
  { id: 'k3', text: '@Nadia Benali, la ligne 42 est à revoir :\nle montant ne correspond pas à la convention.', by: ines, madeAt: '2026-11-24T15:10:00Z', changedAt: null, mine: false, removable: true },
  { id: 'k2', text: 'Je l’envoie vendredi à la préfecture.', by: nadia, madeAt: '2026-11-24T14:02:00Z', changedAt: '2026-11-24T14:05:00Z', mine: true, removable: true },
  { id: 'k1', text: '<b>Version de travail</b>', by: { capacity: 'c9', name: null, function: null }, madeAt: '2026-11-20T09:00:00Z', changedAt: null, mine: false, removable: true },
];

const choices: Tag[] = [
  { id: 't1', name: 'Budget' },
  { id: 't2', name: 'À relire' },
  { id: 't3', name: 'Voirie' },
];

const readers = [
  { capacity: 'c2', name: 'Inès Lefèvre', detail: 'Instructrice du droit des sols, Vénissieux' },
  { capacity: 'c3', name: 'Pierre Garnier', detail: 'Directeur des systèmes d’information, Vénissieux' },
];

const invited = { reason: 'Plans de la halle', role: 'edit', by: 'Nadia Benali', madeAt: '2026-11-02T08:00:00Z', inForce: true };
const invitations: Record<string, unknown>[] = [
  { ...invited, id: 'i2', spaceName: 'Groupe de travail mobilités', address: 'c.roux@bureau-etudes.example', givenName: 'Camille', usualName: 'Roux', organisation: 'Bureau d’études Roux', until: '2027-02-28T23:00:00Z', endedAt: null },
  { ...invited, id: 'i1', spaceName: 'Groupe de travail mobilités', address: 'm.petit@asso.example', givenName: 'Malo', usualName: 'Petit', organisation: 'Association Vélo en ville', until: '2026-12-31T23:00:00Z', endedAt: '2026-11-20T10:00:00Z', inForce: false },
];

/** What is said about files, and by what they are sorted. */
export const comments = (): Handler[] => [
  at('/api/files/nodes/{node}/comments', (_, _node, { empty }) => ok({ items: empty ? [] : said, next: null })),
  at(
    '/api/files/nodes/{node}/comments',
    (of, node, { body }) => {
      const made: FileComment = { id: `k${(of.count += 1)}`, text: (body as { text: string }).text, by: nadia, madeAt: new Date().toISOString(), changedAt: null, mine: true, removable: true };
      said.unshift(made);
      node.comments += 1;
      return { status: 201, body: made };
    },
    'POST',
  ),
  on('PATCH', '/api/files/nodes/{node}/comments/{comment}', ({ params, body }) => {
    const one = said.find((other) => other.id === params['comment']);
    if (one) Object.assign(one, { text: (body as { text: string }).text, changedAt: new Date().toISOString() });
    return ok(one);
  }),
  on('DELETE', '/api/files/nodes/{node}/comments/{comment}', ({ state, params }) => {
    const index = said.findIndex((other) => other.id === params['comment']);
    if (index >= 0) said.splice(index, 1);
    const node = room(state).nodes.get(params['node'] ?? '');
    if (node) node.comments -= 1;
    return ok();
  }),
  on('GET', '/api/files/spaces/{space}/invitations', () => ok({ rule: { allowed: true, days: 180 }, items: invitations })),
  on('POST', '/api/files/spaces/{space}/invitations', ({ body }) => {
    const made = { ...invited, ...(body as object), id: `i${invitations.length + 1}`, spaceName: 'Groupe de travail mobilités', endedAt: null };
    invitations.unshift(made);
    return { status: 201, body: made };
  }),
  on('DELETE', '/api/files/spaces/{space}/invitations/{invitation}', ({ params }) => {
    const one = invitations.find((other) => other['id'] === params['invitation']);
    if (one) Object.assign(one, { endedAt: new Date().toISOString(), inForce: false });
    return ok();
  }),
  at('/api/files/nodes/{node}/readers', (_, _node, { query }) => ok(readers.filter((one) => fold(one.name).includes(fold(query.get('q') ?? ''))))),
  at('/api/files/nodes/{node}/tags/choices', () => ok(choices)),
  at(
    '/api/files/nodes/{node}/tags',
    (of, node, { body }) => {
      for (const name of (body as { names: string[] }).names) if (!choices.some((one) => one.name === name)) choices.push({ id: `t${(of.count += 1)}`, name });
      node.tags = choices.filter((one) => (body as { names: string[] }).names.includes(one.name));
      return ok(view(node).tags);
    },
    'PUT',
  ),
];
