import { describe, expect, it } from 'vitest';
import { conditionOf } from '../../../../frontend/src/features/admin/condition.ts';
import { ApiProblem } from '../../../../frontend/src/lib/api/problem.ts';

const refused = (code: string, details = {}) => conditionOf(new ApiProblem({ code, detail: 'down', details }));

describe('what answers', () => {
  it('is told by the names of what does not', () => {
    const down = ['the processing service'];
    expect(refused('processing_unavailable', { down })).toEqual({ gateway: 'good', store: 'good', processing: 'bad' });
  });

  it('can be both at once', () => {
    const down = ['the database', 'the processing service'];
    expect(refused('store_unavailable', { down })).toEqual({ gateway: 'good', store: 'bad', processing: 'bad' });
  });

  it('knows nothing of the others where the gateway itself is silent', () => {
    expect(refused('unreachable')).toEqual({ gateway: 'bad', store: 'unsure', processing: 'unsure' });
  });
});
