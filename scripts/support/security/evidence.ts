import { deadCitations } from './citations';
import { idsIn, type Requirement, readRequirements } from './requirements';
import { allTitles, type Title } from './titles';

/** A requirement and the tests that carry its id, in their own title or in one around it. */
export type Evidence = Requirement & { titles: Title[] };

export function evidenceOf(
  requirements: readonly Requirement[] = readRequirements(),
  titles: readonly Title[] = allTitles(),
): Evidence[] {
  const carried = titles.map((one) => ({ one, ids: idsIn(one.titles.join(' '), requirements) }));
  return requirements.map((requirement) => ({
    ...requirement,
    titles: carried.filter(({ ids }) => ids.includes(requirement.id)).map(({ one }) => one),
  }));
}

/** What is wrong with the list of evidence, in sentences; nothing where all is well. */
export function problems(evidence: readonly Evidence[] = evidenceOf()): string[] {
  const bare = evidence.filter(({ status, titles }) => status === 'holds' && titles.length === 0);
  return [...bare.map(({ id }) => `${id} holds, and no test’s title carries it.`), ...deadCitations(evidence)];
}
