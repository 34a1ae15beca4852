import type { Done } from '../../src/files/about.ts';
import { get, type Handler, ok } from '../kit.ts';
import { at, room, view } from './index.ts';

const ines = { capacity: 'c2', name: 'Inès Lefèvre', function: 'Instructrice du droit des sols' };
const nadia = { capacity: 'c1', name: 'Nadia Benali', function: 'Adjointe au maire déléguée au numérique' };
const gone = { capacity: 'c9', name: null, function: null };

function done(number: number, more: Partial<Done>): Done {
  return { id: `a${number}`, what: 'changed', name: 'Ordre du jour.txt', former: null, to: null, by: nadia, at: new Date(Date.UTC(2026, 10, 24, 15, 60 - number * 7)).toISOString(), here: false, ...more };
}

const told: Done[] = [
  done(1, { by: ines }),
  done(2, { what: 'shared', here: true, name: 'Conseil municipal', to: { kind: 'CAPACITY', name: 'Inès Lefèvre', detail: 'Instructrice du droit des sols, Vénissieux' } }),
  done(3, { what: 'unshared', here: true, name: 'Conseil municipal', to: { kind: 'EVERYONE', name: '', detail: '' } }),
  done(4, { what: 'renamed', former: 'Odj.txt' }),
  done(5, { what: 'put', by: { ...ines, byLink: true }, name: 'Pièce jointe.pdf' }),
  done(6, { what: 'left', name: 'Brouillon.docx' }),
  done(7, { what: 'binned', name: 'Vieux plan.pdf', by: gone }),
  done(8, { what: 'linked', here: true, name: 'Conseil municipal' }),
  done(9, { what: 'made', here: true, name: 'Conseil municipal' }),
];

/** Favourites, what was used last, what was done. */
export const marks = (): Handler[] => [
  get('/api/files/favourites', ({ state, empty }) => ok(empty ? [] : [...room(state).nodes.values()].filter((one) => one.favourite && !one.thrown).map(view))),
  get('/api/files/recent', ({ state, empty }) =>
    ok(
      empty
        ? []
        : [...room(state).nodes.values()]
            .filter((one) => one.name && !one.folder && !one.thrown)
            .slice(0, 6)
            .map((one, index) => ({ node: view(one), at: one.changedAt, what: (['opened', 'changed', 'put'] as const)[index % 3] })),
    ),
  ),
  at(
    '/api/files/nodes/{node}/favourite',
    (_, node) => {
      node.favourite = true;
      return ok();
    },
    'PUT',
  ),
  at(
    '/api/files/nodes/{node}/favourite',
    (_, node) => {
      node.favourite = false;
      return ok();
    },
    'DELETE',
  ),
  at('/api/files/nodes/{node}/opened', () => ok(), 'PUT'),
  at('/api/files/nodes/{node}/activity', (_, _node, { empty, query }) => ok(empty ? { items: [], next: null } : query.get('after') ? { items: told.slice(5), next: null } : { items: told.slice(0, 5), next: 'a5' })),
];
