import { address, api, call } from '../api/client';

/** A document as this person may open it now. */
export interface Opened {
  /** Null where nobody writes and one may only read: the file itself is shown. */
  sitting: string | null;
  name: string;
  writes: boolean;
  /** Whether this person may give up what is unsaved. */
  manages: boolean;
  /** Whether it has a first state; else whoever may write makes it of the file. */
  seeded: boolean;
  /** Whether something is in it that the file does not hold. */
  unsaved: boolean;
  /** The content that the file was given elsewhere; null when it was not. */
  changed: string | null;
  largest: number;
  largestMessage: number;
  /** How often browsers save by themselves, at most. */
  saveEverySeconds: number;
  me: string;
  color: string;
}

export interface Lease {
  lease: string;
  seq: number;
}

export const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const fileOf = (node: string) => `/api/files/nodes/${node}/content`;

const at = (node: string, what: string) => `/api/office/${node}/${what}`;

/** Bytes that are no JSON, and not a file of the person's disk either. */
const blob = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' });

export const office = {
  open: (node: string) => api.post<Opened>(at(node, 'sitting')),
  /** As the other, for who decides what a refusal means: nobody is led away by it. */
  look: (node: string) => call<Opened>(at(node, 'sitting'), { method: 'POST', anonymous: true }),
  /** What is unsaved goes, for everybody and for good. */
  discard: (node: string, sitting: string) => api.delete(at(node, `sitting/${sitting}`)),
  leaseToSeed: (node: string, sitting: string) => api.post<{ lease: string }>(at(node, 'seeding'), { sitting }),
  giveUpSeeding: (node: string, sitting: string, lease: string) => api.delete(address(at(node, `seeding/${lease}`), { sitting })),
  seed: (node: string, sitting: string, lease: string, state: Uint8Array) => call(address(at(node, 'seed'), { sitting, lease }), { method: 'PUT', body: blob(state) }),
  leaseToSave: (node: string, sitting: string, asked: boolean) => api.post<Lease>(at(node, 'saving'), { sitting, asked }),
  giveUpSaving: (node: string, sitting: string, lease: string) => api.delete(address(at(node, `saving/${lease}`), { sitting })),
  save: (node: string, sitting: string, lease: string, covers: number, over: string | null, document: Blob) =>
    call<{ lengthy: boolean }>(address(at(node, 'save'), { sitting, lease, covers, over }), { method: 'PUT', body: document }),
  state: (node: string, sitting: string, lease: string, covers: number, state: Uint8Array) =>
    call(address(at(node, 'state'), { sitting, lease, covers }), { method: 'PUT', body: blob(state) }),
  copy: (node: string, sitting: string, covers: number, document: Blob) =>
    call<{ node: string; name: string; ended: boolean }>(address(at(node, 'copy'), { sitting, covers }), { method: 'PUT', body: document }),
};

/** Where a browser reads and writes while it is in a document. */
export function lineOf(node: string, sitting: string, since: number): string {
  const { protocol, host } = window.location;
  return address(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${at(node, 'live')}`, { sitting, since });
}
