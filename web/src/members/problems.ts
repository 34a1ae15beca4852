import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Problem } from '../api/problem';

/** What is wrong, by field of a form. A refusal of one field carries its sentence; of several, each is marked. */
export function wrongFields(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  const names = Object.keys(error.fields);
  const words = names.length === 1 && error.detail ? error.detail : i18n._(msg`À corriger.`);
  return Object.fromEntries(names.map((field) => [field.split('.').at(-1) ?? field, words]));
}
