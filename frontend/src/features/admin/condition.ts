/** What answers: asked by readyz, whose problem names what does not. */
import { call } from '../../lib/api/call.ts';
import { isProblem } from '../../lib/api/problem.ts';

export type Answers = 'good' | 'bad' | 'unsure';

export interface Condition {
  readonly gateway: Answers;
  readonly store: Answers;
  readonly processing: Answers;
}

export async function askCondition(signal: AbortSignal): Promise<Condition> {
  try {
    await call('get /readyz', { signal });
    return { gateway: 'good', store: 'good', processing: 'good' };
  } catch (error) {
    return conditionOf(error);
  }
}

export function conditionOf(error: unknown): Condition {
  if (!isProblem(error, 'store_unavailable', 'processing_unavailable')) {
    return { gateway: 'bad', store: 'unsure', processing: 'unsure' };
  }
  const { down } = error.details;
  const names = Array.isArray(down) ? down.join(' ') : error.code;
  return {
    gateway: 'good',
    store: /database|store/.test(names) ? 'bad' : 'good',
    processing: names.includes('processing') ? 'bad' : 'good',
  };
}
