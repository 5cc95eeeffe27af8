import { defineConfig } from '@hey-api/openapi-ts';

/** `OPENAPI` names the document to read; types only, because `src/api/client.ts` makes the calls. */
export default defineConfig({
  input: process.env.OPENAPI ?? '../../crates/server/openapi.json',
  output: { path: 'out', clean: true, entryFile: false },
  plugins: ['@hey-api/typescript'],
});
