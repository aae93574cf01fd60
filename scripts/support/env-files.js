// Plain JavaScript without a package: the build copies it beside the standalone server, which reads its own .env by it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const line = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/;
/** What could be the name of a setting, where the rest cannot be read. A value is never repeated. */
const name = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]{2,})(?=\s*$|\s*[:=]|\s)/;
const quoted = /^(["'`])(.*)\1$/;

/**
 * Reads the text of an .env file as it is written: `$`, `#`, and `\` are signs like others. The one exception: quotes
 * around a whole value are not part of it. A line that could be meant in two ways is refused by its variable's name.
 * @param {string} text
 * @param {string} file for the sentence
 * @returns {Record<string, string>}
 */
export function readEnvText(text, file) {
  const settings = {};
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*(#|$)/.test(raw)) continue;
    const where = `${file}, line ${index + 1}`;
    const [, variable, rest] = line.exec(raw) ?? [];
    if (variable === undefined)
      throw new Error(`${name.exec(raw)?.[1] ?? where}: cannot be read (${where}); write NAME=value on one line`);
    const value = rest.trim();
    const whole = quoted.exec(value);
    if (!whole && /\s#/.test(rest))
      throw new Error(
        `${variable}: ends in a comment or holds a # (${where}); put a comment on a line of its own, or quotes around the whole value`,
      );
    settings[variable] = whole ? whole[2] : value;
  }
  return settings;
}

/**
 * Puts the settings of `.env` and its relatives into the environment, in Next's order: what is set already stays.
 * Next's own loader then finds every one of them set, so that it expands nothing.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} environment filled in
 * @param {'development' | 'production' | 'test'} mode
 */
export function loadEnvFiles(folder, environment, mode) {
  const files = [`.env.${mode}.local`, ...(mode === 'test' ? [] : ['.env.local']), `.env.${mode}`, '.env'];
  for (const file of files) {
    for (const [variable, value] of Object.entries(readEnvText(textOf(join(folder, file)), file)))
      environment[variable] ??= value;
  }
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // A folder of that name is no file of settings; Next passes it over too.
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return '';
    throw error;
  }
}
