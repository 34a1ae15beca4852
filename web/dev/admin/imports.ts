import type { Import, ImportRow } from '../../src/api/types.ts';
import { ago, day, done, type Handlers, idOf, missing, ok, page, plain, refuse } from './kit.ts';
import { affiliate, addHuman, current, human, members } from './world.ts';
import { candidates } from './people.ts';

interface Kept { member: string; import: Import; rows: ImportRow[]; lines: string[][]; started: number }
const imports: Kept[] = [];
const known: [string, RegExp][] = [
  ['reference', /^(matricule|id|reference|numero)/], ['givenName', /^prenom/], ['usualName', /^nom( d.?usage)?$/], ['birthName', /naissance$(?<!date.*)/], ['birthDate', /date.*naissance/],
  ['function', /^(fonction|poste|emploi)/], ['unit', /^(service|unite|direction)/], ['kind', /^(type|statut)/], ['address', /(mail|courriel|adresse)/], ['from', /(debut|entree|arrivee)/], ['until', /(fin|sortie|depart)/], ['phone', /^tel/], ['weeklyShare', /(quotite|temps)/], ['groups', /^groupe/],
];
const required = ['reference', 'givenName', 'usualName', 'function'];

function analyse(kept: Kept): void {
  const { import: im, lines } = kept;
  im.missingColumns = required.filter((c) => !im.columns[c]);
  const at = (row: string[], field: string) => (im.columns[field] ? (row[im.headers.indexOf(im.columns[field]!)] ?? '').trim() : '');
  const here = current(kept.member).filter((a) => a.reference);
  const seen = new Set<string>();
  kept.rows = im.missingColumns.length
    ? []
    : lines.map((row, n): ImportRow => {
        const base = { line: n + 2, name: `${at(row, 'givenName')} ${at(row, 'usualName')}`.trim(), reference: at(row, 'reference') || null, message: null as string | null, changes: [] as ImportRow['changes'], candidates: [] as ImportRow['candidates'], decision: null };
        if (!base.reference) return { ...base, what: 'error', message: 'Le matricule manque : sans lui, la ligne ne peut pas être suivie d’un fichier à l’autre.' };
        if (!at(row, 'usualName')) return { ...base, what: 'error', message: 'Le nom manque.' };
        if (/^\d{2}\/\d{2}\/\d{4}$/.test(at(row, 'birthDate')) && Number(at(row, 'birthDate').slice(3, 5)) > 12) return { ...base, what: 'error', message: `« ${at(row, 'birthDate')} » n’est pas une date : écrivez jj/mm/aaaa.` };
        if (seen.has(base.reference)) return { ...base, what: 'error', message: `Le matricule ${base.reference} est déjà dans ce fichier.` };
        seen.add(base.reference);
        const was = here.find((a) => a.reference === base.reference);
        if (was) {
          const changes = at(row, 'function') && at(row, 'function') !== was.function ? [{ field: 'function', before: was.function, after: at(row, 'function') }] : [];
          return { ...base, what: changes.length ? 'change' : 'unchanged', changes };
        }
        const alike = candidates(at(row, 'givenName'), at(row, 'usualName'), null);
        return { ...base, what: alike.length ? 'doubt' : 'arrival', candidates: alike, changes: [{ field: 'function', before: null, after: at(row, 'function') }, { field: 'unit', before: null, after: at(row, 'unit') || null }] };
      });
  if (!im.missingColumns.length)
    for (const a of here.filter((x) => !seen.has(x.reference!)))
      kept.rows.push({ line: 0, what: 'departure', name: `${human(a.person)!.person.givenName} ${human(a.person)!.person.usualName}`, reference: a.reference, message: null, changes: [{ field: 'function', before: a.function, after: null }], candidates: [], decision: null });
  count(kept);
}
function count(kept: Kept): void {
  const n = (what: ImportRow['what']) => kept.rows.filter((r) => r.what === what).length;
  const m = members.find((x) => x.id === kept.member)!;
  kept.import.counts = { lines: kept.lines.length, arrivals: n('arrival'), changes: n('change'), departures: n('departure'), unchanged: n('unchanged'), doubts: n('doubt'), undecided: kept.rows.filter((r) => r.what === 'doubt' && !r.decision).length, errors: n('error') };
  const base = Math.max(1, current(kept.member).filter((a) => a.reference).length);
  kept.import.departuresPercent = Math.round((kept.import.counts.departures * 1000) / base) / 10;
  kept.import.departureLimit = m.departureLimit;
  kept.import.mustConfirmDepartures = kept.import.departuresPercent > m.departureLimit;
}
function look(kept: Kept): Import {
  const im = kept.import;
  const gone = Date.now() - kept.started;
  if (im.state === 'analysing') {
    im.progress = Math.min(100, Math.round(gone / 15));
    if (im.progress === 100) { analyse(kept); im.state = 'analysed'; }
  }
  if (im.state === 'applying') {
    im.progress = Math.min(100, Math.round(gone / 40));
    if (im.progress === 100) {
      im.state = 'applied';
      const m = members.find((x) => x.id === kept.member)!;
      for (const r of kept.rows) {
        const [g = '', ...u] = r.name.split(' ');
        if (r.what === 'arrival' || (r.what === 'doubt' && r.decision?.decision !== 'skip')) {
          const who = r.decision?.decision === 'same' ? human(r.decision.person!)! : addHuman(g, u.join(' '), null);
          affiliate(who, m, { kind: 'agent', function: r.changes[0]?.after ?? '', reference: r.reference, from: ago(1000) });
        }
        const was = current(m.id).find((a) => a.reference === r.reference);
        if (was && r.what === 'change') was.function = r.changes[0]!.after!;
        if (was && r.what === 'departure') Object.assign(was, { phase: 'ended', until: new Date().toISOString() });
      }
    }
  }
  return im;
}
export function seed(member: string, fileName: string, text: string, at = new Date().toISOString()): Kept {
  const separator = [';', '\t', ','].sort((a, b) => text.split('\n')[0]!.split(b).length - text.split('\n')[0]!.split(a).length)[0]!;
  const [headers = [], ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/).filter((l) => l.trim()).map((l) => l.split(separator).map((c) => c.replace(/^"|"$/g, '')));
  const columns = Object.fromEntries(known.map(([field, like]) => [field, headers.find((h) => like.test(plain(h))) ?? null]));
  const kept: Kept = {
    member, rows: [], lines, started: Date.now(),
    import: { id: idOf(9, imports.length + 1), source: 'hr', fileName, state: 'analysing', progress: 0, error: null, at, by: 'Nadia Benali', encoding: text.includes('\uFFFD') ? 'Windows-1252' : 'UTF-8', separator, headers, columns, missingColumns: [], counts: { lines: lines.length, arrivals: 0, changes: 0, departures: 0, unchanged: 0, doubts: 0, undecided: 0, errors: 0 }, departuresPercent: 0, departureLimit: 10, mustConfirmDepartures: false },
  };
  imports.unshift(kept);
  return kept;
}
const here = members[0]!.id;
const file = current(here).filter((a) => a.reference).map((a, n) => [a.reference, human(a.person)!.person.givenName, human(a.person)!.person.usualName, n % 37 === 4 ? 'Chef d’équipe' : a.function, a.unit?.name ?? ''].join(';'));
const old = seed(here, 'agents-octobre.csv', ['matricule;prénom;nom;fonction;service', ...file].join('\n'), ago(34 * day));
analyse(old);
Object.assign(old.import, { state: 'applied', progress: 100 });
const fresh = seed(here, 'agents-novembre.csv', ['Matricule;Prénom;Nom;Date de naissance;Fonction;Service', ...file.slice(9).map((l) => { const c = l.split(';'); return [c[0], c[1], c[2], '', c[3], c[4]].join(';'); }), 'N1;Ludivine;Castaing;04/03/1991;Jardinier;Espaces verts', 'N2;Nadia;Bénali;;Agent d’accueil;Accueil', 'N3;Karim;Moreau;;ATSEM;Vie scolaire', 'N4;Solène;Abgrall;12/06/1988;Comptable;Finances', ';Tom;Sansmatricule;;Cuisinier;Restauration', 'N6;Ana;Ruiz;04/31/1990;Cuisinier;Restauration'].join('\n'), ago(1_200_000));
analyse(fresh);
Object.assign(fresh.import, { state: 'analysed', progress: 100 });

