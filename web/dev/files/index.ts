import { type Answer, type Call, fold, get, type Handler, ok, on, problem, type State } from '../kit.ts';
import type { Access, LinkBound } from '../../src/files/api.ts';
import { comments } from './comments.ts';
import { marks } from './marks.ts';
import { type Held, world, type World } from './world.ts';

/** Files of the demo: enough to try every screen, and one folder of fifty thousand. */

export const room = (state: State): World => (state.rooms['files'] ??= world()) as World;
const gone = problem(404, 'file.unknown', 'Ce fichier ou ce dossier n’existe pas, ou il n’est pas à vous.');

export const view = ({ bytes: _bytes, versions: _versions, thrown: _thrown, count: _count, ...node }: Held) => node;

function inFolder(of: World, folder: string): Held[] {
  return [...of.nodes.values()].filter((one) => one.parent === folder && !one.thrown).sort(byName);
}

const byName = (a: Held, b: Held) => Number(b.folder) - Number(a.folder) || fold(a.name).localeCompare(fold(b.name));

function trailOf(of: World, node: Held): Held[] {
  const parent = node.parent ? of.nodes.get(node.parent) : undefined;
  return parent ? [...trailOf(of, parent), node] : [node];
}

/** A change shows in the folder and in all above it. */
function touch(of: World, node: Held | undefined): void {
  for (let one = node; one; one = one.parent ? of.nodes.get(one.parent) : undefined) one.etag = String((of.count += 1));
}

export const at = (path: string, does: (of: World, node: Held, call: Call) => Answer, method: Handler['method'] = 'GET') =>
  on(method, path, (call) => {
    const of = room(call.state);
    const node = of.nodes.get(call.params['node'] ?? '');
    return node ? does(of, node, call) : gone;
  });

