import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The staff screens: built to `dist/web`, which the API serves; in development calls go on to the API. */
export default defineConfig({
  plugins: [react()],
  // Any older target rewrites light-dark() into something that follows no colour scheme of Mantine.
  build: {
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: '../../dist/web',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:4000' } },
});
