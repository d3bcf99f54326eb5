import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  build: { outDir: '../../dist/web', emptyOutDir: true, chunkSizeWarningLimit: 900 },
  // In development the pages come from Vite and everything else from a running Throughline.
  server: { proxy: { '^/(consumers\\?|consumers/[^/]+/|commands|health|openapi)': 'http://127.0.0.1:3000' } },
});
