import { i18n } from '@lingui/core';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { messages } from '../locales/fr.po';

// jsdom has no CSS.escape; the ids of the tests need no more than this.
const css = { escape: (text: string) => text.replaceAll(/[^\w-]/g, (character) => `\\${character}`), supports: () => false };
beforeEach(() => vi.stubGlobal('CSS', css));

i18n.loadAndActivate({ locale: 'fr', messages });
afterEach(cleanup);
