import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Problem as Body } from './types';

/** A refusal of the platform: its `detail` is in the reader's language and ready to show. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** What is wrong, by input field. */
  readonly fields: Record<string, string>;
  /** The whole document: some refusals carry what is needed to go on, such as the persons one may be. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(body: Partial<Body> & { status: number }) {
    super(body.detail ?? body.code ?? String(body.status));
    this.name = 'Problem';
    this.status = body.status;
    this.code = body.code ?? 'unknown';
    this.detail = body.detail ?? '';
    this.fields = body.fields ?? {};
    this.body = { ...body };
  }
}

/** The platform was not reached at all. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

export function isOffline(error: unknown): boolean {
  return error instanceof Unreachable;
}

/** An engine or the platform is down for the moment: trying again later will do. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Problem && [502, 503, 504].includes(error.status);
}

/** What to tell the person about any failure: what happened and what to do, never a code. */
export function problemText(error: unknown): string {
  if (isOffline(error)) {
    return i18n._(msg`Entente ne peut pas être joint. Vérifiez la connexion au réseau, puis réessayez ; rien n’a été perdu.`);
  }
  if (error instanceof Problem && error.detail) return error.detail;
  if (isUnavailable(error)) {
    return i18n._(msg`Un service d’Entente est arrêté ou très occupé. Rien n’a été modifié ; réessayez dans quelques instants.`);
  }
  if (error instanceof Problem && error.status === 404) {
    return i18n._(msg`Cet élément n’existe pas, ou il n’est pas à vous.`);
  }
  return i18n._(msg`Une erreur inattendue s’est produite. Rien n’a été modifié. Réessayez ; si cela dure, prévenez votre administrateur.`);
}
