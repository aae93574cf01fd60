import 'server-only';
import { redirect } from 'next/navigation';
import { formOf } from '@/lib/form-state';
import { type Flow, stepOf } from '@/lib/reset/flow';
import { readFlow } from '@/lib/session/flow-cookie';

/** Why a page was come to instead of the one that was asked for; it becomes one sentence there. */
export type Detour = 'start-again' | 'other-tab' | 'continue';

/** @param why shown as a sentence by the page; never a secret (FLO-6) */
export const detour = (path: string, why: Detour): never => redirect(`${path}?note=${why}`);

/**
 * The flow that a form belongs to. A form of another tab's flow spends nothing and leads to where that one
 * stands (FLO-1); a form without a flow leads to the beginning.
 */
export async function flowOfForm(sent: FormData): Promise<Flow> {
  const form = formOf(sent);
  const flow = await readFlow();
  if (!flow) return detour('/forgot-password', 'start-again');
  if (form.getAll('flow').length !== 1 || form.get('flow') !== flow.tag) return detour(stepOf(flow), 'other-tab');
  return flow;
}

/** For pages: the flow, where it stands at this very step; else a redirect to where it does stand. */
export async function flowAt(step: ReturnType<typeof stepOf>): Promise<Flow> {
  const flow = await readFlow();
  const here = stepOf(flow);
  if (!flow) return detour('/forgot-password', 'start-again');
  if (here !== step) return detour(here, 'continue');
  return flow;
}
