import type { MessageDescriptor } from '@lingui/core';
import type { LucideIcon } from 'lucide-react';
import type { Right } from '../api/types';

export interface NavEntry {
  href: string;
  word: MessageDescriptor;
  icon: LucideIcon;
  /** Shown to those who have it. */
  right?: Right;
  /** Only this very address counts as being here, not what lies below it. */
  exact?: boolean;
  /** Other addresses that belong to it. */
  also?: RegExp;
}

export function isHere(entry: { href: string; exact?: boolean; also?: RegExp }, path: string): boolean {
  return path === entry.href || (!entry.exact && path.startsWith(`${entry.href}/`)) || entry.also?.test(path) === true;
}