const find = (member: string, id: string) => imports.find((k) => k.import.id === id && k.member === member);
export const importHandlers: Handlers = {
  'POST /api/members/:member/imports': ({ params, file: sent }) => {
    if (!sent?.text.trim()) return refuse(422, 'import.empty', 'Ce fichier est vide. Rien n’a été lu ni changé.');
    if (/\0/.test(sent.text) || sent.text.startsWith('PK')) return refuse(422, 'import.not-csv', 'Ce fichier n’est pas un CSV : enregistrez votre tableau au format « CSV (séparateur : point-virgule) », puis recommencez.');
    return { status: 201, body: look(seed(params.member!, sent.name, sent.text)) };
  },
  'GET /api/members/:member/imports': ({ params }) => ok(imports.filter((k) => k.member === params.member).map(look)),
  'GET /api/members/:member/imports/:id': ({ params }) => {
    const k = find(params.member!, params.id!);
    return k ? ok(look(k)) : missing();
  },
  'GET /api/members/:member/imports/:id/rows': ({ params, query }) => {
    const k = find(params.member!, params.id!);
    return k ? ok(page(k.rows.filter((r) => !query.get('what') || r.what === query.get('what')), query)) : missing();
  },
  'PUT /api/members/:member/imports/:id/mapping': ({ params, body }) => {
    const k = find(params.member!, params.id!);
    if (!k) return missing();
    Object.assign(k.import, { columns: body.columns, state: 'analysing', progress: 0 });
    k.started = Date.now();
    return ok(look(k));
  },
  'PUT /api/members/:member/imports/:id/decisions': ({ params, body }) => {
    const k = find(params.member!, params.id!);
    const row = k?.rows.find((r) => r.line === body.line);
    if (!k || !row) return missing();
    row.decision = { decision: body.decision, person: body.person };
    count(k);
    return ok(look(k));
  },
  'POST /api/members/:member/imports/:id/apply': ({ params, body }) => {
    const k = find(params.member!, params.id!);
    if (!k) return missing();
    if (k.import.counts.errors) return refuse(409, 'import.errors', `${k.import.counts.errors} lignes sont en erreur.`);
    if (k.import.counts.undecided) return refuse(409, 'import.undecided', `${k.import.counts.undecided} doutes restent à trancher.`);
    if (k.import.mustConfirmDepartures && body?.confirmDepartures !== k.import.counts.departures) return refuse(409, 'import.too-many-departures', `Ce fichier mettrait fin à ${k.import.counts.departures} rattachements. Confirmez ce nombre.`);
    Object.assign(k.import, { state: 'applying', progress: 0 });
    k.started = Date.now();
    return { status: 202, body: look(k) };
  },
  'DELETE /api/members/:member/imports/:id': ({ params }) => {
    const at = imports.findIndex((k) => k.import.id === params.id);
    if (at >= 0) imports.splice(at, 1);
    return done;
  },
};
