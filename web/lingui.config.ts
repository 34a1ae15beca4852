import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** French is the source; one catalogue a room, so that a room carries its own words and two people never edit one file. */
export default defineConfig({
  sourceLocale: 'fr',
  locales: ['fr', 'en'],
  // No file or line in the catalogues: they would change with every edit of a page and collide at every merge.
  format: formatter({ origins: false, explicitIdAsDefault: false }),
  orderBy: 'message',
  catalogs: [
    { path: 'src/locales/{locale}', include: ['src'], exclude: ['src/members/**', 'src/operator/**', 'src/pooling/**', 'src/files/**', 'src/office/**', '**/*.test.*'] },
    { path: 'src/files/locales/{locale}', include: ['src/files'], exclude: ['**/*.test.*'] },
    { path: 'src/office/locales/{locale}', include: ['src/office'], exclude: ['**/*.test.*'] },
    { path: 'src/members/locales/{locale}', include: ['src/members'], exclude: ['**/*.test.*'] },
    { path: 'src/pooling/locales/{locale}', include: ['src/pooling'], exclude: ['**/*.test.*'] },
    { path: 'src/operator/locales/{locale}', include: ['src/operator'], exclude: ['**/*.test.*'] },
  ],
});
