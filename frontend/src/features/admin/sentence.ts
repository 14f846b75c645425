/** Entries of the log as people read them. */
import type { AuditEntry } from '../../../../backend-node/src/contract/audit.ts';
import { words } from './words.ts';

/** 'image.trashed' → 'moved pictures to the trash'; what is new here stays readable. */
export const sentenceOf = (action: string): string => words.actions[action] ?? action.replace(/[._]/g, ' ');

/** To whom or what: a name where there is one, the noun with the end of its id elsewhere. */
export function targetOf(
  { action, target, details }: Pick<AuditEntry, 'action' | 'target' | 'details'>,
  names: ReadonlyMap<string, string>,
): string {
  const name = names.get(target);
  if (name !== undefined) return name;
  const { ids } = details;
  if (Array.isArray(ids)) return words.log.things(ids.length);
  const [noun = ''] = action.split('.');
  return target === '' ? '' : `${noun.replace('_', ' ')} …${target.slice(-6)}`;
}
