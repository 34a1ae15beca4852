import { transformAsync } from '@babel/core';
import { lingui } from '@lingui/vite-plugin';
import localesPlugin from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { mockApi } from './dev/mock.ts';

/** Lingui's macros are expanded before anything else sees the file; files without a macro are not parsed at all. */
function linguiMacros(): Plugin {
  return {
    name: 'lingui-macros',
    enforce: 'pre',
    async transform(code, id) {
      const file = id.split('?')[0] ?? id;
      if (!/\.tsx?$/.test(file) || file.includes('node_modules') || !code.includes('/macro')) return null;
      const result = await transformAsync(code, {
        filename: file,
        configFile: false,
        babelrc: false,
        sourceMaps: true,
        parserOpts: { plugins: ['typescript', 'jsx'] },
        plugins: ['@lingui/babel-plugin-lingui-macro'],
      });
      return result?.code ? { code: result.code, map: result.map as never } : null;
    },
  };
}

// Without ENTENTE_PLATFORM the development server answers the API itself with demo people; with it, calls go to a real platform.
const platform = process.env.ENTENTE_PLATFORM;
const toPlatform = platform
  ? Object.fromEntries(
      ['/api', '/sign-in', '/sign-out', '/login', '/oauth2', '/basic', '/logout'].map((path) => [path, { target: platform, changeOrigin: false }]),
    )
  : undefined;

const everywhere =
  /(react-aria\/dist\/private\/(interactions|utils|form|live-announcer|textfield|ssr|searchfield|button|label|visually-hidden|link|progress)|react-stately\/dist\/private\/(form|utils|searchfield|flags)|@internationalized\/string\/dist\/private)\/(?!(useViewportSize|NumberParser|useModalOverlay|useHasTabbableChild|useSlot|useUpdateEffect|useDeepMemo)\.)/;

export default defineConfig({
  plugins: [
    linguiMacros(),
    react(),
    lingui(),
    { ...localesPlugin.vite({ locales: ['fr-FR', 'en-US'] }), enforce: 'pre' },
    ...(platform ? [] : [mockApi()]),
  ],
  server: { port: 5173, host: '127.0.0.1', proxy: toPlatform },
  preview: { host: '127.0.0.1', proxy: toPlatform },
  build: {
    target: 'es2022',
    sourcemap: false,
    // The CSP allows no data: scripts or styles; fonts and images stay files.
    assetsInlineLimit: 0,
    manifest: true,
    // A page fetched later names its styles only: what else it needs it says itself, and naming it all would weigh on the first page.
    modulePreload: { polyfill: false, resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : files.filter((file) => file.endsWith('.css'))) },
    chunkSizeWarningLimit: 700,
    // What every page, the first one too, needs of the component library is one file: cut up by who else uses which part of it, it would weigh more with every
    // room that is added. Lists, menus and whatever lies over a page are none of it.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'controls', test: everywhere }] } } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    css: false,
    restoreMocks: true,
  },
});
