import { Button, Group, Modal, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { call } from '../../lib/api/call.ts';
import type { Recipe } from '../../lib/data/catalogue.ts';
import { keys } from '../../lib/data/keys.ts';
import { wishOf, type SavedRecipe } from '../../lib/data/recipes.ts';
import { tellProblem, toast } from '../../ui/toast.ts';
import { words } from './words.ts';

interface PresetDialogProps {
  /** What is to be kept under a name; or one that has a name already. */
  readonly recipe?: Recipe;
  readonly saved?: SavedRecipe;
  /** What to know of it before it is kept. */
  readonly notes?: readonly string[];
  readonly onClose: () => void;
}

const LONGEST_NAME = 100;

/** Name, purpose and reach of a saved recipe. */
export function PresetDialog({ recipe = { steps: [] }, saved, notes = [], onClose }: PresetDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(saved?.name ?? '');
  const [description, setDescription] = useState(saved?.description ?? '');
  const [shared, setShared] = useState(saved?.shared ?? false);
  const save = useMutation({
    mutationFn: () => {
      const told = { name: name.trim(), description, shared };
      return saved
        ? call('patch /recipes/:id', { params: { id: saved.id }, body: told, revision: saved.revision })
        : call('post /recipes', { body: { ...told, ...(wishOf(recipe) as { recipe: never }) } });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.recipes() });
      toast({ message: words.savePreset.saved(name.trim()) });
      onClose();
    },
    onError: tellProblem,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={saved ? words.savePreset.change : words.savePreset.title}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            data-autofocus
            required
            label={words.savePreset.name}
            maxLength={LONGEST_NAME}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Textarea
            autosize
            label={words.savePreset.description}
            value={description}
            onChange={({ currentTarget }) => setDescription(currentTarget.value)}
          />
          <Switch
            label={words.savePreset.shared}
            checked={shared}
            onChange={({ currentTarget }) => setShared(currentTarget.checked)}
          />
          {notes.map((note) => (
            <Text key={note} size="sm">
              {note}
            </Text>
          ))}
          <Group justify="end">
            <Button type="submit" loading={save.isPending}>
              {words.savePreset.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
