import { defineConfig } from 'prisma/config';

// `prisma generate` would download a native schema engine that it never runs. Naming any
// existing file stops the download; migrations use the WebAssembly engine instead
// (docs/decisions/0002-migrations-in-webassembly.md).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
