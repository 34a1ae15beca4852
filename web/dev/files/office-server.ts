import { type Handler, on, ok, problem, type State } from '../kit.ts';
import { world, type World } from './world.ts';

/** A page that behaves as an office server's does, as far as its frame sees it: it is given a token by a form, and speaks by messages. */
export const officePage = '/api/mock/office';

const room = (state: State): World => (state.rooms['files'] ??= world()) as World;

const page = (token: string) => `<!doctype html><html lang="fr"><title>Bureau</title>
<style>body{font:16px sans-serif;margin:0;background:#fff;color:#111}.bar{padding:8px 16px;background:#264a7a;color:#fff}[role=group]{max-width:40rem;margin:24px auto;padding:0 16px}</style>
<div class="bar">Bureau d’essai <button id="close">Fermer le document</button></div>
<div role="group" aria-label="Document"><h1>Discours des vœux</h1><p contenteditable="true">Mesdames, Messieurs,</p><p id="token">${token ? 'Jeton reçu' : 'Aucun jeton'}</p><p id="heard"></p></div>
<script>
const say = (id, values) => parent.postMessage(JSON.stringify({ MessageId: id, SendTime: Date.now(), Values: values ?? {} }), '*');
addEventListener('message', (event) => { document.getElementById('heard').textContent = JSON.parse(event.data).MessageId; });
document.getElementById('close').onclick = () => say('UI_Close');
say('App_LoadingStatus', { Status: 'Frame_Ready' });
</script></html>`;

export const officeServer: Handler[] = [
  on('GET', '/api/office-server', ({ empty }) => ok(empty ? { name: null, edits: [], views: [] } : { name: 'Collabora', edits: ['docx', 'odt', 'xlsx'], views: ['sxw'] })),
  on('POST', '/api/office-server/files/{node}', ({ state, params, headers }) => {
    const node = room(state).nodes.get(params['node'] ?? '');
    if (!node) return problem(404, 'file.unknown', 'Ce fichier ou ce dossier n’existe pas, ou il n’est pas à vous.');
    const origin = `http://${String(headers['host'])}`;
    return ok({ server: 'Collabora', name: node.name, folder: node.parent, writes: node.role !== 'read', action: `${origin}${officePage}?WOPISrc=x`, origin, token: 'essai', ttl: Date.now() + 36_000_000 });
  }),
  on('POST', officePage, ({ raw }) => ({ body: page(new URLSearchParams(raw.toString('utf8')).get('access_token') ?? ''), headers: { 'Content-Type': 'text/html; charset=utf-8' } })),
];
