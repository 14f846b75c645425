/** What can be said before anything is sent. */
import type { FormProblem } from '../../ui/form-problem.ts';
import { words } from './words.ts';

export const LEAST_PASSWORD = 10;

/** The gateway judges it; this catches what was left out. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;

type Field = keyof typeof words.missing;

/** Each field that is empty, or not good enough yet. */
export function complaintsOf(values: Readonly<Partial<Record<Field, string>>>, isNew: boolean): readonly FormProblem[] {
  const fields = Object.entries(values) as [Field, string][];
  return fields.flatMap(([at, value]): readonly FormProblem[] => {
    if (value.trim() === '') return [{ at, message: words.missing[at] }];
    if (at === 'email' && !EMAIL.test(value.trim())) return [{ at, message: words.noEmail }];
    const isShort = isNew && at === 'password' && value.length < LEAST_PASSWORD;
    return isShort ? [{ at, message: words.short }] : [];
  });
}
