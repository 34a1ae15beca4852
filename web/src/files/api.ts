import { api, call } from '../api/client';
import { queryClient } from '../api/queries';

/** What one may do with a file or folder; each does what the one before it does. */
export type FileRole = 'read' | 'edit' | 'manage';

export type SpaceKind = 'mine' | 'unit' | 'member' | 'shared' | 'handed';

export interface FileSpace {
  id: string;
  kind: SpaceKind;
  /** Empty for one's own. */
  name: string;
  member: string;
  memberName: string;
  role: FileRole;
  root: string;
  used: number;
  /** Bytes; null for no limit. */
  quota: number | null;
  changedAt: string;
}

export interface ChangedBy {
  capacity: string;
  /** Null when the directory no longer knows them. */
  name: string | null;
  function: string | null;
  /** By somebody who came with a link of theirs. */
  byLink?: boolean;
}

export interface FileNode {
  id: string;
  space: string;
  /** Null for the root of a space. */
  parent: string | null;
  name: string;
  folder: boolean;
  /** Bytes; of a folder, of everything beneath it. */
  size: number;
  mediaType: string | null;
  modifiedAt: string;
  changedAt: string;
  changedBy: ChangedBy;
  etag: string;
  role: FileRole;
  /** Whether one has marked it, in the capacity in which one acts. */
  favourite: boolean;
  /** How many. */
  comments: number;
  tags: Tag[];
  /** What the antivirus says of it, unless it found it clean. */
  scan?: Scan | null;
}

export interface Scan {
  state: 'WAITING' | 'FOUND' | 'LARGE' | 'FAILED' | 'RELEASED';
  virus: string | null;
  /** Whether nobody can open it. */
  withheld: boolean;
}

/** How far the PDF of an office document is. */
export interface OfficePreview {
  state: 'OFF' | 'NONE' | 'WAITING' | 'MADE' | 'REFUSED';
  reason?: 'LARGE' | 'BROKEN' | 'SLOW' | 'DIED' | 'WITHHELD';
}

export interface Place {
  node: FileNode;
  trail: FileNode[];
  /** Null where only this folder was shared. */
  space: FileSpace | null;
}

export interface Children {
  items: FileNode[];
  next: string | null;
}

/** What a search found: first by name, then by what files say. */
export interface Found {
  items: { node: FileNode; by: 'NAME' | 'TEXT' }[];
  next: string | null;
  /** OFF: what files say is not searched here. BROAD: these words are everywhere, only names were searched. */
  texts: 'SEARCHED' | 'OFF' | 'BROAD';
}

/** Whether a search finds a file by what it says. */
export interface TextState {
  state: 'OFF' | 'WAITING' | 'READ' | 'NOTHING' | 'REFUSED';
  reason?: 'LARGE' | 'BOMB' | 'CLOSED' | 'BROKEN' | 'SLOW' | 'MEMORY' | 'DIED' | 'WITHHELD';
}

export type OnConflict = 'refuse' | 'replace' | 'both';

export interface Existing {
  id: string;
  name: string;
  folder: boolean;
  size: number;
  modifiedAt: string;
}

export interface Outcome {
  done: FileNode[];
  failed: { node: string; name: string; code: string; detail: string }[];
}

export interface Version {
  id: string;
  size: number;
  mediaType: string | null;
  modifiedAt: string;
  /** When it became the content. */
  madeAt: string;
  by: string;
  byLink?: boolean;
}

export interface Thrown {
  node: FileNode;
  at: string;
  by: string;
  /** The folders it was in, from the root of its space down. */
  from: string[];
}

export interface Bin {
  items: Thrown[];
  next: string | null;
}

/** A word by which the member that keeps a file sorts it. */
export interface Tag {
  id: string;
  name: string;
}

export const at = (node: string) => `/api/files/nodes/${node}`;

