import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { fieldWord } from '../words';

/** What is read of a directory, in the order in which one thinks of it. */
export const ldapFields = ['key', 'givenName', 'usualName', 'address', 'function', 'unit', 'phone', 'reference', 'from', 'until', 'disabled'];

const own: Record<string, MessageDescriptor> = {
  disabled: msg`Compte désactivé`,
};

export const ldapWord = (field: string): MessageDescriptor => own[field] ?? fieldWord(field);
