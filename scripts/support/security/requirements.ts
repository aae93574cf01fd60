import { readFileSync } from 'node:fs';

/** Of docs/requirements.md, where every requirement is defined. */
export type Requirement = { id: string; status: 'holds' | 'planned'; says: string };

const LINE = /^- \*\*([A-Z]{2,4}-\d+)\*\* \((holds|planned)\) (.+)$/;

/** @param text of docs/requirements.md @throws where a line looks like one and is none, or an id is defined twice */
export function readRequirements(text = readFileSync('docs/requirements.md', 'utf8')): Requirement[] {
  const found = new Map<string, Requirement>();
  for (const line of text.split('\n').filter((one) => /^- \*\*[A-Z]+-/.test(one))) {
    const [, id = '', status, says = ''] = LINE.exec(line) ?? [];
    if (!status) throw new Error(`docs/requirements.md: this is no requirement: ${line}`);
    if (found.has(id)) throw new Error(`docs/requirements.md defines ${id} twice.`);
    found.set(id, { id, status: status as Requirement['status'], says });
  }
  return [...found.values()];
}

/** The ids that a text cites. Others of that shape, such as SHA-256, have no prefix of ours. */
export function idsIn(text: string, requirements: readonly Requirement[]): string[] {
  const prefixes = [...new Set(requirements.map(({ id }) => id.split('-')[0]))];
  return [...text.matchAll(new RegExp(`\\b(?:${prefixes.join('|')})-\\d+\\b`, 'g'))].map(([id]) => id);
}
