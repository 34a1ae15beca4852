import type { Access, FileLink, FileNode, FileSpace, Version } from '../../src/files/api.ts';
import { venissieux } from '../data.ts';
import { pdf, png } from './samples.ts';

/** A file or folder of the mock, with what only the mock knows of it. */
export interface Held extends FileNode {
  bytes: Buffer | null;
  versions: Version[];
  thrown: { at: string; by: string } | null;
  /** Of a folder whose entries are made up as they are asked for. */
  count: number;
}

export interface World {
  spaces: FileSpace[];
  nodes: Map<string, Held>;
  uploads: Map<string, unknown>;
  access: Map<string, Access>;
  links: Map<string, FileLink & { node: string }>;
  /** For ids and etags. */
  count: number;
  add: (parent: Held, more: Partial<Held>) => Held;
  many: (folder: Held, after: number, limit: number) => FileNode[];
}

const id = (number: number) => `00000000-0000-7000-8000-f${String(number).padStart(11, '0')}`;
const spaceId = (number: number) => `00000000-0000-7000-8000-e${String(number).padStart(11, '0')}`;

const nadia = { capacity: 'c1', name: 'Nadia Benali', function: 'Adjointe au maire déléguée au numérique' };
const ines = { capacity: 'c2', name: 'Inès Lefèvre', function: 'Instructrice du droit des sols' };

