import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Webhook } from '../../../../backend-node/src/contract/webhooks.ts';
import { call } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { tellProblem, toast } from '../../ui/toast.ts';
import { words } from './words.ts';

/** There is no way back: its secret is nowhere else. */
export default function DeleteWebhook({ webhook: { id, url }, onClose }: { webhook: Webhook; onClose: () => void }) {
  const client = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => call('delete /webhooks/:id', { params: { id } }),
    onSuccess: () => {
      toast({ message: words.deleteWebhook.done });
      onClose();
    },
    onError: tellProblem,
    onSettled: () => client.invalidateQueries({ queryKey: keys.webhooks() }),
  });
  const { title, text, action, keep } = words.deleteWebhook;
  return (
    <Confirm
      {...{ title, action, onClose }}
      text={text(url)}
      cancel={keep}
      busy={deleting.isPending}
      onConfirm={() => deleting.mutate()}
    />
  );
}
