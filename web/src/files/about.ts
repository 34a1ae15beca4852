import type { InfiniteData } from '@tanstack/react-query';
import { api } from '../api/client';
import { queryClient } from '../api/queries';
import { at, type ChangedBy, changed, type Children, type FileNode, type FileRole, type GranteeKind, type Tag } from './api';

// What is said about files, what was done with them, and who was invited to them.

export interface FileComment {
  id: string;
  text: string;
  by: ChangedBy;
  madeAt: string;
  /** Null when it is as it was written. */
  changedAt: string | null;
  mine: boolean;
  removable: boolean;
}

export interface Comments {
  items: FileComment[];
  next: string | null;
}

/** Somebody who sees the file, and may be named. */
export interface Reader {
  capacity: string;
  name: string;
  detail: string;
}

/** An outside partner's invitation to a space, in the words of whoever invited. */
export interface Invited {
  id: string;
  spaceName: string;
  address: string;
  givenName: string;
  usualName: string;
  organisation: string;
  reason: string;
  role: FileRole;
  by: string | null;
  madeAt: string;
  until: string;
  /** When it was taken back; null when it was not. */
  endedAt: string | null;
  inForce: boolean;
}

export interface InviteRule {
  allowed: boolean;
  /** The most that an invitation lasts. */
  days: number;
}

export interface InvitesOfSpace {
  rule: InviteRule;
  items: Invited[];
}

/** What was used last, and what was done with it. */
export interface Recent {
  node: FileNode;
  at: string;
  what: ActKind | 'opened';
}

export type ActKind = 'put' | 'made' | 'copied' | 'changed' | 'renamed' | 'moved' | 'left' | 'restored' | 'binned' | 'taken-back' | 'shared' | 'unshared' | 'linked' | 'unlinked' | 'invited' | 'uninvited';

/** What somebody did with a file or folder. */
export interface Done {
  id: string;
  what: ActKind;
  /** As it was called from then on; empty for the root of a space. */
  name: string;
  former: string | null;
  to: { kind: GranteeKind; name: string; detail: string } | null;
  by: ChangedBy;
  at: string;
  /** Whether it was done to what was asked about, and not to something in it. */
  here: boolean;
}

export interface Activity {
  items: Done[];
  next: string | null;
}

/** In every list in which it is shown: this is no change of its folder, which is not read again for it. */
function shownAs(node: string, as: (one: FileNode) => Partial<FileNode>): void {
  queryClient.setQueriesData<InfiniteData<Children>>({ predicate: ({ queryKey: [key] }) => String(key).endsWith('/children') }, (data) =>
    data && {
      ...data,
      pages: data.pages.map((page) => ({ ...page, items: page.items.map((one) => (one.id === node ? { ...one, ...as(one) } : one)) })),
    },
  );
}

export const marks = {
  set: async (node: string, favourite: boolean) => {
    await (favourite ? api.put(`${at(node)}/favourite`) : api.delete(`${at(node)}/favourite`));
    shownAs(node, () => ({ favourite }));
    await changed();
  },
  /** That one looks at it; nobody waits for it, and nothing is lost without it. */
  opened: (node: string) => void api.put(`${at(node)}/opened`).then(() => queryClient.invalidateQueries({ queryKey: ['/api/files/recent'] })).catch(() => undefined),
};

export const comments = {
  write: async (node: string, text: string, named: string[]) => {
    await api.post<FileComment>(`${at(node)}/comments`, { text, named });
    await said(node, 1);
  },
  change: async (node: string, comment: string, text: string) => {
    await api.patch<FileComment>(`${at(node)}/comments/${comment}`, { text });
    await said(node, 0);
  },
  remove: async (node: string, comment: string) => {
    await api.delete(`${at(node)}/comments/${comment}`);
    await said(node, -1);
  },
};

async function said(node: string, more: number): Promise<void> {
  shownAs(node, (one) => ({ comments: one.comments + more }));
  await changed();
}

export const invites = {
  make: async (space: string, wanted: { address: string; givenName: string; usualName: string; organisation: string; reason: string; role: FileRole; until: string }) => {
    await api.post<Invited>(`/api/files/spaces/${space}/invitations`, wanted);
    await changed();
  },
  end: async (space: string, invitation: string) => {
    await api.delete(`/api/files/spaces/${space}/invitations/${invitation}`);
    await changed();
  },
};

export const tags = {
  set: async (node: string, names: string[]) => {
    const set = await api.put<Tag[]>(`${at(node)}/tags`, { names });
    shownAs(node, () => ({ tags: set }));
    await changed();
  },
};
