import { queryClient, useGet } from '../api/queries';
import type { FileNode } from './api';

/** What the operator's office server opens; nothing where there is none. */
export interface OfficeOffer {
  /** How people here call it; null for no name of its own. */
  name: string | null;
  /** Endings of names: what it writes, and what it only shows. */
  edits: string[];
  views: string[];
}

/** One opening of a file there: what the page sends to the frame. */
export interface OfficeOpening {
  server: string | null;
  name: string;
  folder: string | null;
  writes: boolean;
  action: string;
  origin: string;
  token: string;
  ttl: number;
}

const endingOf = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

export const opensInOffice = (offer: OfficeOffer | undefined, node: Pick<FileNode, 'name' | 'folder'>): boolean =>
  offer !== undefined && !node.folder && (offer.edits.includes(endingOf(node.name)) || offer.views.includes(endingOf(node.name)));

const path = '/api/office-server';

export const useOfficeOffer = (): OfficeOffer | undefined => useGet<OfficeOffer>(path, { staleTime: 600_000 }).data;

/** As far as it is known at this moment. */
export const officeOffer = (): OfficeOffer | undefined => queryClient.getQueryData<OfficeOffer>([path]);

/** A page of its own, read anew by the browser: it alone may show the office server, and nothing of it stays when one leaves. */
export function openInOffice(node: Pick<FileNode, 'id'>): void {
  window.open(`/office-server/${node.id}`, '_blank', 'noopener');
}
