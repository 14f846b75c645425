import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { tellProblem } from '../../ui/toast.ts';

/** Tells a webhook something now. onSent: it is on its way. */
export function useTest(id: string, onSent: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('post /webhooks/:id/test', { params: { id } }),
    onSuccess: onSent,
    onError: tellProblem,
    onSettled: () => client.invalidateQueries({ queryKey: keys.deliveries(id) }),
  });
}