function freeName(of: World, folder: string, name: string): string {
  const taken = new Set(inFolder(of, folder).map((one) => one.name));
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${stem} (${number})${ending}`;
  return free;
}

/** Puts bytes under a name, as the platform does with each answer to a conflict. */
function write(of: World, folder: string, name: string, mediaType: string, bytes: Buffer, conflict: string): Answer {
  const there = inFolder(of, folder).find((one) => one.name === name);
  if (there && conflict === 'refuse') return exists(there);
  const parent = of.nodes.get(folder);
  if (!parent) return gone;
  if (there && conflict === 'replace') {
    there.versions.unshift({ id: `v${(of.count += 1)}`, size: there.size, mediaType: there.mediaType, modifiedAt: there.modifiedAt, madeAt: there.changedAt, by: there.changedBy.name ?? '' });
    Object.assign(there, { bytes, size: bytes.length, changedAt: new Date().toISOString() });
    touch(of, there);
    return { status: 201, body: view(there) };
  }
  const made = of.add(parent, { name: freeName(of, folder, name), size: bytes.length, mediaType: mediaType || null, bytes });
  touch(of, parent);
  return { status: 201, body: view(made) };
}

function exists(there: Held): Answer {
  const { id, name, folder, size, modifiedAt } = there;
  const said = problem(409, 'file.exists', `« ${name} » existe déjà ici : choisissez un autre nom, ou remplacez-le.`);
  return { ...said, body: { ...(said.body as object), existing: { id, name, folder, size, modifiedAt } } };
}

function bring(copy: boolean): Handler['answer'] {
  return ({ state, body }) => {
    const of = room(state);
    const asked = body as { nodes: string[]; to: string; conflict: string };
    const to = of.nodes.get(asked.to);
    if (!to) return gone;
    const done: object[] = [];
    const failed: object[] = [];
    for (const id of asked.nodes) {
      const node = of.nodes.get(id);
      if (!node) continue;
      const there = inFolder(of, to.id).find((one) => one.name === node.name && one !== node);
      if (there && asked.conflict === 'refuse') {
        failed.push({ node: id, name: node.name, code: 'file.exists', detail: `« ${node.name} » existe déjà ici.` });
        continue;
      }
      if (there && asked.conflict === 'replace') there.thrown = { at: new Date().toISOString(), by: 'Nadia Benali' };
      touch(of, node.parent ? of.nodes.get(node.parent) : undefined);
      const name = freeName(of, to.id, node.name);
      if (copy) done.push(view(of.add(to, { ...node, name })));
      else {
        Object.assign(node, { parent: to.id, space: to.space, name });
        done.push(view(node));
      }
      touch(of, to);
    }
    return ok({ done, failed });
  };
}

interface Upload {
  folder: string;
  name: string;
  type: string;
  size: number;
  parts: Buffer[];
}

const received = (upload: Upload) => upload.parts.reduce((sum, part) => sum + part.length, 0);
const tus = { 'Tus-Resumable': '1.0.0', 'Cache-Control': 'no-store' };

function uploadOf(call: Call): Upload | undefined {
  return room(call.state).uploads.get(call.params['upload'] ?? '') as Upload | undefined;
}

const noUpload = problem(404, 'file.upload-unknown', 'Cet envoi n’existe plus : recommencez-le.');

export const files: Handler[] = [
  ...marks(),
  ...comments(),
  get('/api/files/spaces', ({ state, empty }) => ok(empty ? [] : room(state).spaces)),
  get('/api/files/shared', ({ state, empty }) => ok(empty ? [] : [...room(state).nodes.values()].filter((one) => one.parent === 'elsewhere').map(view))),
  get('/api/files/search', ({ state, query, empty }) => {
    const words = fold(query.get('q') ?? '').split(/\s+/);
    const tag = query.get('tag');
    const all = [...room(state).nodes.values()].filter((one) => one.name && !one.thrown && (!tag || one.tags.some((of) => of.id === tag)));
    const named = all.filter((one) => words.every((word) => fold(one.name).includes(word)));
    const saying = all.filter((one) => !named.includes(one) && one.bytes && words.every((word) => fold(one.bytes?.toString('utf8') ?? '').includes(word)));
    const items = [...named.map((one) => ({ node: view(one), by: 'NAME' })), ...saying.map((one) => ({ node: view(one), by: 'TEXT' }))];
    const after = Number(query.get('after') || 0);
    const end = after + Number(query.get('limit') ?? 100);
    return ok({ items: empty ? [] : items.slice(after, end), next: end < items.length ? String(end) : null, texts: 'SEARCHED' });
  }),
  at('/api/files/nodes/{node}/preview', (_, node) => ok({ state: node.bytes ? 'MADE' : 'OFF' })),
  at('/api/files/nodes/{node}/preview.pdf', (_, node) => ({ headers: { 'Content-Type': 'application/pdf' }, body: node.bytes ?? Buffer.alloc(0) })),
  at('/api/files/nodes/{node}/text', (_, node) => ok(node.mediaType?.startsWith('image/') ? { state: 'NOTHING' } : { state: 'READ' })),
  at('/api/files/nodes/{node}', (of, node) => ok({ node: view(node), trail: trailOf(of, node).map(view), space: of.spaces.find((one) => one.id === node.space) ?? null })),
  at('/api/files/nodes/{node}/children', (of, node, { query, empty }) => {
    const after = Number(query.get('after') || 0);
    const limit = Number(query.get('limit') ?? 100);
    if (empty) return ok({ items: [], next: null });
    const items = node.count ? of.many(node, after, limit) : inFolder(of, node.id).slice(after, after + limit).map(view);
    const total = node.count || inFolder(of, node.id).length;
    return ok({ items, next: after + limit < total ? String(after + limit) : null });
  }),
  at(
    '/api/files/nodes/{node}/folders',
    (of, node, { body }) => {
      const { name, reuse } = body as { name: string; reuse: boolean };
      const there = inFolder(of, node.id).find((one) => one.name === name);
      if (there) return reuse && there.folder ? { status: 201, body: view(there) } : exists(there);
      const made = of.add(node, { name, folder: true });
      touch(of, node);
      return { status: 201, body: view(made) };
    },
    'POST',
  ),
  at(
    '/api/files/nodes/{node}',
    (of, node, { body }) => {
      const { name } = body as { name: string };
      const there = inFolder(of, node.parent ?? '').find((one) => one.name === name);
      if (there) return exists(there);
      node.name = name;
      touch(of, node);
      return ok(view(node));
    },
    'PATCH',
  ),
  on('POST', '/api/files/move', bring(false)),
  on('POST', '/api/files/copy', bring(true)),
  on('POST', '/api/files/trash', ({ state, body }) => {
    const of = room(state);
    for (const id of (body as { nodes: string[] }).nodes) {
      const node = of.nodes.get(id);
      if (node) node.thrown = { at: new Date().toISOString(), by: 'Nadia Benali' };
      touch(of, node);
    }
    return ok();
  }),
  get('/api/files/spaces/{space}/bin', ({ state, params, empty }) => {
    const of = room(state);
    const items = [...of.nodes.values()]
      .filter((one) => one.space === params['space'] && one.thrown)
      .map((node) => ({ node: view(node), at: node.thrown?.at, by: node.thrown?.by, from: trailOf(of, node).slice(1, -1).map((one) => one.name) }));
    return ok({ items: empty ? [] : items, next: null });
  }),
  on('POST', '/api/files/bin/restore', ({ state, body }) => {
    const of = room(state);
    const done = (body as { nodes: string[] }).nodes.flatMap((id) => of.nodes.get(id) ?? []);
    for (const node of done) {
      node.thrown = null;
      touch(of, node);
    }
    return ok({ done: done.map(view), failed: [] });
  }),
  on('POST', '/api/files/bin/erase', ({ state, body }) => {
    for (const id of (body as { nodes: string[] }).nodes) room(state).nodes.delete(id);
    return ok();
  }),
  on('DELETE', '/api/files/spaces/{space}/bin', ({ state, params }) => {
    const { nodes } = room(state);
    for (const [id, node] of nodes) if (node.space === params['space'] && node.thrown) nodes.delete(id);
    return ok();
  }),
  at('/api/files/nodes/{node}/versions', (_, node, { empty }) => ok(empty ? [] : node.versions)),
  at(
    '/api/files/nodes/{node}/versions/{version}/restore',
    (of, node, { params }) => {
      const version = node.versions.find((one) => one.id === params['version']);
      if (!version) return problem(404, 'file.version', 'Cette version n’existe plus.');
      const now = { ...version, id: `v${(of.count += 1)}`, size: node.size };
      node.versions = [now, ...node.versions.filter((one) => one !== version)];
      node.size = version.size;
      touch(of, node);
      return ok(view(node));
    },
    'POST',
  ),
  at('/api/files/nodes/{node}/access', (of, node) => ok([...of.access.values()].filter((one) => trailOf(of, node).some((above) => above.id === one.at || one.ofTheSpace)))),
  at(
    '/api/files/nodes/{node}/shares',
    (of, node, { body, state }) => {
      const { to, role, until } = body as { to: Access['to']; role: Access['role']; until: string | null };
      const share = `s${(of.count += 1)}`;
      const person = state.demo.people.find((one) => one.affiliations.some((affiliation) => affiliation.id === to.id));
      const name = person ? `${person.person.givenName} ${person.person.usualName}` : (to.group ?? '');
      of.access.set(share, { share, to, name, detail: person?.affiliations[0]?.function ?? '', role, at: node.id, atName: node.name, ofTheSpace: false, by: 'Nadia Benali', until, inForce: true });
      return ok();
    },
    'PUT',
  ),
  on('DELETE', '/api/files/nodes/{node}/shares/{share}', ({ state, params }) => {
    room(state).access.delete(params['share'] ?? '');
    return ok();
  }),
  at('/api/files/nodes/{node}/links', (of, node) => ok([...of.links.values()].filter((one) => one.node === node.id))),
  at(
    '/api/files/nodes/{node}/links',
    (of, node, { body }) => {
      const { upload, password, until, downloads, bound } = body as { upload: boolean; password: string | null; until: string | null; downloads: number | null; bound: LinkBound | null };
      if (password !== null && password.length < 8) return problem(422, 'file.link.password', 'Choisissez un mot de passe de 8 à 200 caractères.');
      const id = `l${(of.count += 1)}`;
      const link = { id, node: node.id, upload, password: password !== null, until, downloads, used: 0, bound, filesPut: 0, bytesPut: 0, by: 'Nadia Benali', madeAt: new Date().toISOString(), inForce: true };
      of.links.set(id, link);
      return ok({ link, path: `/l/${'x7'.repeat(21)}a` });
    },
    'POST',
  ),
  on('POST', '/api/files/nodes/{node}/links/{link}/take-over', ({ state, params }) => {
    const link = room(state).links.get(params['link'] ?? '');
    if (link) link.inForce = true;
    return ok();
  }),
  on('DELETE', '/api/files/nodes/{node}/links/{link}', ({ state, params }) => {
    room(state).links.delete(params['link'] ?? '');
    return ok();
  }),
  at('/api/files/nodes/{node}/content', (_, node) => ({ headers: { 'Content-Type': node.mediaType ?? 'application/octet-stream', 'X-Content-Type-Options': 'nosniff' }, body: node.bytes ?? Buffer.alloc(0) })),
  at('/api/files/nodes/{node}/files', (of, node, { query, raw, headers }) => write(of, node.id, query.get('name') ?? '', String(headers['content-type'] ?? ''), raw, query.get('conflict') ?? 'refuse'), 'PUT'),
  on('POST', '/api/files/uploads', ({ state, headers }) => {
    const of = room(state);
    const said = Object.fromEntries(
      String(headers['upload-metadata'])
        .split(',')
        .map((pair) => pair.split(' '))
        .map(([key, value]) => [key, Buffer.from(value ?? '', 'base64').toString('utf8')]),
    ) as Record<string, string>;
    const id = `u${(of.count += 1)}`;
    of.uploads.set(id, { folder: said['folder'] ?? '', name: said['filename'] ?? '', type: said['filetype'] ?? '', size: Number(headers['upload-length']), parts: [] } satisfies Upload);
    return { status: 201, headers: { ...tus, Location: `/api/files/uploads/${id}` }, body: '' };
  }),
  on('HEAD', '/api/files/uploads/{upload}', (call) => {
    const upload = uploadOf(call);
    return upload ? { headers: { ...tus, 'Upload-Offset': String(received(upload)), 'Upload-Length': String(upload.size) }, body: '' } : noUpload;
  }),
  on('PATCH', '/api/files/uploads/{upload}', (call) => {
    const upload = uploadOf(call);
    if (!upload) return noUpload;
    if (Number(call.headers['upload-offset']) !== received(upload)) return problem(409, 'file.upload-offset', 'Cet envoi en est ailleurs : il reprend où il en est.');
    // `cut=N`: the line breaks after N parts, to try what a broken line does.
    if (call.state.rooms['files-broken']) {
      call.state.rooms['files-broken'] = false;
      return problem(503, 'unavailable', '');
    }
    upload.parts.push(call.raw);
    return { status: 204, headers: { ...tus, 'Upload-Offset': String(received(upload)) } };
  }),
  on('DELETE', '/api/files/uploads/{upload}', ({ state, params }) => {
    room(state).uploads.delete(params['upload'] ?? '');
    return { status: 204, headers: tus };
  }),
  on('POST', '/api/files/uploads/{upload}/finish', (call) => {
    const upload = uploadOf(call);
    if (!upload) return noUpload;
    const answer = write(room(call.state), upload.folder, upload.name, upload.type, Buffer.concat(upload.parts), (call.body as { conflict: string }).conflict);
    return { ...answer, status: answer.status === 201 ? 200 : answer.status };
  }),
  on('POST', '/api/mock/files/break', ({ state }) => {
    state.rooms['files-broken'] = true;
    return ok();
  }),
];
