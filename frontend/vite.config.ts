import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const GATEWAY = process.env['VITRINE_GATEWAY_URL'] ?? 'http://127.0.0.1:8080';
const TEXT = /\.(?:js|css|html|svg|json)$/;
const FEWEST_BYTES = 1024;

/** Writes .gz and .br beside what is text: the gateway sends them as they are. */
function compressed(): Plugin {
  return {
    name: 'vitrine-compressed',
    apply: 'build',
    async writeBundle({ dir = 'dist' }) {
      const names = await readdir(dir, { recursive: true });
      await Promise.all(names.filter((name) => TEXT.test(name)).map((name) => compress(join(dir, name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < FEWEST_BYTES) return;
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
}

export default defineConfig({
  plugins: [react(), compressed()],
  build: { manifest: true, target: 'baseline-widely-available', chunkSizeWarningLimit: 800 },
  server: { host: '127.0.0.1', proxy: { '/api': { target: GATEWAY, changeOrigin: false } } },
});
