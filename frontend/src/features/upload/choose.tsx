import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconCamera, IconFolder, IconPhotoPlus } from '@tabler/icons-react';
import { ChooseButton } from './choose-button.tsx';
import { saveSample } from './sample-table.ts';
import classes from './upload.module.css';
import { words } from './words.ts';

/** Nothing is chosen yet: every way to bring pictures in. */
export function Choose() {
  return (
    <Stack className={classes.choose} align="center" justify="center" gap="md">
      <svg viewBox="0 0 160 120" width={160} height={120} aria-hidden fill="none" stroke="currentColor">
        <path d="M40 62V46l40-22 40 22v16" strokeWidth="2" strokeLinejoin="round" opacity=".35" />
        <path d="M28 98h104M36 106h88" strokeWidth="2" strokeLinecap="round" />
        <path d="M80 88V52M66 65l14-14 14 14" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
        <path d="M40 70v26M120 70v26" strokeWidth="2" strokeLinecap="round" opacity=".35" />
      </svg>
      <Title order={1} size="h2" ta="center">
        {words.empty.title}
      </Title>
      <Text ta="center" maw={440} className={classes.desk}>
        {words.empty.text}
      </Text>
      <Text ta="center" maw={440} className={classes.touch}>
        {words.empty.touch}
      </Text>
      <Group justify="center" gap="sm" mt="sm">
        <ChooseButton from="files" size="md" leftSection={<IconPhotoPlus size={20} stroke={1.6} aria-hidden />}>
          {words.choose}
        </ChooseButton>
        <ChooseButton
          from="folder"
          size="md"
          variant="default"
          className={classes.wide}
          leftSection={<IconFolder size={20} stroke={1.6} aria-hidden />}
        >
          {words.chooseFolder}
        </ChooseButton>
        <ChooseButton
          from="camera"
          size="md"
          variant="default"
          className={classes.touch}
          leftSection={<IconCamera size={20} stroke={1.6} aria-hidden />}
        >
          {words.camera}
        </ChooseButton>
      </Group>
      <Text size="sm" c="dimmed" ta="center" maw={440}>
        {words.empty.formats}
      </Text>
      <Text size="sm" c="dimmed" ta="center" maw={440}>
        {words.empty.table}{' '}
        <Anchor component="button" type="button" size="sm" onClick={saveSample}>
          {words.empty.sample}
        </Anchor>
      </Text>
    </Stack>
  );
}
