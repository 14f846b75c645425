import { Button, Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { Scope } from '../../../../backend-node/src/contract/route.ts';
import { call, type BodyOf } from '../../lib/api/call.ts';
import { useAccount } from '../../lib/api/session.ts';
import { keys } from '../../lib/data/keys.ts';
import { FormNote } from '../../ui/form-note.tsx';
import { formProblems, problemAt, type FormProblem } from '../../ui/form-problem.ts';
import { textOf } from '../../ui/text-of.ts';
import { words } from './words.ts';

const SCOPES = Object.keys(words.scopes) as readonly Scope[];
const USUAL: readonly Scope[] = ['images:read', 'images:write', 'process'];
const LIVES_DAYS = [90, 30, 365, 0] as const;
const DAY_MS = 86_400_000;

export function NewKeyForm({ onMade }: { onMade: (secret: string) => void }) {
  const { role } = useAccount();
  const [seen, setSeen] = useState<readonly FormProblem[]>([]);
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: (body: BodyOf<'post /api-keys'>) => call('post /api-keys', { body }),
    onSuccess: ({ key }) => onMade(key),
    onSettled: () => client.invalidateQueries({ queryKey: keys.apiKeys() }),
  });
  const make = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wish = wishOf(new FormData(event.currentTarget));
    const found = complaintsOf(wish);
    setSeen(found);
    if (found.length === 0) making.mutate(wish);
  };
  const problems = seen.length > 0 ? seen : formProblems(making.error);
  return (
    <form onSubmit={make} noValidate>
      <Stack gap="md">
        <TextInput
          name="name"
          data-autofocus
          label={words.newKey.name}
          description={words.newKey.nameHint}
          maxLength={100}
          autoComplete="off"
          error={problemAt(problems, 'name')}
        />
        <Checkbox.Group label={words.newKey.scopes} defaultValue={[...USUAL]} error={problemAt(problems, 'scopes')}>
          <Stack gap="sm" mt="sm">
            {SCOPES.filter((scope) => scope !== 'admin' || role === 'admin').map((scope) => (
              <Checkbox
                key={scope}
                name="scopes"
                value={scope}
                label={words.scopes[scope][0]}
                description={words.scopes[scope][1]}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          name="life"
          label={words.newKey.ends}
          data={LIVES_DAYS.map((days) => ({ value: String(days), label: words.newKey.lives[days] }))}
        />
        <FormNote message={problemAt(problems, '')} />
        <Button type="submit" loading={making.isPending} style={{ alignSelf: 'end' }}>
          {words.newKey.action}
        </Button>
      </Stack>
    </form>
  );
}

function wishOf(values: FormData): BodyOf<'post /api-keys'> {
  const scopes = values.getAll('scopes').filter((scope): scope is Scope => SCOPES.some((known) => known === scope));
  const days = Number(textOf(values, 'life'));
  const name = textOf(values, 'name').trim();
  return { name, scopes, ...(days > 0 && { expires_at: new Date(Date.now() + days * DAY_MS).toISOString() }) };
}

const complaintsOf = ({ name, scopes }: BodyOf<'post /api-keys'>): readonly FormProblem[] => [
  ...(name === '' ? [{ at: 'name', message: words.newKey.noName }] : []),
  ...(scopes.length === 0 ? [{ at: 'scopes', message: words.newKey.noScope }] : []),
];
