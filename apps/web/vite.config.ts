import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The staff screens: built to `dist/web`, which the API serves; in development calls go on to the API. */
export default defineConfig({
  plugins: [react()],
  build: { outDir: '../../dist/web', emptyOutDir: true, chunkSizeWarningLimit: 1200 },
  server: { proxy: { '/v1': 'http://127.0.0.1:4000' } },
});
