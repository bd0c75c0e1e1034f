// Builds the web app into dist/. CSP_NONCE is replaced by the server in every page it sends (docs: content security policy);
// scripts and styles are also written compressed, since their names change with their content.
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';
import react from '@vitejs/plugin-react';
import {defineConfig, type Plugin} from 'vite';

function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const name of readdirSync(folder, {recursive: true, encoding: 'utf8'})) {
        if (!/\.(js|css|svg)$/.test(name)) continue; // index.html is written anew for every answer
        const content = readFileSync(join(folder, name));
        const params = {[constants.BROTLI_PARAM_QUALITY]: 9};
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, {params}));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(content, {level: 9}));
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompress()],
  html: {cspNonce: 'CSP_NONCE'},
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    target: 'es2023',
    chunkSizeWarningLimit: 700,
  },
  server: {proxy: {'/api': 'http://127.0.0.1:8080'}},
});
