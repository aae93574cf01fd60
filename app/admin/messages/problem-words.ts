import type { WordingProblem } from '@/lib/messages/check-wording';

/** What is wrong, and how to mend it. */
function sentence(problem: WordingProblem): string {
  switch (problem.type) {
    case 'empty':
      return 'Write something here.';
    case 'too-long':
      return `Make it shorter: ${problem.most} characters at most.`;
    case 'several-lines':
      return 'Write it on one line.';
    case 'missing-placeholder':
      return `{${problem.placeholder}} is missing: put it where it belongs.`;
    case 'unknown-placeholder':
      return `“${problem.found}” is no placeholder here. Those that are stand below; braces are for them alone.`;
    case 'not-alone':
      return `Put {${problem.placeholder}} once, on a line of its own, with an empty line before and after it.`;
    case 'glued':
      return `Put a space or a sign in “${problem.found}”, so that nothing touches what is filled in.`;
    case 'markup':
      return `Leave out “${problem.found}”: a message is plain text.`;
    case 'hidden-character':
      return `There is a character that does not show (${problem.found}). Type the words here by hand.`;
    case 'link':
      return `Mail programs or phones would make a link of “${problem.found}”. Leave it out, or put a space after the sign in it.`;
    case 'number':
      return `“${problem.found}” could be taken for a code or a telephone number. Leave it out.`;
    case 'not-in-sms':
      return `“${problem.found}” would make every text cost two: use plain letters.`;
    case 'sms-too-long':
      return `With the longest code it would take ${problem.length} characters, and ${problem.most} fit. Make it shorter.`;
  }
}

/** Sentences by field, the first two of each: more at once help nobody. */
export function problemErrors(problems: readonly WordingProblem[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const field of ['subject', 'body'] as const) {
    const said = problems.filter((problem) => problem.field === field).map(sentence);
    if (said.length > 0) errors[field] = said.slice(0, 2).join(' ');
  }
  return errors;
}
