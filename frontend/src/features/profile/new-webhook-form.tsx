import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { call } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { FormNote } from '../../ui/form-note.tsx';
import { formProblems, problemAt } from '../../ui/form-problem.ts';
import { textOf } from '../../ui/text-of.ts';
import { isWebAddress } from './web-address.ts';
import { words } from './words.ts';

export function NewWebhookForm({ onMade }: { onMade: (secret: string) => void }) {
  const [wrong, setWrong] = useState(false);
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: (url: string) => call('post /webhooks', { body: { url } }),
    onSuccess: ({ secret }) => onMade(secret),
    onSettled: () => client.invalidateQueries({ queryKey: keys.webhooks() }),
  });
  const make = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const url = textOf(new FormData(event.currentTarget), 'url').trim();
    setWrong(!isWebAddress(url));
    if (isWebAddress(url)) making.mutate(url);
  };
  const problems = wrong ? [{ at: 'url', message: words.newWebhook.noAddress }] : formProblems(making.error);
  return (
    <form onSubmit={make} noValidate>
      <Stack gap="md">
        <TextInput
          name="url"
          type="url"
          data-autofocus
          label={words.newWebhook.url}
          description={words.newWebhook.urlHint}
          placeholder="https://"
          maxLength={2000}
          autoComplete="off"
          error={problemAt(problems, 'url')}
        />
        <FormNote message={problemAt(problems, '')} />
        <Button type="submit" loading={making.isPending} style={{ alignSelf: 'end' }}>
          {words.newWebhook.action}
        </Button>
      </Stack>
    </form>
  );
}
