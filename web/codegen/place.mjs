// Puts the generated types where the app expects them: one file, named as the architecture names it.
import { copyFileSync, rmSync } from 'node:fs';

const out = new URL('./out/', import.meta.url);
copyFileSync(new URL('types.gen.ts', out), new URL('../src/api/schema.gen.ts', import.meta.url));
rmSync(out, { recursive: true });
