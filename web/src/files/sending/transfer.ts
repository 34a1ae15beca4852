import type { Upload } from 'tus-js-client';
import { csrf } from '../../api/client';
import { Problem, Unreachable } from '../../api/problem';
import { files, type FileNode, type OnConflict } from '../api';

/** Up to here a file goes by one request; a larger one in parts, so that a broken line costs a part and not all. */
export const small = 4 * 1024 * 1024;

/** What one request carries of a large file: a proxy between may not take more. */
const part = 16 * 1024 * 1024;

const waits = [0, 1000, 3000, 6000, 12_000, 24_000];

export interface Transfer {
  /** Sends it, or goes on where it stopped. */
  send: (conflict: OnConflict) => Promise<FileNode>;
  /** Stops; what has arrived stays there. */
  pause: () => void;
  /** Stops and forgets what has arrived. */
  giveUp: () => void;
}

export class Paused extends Error {
  override name = 'Paused';
}

export function transferOf(file: File, name: string, folder: string, onSent: (bytes: number) => void): Transfer {
  return file.size <= small ? whole(file, name, folder, onSent) : inParts(file, name, folder, onSent);
}

function whole(file: File, name: string, folder: string, onSent: (bytes: number) => void): Transfer {
  return {
    send: async (conflict) => {
      const made = await files.put(folder, file, name, conflict);
      onSent(file.size);
      return made;
    },
    pause: () => undefined,
    giveUp: () => undefined,
  };
}

/** By tus 1.0. Once all has arrived, its name is asked for: that may be answered by a question, and then nothing is sent twice. */
function inParts(file: File, name: string, folder: string, onSent: (bytes: number) => void): Transfer {
  let upload: Upload | null = null;
  let arrived: string | null = null;
  let stop: (() => void) | null = null;

  const arrive = async (): Promise<string> => {
    const { Upload: Tus } = await import('tus-js-client');
    return new Promise<string>((resolve, reject) => {
      stop = () => reject(new Paused());
      const one = new Tus(file, {
        endpoint: '/api/files/uploads',
        chunkSize: part,
        retryDelays: waits,
        removeFingerprintOnSuccess: true,
        metadata: { folder, filename: name, filetype: file.type, modified: String(file.lastModified) },
        // The same file for the same folder goes on where it stopped, even after the browser was closed.
        fingerprint: () => Promise.resolve(['entente', folder, name, file.size, file.lastModified].join('\n')),
        onBeforeRequest: (request) => {
          const token = csrf();
          if (token) request.setHeader('X-XSRF-TOKEN', token);
          request.setHeader('Accept-Language', document.documentElement.lang || 'fr');
        },
        onShouldRetry: (error) => {
          const status = error.originalResponse?.getStatus() ?? 0;
          // 408: nothing came any more for a while, as on a train.
          return status === 0 || status === 408 || status === 409 || status === 423 || status >= 500;
        },
        onProgress: (sent) => onSent(sent),
        onError: (error) => reject(failureOf(error)),
        onSuccess: () => resolve(new URL(one.url ?? '', window.location.href).pathname),
      });
      upload = one;
      void one.findPreviousUploads().then((before) => {
        const last = before.at(-1);
        if (last) one.resumeFromPreviousUpload(last);
        one.start();
      });
    });
  };

  return {
    send: async (conflict) => {
      arrived ??= await arrive();
      return files.finishUpload(arrived, conflict);
    },
    pause: () => {
      void upload?.abort(false);
      stop?.();
    },
    giveUp: () => {
      stop?.();
      // Should this fail, the platform forgets it by itself.
      void upload?.abort(true).catch(() => undefined);
    },
  };
}

/** tus tells what it met in its own words; people get the platform's. */
function failureOf(error: unknown): Error {
  const answer = (error as { originalResponse?: { getStatus: () => number; getBody: () => string } | null }).originalResponse;
  const status = answer?.getStatus() ?? 0;
  if (!answer || status === 0) return new Unreachable(String(error));
  let body: object = {};
  try {
    body = JSON.parse(answer.getBody()) as object;
  } catch {
    // no problem document: the status says what there is to say
  }
  return new Problem({ ...body, status });
}
