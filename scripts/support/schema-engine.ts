import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { catalogueAdapter } from './catalogue-adapter';
import { schemaFiles } from './migration-files';

// Prisma's own schema engine, compiled to WebAssembly. The native one is downloaded at install time from a
// host that a machine may not reach; this one comes with the packages (docs/decisions/0002).

type Exports = WebAssembly.Exports & { __wbindgen_start(): void };

// Where the engine leaves its last words before it panics; without it they are lost.
Object.assign(globalThis, {
  PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
});

let loaded: Promise<void> | undefined;

async function load(): Promise<void> {
  // The package exports no path to its .wasm file, but it lies beside the one that it exports.
  const beside = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(beside.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': patientGlue() });
  const wasm = instance.exports as Exports;
  glue.__wbg_set_wasm(wasm);
  wasm.__wbindgen_start();
}

/** The engine never clears the ten-second timer of its advisory lock, and every command would wait for it. */
function patientGlue(): WebAssembly.ModuleImports {
  const unref = (task: () => void, ms: number) => setTimeout(task, ms >>> 0).unref();
  const entries = Object.entries(glue as unknown as WebAssembly.ModuleImports);
  return Object.fromEntries(entries.map(([name, part]) => [name, name.startsWith('__wbg_setTimeout') ? unref : part]));
}

/**
 * Runs one task on a schema engine that is connected to a database, and frees it.
 * @param url the database; `diff` also uses it as its shadow, so it has to be an empty one then
 */
export async function withSchemaEngine<T>(url: string, task: (engine: glue.SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= load();
  await loaded;
  const adapter = catalogueAdapter(url);
  const factory = bindMigrationAwareSqlAdapterFactory(adapter);
  const datamodels = schemaFiles().map(({ path, content }): [string, string] => [path, content]);
  const engine = await glue.SchemaEngine.new({ datamodels }, () => {}, factory);
  try {
    return await task(engine);
  } finally {
    engine.free();
    await adapter.end();
  }
}
