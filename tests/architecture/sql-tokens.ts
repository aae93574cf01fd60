/** A piece of a statement; `hole` is what JavaScript puts in, by its expression. */
export type Token = { is: 'word' | 'column' | 'hole' | 'mark'; text: string };

const TAG = /(?:Prisma\.sql|\$(?:queryRaw|executeRaw)(?:<[^`]*?>)?)`/g;

/** Every SQL template of a source, those inside others included. */
export function templatesIn(source: string): string[] {
  return [...source.matchAll(TAG)].map((tag) => {
    const start = tag.index + tag[0].length;
    return source.slice(start, endOf(source, start));
  });
}

/** @returns where the template that begins at `start` ends */
function endOf(source: string, start: number): number {
  for (let at = start; at < source.length; at += 1) {
    if (source.startsWith('${', at)) at = holeEnd(source, at + 2);
    else if (source[at] === '`') return at;
  }
  return source.length;
}

/** @returns where the closing brace is */
function holeEnd(source: string, start: number): number {
  for (let at = start, depth = 0; at < source.length; at += 1) {
    if (source[at] === '`') at = endOf(source, at + 1);
    else if (source[at] === '{') depth += 1;
    else if (source[at] === '}') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return source.length;
}

export function tokensOf(template: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < template.length; ) {
    const rest = template.slice(at);
    const [text = ''] = /^\s+|^--[^\n]*|^'(?:[^']|'')*'|^"[^"]+"|^\w+|^[\s\S]/.exec(rest) ?? [];
    if (rest.startsWith('${')) {
      const end = holeEnd(template, at + 2);
      tokens.push({ is: 'hole', text: template.slice(at + 2, end) });
      at = end + 1;
      continue;
    }
    if (text.startsWith('"')) tokens.push({ is: 'column', text: text.slice(1, -1) });
    else if (/^\w/.test(text)) tokens.push({ is: 'word', text });
    else if (text.trim() !== '' && !/^'|^--/.test(text)) tokens.push({ is: 'mark', text });
    at += text.length;
  }
  return tokens;
}
