/** Problems of a form: each beside the field it is about. */
import { ApiProblem, type FailureCode } from '../lib/api/problem.ts';

export interface FormProblem {
  /** Name of the field; '' where it is about no field, or about all of them. */
  readonly at: string;
  readonly message: string;
}

/** By code: the field it is about and what to say. Left out: what the gateway says. */
export type Told = Readonly<Partial<Record<FailureCode, { readonly at?: string; readonly message?: string }>>>;

interface Issue {
  readonly at: string;
  readonly problem: string;
}

export function formProblems(error: unknown, told: Told = {}): readonly FormProblem[] {
  if (!(error instanceof Error)) return [];
  if (!(error instanceof ApiProblem)) return [{ at: '', message: error.message }];
  const issues = issuesOf(error);
  if (issues.length > 0) return issues.map(({ at, problem }) => ({ at, message: problem }));
  const { at = '', message = error.message } = told[error.code as FailureCode] ?? {};
  return [{ at, message }];
}

/** What is said at one field. */
export const problemAt = (problems: readonly FormProblem[], at: string): string | undefined =>
  problems.find((problem) => problem.at === at)?.message;

function issuesOf({ details }: ApiProblem): readonly Issue[] {
  const { issues } = details;
  return Array.isArray(issues) ? issues.filter(isIssue) : [];
}

const isIssue = (value: unknown): value is Issue =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  'problem' in value &&
  typeof value.at === 'string' &&
  typeof value.problem === 'string';
