import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../../frontend/src/lib/api/problem.ts';
import { formProblems, problemAt } from '../../../frontend/src/ui/form-problem.ts';

const problem = (code: string, details = {}) => new ApiProblem({ code, detail: 'as the gateway says', details });

describe('problems of a form', () => {
  it('has none before anything was sent', () => {
    expect(formProblems(null)).toEqual([]);
  });

  it('puts what the gateway says of a field beside that field', () => {
    const told = problem('invalid_request', { issues: [{ at: 'email', problem: 'Expected an email address' }] });
    const problems = formProblems(told, { invalid_request: { at: 'password' } });
    expect(problemAt(problems, 'email')).toBe('Expected an email address');
    expect(problemAt(problems, 'password')).toBeUndefined();
  });

  it('says a known problem in its own words, at its field', () => {
    const problems = formProblems(problem('email_taken'), { email_taken: { at: 'email', message: 'Taken.' } });
    expect(problems).toEqual([{ at: 'email', message: 'Taken.' }]);
  });

  it('says of the whole form what is about no field', () => {
    expect(problemAt(formProblems(problem('internal_error')), '')).toBe('as the gateway says');
  });
});
