import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiKey } from '../../../../backend-node/src/contract/api-keys.ts';
import { call } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { tellProblem, toast } from '../../ui/toast.ts';
import { words } from './words.ts';

/** There is no way back: a key is not kept. */
export default function RevokeKey({ apiKey: { id, name }, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => call('delete /api-keys/:id', { params: { id } }),
    onSuccess: () => {
      toast({ message: words.revoke.done(name) });
      onClose();
    },
    onError: tellProblem,
    onSettled: () => client.invalidateQueries({ queryKey: keys.apiKeys() }),
  });
  const { title, text, action, keep } = words.revoke;
  return (
    <Confirm
      {...{ text, action, onClose }}
      title={title(name)}
      cancel={keep}
      busy={revoking.isPending}
      onConfirm={() => revoking.mutate()}
    />
  );
}
