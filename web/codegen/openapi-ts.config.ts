import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: process.env.OPENAPI ?? '../../crates/server/openapi.json',
  output: { path: '../src/api/generated', clean: true },
  plugins: ['@hey-api/typescript'],
});