export function world(): World {
  const nodes = new Map<string, Held>();
  const all: World = { spaces: [], nodes, uploads: new Map(), access: new Map(), links: new Map(), count: 1000, add, many };
  let made = 0;

  function add(parent: Held | null, more: Partial<Held>): Held {
    const number = (made += 1);
    const node: Held = {
      parent: parent?.id ?? null,
      space: parent?.space ?? '',
      name: '',
      folder: false,
      size: 0,
      mediaType: null,
      modifiedAt: '2026-11-20T09:12:00Z',
      changedAt: new Date(Date.UTC(2026, 10, 24, 8, number)).toISOString(),
      changedBy: number % 3 === 0 ? ines : nadia,
      role: parent?.role ?? 'manage',
      favourite: false,
      comments: 0,
      tags: [],
      bytes: null,
      versions: [],
      thrown: null,
      count: 0,
      ...more,
      id: id(number),
      etag: String((all.count += 1)),
    };
    if (more.parent === undefined || parent) node.parent = parent?.id ?? null;
    if (parent) node.space = parent.space;
    nodes.set(node.id, node);
    return node;
  }

  function many(folder: Held, after: number, limit: number): FileNode[] {
    const items: FileNode[] = [];
    for (let number = after; number < Math.min(folder.count, after + limit); number += 1) {
      const known = nodes.values().next().value as Held;
      const { bytes: _bytes, versions: _versions, thrown: _thrown, count: _count, ...node } = known;
      items.push({ ...node, id: `${folder.id}-${number}`, parent: folder.id, folder: false, name: `Acte ${String(number + 1).padStart(5, '0')}.pdf`, size: 40_000 + number, mediaType: 'application/pdf' });
    }
    return items;
  }

  function space(number: number, more: Partial<FileSpace>): Held {
    const root = add(null, { space: spaceId(number), folder: true, role: more.role ?? 'manage', size: more.used ?? 0 });
    all.spaces.push({
      id: spaceId(number),
      kind: 'mine',
      name: '',
      member: venissieux.id,
      memberName: venissieux.name,
      role: 'manage',
      root: root.id,
      used: 6_420_000_000,
      quota: 10_000_000_000,
      changedAt: '2026-11-24T08:00:00Z',
      ...more,
    });
    return root;
  }

  const mine = space(1, {});
  const unit = space(2, { kind: 'unit', name: 'Systèmes d’information', role: 'edit', used: 47_300_000_000, quota: 50_000_000_000 });
  space(3, { kind: 'member', name: 'Vénissieux', role: 'read', used: 1_200_000, quota: null });
  space(4, { kind: 'shared', name: 'Groupe de travail mobilités', role: 'manage', used: 84_000_000 });

  const council = add(mine, { name: 'Conseil municipal', folder: true, favourite: true, size: 4_900_000 });
  add(mine, { name: 'Photos de la médiathèque', folder: true, size: 84_000_000 });
  add(mine, { name: 'Archives des actes', folder: true, size: 2_100_000_000, count: 50_000 });
  add(council, { name: 'Séance du 14 décembre', folder: true, size: 320_000 });
  add(council, { name: 'Ordre du jour.txt', size: 212, mediaType: 'text/plain', bytes: Buffer.from('Conseil municipal du 14 décembre\n\n1. Budget primitif\n2. Convention avec la Métropole\n') });
  add(mine, {
    name: 'Délibération 2026-118 — Schéma directeur du numérique.pdf',
    size: pdf.length,
    mediaType: 'application/pdf',
    bytes: pdf,
    versions: [
      { id: 'v1', size: 482_000, mediaType: 'application/pdf', modifiedAt: '2026-11-18T16:40:00Z', madeAt: '2026-11-18T16:41:00Z', by: 'Inès Lefèvre' },
      { id: 'v2', size: 471_300, mediaType: 'application/pdf', modifiedAt: '2026-11-12T10:05:00Z', madeAt: '2026-11-12T10:05:00Z', by: 'Nadia Benali' },
    ],
  });
  add(mine, { name: 'Budget 2027.xlsx', favourite: true, comments: 3, tags: [{ id: 't1', name: 'Budget' }, { id: 't2', name: 'À relire' }], size: 88_400, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
  add(mine, { name: 'Plan de la mairie.png', size: png.length, mediaType: 'image/png', bytes: png });
  add(mine, { name: 'Facture impayée.xlsm', size: 51_400, mediaType: 'application/octet-stream', scan: { state: 'FOUND', virus: 'Xls.Dropper.Agent-7417', withheld: true } });
  add(mine, { name: 'Sauvegarde du poste.iso', size: 4_300_000_000, mediaType: 'application/octet-stream', scan: { state: 'LARGE', virus: null, withheld: false } });
  add(mine, { name: 'Discours des vœux.docx', bytes: pdf, size: 31_200, mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' });
  add(mine, { name: 'Notes.txt', size: 96, mediaType: 'text/plain', bytes: Buffer.from('Rappeler la Métropole au sujet du raccordement.\nPréparer la réunion de jeudi.\n') });
  add(mine, { name: 'Ancien courrier.odt', size: 22_800, thrown: { at: '2026-11-23T15:00:00Z', by: 'Nadia Benali' } });
  add(council, { name: 'Brouillon.docx', size: 18_000, thrown: { at: '2026-11-21T11:30:00Z', by: 'Inès Lefèvre' } });
  add(unit, { name: 'Procédures', folder: true, size: 1_200_000 });
  add(unit, { name: 'Inventaire des postes.ods', size: 240_000, mediaType: 'application/vnd.oasis.opendocument.spreadsheet' });
  add(null, { parent: 'elsewhere', space: 'elsewhere', name: 'Dossier de subvention', folder: true, size: 3_400_000, role: 'read', changedBy: { capacity: 'c9', name: null, function: null } });
  add(null, { parent: 'elsewhere', space: 'elsewhere', name: 'Compte rendu du 12 novembre.pdf', size: pdf.length, mediaType: 'application/pdf', bytes: pdf, role: 'read' });
  const given = { detail: '', ofTheSpace: false, by: 'Nadia Benali', until: null, inForce: true };
  const owner = { kind: 'CAPACITY' as const, id: 'c1', group: null };
  all.access.set('s1', { ...given, share: 's1', to: owner, name: 'Nadia Benali', detail: 'Adjointe au maire déléguée au numérique, Vénissieux', role: 'manage', at: mine.id, atName: '', ofTheSpace: true, by: null });
  all.access.set('s2', { ...given, share: 's2', to: { ...owner, id: 'c2' }, name: 'Inès Lefèvre', detail: 'Instructrice du droit des sols, Vénissieux', role: 'edit', at: council.id, atName: council.name, until: '2027-01-31T22:59:59Z' });
  all.access.set('s3', { ...given, share: 's3', to: { kind: 'UNIT', id: 'u1', group: null }, name: 'Urbanisme', detail: 'Vénissieux', role: 'read', at: council.id, atName: council.name });
  return all;
}