export const files = {
  makeFolder: (parent: string, name: string, reuse = false) => api.post<FileNode>(`${at(parent)}/folders`, { name, reuse }),
  rename: (node: string, name: string) => api.patch<FileNode>(at(node), { name }),
  move: (nodes: string[], to: string, conflict: OnConflict = 'refuse') => api.post<Outcome>('/api/files/move', { nodes, to, conflict }),
  copy: (nodes: string[], to: string, conflict: OnConflict = 'refuse') => api.post<Outcome>('/api/files/copy', { nodes, to, conflict }),
  trash: (nodes: string[]) => api.post('/api/files/trash', { nodes }),
  restore: (nodes: string[]) => api.post<Outcome>('/api/files/bin/restore', { nodes }),
  erase: (nodes: string[]) => api.post('/api/files/bin/erase', { nodes }),
  emptyBin: (space: string) => api.delete(`/api/files/spaces/${space}/bin`),
  restoreVersion: (node: string, version: string) => api.post<FileNode>(`${at(node)}/versions/${version}/restore`),
  put: (folder: string, file: File, name: string, conflict: OnConflict) =>
    call<FileNode>(`${at(folder)}/files?${new URLSearchParams({ name, conflict, modified: new Date(file.lastModified).toISOString() })}`, { method: 'PUT', body: file }),
  finishUpload: (upload: string, conflict: OnConflict) => api.post<FileNode>(`${upload}/finish`, { conflict }),
};

/** The address of a file's bytes; `shown` in its place, for kinds that do no harm. */
export const contentOf = (node: string, shown = false) => `${at(node)}/content${shown ? '?shown=true' : ''}`;

export const versionContent = (node: string, version: string) => `${at(node)}/versions/${version}/content`;

/** The most that goes into one archive by its ids; beyond, one downloads the folder. */
export const zipMost = 100;

/** What saves these: a file as it is, anything else as an archive. */
export function downloadOf(nodes: readonly FileNode[]): string {
  const [first] = nodes;
  if (nodes.length === 1 && first && !first.folder) return contentOf(first.id);
  return `/api/files/zip?${nodes.map((node) => `node=${node.id}`).join('&')}`;
}

/** The browser saves it; the page stays. */
export function save(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

/**
 * After a change: places, spaces, bins and what was found are asked for anew. What lies in a folder follows its place, which says by its etag that it has changed:
 * a folder of fifty thousand is not read again for one name.
 */
export const changed = () => queryClient.invalidateQueries({ predicate: ({ queryKey: [key] }) => String(key).startsWith('/api/files/') && !String(key).endsWith('/children') });

export type GranteeKind = 'CAPACITY' | 'UNIT' | 'UNIT_ONLY' | 'MEMBER' | 'GROUP' | 'ADMINS' | 'EVERYONE';

export interface Grantee {
  kind: GranteeKind;
  /** Of the capacity, the unit, or the member; null for everyone. */
  id: string | null;
  group: string | null;
}

/** One reason why somebody sees a file or folder. */
export interface Access {
  share: string;
  to: Grantee;
  name: string;
  /** What tells them apart: the function and authority of a person, the authority of a unit. */
  detail: string;
  role: FileRole;
  /** Where it was given: here, or in a folder above. */
  at: string;
  /** Empty for the root of a space. */
  atName: string;
  /** It comes with the space and is not given by anyone. */
  ofTheSpace: boolean;
  by: string | null;
  until: string | null;
  inForce: boolean;
}

/** An address that opens a file or folder to whoever has it. */
export interface FileLink {
  id: string;
  upload: boolean;
  password: boolean;
  until: string | null;
  downloads: number | null;
  used: number;
  /** How much may be put with it in all; null where nothing may. */
  bound: LinkBound | null;
  filesPut: number;
  bytesPut: number;
  by: string;
  madeAt: string;
  inForce: boolean;
}

export interface LinkBound {
  files: number;
  bytes: number;
}

export const links = {
  make: (node: string, wanted: { upload: boolean; password: string | null; until: string | null; downloads: number | null; bound: LinkBound | null }) =>
    api.post<{ link: FileLink; path: string }>(`${at(node)}/links`, wanted),
  takeOver: (node: string, link: string) => api.post(`${at(node)}/links/${link}/take-over`),
  end: (node: string, link: string) => api.delete(`${at(node)}/links/${link}`),
};

export const sharing = {
  give: (node: string, to: Grantee, role: FileRole, until: string | null) => api.put(`${at(node)}/shares`, { to, role, until }),
  end: (node: string, share: string) => api.delete(`${at(node)}/shares/${share}`),
  open: (name: string) => api.post<FileSpace>('/api/files/spaces', { name }),
};
